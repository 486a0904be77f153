package sur

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// collinearity is the share of a regressor that the others leave over below
// which nothing can be said about its parameter: a trillionth is what rounding
// of the data may leave of an exact relation.
const collinearity = 1e-11

// rebalance gives the equations the same size, as far as their shared parameters
// go. Least squares is then another one, but a start for the iterations all the
// same, where by itself it would see nothing but the largest equation.
func (v *solver) rebalance() {
	for i, size := range v.size {
		if size > 0 {
			v.balance[i] = 1 / size
		}
	}
	v.pool()
}

// collinear names the parameters that the data cannot tell apart.
func (s *system) collinear(v *solver) error {
	if v.weakest > collinearity {
		return nil
	}
	v.rebalance()
	if v.weakest > collinearity {
		if s.options.Method == "isur" {
			return nil
		}
		return fmt.Errorf("the equations differ so much in size that least squares cannot see what the smaller ones say about the parameters they share (multiply both sides of an equation by a number, or use %s := 'isur', which weights them)", s.options.MethodName)
	}
	r := v.pooled
	for j, k := range v.order {
		x := r.Col(j)[:j+1]
		norm := floats.Norm(x, 2)
		switch {
		case norm == 0:
			return fmt.Errorf("the regressor of parameter $%s (%s) is 0 in every year %s, so nothing determines it (leave it out)",
				s.model.free[k], s.standsIn(k), s.period())
		case math.Abs(x[j]) > collinearity*norm:
			continue
		}
		// Column j is a combination of those before it: which?
		c := append([]float64(nil), x[:j]...)
		r.SolveUpper(c)
		involved := []int{k}
		for l, w := range c {
			if math.Abs(w)*floats.Norm(r.Col(l)[:l+1], 2) > 1e-6*norm {
				involved = append(involved, v.order[l])
			}
		}
		return s.dependent(involved)
	}
	return nil
}

// dependent is the error for parameters whose regressors are linearly dependent.
func (s *system) dependent(parameters []int) error {
	var list, where []string
	same := len(parameters) == 2 // as in ($b + $c)*x
	for _, k := range parameters {
		list = append(list, "$"+s.model.free[k])
		if text := s.standsIn(k); !slices.Contains(where, text) {
			where = append(where, text)
		}
		same = same && slices.Equal(s.places(k), s.places(parameters[0]))
	}
	why := names(where) + " are linearly dependent"
	if same {
		why = "both multiply " + where[0] + ", so that only their sum is determined"
	}
	return fmt.Errorf("collinear regressors: parameters %s cannot be told apart in %s: %s (leave one out, or restrict it)",
		names(list), s.period(), why)
}

// standsIn says where a parameter stands, at most three places.
func (s *system) standsIn(k int) string {
	list := s.places(k)
	if len(list) > 3 {
		list = append(list[:2:2], fmt.Sprintf("… (%d equations)", len(list)))
	}
	return strings.Join(list, " + ")
}

// places are where a parameter stands: regressor in equation.
func (s *system) places(k int) []string {
	var list []string
	for i, e := range s.equations {
		for j, p := range e.parameter {
			if p == k {
				text := s.columns[e.column[j]].text
				if text == "1" {
					text = "the constant"
				}
				list = append(list, text+" in equation "+s.model.Equations[i].Name)
			}
		}
	}
	return list
}

// coefficients is k_i: the number of coefficients that equation i has free after
// the restrictions, which is the rank of its regressors in the free parameters.
// Where it shares parameters with others that may be fewer than the parameters in
// it: with a and b free in another equation, (a + b)·x is one coefficient.
func (v *solver) coefficients(i int) int {
	for next := len(v.own); next <= i; next++ {
		var x [][]float64
		shared := false
		for n := v.start[next]; n < v.start[next+1]; n++ {
			x = append(x, v.z(n))
			shared = shared || v.uses[v.parameter[n]] > 1
		}
		rank := len(x) // collinear has seen to it
		if shared {
			rank = dense.Basis(v.reach(), x, collinearity).N
		}
		v.own = append(v.own, rank)
	}
	return v.own[i]
}

// meanCoefficients is their mean over the equations.
func (v *solver) meanCoefficients() float64 {
	sum := 0
	for i := range v.m {
		sum += v.coefficients(i)
	}
	return float64(sum) / float64(v.m)
}
