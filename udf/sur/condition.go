package sur

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// condition is the ratio of the largest to the smallest singular value of the
// regressors of the whole system, columns scaled to length 1 and restrictions
// imposed (Belsley, Kuh and Welsch 1980): above 30 estimates are sensitive,
// infinite means collinear. NaN where nothing is estimated.
func (v *solver) condition() float64 {
	if v.k == 0 {
		return math.NaN()
	}
	d := mat.NewDense(v.k, v.k, nil)
	for j := range v.k {
		x := v.pooled.Col(j)[:j+1]
		norm := floats.Norm(x, 2)
		for i := range x {
			d.Set(i, j, x[i]/norm)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(d, mat.SVDNone) {
		return math.NaN()
	}
	return svd.Cond()
}

// residualSpectrum are the singular values of the current residuals, each column
// scaled to length 1, from large to small, their squares being the eigenvalues of the
// correlations; and the combination of such columns that is smallest. Of the residuals
// themselves, as correlations would have lost its digits.
func (v *solver) residualSpectrum() (values, combination []float64) {
	d := mat.NewDense(max(v.height, v.m), v.m, nil)
	for i := range v.m {
		x := v.e.Col(i)[:v.height]
		norm := floats.Norm(x, 2)
		for r := range x {
			d.Set(r, i, x[r]/norm)
		}
	}
	var svd mat.SVD
	if !svd.Factorize(d, mat.SVDThinV) {
		return nil, nil
	}
	var right mat.Dense
	svd.VTo(&right)
	return svd.Values(nil), mat.Col(nil, v.m-1, &right)
}

// residualCondition is the ratio of the largest to the smallest eigenvalue of the
// correlations of the residuals: 1 where they are uncorrelated, infinite where they
// are linearly dependent.
func (v *solver) residualCondition() float64 {
	values, _ := v.residualSpectrum()
	if values == nil {
		return math.NaN()
	}
	ratio := values[0] / values[v.m-1]
	return ratio * ratio
}

// What is noted: a combination of residuals, each scaled to variance 1, with a variance
// below nearlyDependent (0.9999 is the correlation of two), or below nearlyAdditive
// where three or more left sides enter with weights of about 1 or −1, as shares do that
// add up but for their rounding; and a regressor of which the others leave less than
// nearlyCollinear of the variance.
const (
	nearlyDependent = 1e-4
	nearlyAdditive  = 1e-2
	nearlyCollinear = 1e-3
)

// NearDependence says what makes the estimates depend on the last digits of the data
// though the system can be estimated: residuals that nearly cancel in some combination,
// or regressors that are nearly collinear. Numbers are left out where short, for one
// note of many groups.
func (f *Fit) NearDependence(short bool) []string {
	var notes []string
	if f.solver.m > 1 && f.solver.pivot < 10*nearlyAdditive { // no combination is smaller without one that is small
		if text := f.nearlyAddsUp(short); text != "" {
			notes = append(notes, text)
		}
	}
	if f.K > 0 && f.solver.weakest < math.Sqrt(10*nearlyCollinear) {
		if text := f.nearCollinearity(short); text != "" {
			notes = append(notes, text)
		}
	}
	return notes
}

// nearlyAddsUp names the combination of the left sides that nearly adds up to what
// the regressors explain.
func (f *Fit) nearlyAddsUp(short bool) string {
	v := f.solver
	values, combination := v.residualSpectrum()
	if values == nil || !(values[v.m-1]*values[v.m-1] < nearlyAdditive) {
		return ""
	}
	share := slices.Clone(combination) // of unit length together
	largest := 0.0
	for i := range combination { // of the residuals as they are
		combination[i] /= math.Sqrt(v.sigma[i*v.m+i])
		if math.Abs(share[i]) >= 1e-2 && math.Abs(combination[i]) > math.Abs(largest) {
			largest = combination[i]
		}
	}
	var equations, terms []string
	additive, variance := 0, 0.0
	for i := range combination {
		combination[i] /= largest
		if math.Abs(share[i]) < 1e-2 {
			continue
		}
		if math.Abs(combination[i]) > 0.9 {
			additive++
		}
		equations = append(equations, f.Model.Equations[i].Name)
		terms = append(terms, term(combination[i], f.Model.Lefts()[i], len(terms) == 0))
	}
	if dependent := values[v.m-1]*values[v.m-1] < nearlyDependent; !dependent && (additive < 3 || additive < len(equations)) {
		return ""
	}
	for t := range f.Years {
		x := 0.0
		for i, c := range combination {
			x += c * f.Residuals[i][t]
		}
		variance += x * x / float64(len(f.Years))
	}
	if short {
		return fmt.Sprintf("the residuals of equations %s nearly cancel, so rounding of the data may decide on the estimates (see residual_condition in sur_system_fit)", names(equations))
	}
	return fmt.Sprintf("the residuals of equations %s nearly cancel: those of %s have a standard deviation of %.2g, so rounding of the data may decide on the estimates (leave one of the equations out; residual_condition in sur_system is %.3g)",
		names(equations), strings.Join(terms, " "), math.Sqrt(variance), values[0]*values[0]/(values[v.m-1]*values[v.m-1]))
}

// term is c × what as a summand, as it would be written.
func term(c float64, what string, first bool) string {
	sign := "+ "
	switch {
	case c < 0 && first:
		sign = "-"
	case c < 0:
		sign = "- "
	case first:
		sign = ""
	}
	factor := fmt.Sprintf("%.2g*", math.Abs(c))
	if factor == "1*" {
		factor = ""
	}
	return sign + factor + what
}

// nearCollinearity names the parameter whose standard error is most inflated by the
// other regressors, and those it is nearly collinear with. Measured from the means where
// an equation has a constant: that a constant stands beside large numbers does no harm.
func (f *Fit) nearCollinearity(short bool) string {
	v, s := f.solver, f.system
	half := v.pooledHalf()
	inverse := around(half, nil, v.k) // of Σ Z_i'Z_i
	centred := make([]float64, v.k)   // squared length of each column
	for i := range v.m {
		constant := slices.Contains(v.column[v.start[i]:v.start[i+1]], s.constant)
		for n := v.start[i]; n < v.start[i+1]; n++ {
			z := v.z(n)[:v.reach()]
			if constant { // the first row holds the mean, as the constant is the first column
				z = z[1:]
			}
			centred[v.parameter[n]] += floats.Dot(z, z) * v.balance[i] * v.balance[i]
		}
	}
	worst, inflation := -1, 1/nearlyCollinear
	for k, length := range centred {
		if x := length * inverse[k*v.k+k]; x > inflation {
			worst, inflation = k, x
		}
	}
	if worst < 0 {
		return ""
	}
	// The regressor is Σ −(inverse_kj / inverse_kk) × the others, but for a rest.
	involved := []int{worst}
	for _, k := range v.order {
		share := inverse[worst*v.k+k] / inverse[worst*v.k+worst] * math.Sqrt(centred[k]/centred[worst])
		if k != worst && math.Abs(share) > 0.02 {
			involved = append(involved, k)
		}
	}
	list := make([]string, len(involved))
	for i, k := range involved {
		list[i] = "$" + s.model.free[k]
	}
	if short {
		return fmt.Sprintf("the regressors of %s are nearly collinear, so rounding of the data may decide on their estimates (see condition in sur_system_fit)", names(list))
	}
	return fmt.Sprintf("the regressors of %s are nearly collinear: of that of %s (%s) the others leave %.2g of the variance, so its standard error is %.3g times what it would be without them (leave one out, or restrict it; condition in sur_system is %.3g)",
		names(list), list[0], s.standsIn(worst), 1/inflation, math.Sqrt(inflation), v.condition())
}
