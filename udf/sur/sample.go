package sur

import (
	"fmt"
	"math"
	"strings"

	"utvandring/udf/equation"
)

// huge is where squares begin to threaten the range of a float64.
const huge = 1e140

// system is a model on the data of its sample: the distinct columns, and for
// each equation which of them it uses with which parameter. Columns that stand
// in the panel as they are, lagged or not, are slices of the panel.
type system struct {
	model      *Model
	panel      *equation.Panel
	first, n   int // first row of the sample in the panel, number of rows
	parameters []string
	equations  []systemEquation
	data       [][]float64 // distinct regressors, then the left sides
	text       []string    // what each of data is, as formula text
	regressors int         // how many of data are regressors
	constant   int         // the regressor that is 1 in every row, or -1
}

type systemEquation struct {
	Equation
	linear    *equation.Linear
	column    []int // index into data, by term
	parameter []int // index into parameters, by term
	left      int   // index into data: left side minus offset
	actual    []float64
	offset    bool // the formula has a part without parameter
}

// newSystem chooses the sample and evaluates the columns. first and last are
// years, or nil for as many as have all that the model needs.
func newSystem(m *Model, panel *equation.Panel, first, last *int64) (*system, error) {
	s := &system{model: m, panel: panel, constant: -1}
	if err := s.linearise(); err != nil {
		return nil, err
	}
	if err := s.choose(first, last); err != nil {
		return nil, err
	}
	if err := s.evaluate(); err != nil {
		return nil, err
	}
	return s, s.check()
}

func (s *system) linearise() error {
	s.parameters = s.model.free
	at := make(map[string]int, len(s.parameters))
	for k, p := range s.parameters {
		at[equation.Key(p)] = k
	}
	for _, e := range s.model.Equations {
		linear, err := e.Linear()
		if err != nil {
			return e.errorf("%w", err)
		}
		se := systemEquation{Equation: e, linear: linear}
		if n, ok := linear.Offset.(*equation.Number); !ok || n.Value != 0 {
			se.offset = true
		}
		for _, t := range linear.Terms {
			if n, ok := t.Regressor.(*equation.Number); ok && n.Value == 0 {
				return e.errorf("parameter $%s is multiplied by 0, so nothing determines it (leave it out)", t.Parameter)
			}
			se.parameter = append(se.parameter, at[equation.Key(t.Parameter)])
		}
		s.equations = append(s.equations, se)
	}
	return nil
}

// choose finds the rows of the sample. A NULL at either end of the panel
// shortens the sample when no years were asked for; one in the middle is an
// error, as residuals of years that do not follow each other would be taken
// for neighbours.
func (s *system) choose(first, last *int64) error {
	years := s.panel.Year
	from, to := 0, len(years)-1
	bound := func(year *int64, word string) (int, error) {
		if *year < years[0] || *year > years[to] {
			return 0, fmt.Errorf("%s %d is outside the panel, which has %d–%d", word, *year, years[0], years[to])
		}
		return int(*year - years[0]), nil
	}
	var err error
	if first != nil && last != nil && *first > *last {
		return fmt.Errorf("first_year %d comes after last_year %d", *first, *last)
	}
	if first != nil {
		if from, err = bound(first, "first_year"); err != nil {
			return err
		}
	}
	if last != nil {
		if to, err = bound(last, "last_year"); err != nil {
			return err
		}
	}
	low, high := from, to // rows where everything is there
	var why, whyHigh string
	type use struct{ column, lag int }
	seen := map[use]bool{}
	inner := error(nil)
	for _, e := range s.equations {
		visit := func(n equation.Node) {
			c, ok := n.(*equation.Column)
			if !ok || err != nil {
				return
			}
			i, ok := s.panel.Column(c.Name)
			if !ok {
				err = e.errorf("%s", s.panel.Unknown(c.Name))
				return
			}
			if seen[use{i, c.Lag}] {
				return
			}
			seen[use{i, c.Lag}] = true
			if c.Lag > low {
				low = c.Lag
				why = fmt.Sprintf("equation %s needs %s, and the panel begins in %d", e.Name, equation.String(c), years[0])
			}
			if s.panel.Null == nil || s.panel.Null[i] == nil {
				return
			}
			null := s.panel.Null[i]
			a, b := low, high
			for a <= b && null[a-c.Lag] {
				a++
			}
			for b >= a && null[b-c.Lag] {
				b--
			}
			if a > low {
				why = fmt.Sprintf("equation %s needs %s, and %s is NULL in %d", e.Name, equation.String(c), c.Name, years[a-1-c.Lag])
			}
			if b < high {
				whyHigh = fmt.Sprintf("equation %s needs %s, and %s is NULL in %d", e.Name, equation.String(c), c.Name, years[b+1-c.Lag])
			}
			low, high = a, b
			for t := a; t <= b && inner == nil; t++ {
				if null[t-c.Lag] {
					inner = e.errorf("column %q is NULL in %d, in the middle of the sample (fill it, or choose first_year and last_year so that it is outside)",
						c.Name, years[t-c.Lag])
				}
			}
		}
		equation.Walk(e.Left, visit)
		equation.Walk(e.Right, visit)
		if err != nil {
			return err
		}
	}
	switch {
	case low > high && why == "":
		why = whyHigh
		fallthrough
	case low > high:
		return fmt.Errorf("no year has all the data that the model needs: %s", why)
	case first != nil && low > from:
		return fmt.Errorf("year %d cannot be estimated: %s (the first year that has everything is %d)", years[from], why, years[low])
	case last != nil && high < to:
		return fmt.Errorf("year %d cannot be estimated: %s (the last year that has everything is %d)", years[to], whyHigh, years[high])
	case inner != nil:
		return inner
	}
	s.first, s.n = low, high-low+1
	return nil
}

