package sur

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/equation"
)

// unbounded explains a residual covariance that became singular, by the
// combination of residuals that vanishes.
func (s *system) unbounded(v *solver, what string) error {
	_, c := v.residualSpectrum()
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
	case v.r.N > v.t:
		why = fmt.Sprintf("the residuals of equations %s (%s) can be combined to exactly zero, as %d left sides and %d distinct regressors (%s) are more columns than the %d %s %s",
			shorten(involved), shorten(lefts), v.r.N-v.p, v.p, shorten(s.texts(s.regressors)), v.t, s.panel.Units(), s.period())
		remedy = "use fewer equations or regressors, more " + s.panel.Units() + ", or restrictions that share parameters"
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
	for i, w := range c {
		if w == 0 {
			continue
		}
		for _, j := range s.equations[i].column {
			if text := s.columns[j].text; text != "1" && !slices.Contains(list, text) {
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

// simultaneous reports whether the left sides of the equations that c combines
// explain each other: each is a regressor in another of them, with a coefficient
// that stands beside nothing else. Then the residuals cancel whatever the data:
// with y = a + bz + e and z = c + dy + f, for d = 1/b and c = −a/b, f is −e/b.
func (s *system) simultaneous(c []float64) bool {
	lefts := map[string]int{} // the equation of each
	for i, w := range c {
		if w != 0 {
			lefts[equation.Key(s.columns[s.equations[i].left].text)] = i
		}
	}
	explained := map[int]bool{} // equations whose left side is a regressor
	through := map[int]bool{}   // parameters
	for j, e := range s.equations {
		for n, column := range e.column {
			if i, ok := lefts[equation.Key(s.columns[column].text)]; ok && i != j && c[j] != 0 {
				explained[i], through[e.parameter[n]] = true, true
			}
		}
	}
	for i, w := range c {
		if w == 0 {
			continue
		}
		e := s.equations[i]
		if !explained[i] {
			return false
		}
		for n, column := range e.column {
			if _, ok := lefts[equation.Key(s.columns[column].text)]; !ok && through[e.parameter[n]] {
				return false
			}
		}
	}
	return true
}
