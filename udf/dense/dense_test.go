package dense

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

func random(seed uint64, rows, n int) Columns {
	rng := rand.New(rand.NewPCG(seed, 0))
	c := NewColumns(rows, n)
	for i := range c.Data {
		c.Data[i] = rng.NormFloat64()
	}
	return c
}

// definite is a positive definite matrix of order n.
func definite(n int) []float64 {
	c := random(uint64(n), n+2, n)
	a := make([]float64, n*n)
	for i := range n {
		for j := range n {
			a[i*n+j] = Dot(c.Col(i), c.Col(j))
		}
	}
	return a
}

func near(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) || !(floats.Distance(got, want, math.Inf(1)) <= tolerance*(1+floats.Norm(want, math.Inf(1)))) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Everything against gonum's general solver and inverse.
func TestSolversAgreeWithGonum(t *testing.T) {
	for n := range 12 {
		if n == 0 {
			continue
		}
		a, b := definite(n), random(7, n, 1).Data
		var x mat.VecDense
		var inverse mat.Dense
		m := mat.NewDense(n, n, a)
		if x.SolveVec(m, mat.NewVecDense(n, b)) != nil || inverse.Inverse(m) != nil {
			t.Fatal("singular")
		}
		l := append([]float64(nil), a...)
		if _, ok := Cholesky(l, n); !ok {
			t.Fatalf("order %d is not positive definite", n)
		}
		got, out := append([]float64(nil), b...), make([]float64, n*n)
		CholeskySolve(l, n, got)
		near(t, "Cholesky", got, x.RawVector().Data, 1e-10)
		CholeskyInverse(out, l, n, make([]float64, n))
		near(t, "inverse by Cholesky", out, inverse.RawMatrix().Data, 1e-10)

		f := NewLU(n)
		for i := range n { // rows in units that differ by 10^±250: x is the same
			unit := math.Pow(10, float64(i%3-1)*250)
			for j := range n {
				f.A[i*n+j] = a[i*n+j] * unit
			}
			got[i] = b[i] * unit
		}
		if !f.Factor() {
			t.Fatalf("order %d is singular", n)
		}
		f.Solve(got)
		near(t, "LU", got, x.RawVector().Data, 1e-9)
		copy(f.A, a)
		f.Factor()
		f.Inverse(out)
		near(t, "inverse by LU", out, inverse.RawMatrix().Data, 1e-10)

		c := random(9, n+5, n)
		q, r := c.Clone(), NewColumns(n, n)
		q.QR(r)
		u := c.Clone()
		u.UpperFactor()
		gram := NewColumns(n, n)
		for i := range n {
			for j := range n {
				gram.Col(i)[j] = Dot(c.Col(i), c.Col(j)) // R'R
			}
			near(t, "R", u.Col(i)[:i+1], r.Col(i)[:i+1], 1e-14)
			for j := range i + 1 {
				near(t, "Q'Q", []float64{Dot(q.Col(i), q.Col(j))}, []float64{map[bool]float64{true: 1}[i == j]}, 1e-13)
			}
		}
		got = append([]float64(nil), b...)
		r.SolveUpperTrans(got)
		r.SolveUpper(got)
		if x.SolveVec(mat.NewDense(n, n, gram.Data), mat.NewVecDense(n, b)) == nil {
			near(t, "R'R x = b", got, x.RawVector().Data, 1e-8)
		}
	}
}

// Matrices without an answer are told, also those that are only nearly so, and
// pivot is the share that is left: of the second variable 1 − 0.6² = 0.64.
func TestSingular(t *testing.T) {
	if pivot, ok := Cholesky([]float64{1, 0, 0.6, 1}, 2); !ok || math.Abs(pivot-0.64) > 1e-15 {
		t.Error(pivot, ok)
	}
	for _, a := range [][]float64{{1, 2, 2, 4}, {1, 2, 2, 3}, {-1, 0, 0, 1}, {math.NaN(), 0, 0, 1}} {
		if _, ok := Cholesky(append([]float64(nil), a...), 2); ok {
			t.Errorf("%v is positive definite", a)
		}
	}
	for _, a := range [][]float64{{1, 2, 2, 4}, {0, 0, 0, 1}, {1, 2, 1e-20, 2e-20 * (1 + 1e-15)}, {math.Inf(1), 0, 0, 1}, {1, math.NaN(), 0, 1}} {
		f := NewLU(2)
		copy(f.A, a)
		if f.Factor() {
			t.Errorf("%v is regular", a)
		}
	}
	f := NewLU(2)
	copy(f.A, []float64{1e-300, 0, 0, 1e308})
	if b := []float64{2e-300, 1e308}; !f.Factor() {
		t.Error("a diagonal matrix is regular, however small")
	} else {
		f.Solve(b)
		near(t, "extremes", b, []float64{2, 1}, 1e-14)
	}
}

// Of four columns in a plane two span it: any further one projects to nothing.
func TestOrthonormalFindsRank(t *testing.T) {
	c := random(3, 9, 4)
	for i := range c.Rows {
		c.Col(2)[i] = 2*c.Col(0)[i] - c.Col(1)[i]
	}
	copy(c.Col(3), c.Col(1))
	basis := c.Clone().Orthonormal(1e-10)
	if basis.N != 2 {
		t.Fatalf("rank %d", basis.N)
	}
	for j := range c.N {
		x := append([]float64(nil), c.Col(j)...)
		basis.Project(x)
		if left := floats.Norm(x, 2); left > 1e-14*floats.Norm(c.Col(j), 2) {
			t.Errorf("%g is left of column %d", left, j)
		}
	}
}

// The triangle of data read in blocks is that of the data at once, up to sign, and
// keeps the digits of columns that hardly vary about a large mean, where the
// cross-products have none left: the rows below the constant are the deviations.
func TestReduceIsTriangle(t *testing.T) {
	rows := 2*blockRows + 100
	c := random(4, rows, 4)
	data := make([][]float64, c.N)
	for j := range data {
		data[j] = c.Col(j)
	}
	for i := range data[1] {
		data[1][i] = 1
	}
	r := Reduce(data, 1)
	u := Columns{Rows: rows, N: 4, Data: nil}
	for _, j := range []int{1, 0, 2, 3} { // the constant comes first in the triangle
		u.Data = append(u.Data, data[j]...)
	}
	u.UpperFactor()
	for k, j := range []int{1, 0, 2, 3} {
		for i := range k + 1 {
			near(t, "R", []float64{math.Abs(r.Col(j)[i])}, []float64{math.Abs(u.Col(k)[i])}, 1e-12)
		}
	}
	if h := Height(u, rows); h != 4 {
		t.Errorf("height %d", h)
	}
	for i := range data[0] {
		data[0][i] = 1e9 + float64(i%2) // mean 1e9 + 1/2, squared deviations rows/4
	}
	r = Reduce(data[:2], 1)
	near(t, "deviations", []float64{math.Abs(r.Col(0)[1])}, []float64{math.Sqrt(float64(rows) / 4)}, 1e-12)
}
