package sur

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// The likelihood of a system has no maximum when some combination of its
// residuals can be made exactly zero: their covariance is then singular and the
// likelihood infinite. That needs dependent columns among regressors and left
// sides, so a system of full rank is safe whatever the restrictions; one
// without may still be saved by its restrictions, or because a left side that
// is also a regressor is not one in its own equation. So: what is certain is
// said before the first step, the rest is seen on the way and explained, or
// decided when the iterations have passed it by: unbounded_search.go.

// exactFit refuses an equation that fits its data without error: the likelihood
// is infinite, and of least squares only rounding is left to be divided by.
func (s *system) exactFit(v *solver, method string) error {
	v.residuals()
	for i, e := range s.equations {
		if floats.Norm(v.e.col(i), 2) <= 1e-12*floats.Norm(v.r.col(v.left[i]), 2) {
			what, so := "the likelihood is unbounded: ", ""
			if method == "ols" {
				what, so = "", ", so standard errors would mean nothing"
			}
			if slices.ContainsFunc(e.column, func(c int) bool { return s.columns[c].text == s.columns[e.left].text }) {
				return s.model.Equations[i].errorf("%s%s explains itself: it is the left side and a regressor (take it out on the right, or lag it)", what, equation.String(e.linear.Left))
			}
			fit := count(len(e.column), "coefficient") + " fit"
			if len(e.column) == 1 {
				fit += "s"
			}
			return s.model.Equations[i].errorf("%s%s %s exactly in %s%s (is it an identity? leave it out, or write it without parameters)",
				what, fit, equation.String(e.linear.Left), s.period(), so)
		}
	}
	return nil
}

// surelyUnbounded tests combinations of the equations that the data offer:
// pairs with one left side, left sides that are exact combinations of each
// other and the regressors, and, where nothing is shared, whatever there is. It
// also gives the equations whose residuals might cancel all the same, if any:
// see hidden.
func (s *system) surelyUnbounded(v *solver) ([]int, error) {
	// In exact arithmetic the rows of the triangle below the regressors are what
	// these leave of the left sides.
	q, p := v.r.rows, v.p
	y := q - p // distinct left sides
	safe := y == v.m
	for j := p; j < q && safe; j++ {
		x := v.r.col(j)
		safe = math.Abs(x[j]) > 1e-10*floats.Norm(x[1:], 2)
	}
	if safe {
		return nil, nil
	}
	var candidates [][]float64
	for i := range v.m {
		for j := range i {
			if v.left[i] == v.left[j] {
				c := make([]float64, v.m)
				c[i], c[j] = 1, -1
				candidates = append(candidates, c)
			}
		}
	}
	candidates = append(candidates, v.dependentLefts(y)...)
	all := make([]int, v.m)
	for i := range all {
		all[i] = i
	}
	suspects, null := v.suspects(all)
	if null.n > 0 {
		c := make([]float64, v.m)
		rng := rand.New(rand.NewPCG(4, 22))
		for k := range null.n {
			floats.AddScaled(c, rng.NormFloat64(), null.col(k))
		}
		candidates = append(candidates, c)
	}
	for _, c := range candidates {
		if v.canVanish(c) {
			return nil, s.unboundedBy(v, c, "")
		}
	}
	return suspects, nil
}

// dependentLefts are combinations of left sides that the regressors explain
// exactly: the null space of the last y columns and rows of the triangle.
func (v *solver) dependentLefts(y int) [][]float64 {
	d := mat.NewDense(y, y, nil)
	norm := make([]float64, y)
	for j := range y {
		x := v.r.col(v.p + j)
		norm[j] = floats.Norm(x, 2)
		for i := 0; i <= j; i++ {
			d.Set(i, j, x[v.p+i]/norm[j])
		}
	}
	var svd mat.SVD
	if !svd.Factorize(d, mat.SVDFullV) {
		return nil
	}
	var right mat.Dense
	svd.VTo(&right)
	var list [][]float64
	for k, size := range svd.Values(nil) {
		if size > 1e-10 {
			continue
		}
		c := make([]float64, v.m)
		taken := map[int]bool{}
		for i, l := range v.left {
			if j := l - v.p; !taken[j] {
				taken[j] = true
				if x := right.At(j, k); math.Abs(x) > 1e-8 {
					c[i] = x / norm[j]
				}
			}
		}
		list = append(list, c)
	}
	return list
}

// canVanish reports whether parameters exist, restrictions respected, for which
// the combination Σ c_i e_i of residuals is zero.
func (v *solver) canVanish(c []float64) bool { return v.leftOver(c) <= vanished }

// vanished is what rounding may leave of a combination that is zero.
const vanished = 1e-10

// leftOver is the least that parameters can make of the combination Σ c_i e_i of
// residuals, as a share of its left sides. With c given that is a linear
// question: modified Gram–Schmidt of the combined regressors.
func (v *solver) leftOver(c []float64) float64 {
	target := make([]float64, v.r.rows)
	size := 0.0
	combined := newColumns(v.r.rows, v.k)
	parts := make([]float64, v.k)
	for i, w := range c {
		if w == 0 {
			continue
		}
		floats.AddScaled(target, w, v.r.col(v.left[i]))
		size += math.Abs(w) * floats.Norm(v.r.col(v.left[i]), 2)
		for n := v.start[i]; n < v.start[i+1]; n++ {
			k := v.parameter[n]
			floats.AddScaled(combined.col(k)[:v.p], w, v.z(n))
			parts[k] += math.Abs(w) * floats.Norm(v.z(n), 2)
		}
	}
	for k, x := range parts {
		if floats.Norm(combined.col(k), 2) <= 1e-12*x {
			clear(combined.col(k)) // rounding is not a regressor
		}
	}
	combined.orthonormal(1e-10).project(target)
	return floats.Norm(target, 2) / size
}

