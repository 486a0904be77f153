package factor

import (
	"fmt"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/combin"
)

// UnidentifiedError says that a model has no answer, whatever the data.
type UnidentifiedError struct{ text string }

func (e *UnidentifiedError) Error() string { return e.text }

func unidentified(format string, args ...any) error {
	return &UnidentifiedError{fmt.Sprintf(format, args...)}
}

// identified refuses models whose parameters, or likelihood, have no answer.
func (p *Problem) identified(o Options) error {
	m, t, r := len(p.Left), len(p.Left[0]), o.Factors
	if r != 1 && r != 2 {
		return fmt.Errorf("factors must be 1 or 2, not %d", r)
	}
	need := r + 1
	if !o.AR { // (M−r)² ≥ M+r: as many covariances as parameters, but for the rotation
		for (need-r)*(need-r) < need+r {
			need++
		}
	}
	if m < need {
		dynamics := "autoregressive"
		if !o.AR {
			dynamics = "white noise"
		}
		return unidentified("%s of %s cannot be told from the residuals of %s: it takes at least %d equations", count(r, "factor"), dynamics, count(m, "equation"), need)
	}
	if names, n := p.unboundedWith(r, t); n+r >= t {
		return unidentified("the likelihood is unbounded: with %s and %s free, the residuals of equations %s can be made exactly proportional in %s, and their variances go to 0 together (use more years or fewer regressors)",
			count(r, "factor"), count(n, "coefficient"), strings.Join(names, ", "), count(t, "year"))
	}
	parameters := p.Parameters + m*(r+1)
	if parameters >= m*t {
		return unidentified("too few observations: %s, but %s × %s give only %d", count(parameters, "parameter"), count(m, "equation"), count(t, "year"), m*t)
	}
	return nil
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// unboundedWith gives the r + 1 equations with the most free coefficients: r factors can
// explain r + 1 equations without error where T equations of a linear system have as many
// unknowns, these coefficients and the r ratios of loadings. Where even the longest
// equations are too short for that, nothing is looked for.
func (p *Problem) unboundedWith(r, t int) (names []string, most int) {
	m := len(p.Equations)
	var lengths []int
	for _, terms := range p.Equations {
		lengths = append(lengths, len(terms))
	}
	slices.Sort(lengths)
	together := r
	for _, n := range lengths[m-r-1:] {
		together += n
	}
	if together < t {
		return nil, 0
	}
	var of []int
	for g := combin.NewCombinationGenerator(m, r+1); g.Next(); {
		pick := g.Combination(nil)
		if n := p.freedom(pick); n > most {
			most, of = n, pick
		}
	}
	for _, i := range of {
		names = append(names, p.Names[i])
	}
	return names, most
}

// freedom is how many distinct regressors of some equations can have coefficients of
// their own: the largest matching of columns with parameters.
func (p *Problem) freedom(equations []int) int {
	columns := map[*float64][]int{} // parameters of each
	var order []*float64
	for _, i := range equations {
		for _, x := range p.Equations[i] {
			if columns[&x.X[0]] == nil {
				order = append(order, &x.X[0])
			}
			columns[&x.X[0]] = append(columns[&x.X[0]], x.Parameter)
		}
	}
	taken := map[int]*float64{}
	var assign func(c *float64, seen map[int]bool) bool
	assign = func(c *float64, seen map[int]bool) bool {
		for _, k := range columns[c] {
			if seen[k] {
				continue
			}
			seen[k] = true
			if other, ok := taken[k]; !ok || assign(other, seen) {
				taken[k] = c
				return true
			}
		}
		return false
	}
	n := 0
	for _, c := range order {
		if assign(c, map[int]bool{}) {
			n++
		}
	}
	return n
}
