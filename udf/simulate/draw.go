package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// seedStream starts the random numbers of one replication in one year (year 0:
// its parameters). They depend on the seed, the replication and the year alone:
// not on the number of threads, nor on the other years, nor on the scenario. That
// is what makes runs reproducible and gives scenarios common random numbers.
func seedStream(source *rand.PCG, seed, replication, year int64) {
	source.Seed(mix(uint64(seed)^mix(uint64(year))), mix(uint64(replication)))
}

// mix is the finaliser of splitmix64 (Steele, Lea & Flood 2014): neighbouring
// seeds give unrelated states.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// normal draws from N(0, V) as factor·z, factor·factor′ = V.
type normal struct {
	n      int
	factor []float64 // n×n by rows
	lower  bool      // zero above the diagonal: half the work
}

// tolerance for a covariance matrix that is not positive semidefinite because
// its elements were rounded or its draws are few: eigenvalues down to this share
// of the largest are taken as zero.
const eigenTolerance = 1e-3

// newNormal factors the n×n covariance v (by rows, symmetric). A singular v is
// fine: the draws then lie in its range. name is for the error.
func newNormal(name string, n int, v []float64) (*normal, error) {
	sym := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			x := v[i*n+j]
			if math.IsNaN(x) || math.IsInf(x, 0) {
				return nil, fmt.Errorf("%s is not finite", name)
			}
			sym.SetSym(i, j, x)
		}
	}
	d := &normal{n: n, factor: make([]float64, n*n)}
	var chol mat.Cholesky
	if chol.Factorize(sym) {
		var l mat.TriDense
		chol.LTo(&l)
		d.lower = true
		for i := range n {
			for j := range i + 1 {
				d.factor[i*n+j] = l.At(i, j)
			}
		}
		return d, nil
	}
	var eig mat.EigenSym
	if !eig.Factorize(sym, true) {
		return nil, fmt.Errorf("%s has no eigenvalues that could be found", name)
	}
	values := eig.Values(nil)
	largest := values[n-1]
	if values[0] < -eigenTolerance*max(largest, 0) {
		return nil, fmt.Errorf("%s is not a covariance matrix: its smallest eigenvalue is %.3g, its largest %.3g",
			name, values[0], largest)
	}
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	for i := range n {
		for j := range n {
			d.factor[i*n+j] = vectors.At(i, j) * math.Sqrt(max(values[j], 0))
		}
	}
	return d, nil
}

// draw fills out[i] with one draw, z being scratch of length n.
func (d *normal) draw(r *rand.Rand, z, out []float64) {
	for i := range z {
		z[i] = r.NormFloat64()
	}
	for i := range out {
		row := d.factor[i*d.n : (i+1)*d.n]
		if d.lower {
			row = row[:i+1]
		}
		s := 0.0
		for j, f := range row {
			s += f * z[j]
		}
		out[i] = s
	}
}
