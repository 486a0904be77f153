package simulate

import (
	"fmt"
	"math"

	"utvandring/udf/equation"
)

// Mode says what stands in for lagged values of endogenous variables.
type Mode int

const (
	// Dynamic uses simulated values from the first simulated year on: errors
	// and shocks live on through the lags.
	Dynamic Mode = iota
	// Static uses the observed values for every lag. The variables of the
	// current year are simulated in both modes: a static simulation is one step
	// ahead, not equation by equation.
	Static
)

// Coefficient is the value of one parameter. An empty Model stands for every model.
type Coefficient struct {
	Model, Parameter string
	Value            float64
}

// AddFactor is added to the right side of an equation in one year, in the units
// of its left side.
type AddFactor struct {
	Equation string // name of the equation, or of its variable
	Year     int64
	Value    float64
}

// Exogenous takes a variable as observed from First to Last, both included;
// 0 stands for the first and the last simulated year.
type Exogenous struct {
	Variable    string
	First, Last int64
}

// Options say how to simulate.
type Options struct {
	Mode Mode
	// First and Last year; 0 is the first year that has every lag, and the last
	// that has every exogenous variable.
	First, Last int64
	// NotBefore holds the default of First back: the sample of a model may begin
	// later than its lags demand.
	NotBefore  int64
	AddFactors []AddFactor
	Exogenous  []Exogenous
	// Residuals are what of the residuals on the data is added to the equations.
	Residuals Residuals
	// ObservedPanel is what the residuals are computed on; nil is the panel itself.
	// In a scenario it must be the panel without the scenario: on the changed panel
	// the residuals would undo the change.
	ObservedPanel *equation.Panel
	// Feedback sets exogenous variables in the simulated years, which the panel need not
	// have then; nil: nothing does. Multipliers and Seek know none.
	Feedback Feedback
}

// Problem is a system with the data, coefficients and options of one
// simulation, checked: what can be missing is known not to be.
type Problem struct {
	sys         *System
	panel       *equation.Panel
	column      []int     // panel column of a variable, or -1
	params      []float64 // by register
	mode        Mode
	first, last int         // rows of the panel
	adjust      [][]float64 // add-factors by equation and simulated year
	observed    [][]bool    // exogenous by equation and simulated year; nil = never
	feedback    Feedback
	given       []bool // by variable: set by the feedback
}

// Bind checks that panel and coefficients have everything that the system needs: a
// column for every exogenous variable, with a value in every year and at every lag
// that is read, and one finite value for every parameter. What is not there, is NULL
// or stands there twice is an error that names the equation, the column and the year.
// So is a coefficient, a year or a variable in Options that the system does not have.
// Neither panel nor coefficients are changed; the panel is read while simulating.
func (s *System) Bind(panel *equation.Panel, coefficients []Coefficient, o Options) (*Problem, error) {
	n := len(s.equations)
	p := &Problem{
		sys: s, panel: panel, mode: o.Mode, feedback: o.Feedback,
		adjust: make([][]float64, n), observed: make([][]bool, n), given: make([]bool, len(s.variables)),
	}
	if o.Feedback != nil {
		for _, name := range o.Feedback.Variables() {
			if v := s.exogenous(name); v >= 0 {
				p.given[v] = true
			}
		}
	}
	if err := p.bindColumns(); err != nil {
		return nil, err
	}
	if err := p.bindCoefficients(coefficients); err != nil {
		return nil, err
	}
	if err := p.bindYears(o); err != nil {
		return nil, err
	}
	for i := range p.adjust {
		p.adjust[i] = make([]float64, p.years())
	}
	if err := p.bindExogenous(o.Exogenous); err != nil {
		return nil, err
	}
	for t := p.first; t <= p.last; t++ {
		if err := p.check(t); err != nil {
			return nil, err
		}
	}
	if err := p.addResiduals(o.Residuals, o.ObservedPanel); err != nil {
		return nil, err
	}
	return p, p.bindAddFactors(o.AddFactors)
}

