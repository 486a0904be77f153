package bounded

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// bilinear are the equations Σ_a Σ_k form_tak c_a σ_k = 0, t = 1…n, that c and
// the shared parameters solve where residuals cancel: σ_0 stands for 1, the
// others for the distance from start. A regressor whose parameter is free
// in one equation only is projected out, for its coefficient can be whatever is
// needed; so is the one regressor of a parameter that has the same in all its
// equations. Whoever cancels the residuals solves what is left of the equations,
// the other way round only if the coefficients of what was projected out are not
// 0: canVanish has the last word.
//
// c and σ count up to a factor: n = (m−1) + (k−1) is as many equations as
// unknowns. Where the data have more rows, n random combinations of them are
// taken.
type bilinear struct {
	n, m, k int
	rows    int             // of the data that are left
	form    []float64       // n×m×k, of length 1
	scale   []float64       // c_a of the search is scale_a times c_a here
	span    []dense.Columns // by k: what c the regressors of parameter k respond to
}

// bilinear is nil where there are fewer rows than unknowns, or parameters that
// cannot be told apart.
func (w *search) bilinear(rng *rand.Rand) *bilinear {
	m := len(w.set)
	shared := w.shared()
	b := &bilinear{m: m, k: len(shared), n: m - 1 + len(shared) - 1}
	rows := dense.NewColumns(w.h, m*b.k)
	for k, z := range shared {
		copy(rows.Data[k*m*w.h:], z.Data)
		b.span = append(b.span, forms(z))
	}
	// From here on σ are combinations of the parameters that move the residuals at
	// right angles to each other: no other solutions, but of better condition.
	moves := dense.Columns{Rows: m * w.h, N: b.k - 1, Data: rows.Data[m*w.h:]}
	if moves.Orthonormal(1e-10).N < b.k-1 {
		return nil
	}
	basis := rows.Clone().Orthonormal(1e-10)
	if b.rows = basis.N; b.rows < b.n {
		return nil
	}
	b.form = make([]float64, b.n*b.m*b.k)
	row := make([]float64, w.h)
	for t := range b.n {
		copy(row, basis.Col(t))
		if b.rows > b.n {
			clear(row)
			for r := range b.rows {
				floats.AddScaled(row, rng.NormFloat64(), basis.Col(r))
			}
		}
		for a := range m {
			for k := range b.k {
				b.form[(t*m+a)*b.k+k] = floats.Dot(row, rows.Col(k*m+a))
			}
		}
	}
	b.balance()
	return b
}

// shared are the residuals at start, then the regressors of every
// parameter that more than one equation of set has a say in, a column per
// equation: less what is projected out, and of similar size.
func (w *search) shared() []dense.Columns {
	m := len(w.set)
	left := append([]dense.Columns{w.first.Clone()}, w.regressors()...)
	before := make([][]float64, len(left))
	for k, z := range left {
		for a := range m {
			before[k] = append(before[k], floats.Norm(z.Col(a), 2))
		}
	}
	out := dense.NewColumns(w.h, w.h)
	out.N = 0
	for again := true; again; {
		again = false
		for k, z := range left {
			if z.N == 0 {
				continue
			}
			for a := range m {
				out.Project(z.Col(a))
				if floats.Norm(z.Col(a), 2) <= 1e-10*before[k][a] {
					clear(z.Col(a))
				}
			}
			if k == 0 {
				continue
			}
			x := z.Clone().Orthonormal(1e-10)
			if x.N == 1 {
				copy(out.Data[out.N*w.h:(out.N+1)*w.h], x.Col(0))
				out.N++
				again = true
			}
			if x.N < 2 {
				left[k].N = 0
			}
		}
	}
	var list []dense.Columns
	for _, z := range left {
		if z.N == 0 {
			continue
		}
		if norm := floats.Norm(z.Data, 2); norm > 0 {
			floats.Scale(1/norm, z.Data)
		}
		list = append(list, z)
	}
	return list
}

// regressors by parameter, those of the equations of set side by side, in units
// of their residuals.
func (w *search) regressors() []dense.Columns {
	list := make([]dense.Columns, w.k)
	for a, i := range w.set {
		for _, t := range w.s.Terms[i] {
			if list[t.Parameter].N == 0 {
				list[t.Parameter] = dense.NewColumns(w.h, len(w.set))
			}
			z := w.s.z(t)
			floats.AddScaled(list[t.Parameter].Col(a)[:len(z)], 1/w.size[i], z)
		}
	}
	return list
}

// forms are an orthonormal basis of the linear forms in c that the columns
// combined by c depend on.
func forms(z dense.Columns) dense.Columns {
	basis := z.Clone().Orthonormal(1e-10)
	out := dense.NewColumns(z.N, basis.N)
	for j := range basis.N {
		for a := range z.N {
			out.Col(j)[a] = floats.Dot(basis.Col(j), z.Col(a))
		}
	}
	return out.Orthonormal(1e-10)
}

// balance makes the coefficients of every c_a, then of everything, of length 1.
func (b *bilinear) balance() {
	b.scale = make([]float64, b.m)
	for a := range b.m {
		square := 0.0
		for t := range b.n {
			x := b.form[(t*b.m+a)*b.k : (t*b.m+a+1)*b.k]
			square += floats.Dot(x, x)
		}
		b.scale[a] = 1
		if square > 0 {
			b.scale[a] = 1 / math.Sqrt(square)
		}
	}
	for t := range b.n {
		for a := range b.m {
			floats.Scale(b.scale[a], b.form[(t*b.m+a)*b.k:(t*b.m+a+1)*b.k])
		}
	}
	if norm := floats.Norm(b.form, 2); norm > 0 {
		floats.Scale(1/norm, b.form)
	}
}
