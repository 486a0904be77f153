package sur

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// covariance is A⁻¹, A = Σ_ij w_ij Z_i'Z_j with the current weights: the
// classical covariance of the estimates (Zellner 1962). Where the regressors are
// far from orthogonal the cross-products in A have lost digits: see half.
func (v *solver) covariance() []float64 {
	if v.weakest > 0.02 && !v.near && v.information() {
		out := make([]float64, v.k*v.k)
		dense.CholeskyInverse(out, v.a, v.k, v.step)
		return out
	}
	return around(v.half(), nil, v.k)
}

// half is an S with S S' = A⁻¹, row by parameter: R⁻¹ of the whitened system.
func (v *solver) half() []float64 {
	v.whitenRegressors()
	v.white.q.UpperFactor()
	return v.inverse(v.white.q, make([]int, v.k))
}

// inverse of the upper triangle r, row by parameter; 0 between parameters of different groups.
func (v *solver) inverse(r dense.Columns, group []int) []float64 {
	out := make([]float64, v.k*v.k)
	x := make([]float64, v.k)
	for j, column := range v.order {
		clear(x)
		x[j] = 1
		r.SolveUpper(x)
		for i, row := range v.order {
			if group[row] == group[column] {
				out[row*v.k+j] = x[i]
			}
		}
	}
	return out
}

// leastSquaresCovariance is that of pooled least squares when the residuals of
// a year are correlated: A⁻¹ (Σ_ij σ_ij Z_i'Z_j) A⁻¹ with A = Σ_i Z_i'Z_i, as
// S (Σ_ij σ_ij Q_i'Q_j) S' with A⁻¹ = SS' and Q_i = Z_i S. Without restrictions
// between equations its diagonal is the textbook one of each equation by itself.
func (v *solver) leastSquaresCovariance() []float64 {
	v.residuals()
	half := v.pooledHalf()
	q := make([]dense.Columns, v.m)
	for i := range v.m {
		q[i] = dense.NewColumns(v.reach(), v.k)
		for n := v.start[i]; n < v.start[i+1]; n++ {
			for j, x := range half[v.parameter[n]*v.k : (v.parameter[n]+1)*v.k] {
				if x != 0 {
					floats.AddScaled(q[i].Col(j), x, v.z(n)[:v.reach()])
				}
			}
		}
	}
	filling := make([]float64, v.k*v.k)
	others := dense.NewColumns(v.reach(), v.k) // Σ_j σ_ij Q_j
	for i := range v.m {
		clear(others.Data)
		for j := range v.m {
			floats.AddScaled(others.Data, v.sigma[i*v.m+j]*v.scale[i]*v.scale[j], q[j].Data)
		}
		for a := range v.k {
			for b := range v.k {
				filling[a*v.k+b] += dense.Dot(q[i].Col(a), others.Col(b))
			}
		}
	}
	return around(half, filling, v.k)
}

// pooledHalf is an S with S S' = (Σ_i Z_i'Z_i)⁻¹, row by parameter: R⁻¹ of the
// pooled triangle. Parameters of equations that share none, not even by way of
// others, have nothing to do with each other: what rounding leaves between them
// would be multiplied by the residuals of equations of quite another size.
func (v *solver) pooledHalf() []float64 { return v.inverse(v.pooled, v.connected()) }

// connected numbers the groups of parameters that stand in the same equations,
// directly or by way of others.
func (v *solver) connected() []int {
	group := make([]int, v.k)
	for k := range group {
		group[k] = k
	}
	for changed := true; changed; {
		changed = false
		for i := range v.m {
			least := v.k
			for n := v.start[i]; n < v.start[i+1]; n++ {
				least = min(least, group[v.parameter[n]])
			}
			for n := v.start[i]; n < v.start[i+1]; n++ {
				if group[v.parameter[n]] != least {
					group[v.parameter[n]], changed = least, true
				}
			}
		}
	}
	return group
}

// around is S F S', SS' where F is nil.
func around(s, f []float64, k int) []float64 {
	sm := mat.NewDense(k, k, s)
	out := mat.NewDense(k, k, nil)
	if f == nil {
		out.Product(sm, sm.T())
	} else {
		out.Product(sm, mat.NewDense(k, k, f), sm.T())
	}
	return out.RawMatrix().Data
}