func (p *Problem) bindColumns() error {
	s := p.sys
	p.column = make([]int, len(s.variables))
	for v, name := range s.variables {
		i, ok := p.panel.Column(name)
		if !ok {
			i = -1
		}
		p.column[v] = i
	}
	for i, m := range s.equations {
		for _, u := range m.uses {
			if p.column[u.variable] < 0 && s.endo[u.variable] < 0 && !p.given[u.variable] {
				return p.fail(i, "%s", p.panel.Unknown(m.parsed, s.variables[u.variable], u.lag))
			}
		}
	}
	return nil
}

// bindYears finds the rows to simulate.
func (p *Problem) bindYears(o Options) error {
	first, last, years := o.First, o.Last, p.panel.Year
	begin, end := years[0], years[len(years)-1]
	for _, y := range []int64{first, last} {
		if y != 0 && (y < begin || y > end) {
			return fmt.Errorf("%s %s is not in the panel (%s to %s)", p.panel.Unit(), p.say(y), p.say(begin), p.say(end))
		}
	}
	p.last = len(years) - 1
	if last != 0 {
		p.last = int(last - begin)
	}
	if first != 0 {
		p.first = int(first - begin)
	} else {
		// A NULL or a lag that does not reach: the problem of the year after which
		// everything is there is not a problem.
		var failure error
		for p.first = int(max(0, o.NotBefore-begin)); p.first <= p.last; p.first++ {
			if err := p.check(p.first); err == nil {
				break
			} else {
				failure = err
			}
		}
		if failure != nil && p.first > p.last {
			return fmt.Errorf("no %s has all that the equations need: %w", p.panel.Unit(), failure)
		}
	}
	if p.first > p.last {
		return fmt.Errorf("the first %s, %s, comes after the last, %s", p.panel.Unit(), p.say(begin+int64(p.first)), p.say(years[p.last]))
	}
	if last == 0 {
		for p.last > p.first && p.check(p.last) != nil {
			p.last--
		}
	}
	return nil
}