// period is the sample in words.
func (s *system) period() string {
	return fmt.Sprintf("%d–%d", s.panel.Year[s.first], s.panel.Year[s.first+s.n-1])
}

// evaluate makes the distinct columns. The constant comes first.
func (s *system) evaluate() error {
	at := map[string]int{}
	column := func(e *systemEquation, n equation.Node) (int, error) {
		text := equation.String(n)
		if i, ok := at[equation.Key(text)]; ok {
			return i, nil
		}
		x, err := s.values(e, n)
		if err != nil {
			return 0, err
		}
		at[equation.Key(text)] = len(s.data)
		s.data = append(s.data, x)
		s.text = append(s.text, text)
		return len(s.data) - 1, nil
	}
	for i := range s.equations {
		for _, t := range s.equations[i].linear.Terms {
			if n, ok := t.Regressor.(*equation.Number); ok && n.Value == 1 && s.constant < 0 {
				s.constant = 0
				if _, err := column(&s.equations[i], n); err != nil {
					return err
				}
			}
		}
	}
	for i := range s.equations {
		e := &s.equations[i]
		for _, t := range e.linear.Terms {
			c, err := column(e, t.Regressor)
			if err != nil {
				return err
			}
			e.column = append(e.column, c)
		}
	}
	s.regressors = len(s.data)
	at = map[string]int{} // a left side may also be a regressor: then it is twice in data
	for i := range s.equations {
		e := &s.equations[i]
		left := e.linear.Left
		actual, err := s.values(e, left)
		if err != nil {
			return err
		}
		e.actual = actual
		if e.offset {
			left = &equation.Binary{Op: "-", X: left, Y: e.linear.Offset}
		}
		if e.left, err = column(e, left); err != nil {
			return err
		}
	}
	return nil
}

// values evaluates one expression over the sample.
func (s *system) values(e *systemEquation, n equation.Node) ([]float64, error) {
	slice := func(name string, lag int) []float64 {
		i, _ := s.panel.Column(name)
		return s.panel.Data[i][s.first-lag : s.first-lag+s.n]
	}
	var x []float64
	if c, ok := n.(*equation.Column); ok {
		x = slice(c.Name, c.Lag)
	} else {
		var cols [][]float64
		slots := map[string]int{}
		program, err := equation.Compile(n, func(name string, lag int) (int, error) {
			key := fmt.Sprint(lag, " ", equation.Key(name))
			slot, ok := slots[key]
			if !ok {
				slot = len(cols)
				slots[key] = slot
				cols = append(cols, slice(name, lag))
			}
			return slot, nil
		}, nil)
		if err != nil {
			return nil, e.errorf("%w", err)
		}
		x = make([]float64, s.n)
		program.EvalColumn(x, cols, nil)
	}
	for t, v := range x {
		if !(math.Abs(v) < huge) {
			return nil, s.fault(e, n, t, v)
		}
	}
	return x, nil
}

func (s *system) fault(e *systemEquation, n equation.Node, t int, v float64) error {
	year := s.panel.Year[s.first+t]
	why := equation.Fault(n, func(c *equation.Column) float64 {
		i, _ := s.panel.Column(c.Name)
		return s.panel.Data[i][s.first+t-c.Lag]
	}, nil)
	if why == "" {
		return e.errorf("%s is %g in %d, too large to work with (rescale the column)", equation.String(n), v, year)
	}
	return e.errorf("%s in %d", why, year)
}

// check refuses samples that no estimator can use.
func (s *system) check() error {
	k := len(s.parameters)
	m := len(s.equations)
	if s.n*m <= k {
		return fmt.Errorf("too few observations: %d parameters, but %d equations × %d years (%s) give only %d observations",
			k, m, s.n, s.period(), s.n*m)
	}
	used := make([]int, k)
	for _, e := range s.equations {
		for _, p := range e.parameter {
			used[p]++
		}
	}
	for _, e := range s.equations {
		own := 0
		for _, p := range e.parameter {
			if used[p] == 1 {
				own++
			}
		}
		if own >= s.n {
			return e.errorf("too few observations: %d parameters, but only %d years (%s)", own, s.n, s.period())
		}
		if constantColumn(e.actual) {
			return e.errorf("left side %s is constant (%g in every year %s), so there is nothing to explain",
				equation.String(e.linear.Left), e.actual[0], s.period())
		}
	}
	return nil
}

func constantColumn(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return true
}

// names joins a list for a message: a, b and c.
func names(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
