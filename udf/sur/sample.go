package sur

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/equation"
)

// Beyond these, squares begin to threaten the range of a float64.
const (
	huge = 1e140
	tiny = 1e-140
)

func finite(x float64) bool { return math.Abs(x) < huge }

// system is a model on the data of its sample. Columns that stand in the panel
// as they are, lagged or not, are slices of the panel.
type system struct {
	*plan
	model   *Model
	panel   *equation.Panel
	n       int         // years of the sample
	rows    []int       // where they stand in the panel
	skipped []string    // years inside it that are left out, and why: see Fit.Skipped
	data    [][]float64 // by plan.columns
	actual  [][]float64 // the left sides, by equation

	options Options
}

// newSystem chooses the sample and evaluates the columns. first and last are
// years, or nil for as many as have all that the model needs.
func newSystem(m *Model, panel *equation.Panel, first, last *int64) (*system, error) {
	s := &system{plan: m.plan, model: m, panel: panel}
	if err := s.choose(first, last); err != nil {
		return nil, err
	}
	if err := s.evaluate(); err != nil {
		return nil, err
	}
	return s, s.check()
}

// choose finds the rows of the sample: the years for which every equation has all
// that it needs, a lag being the value of that many years before and never of the
// row before. What is missing at either end of the panel shortens the sample when no
// years were asked for; in the middle the year is left out.
func (s *system) choose(first, last *int64) error {
	years := s.panel.Year
	from, to := 0, len(years)-1
	if first != nil && last != nil && *first > *last {
		return &YearError{first, last, fmt.Sprintf("first_year %s comes after last_year %s", s.panel.Say(*first), s.panel.Say(*last))}
	}
	for _, bound := range []struct {
		name  string
		row   *int
		blame YearError
	}{{"first_year", &from, YearError{First: first}}, {"last_year", &to, YearError{Last: last}}} {
		year := cmp.Or(bound.blame.First, bound.blame.Last)
		if year == nil {
			continue
		}
		if *year < years[0] || *year > years[len(years)-1] {
			bound.blame.text = fmt.Sprintf("%s %s is outside the panel, which has %s–%s", bound.name, s.panel.Say(*year), s.panel.Say(years[0]), s.panel.Say(years[len(years)-1]))
			return &bound.blame
		}
		*bound.row = int(*year - years[0])
	}
	low, high := 0, len(years)-1 // rows where everything is there
	var whyLow, whyHigh string
	left := map[int]string{} // rows to leave out
	for _, u := range s.uses {
		e := s.model.Equations[u.equation]
		i, ok := s.panel.Column(u.Name)
		if !ok {
			return e.errorf("%w", s.panel.Unknown(e.Equation, u.Name, u.Lag))
		}
		if u.Lag > low {
			low = u.Lag
			whyLow = fmt.Sprintf("equation %s needs %s, and the panel begins in %s", e.Name, equation.String(u.Column), s.panel.Say(years[0]))
		}
		if s.panel.Null == nil || s.panel.Null[i] == nil {
			continue
		}
		null := s.panel.Null[i]
		if !slices.Contains(null, false) {
			return e.errorf("column %q is NULL in every %s", u.Name, s.panel.Unit())
		}
		missing := func(row int) string {
			return fmt.Sprintf("equation %s needs %s, and %s", e.Name, equation.String(u.Column), s.panel.WhyMissing(u.Name, row-u.Lag))
		}
		a, b := low, high
		for a <= b && null[a-u.Lag] {
			a++
		}
		for b >= a && null[b-u.Lag] {
			b--
		}
		if a > low {
			whyLow = missing(a - 1)
		}
		if b < high {
			whyHigh = missing(b + 1)
		}
		low, high = a, b
		for row := a; row <= b; row++ {
			if _, ok := left[row]; null[row-u.Lag] && !ok {
				left[row] = missing(row)
			}
		}
	}
	switch {
	case low > high:
		return fmt.Errorf("no %s has all the data that the model needs: %s", s.panel.Unit(), cmp.Or(whyLow, whyHigh))
	case low > to || high < from:
		return fmt.Errorf("no %s of %s–%s has all the data that the model needs: %s", s.panel.Unit(), s.panel.Say(years[from]), s.panel.Say(years[to]), map[bool]string{true: whyLow, false: whyHigh}[low > to])
	case first != nil && low > from:
		return &YearError{First: first, text: fmt.Sprintf("%s %s cannot be estimated: %s (the first %[1]s that has everything is %[4]s)", s.panel.Unit(), s.panel.Say(*first), whyLow, s.panel.Say(years[low]))}
	case last != nil && high < to:
		return &YearError{Last: last, text: fmt.Sprintf("%s %s cannot be estimated: %s (the last %[1]s that has everything is %[4]s)", s.panel.Unit(), s.panel.Say(*last), whyHigh, s.panel.Say(years[high]))}
	}
	low, high = max(low, from), min(high, to)
	for row := low; row <= high; row++ {
		if why, ok := left[row]; ok {
			s.skipped = append(s.skipped, fmt.Sprintf("%s (%s)", s.panel.Say(years[row]), why))
		} else {
			s.rows = append(s.rows, row)
		}
	}
	if s.n = len(s.rows); s.n == 0 {
		return fmt.Errorf("no %s has all the data that the model needs: %s", s.panel.Unit(), left[low])
	}
	return nil
}