// check reports the first value that year t needs and the panel does not have.
func (p *Problem) check(t int) error {
	for i, m := range p.sys.equations {
		if p.isObserved(i, t) {
			if c := p.column[m.variable]; c < 0 || p.panel.Missing(c, t) {
				return p.fail(i, "%s is to be taken as observed but %s", p.sys.Variable(i), p.panel.WhyMissing(p.sys.Variable(i), t))
			}
			continue
		}
		for _, u := range m.uses {
			if err := p.checkUse(i, u, t); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Problem) checkUse(i int, u input, t int) error {
	if p.simulated(u, t) {
		return nil
	}
	name, year := p.sys.variables[u.variable], p.panel.Year[t]
	at := t - u.lag
	if at < 0 {
		begin := p.panel.Year[0]
		return p.fail(i, "%s in %s reaches back to %s, before the panel begins in %s: start in %s or later",
			lagged(name, u.lag), p.say(year), p.say(year-int64(u.lag)), p.say(begin), p.say(begin+int64(p.sys.maxLag)))
	}
	c := p.column[u.variable]
	if c < 0 {
		return p.fail(i, "%s needs %s of %s, and %s", lagged(name, u.lag), name, p.say(p.panel.Year[at]), p.panel.Unknown(p.sys.equations[i].parsed, name, u.lag))
	}
	if p.panel.Missing(c, at) {
		return p.fail(i, "%s, which the simulation of %s needs", p.panel.WhyMissing(name, at), p.say(year))
	}
	return nil
}

// simulated reports whether a value that is read in year t comes from the
// simulation: of an endogenous variable, or of one that a feedback sets.
func (p *Problem) simulated(u input, t int) bool {
	if p.sys.endo[u.variable] < 0 {
		return p.given[u.variable] && t-u.lag >= p.first
	}
	return u.lag == 0 || p.mode == Dynamic && t-u.lag >= p.first
}

func (p *Problem) isObserved(i, t int) bool {
	return p.observed[i] != nil && p.observed[i][t-p.first]
}

func (p *Problem) bindExogenous(list []Exogenous) error {
	for _, x := range list {
		i, err := p.sys.Find(x.Variable)
		if err != nil {
			return fmt.Errorf("exogenous: %w", err)
		}
		if x.First != 0 && x.Last != 0 && x.First > x.Last {
			return fmt.Errorf("exogenous %s: the first %s, %s, comes after the last, %s", x.Variable, p.panel.Unit(), p.say(x.First), p.say(x.Last))
		}
		if first, last := p.year(0), p.year(p.years()-1); x.First > last || x.Last != 0 && x.Last < first {
			return fmt.Errorf("exogenous %s: no %s from %s to %s is simulated (%s to %s)", x.Variable, p.panel.Unit(), p.say(x.First), p.say(x.Last), p.say(first), p.say(last))
		}
		if p.observed[i] == nil {
			p.observed[i] = make([]bool, p.years())
		}
		for k := range p.observed[i] {
			y := p.year(k)
			if (x.First == 0 || y >= x.First) && (x.Last == 0 || y <= x.Last) {
				p.observed[i][k] = true
			}
		}
	}
	return nil
}

func (p *Problem) bindAddFactors(list []AddFactor) error {
	for _, a := range list {
		i, err := p.sys.Find(a.Equation)
		if err != nil {
			return fmt.Errorf("add-factor: %w", err)
		}
		k, err := p.yearOf(a.Year)
		if err != nil {
			return fmt.Errorf("add-factor of %s: %w", a.Equation, err)
		}
		if math.IsNaN(a.Value) || math.IsInf(a.Value, 0) {
			return fmt.Errorf("add-factor of %s in %s has no value", a.Equation, p.say(a.Year))
		}
		p.adjust[i][k] += a.Value
	}
	return nil
}

// years is the number of simulated years, year(k) the k-th of them.
func (p *Problem) years() int       { return p.last - p.first + 1 }
func (p *Problem) year(k int) int64 { return p.panel.Year[p.first+k] }

// yearOf is which of the simulated years a year is.
func (p *Problem) yearOf(year int64) (k int, err error) {
	first, last := p.year(0), p.year(p.years()-1)
	if year < first || year > last {
		return 0, fmt.Errorf("%s %s is not simulated (%s to %s)", p.panel.Unit(), p.say(year), p.say(first), p.say(last))
	}
	return int(year - first), nil
}

// say is a year, or another period, in words.
func (p *Problem) say(year int64) string { return p.panel.Say(year) }

// Years are the simulated years.
func (p *Problem) Years() []int64 { return p.panel.Year[p.first : p.last+1] }

// System is what is simulated.
func (p *Problem) System() *System { return p.sys }

// Variables are those that the equations determine, in their order, and then those that the
// feedback sets.
func (p *Problem) Variables() []string {
	var names []string
	for i := range p.sys.equations {
		names = append(names, p.sys.Variable(i))
	}
	if p.feedback != nil {
		names = append(names, p.feedback.Variables()...)
	}
	return names
}

// Panel is what the system is bound to.
func (p *Problem) Panel() *equation.Panel { return p.panel }

// Actual is the observed value of equation i's variable in simulated year k,
// NaN where there is none.
func (p *Problem) Actual(i, k int) float64 {
	return p.panel.Value(p.column[p.sys.equations[i].variable], p.first+k)
}

// fail names the equation that an error is about.
func (p *Problem) fail(i int, format string, args ...any) error {
	return fmt.Errorf("equation %s: %s", p.sys.equations[i].label(), fmt.Sprintf(format, args...))
}

func lagged(name string, lag int) string {
	return equation.String(&equation.Column{Name: name, Lag: lag})
}