// unbounded explains a residual covariance that became singular, by the
// combination of residuals that vanishes.
func (s *system) unbounded(v *solver, what string) error {
	m := v.m
	correlation := mat.NewSymDense(m, nil)
	for i := range m {
		for j := range i + 1 {
			c := v.sigma[i*m+j] / math.Sqrt(v.sigma[i*m+i]*v.sigma[j*m+j])
			if math.IsNaN(c) {
				c = 0
			}
			correlation.SetSym(i, j, c)
		}
	}
	var eigen mat.EigenSym
	c := make([]float64, m)
	if eigen.Factorize(correlation, true) {
		var vectors mat.Dense
		eigen.VectorsTo(&vectors)
		for i := range c {
			c[i] = vectors.At(i, 0) // the smallest eigenvalue comes first
		}
	}
	largest := floats.Norm(c, math.Inf(1))
	for i := range c {
		if math.Abs(c[i]) < 0.02*largest {
			c[i] = 0
		}
	}
	return s.unboundedBy(v, c, what)
}

// ErrUnbounded is wrapped by every error that says the likelihood is unbounded.
var ErrUnbounded = errors.New("the likelihood is unbounded")

func (s *system) unboundedBy(v *solver, c []float64, what string) error {
	var involved, lefts []string
	left := -1
	same := true
	for i, w := range c {
		if w == 0 {
			continue
		}
		e := &s.equations[i]
		involved = append(involved, s.model.Equations[i].Name)
		lefts = append(lefts, equation.String(e.linear.Left))
		same = same && (left < 0 || left == v.left[i])
		left = v.left[i]
	}
	var why, remedy string
	switch {
	case len(involved) == 0:
		why, remedy = "the residuals are linearly dependent", "drop an equation"
	case len(involved) == 1:
		why = fmt.Sprintf("equation %s can fit %s exactly", involved[0], lefts[0])
		remedy = "leave it out or drop regressors"
	case same:
		why = fmt.Sprintf("equations %s have the same left side (%s), so their residuals can be made equal", names(involved), lefts[0])
		remedy = "drop all but one of them, or give them different left sides"
	case s.simultaneous(c):
		why = fmt.Sprintf("equations %s are simultaneous: their left sides (%s) explain each other, so that one equation can be made to follow from the rest, and the residuals cancel",
			shorten(involved), shorten(lefts))
		remedy = "SUR takes regressors as given from outside the system: put a lag, fitted values or the reduced form in their place, or drop an equation"
	case v.r.n > v.t:
		why = fmt.Sprintf("the residuals of equations %s (%s) can be combined to exactly zero, as %d left sides and %d distinct regressors (%s) are more columns than the %d years %s",
			shorten(involved), shorten(lefts), v.r.n-v.p, v.p, shorten(s.texts(s.regressors)), v.t, s.period())
		remedy = "use fewer equations or regressors, more years, or restrictions that share parameters"
	default:
		why = fmt.Sprintf("the residuals of equations %s (%s) can be combined to exactly zero, as these left sides and the regressors (%s) are linearly dependent",
			shorten(involved), shorten(lefts), shorten(s.regressorsOf(c)))
		remedy = "drop one of the equations or the column that depends on the others"
	}
	if s.options.Method == "sur" {
		return fmt.Errorf("%w, and the least squares residuals already are linearly dependent, so that one step cannot be taken either: %s (%s; %s := 'ols' does without)", ErrUnbounded, why, remedy, s.options.MethodName)
	}
	if what != "" {
		what = ": " + what
	}
	return fmt.Errorf("%w, iterated SUR has no answer here: %s%s (%s; %s := 'sur' takes one step only, %[5]s := 'ols' none)", ErrUnbounded, why, what, remedy, s.options.MethodName)
}

func (s *system) regressorsOf(c []float64) []string {
	var list []string
	seen := map[int]bool{}
	for i, w := range c {
		if w == 0 {
			continue
		}
		for _, j := range s.equations[i].column {
			if text := s.columns[j].text; !seen[j] && text != "1" {
				seen[j] = true
				list = append(list, text)
			}
		}
	}
	return list
}

// texts are the first n columns.
func (s *system) texts(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = s.columns[i].text
	}
	return list
}

func shorten(list []string) string {
	if len(list) > 8 {
		return strings.Join(list[:7], ", ") + fmt.Sprintf(" and %d more", len(list)-7)
	}
	return names(list)
}

// notConverged explains iterations that ended without an answer.
func (s *system) notConverged(v *solver, out outcome) error {
	if out.flat {
		return fmt.Errorf("no convergence: the likelihood is flat where the iterations stopped (%s), so the parameters are not determined (drop regressors, or restrict parameters)", count(out.iterations, "step"))
	}
	far := "an unknown distance"
	if !math.IsInf(out.change, 0) && !math.IsNaN(out.change) {
		far = fmt.Sprintf("%.2g standard errors", out.change)
	}
	if !v.symmetry {
		return fmt.Errorf("no convergence after %s: iterated with divisor T-k, equations with different numbers of coefficients have no maximum to climb to, and may never settle (use divisor := 'T', or %s := 'sur')", count(out.iterations, "step"), s.options.MethodName)
	}
	return fmt.Errorf("no convergence after %s: the maximum is still %s away (raise max_iterations, or use %s := 'sur')", count(out.iterations, "step"), far, s.options.MethodName)
}
