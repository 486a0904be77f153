package dense

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
)

// LU solves square systems of order N one after another in the same memory.
//
// It is gonum's factorisation, with rows brought to one size before, so that
// pivots are chosen, and singularity is seen, whatever the units of an equation.
// gonum's mat.LU computes the condition number besides, which costs more than the
// solution.
type LU struct {
	N int
	// A is the matrix, N × N row after row: to be filled before Factor, which
	// destroys it.
	A []float64

	scale []float64 // of rows: powers of 2, which change no digit
	pivot []int
}

// NewLU has room for order n.
func NewLU(n int) *LU {
	return &LU{N: n, A: make([]float64, n*n), scale: make([]float64, n), pivot: make([]int, n)}
}

// singular is how small a pivot may be, relative to the largest element of a row.
const singular = 1e-13

// Factor decomposes A. It is false where A is singular to working precision or not
// finite.
func (f *LU) Factor() bool {
	for i := range f.N {
		row := f.A[i*f.N : (i+1)*f.N]
		largest := 0.0
		for _, v := range row {
			largest = max(largest, math.Abs(v)) // NaN stays
		}
		if !(largest > 0 && largest <= math.MaxFloat64) {
			return false
		}
		_, exponent := math.Frexp(largest)
		f.scale[i] = math.Ldexp(1, min(-exponent, 1023))
		for j := range row {
			row[j] *= f.scale[i]
		}
	}
	if !lapack64.Getrf(f.matrix(), f.pivot) {
		return false
	}
	for i := range f.N {
		if !(math.Abs(f.A[i*f.N+i]) > singular) {
			return false
		}
	}
	return true
}

func (f *LU) matrix() blas64.General {
	return blas64.General{Rows: f.N, Cols: f.N, Stride: f.N, Data: f.A}
}

// Solve replaces b, of length N, by the x of A x = b.
func (f *LU) Solve(b []float64) { f.SolveAll(b, 1) }

// SolveAll does so for several right sides, the columns of b: N rows of n.
func (f *LU) SolveAll(b []float64, n int) {
	for i, s := range f.scale {
		for j := range n {
			b[i*n+j] *= s
		}
	}
	lapack64.Getrs(blas.NoTrans, f.matrix(), blas64.General{Rows: f.N, Cols: n, Stride: n, Data: b}, f.pivot)
}

// Inverse fills out, N × N row after row, with A⁻¹.
func (f *LU) Inverse(out []float64) {
	clear(out)
	for i := range f.N {
		out[i*f.N+i] = 1
	}
	f.SolveAll(out, f.N)
}
