package simulate

import (
	"cmp"
	"fmt"
	"math"

	"utvandring/udf/equation"
	"utvandring/udf/nearest"
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
	// ActualResiduals adds to every equation what it misses on the data (left
	// minus right side with observed values), so that observed inputs give back
	// the observed path. An equation whose own variable has no value in a year,
	// as in a projection, gets 0 there.
	ActualResiduals bool
	// ObservedPanel is what the actual residuals are computed on; nil is the
	// panel itself. In a scenario it must be the panel without the scenario: on
	// the changed panel the residuals would undo the change.
	ObservedPanel *equation.Panel
	// Given are exogenous variables that a Feedback sets in the simulated years.
	Given []string
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
	adjust      [][]float64 // add-factors by equation and simulated year; nil = none
	observed    [][]bool    // exogenous by equation and simulated year; nil = never
	given       []bool      // by variable: set by a feedback; nil = none
}

// Bind checks that panel and coefficients have everything that the system needs: a
// column for every exogenous variable, with a value in every year and at every lag
// that is read, and one finite value for every parameter. What is not there, is NULL
// or stands there twice is an error that names the equation, the column and the year.
// So is a coefficient, a year or a variable in Options that the system does not have.
// Neither panel nor coefficients are changed; the panel is read while simulating.
func (s *System) Bind(panel *equation.Panel, coefficients []Coefficient, o Options) (*Problem, error) {
	p := &Problem{sys: s, panel: panel, mode: o.Mode}
	if len(o.Given) > 0 {
		p.given = make([]bool, len(s.variables))
		for _, name := range o.Given {
			if v, ok := s.byKey[equation.Key(name)]; ok && s.endo[v] < 0 {
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
	if err := p.bindExogenous(o.Exogenous); err != nil {
		return nil, err
	}
	for t := p.first; t <= p.last; t++ {
		if err := p.check(t); err != nil {
			return nil, err
		}
	}
	if o.ActualResiduals {
		if err := p.addResiduals(o.ObservedPanel); err != nil {
			return nil, err
		}
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
			if p.column[u.variable] < 0 && s.endo[u.variable] < 0 && !(p.given != nil && p.given[u.variable]) {
				return p.fail(i, "%s", p.panel.Unknown(m.parsed, s.variables[u.variable], u.lag))
			}
		}
	}
	return nil
}

func (p *Problem) bindCoefficients(coefficients []Coefficient) error {
	have := map[parameter]float64{}
	var names []string
	for _, c := range coefficients {
		at := parameter{equation.Key(c.Model), equation.Key(c.Parameter)}
		if v, ok := have[at]; ok && v != c.Value {
			return fmt.Errorf("parameter %s%s has two values in the coefficients, %g and %g", c.Parameter, ofModel(c.Model), v, c.Value)
		}
		have[at] = c.Value
		names = append(names, c.Parameter)
	}
	s := p.sys
	p.params = make([]float64, s.compiled.Registers())
	for i, m := range s.equations {
		for _, name := range m.parsed.Parameters() {
			at := parameter{equation.Key(m.Model), equation.Key(name)}
			v, ok := have[at]
			if !ok {
				v, ok = have[parameter{"", at.name}]
			}
			switch {
			case !ok:
				hint := ""
				if indexKey(names, name) < 0 { // of another model
					hint = nearest.Hint(name, names)
				}
				return p.fail(i, "parameter $%s%s is not in the coefficients%s", name, ofModel(m.Model), hint)
			case math.IsNaN(v) || math.IsInf(v, 0):
				return p.fail(i, "parameter $%s%s has no value in the coefficients (NULL or not finite)", name, ofModel(m.Model))
			}
			p.params[s.compiled.params[at]] = v
		}
	}
	return p.unusedCoefficient(coefficients)
}

// unusedCoefficient refuses a coefficient that no equation of its model uses:
// whoever changes it would believe that it changed something.
func (p *Problem) unusedCoefficient(coefficients []Coefficient) error {
	used, models := map[parameter]bool{}, map[string]bool{"": true}
	for at := range p.sys.compiled.params {
		used[at], used[parameter{"", at.name}] = true, true
	}
	for _, m := range p.sys.equations {
		models[equation.Key(m.Model)] = true
	}
	for _, c := range coefficients {
		model := equation.Key(c.Model)
		if used[parameter{model, equation.Key(c.Parameter)}] || !models[model] {
			continue
		}
		var names []string
		for _, m := range p.sys.equations {
			if model == "" || model == equation.Key(m.Model) {
				names = append(names, m.parsed.Parameters()...)
			}
		}
		return fmt.Errorf("coefficients: parameter %q is used nowhere in the equations%s", c.Parameter,
			cmp.Or(nearest.Hint(c.Parameter, names), " (leave it out)"))
	}
	return nil
}

// bindYears finds the rows to simulate.
func (p *Problem) bindYears(o Options) error {
	first, last, years := o.First, o.Last, p.panel.Year
	begin, end := years[0], years[len(years)-1]
	for _, y := range []int64{first, last} {
		if y != 0 && (y < begin || y > end) {
			return fmt.Errorf("year %d is not in the panel (%d to %d)", y, begin, end)
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
			return fmt.Errorf("no year has all that the equations need: %w", failure)
		}
	}
	if p.first > p.last {
		return fmt.Errorf("the first year, %d, comes after the last, %d", begin+int64(p.first), years[p.last])
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
		return p.fail(i, "%s in %d reaches back to %d, before the panel begins in %d: start in %d or later",
			lagged(name, u.lag), year, year-int64(u.lag), begin, begin+int64(p.sys.maxLag))
	}
	c := p.column[u.variable]
	if c < 0 {
		return p.fail(i, "%s needs %s of %d, and %s", lagged(name, u.lag), name, p.panel.Year[at], p.panel.Unknown(p.sys.equations[i].parsed, name, u.lag))
	}
	if p.panel.Missing(c, at) {
		return p.fail(i, "%s, which the simulation of %d needs", p.panel.WhyMissing(name, at), year)
	}
	return nil
}

// simulated reports whether a value that is read in year t comes from the
// simulation: of an endogenous variable, or of one that a feedback sets.
func (p *Problem) simulated(u input, t int) bool {
	if p.sys.endo[u.variable] < 0 {
		return p.given != nil && p.given[u.variable] && t-u.lag >= p.first
	}
	return u.lag == 0 || p.mode == Dynamic && t-u.lag >= p.first
}

func (p *Problem) isObserved(i, t int) bool {
	return p.observed != nil && p.observed[i] != nil && p.observed[i][t-p.first]
}

func (p *Problem) bindExogenous(list []Exogenous) error {
	if len(list) == 0 {
		return nil
	}
	p.observed = make([][]bool, len(p.sys.equations))
	for _, x := range list {
		i, err := p.sys.Find(x.Variable)
		if err != nil {
			return fmt.Errorf("exogenous: %w", err)
		}
		if x.First != 0 && x.Last != 0 && x.First > x.Last {
			return fmt.Errorf("exogenous %s: the first year, %d, comes after the last, %d", x.Variable, x.First, x.Last)
		}
		if first, last := p.year(0), p.year(p.years()-1); x.First > last || x.Last != 0 && x.Last < first {
			return fmt.Errorf("exogenous %s: no year from %d to %d is simulated (%d to %d)", x.Variable, x.First, x.Last, first, last)
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
		k := int(a.Year - p.year(0))
		if k < 0 || k >= p.years() {
			return fmt.Errorf("add-factor of %s: year %d is not simulated (%d to %d)", a.Equation, a.Year, p.year(0), p.year(p.years()-1))
		}
		if math.IsNaN(a.Value) || math.IsInf(a.Value, 0) {
			return fmt.Errorf("add-factor of %s in %d has no value", a.Equation, a.Year)
		}
		p.adjustOf(i)[k] += a.Value
	}
	return nil
}

// adjustOf is the add-factors of an equation, made when first asked for.
func (p *Problem) adjustOf(i int) []float64 {
	if p.adjust == nil {
		p.adjust = make([][]float64, len(p.sys.equations))
	}
	if p.adjust[i] == nil {
		p.adjust[i] = make([]float64, p.years())
	}
	return p.adjust[i]
}

// addResiduals makes the actual residuals the add-factors.
func (p *Problem) addResiduals(observed *equation.Panel) error {
	on := *p
	if observed != nil {
		on.panel = observed
		if err := on.bindColumns(); err != nil {
			return err
		}
	}
	on.first, on.last = 0, len(on.panel.Year)-1
	for i, residuals := range on.Residuals() {
		to := p.adjustOf(i)
		for k := range to {
			if at := p.year(k) - on.panel.Year[0]; at >= 0 && at < int64(len(residuals)) {
				to[k] = residuals[at]
			}
		}
	}
	return nil
}

// Residuals are left minus right side of every equation with observed values on
// both, by equation and simulated year; 0 where a value is not observed.
func (p *Problem) Residuals() [][]float64 {
	r, _ := p.residuals()
	return r
}

// residuals also says which of them are known.
func (p *Problem) residuals() (values [][]float64, known [][]bool) {
	s := p.sys
	m := s.compiled.NewMachine(1)
	for range s.equations {
		values = append(values, make([]float64, p.years()))
		known = append(known, make([]bool, p.years()))
	}
	for _, reg := range s.compiled.params {
		m.Regs[reg] = p.params[reg : reg+1]
	}
	for k := range p.years() {
		t := p.first + k
		for at, reg := range s.compiled.inputs {
			m.Regs[reg] = missingValue
			if c := p.column[at.variable]; c >= 0 && t >= at.lag && !p.panel.Missing(c, t-at.lag) {
				m.Regs[reg] = p.panel.Data[c][t-at.lag : t-at.lag+1]
			}
		}
		for i := range s.equations {
			if r := m.Run(s.actual[i])[0]; !math.IsNaN(r) && !math.IsInf(r, 0) {
				values[i][k], known[i][k] = r, true
			}
		}
	}
	return values, known
}

// years is the number of simulated years, year(k) the k-th of them.
func (p *Problem) years() int       { return p.last - p.first + 1 }
func (p *Problem) year(k int) int64 { return p.panel.Year[p.first+k] }

// Years are the simulated years.
func (p *Problem) Years() []int64 { return p.panel.Year[p.first : p.last+1] }

// System is what is simulated.
func (p *Problem) System() *System { return p.sys }

// Panel is what the system is bound to.
func (p *Problem) Panel() *equation.Panel { return p.panel }

// Actual is the observed value of equation i's variable in simulated year k,
// NaN where there is none.
func (p *Problem) Actual(i, k int) float64 {
	return p.panel.Value(p.column[p.sys.equations[i].variable], p.first+k)
}

// fail names the equation that an error is about.
func (p *Problem) fail(i int, format string, args ...any) error {
	return fmt.Errorf("equation %s: %s", p.sys.equations[i].Name, fmt.Sprintf(format, args...))
}

func lagged(name string, lag int) string {
	return equation.String(&equation.Column{Name: name, Lag: lag})
}