// end is the row of the panel after the last of the sample.
func (s *system) end() int { return s.rows[s.n-1] + 1 }

// period is the sample in words.
func (s *system) period() string {
	text := s.say(0)
	if s.n > 1 {
		text += "–" + s.say(s.n-1)
	}
	if len(s.skipped) > 0 {
		text += fmt.Sprintf(" without %s", count(len(s.skipped), s.panel.Unit()))
	}
	return text
}

// say is year t of the sample as the user writes it.
func (s *system) say(t int) string { return s.panel.Say(s.panel.Year[s.rows[t]]) }

// evaluate computes the columns over the sample.
func (s *system) evaluate() error {
	s.data = make([][]float64, len(s.columns))
	for i := range s.columns {
		var err error
		if s.data[i], err = s.values(&s.columns[i]); err != nil {
			return err
		}
	}
	s.actual = make([][]float64, len(s.equations))
	for i, e := range s.equations {
		s.actual[i] = s.data[e.left]
		if e.actual != nil {
			var err error
			if s.actual[i], err = s.values(e.actual); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *system) values(c *planColumn) ([]float64, error) {
	var inputs [][]float64
	for _, u := range c.value.Columns {
		i, _ := s.panel.Column(u.Name)
		inputs = append(inputs, s.observations(i, u.Lag))
	}
	var x []float64
	if _, plain := c.node.(*equation.Column); plain {
		x = inputs[0] // the data themselves
	} else {
		x = make([]float64, s.n)
		c.value.Eval(x, inputs)
	}
	for t, v := range x {
		if !finite(v) {
			return nil, s.fault(c, t, v)
		}
	}
	normal := func(v float64) bool { return math.Abs(v) >= tiny }
	if slices.ContainsFunc(x, normal) { // the first one, nearly always
		return x, nil
	}
	if largest := floats.Norm(x, math.Inf(1)); largest > 0 {
		return nil, s.model.Equations[c.owner].errorf("%s is at most %.2g in size in %s, too small to work with (rescale the column)", equation.Excerpt(c.text), largest, s.period())
	}
	return x, nil
}

// observations are the values of a column in the sample: the data themselves where its
// rows follow each other.
func (s *system) observations(column, lag int) []float64 {
	x := s.panel.Data[column]
	if from := s.rows[0]; s.end()-from == s.n {
		return x[from-lag : s.end()-lag]
	}
	out := make([]float64, s.n)
	for t, row := range s.rows {
		out[t] = x[row-lag]
	}
	return out
}

// fault explains a value that cannot be worked with.
func (s *system) fault(c *planColumn, t int, v float64) error {
	year := s.say(t)
	e := s.model.Equations[c.owner]
	why := equation.Fault(c.node, func(c *equation.Column) float64 {
		i, _ := s.panel.Column(c.Name)
		return s.panel.Data[i][s.rows[t]-c.Lag]
	}, nil)
	if why == "" {
		return e.errorf("%s is %g in %s, too large to work with (rescale the column)", equation.Excerpt(c.text), v, year)
	}
	return e.errorf("%s in %s", why, year)
}

// check refuses samples that no estimator can use.
func (s *system) check() error {
	k := len(s.model.free)
	m := len(s.equations)
	if s.n*m <= k {
		return fmt.Errorf("too few observations: %s, but %s × %s (%s) give only %s",
			count(k, "parameter"), count(m, "equation"), count(s.n, s.panel.Unit()), s.period(), count(s.n*m, "observation"))
	}
	for i, e := range s.equations {
		own := 0
		for _, p := range e.parameter {
			if s.layout.uses[p] == 1 {
				own++
			}
		}
		if own >= s.n {
			return s.model.Equations[i].errorf("too few observations: %s, but only %s (%s)", count(own, "parameter"), count(s.n, s.panel.Unit()), s.period())
		}
		left := s.actual[i]
		if !slices.ContainsFunc(left, func(v float64) bool { return v != left[0] }) {
			return s.model.Equations[i].errorf("left side %s is constant (%g in every %s %s), so there is nothing to explain",
				equation.String(e.linear.Left), left[0], s.panel.Unit(), s.period())
		}
	}
	return nil
}

// count is 1 year, 2 years.
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// names joins a list for a message: a, b and c.
func names(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
