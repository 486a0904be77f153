// Package normal draws from normal distributions of several dimensions, whose
// covariance may be singular, as gonum's distmv does not allow.
package normal

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"
)

// Normal is N(0, V), drawn from as factor·z with factor·factor′ = V.
type Normal struct {
	N      int
	factor []float64 // n×n by rows
	lower  bool      // zero above the diagonal: half the work
}

// eigenTolerance is for a covariance matrix that is not positive semidefinite because
// its elements were rounded or its draws are few: eigenvalues down to this share
// of the largest are taken as zero.
const eigenTolerance = 1e-3

// New factors the n×n covariance v, row after row and symmetric. A singular v is
// fine: the draws then lie in its range. Not finite and not positive semidefinite
// are errors, which name what v is.
func New(name string, n int, v []float64) (*Normal, error) {
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
	d := &Normal{N: n, factor: make([]float64, n*n)}
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

// Draw fills out with one draw; z is scratch. Both have length n.
func (d *Normal) Draw(r *rand.Rand, z, out []float64) {
	for i := range z {
		z[i] = r.NormFloat64()
	}
	for i := range out {
		row := d.factor[i*d.N : (i+1)*d.N]
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
