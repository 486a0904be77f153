package sur

import "utvandring/udf/dense"

// coefficients is k_i: the number of coefficients that equation i has free after
// the restrictions, which is the rank of its regressors in the free parameters.
// Where it shares parameters with others that may be fewer than the parameters in
// it: with a and b free in another equation, (a + b)·x is one coefficient.
func (v *solver) coefficients(i int) int {
	if v.own == nil {
		for i := range v.m {
			v.own = append(v.own, v.regressorRank(i))
		}
	}
	return v.own[i]
}

func (v *solver) regressorRank(i int) int {
	n, shared := v.start[i+1]-v.start[i], false
	for c := v.start[i]; c < v.start[i+1]; c++ {
		shared = shared || v.uses[v.parameter[c]] > 1
	}
	if !shared { // collinear has seen to it
		return n
	}
	x := dense.NewColumns(v.reach(), n)
	for j := range n {
		copy(x.Col(j), v.z(v.start[i]+j))
	}
	return x.Orthonormal(collinearity).N
}

// meanCoefficients is their mean over the equations.
func (v *solver) meanCoefficients() float64 {
	sum := 0
	for i := range v.m {
		sum += v.coefficients(i)
	}
	return float64(sum) / float64(v.m)
}
