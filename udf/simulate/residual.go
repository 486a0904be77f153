package simulate

import (
	"fmt"
	"math"

	"utvandring/udf/equation"
)

// Carry is how the residuals of the data get into a simulation.
type Carry int

const (
	// NoResiduals: not at all.
	NoResiduals Carry = iota
	// ActualResiduals adds to every equation what it misses on the data in that
	// year (left minus right side with observed values), so that observed inputs give
	// back the observed path. An equation whose own variable has no value in a year,
	// as in a projection, gets 0 there.
	ActualResiduals
	// MeanResiduals adds their mean over some years, in every simulated year.
	MeanResiduals
	// LastResidual adds that of the last complete year before the simulated ones.
	LastResidual
	// DecayingResidual adds the last one, or with Years the mean over them, times
	// Decay^h in the h-th year after the last complete one.
	DecayingResidual
)

// Residuals say what is added. But for ActualResiduals identities get nothing, which
// are to hold, and a year is complete where all equations of a model with a residual
// have one.
type Residuals struct {
	Carry Carry
	Years *Span // of the mean; nil: those of the estimation
	Decay float64
	// Estimation are the years that each model was estimated on, by its name; a model
	// that is not there has all complete years of the panel.
	Estimation map[string]Span
}

// Span is from First to Last, both included; nil is open.
type Span struct{ First, Last *int64 }

func (s Span) has(year int64) bool {
	return (s.First == nil || year >= *s.First) && (s.Last == nil || year <= *s.Last)
}

// addResiduals makes the residuals add-factors.
func (p *Problem) addResiduals(r Residuals, observed *equation.Panel) error {
	if r.Carry == NoResiduals {
		return nil
	}
	if r.Carry == DecayingResidual && !(r.Decay >= -1 && r.Decay <= 1) {
		return fmt.Errorf("residual_decay is %g, not between -1 and 1", r.Decay)
	}
	on := *p
	if observed != nil {
		on.panel = observed
		if err := on.bindColumns(); err != nil {
			return err
		}
	}
	on.first, on.last = 0, len(on.panel.Year)-1
	values, known := on.residuals()
	if r.Carry == ActualResiduals {
		for i := range values {
			to := p.adjust[i]
			for k := range to {
				if at := p.year(k) - on.panel.Year[0]; at >= 0 && at < int64(len(values[i])) {
					to[k] = values[i][at]
				}
			}
		}
		return nil
	}
	for _, equations := range p.sys.byModel() {
		c := &carried{p: p, on: &on, equations: equations, values: values, known: known}
		if err := c.add(r); err != nil {
			return err
		}
	}
	return nil
}

// byModel are the equations with a residual of each model, in order.
func (s *System) byModel() [][]int {
	var all [][]int
	at := map[string]int{}
	for _, i := range s.behavioural() {
		key := equation.Key(s.equations[i].Model)
		n, ok := at[key]
		if !ok {
			n = len(all)
			at[key], all = n, append(all, nil)
		}
		all[n] = append(all[n], i)
	}
	return all
}

// carried are the residuals of one model, carried into the simulated years.
type carried struct {
	p, on     *Problem // what is simulated, and the whole of what the residuals are of
	equations []int
	values    [][]float64 // by equation and year of on
	known     [][]bool
}

func (c *carried) add(r Residuals) error {
	first := -1
	for k := 0; first < 0 && k < c.p.years(); k++ {
		for _, i := range c.equations {
			if !c.p.isObserved(i, c.p.first+k) {
				first = k
			}
		}
	}
	if first < 0 {
		return nil // all is taken as observed
	}
	last := min(int(c.p.year(first)-c.on.year(0)), c.on.years()) - 1
	for last >= 0 && c.incomplete(last) >= 0 {
		last--
	}
	years := []int{last}
	if r.Carry == MeanResiduals || r.Carry == DecayingResidual && r.Years != nil {
		var err error
		if years, err = c.yearsOf(r); err != nil {
			return err
		}
	}
	if last < 0 && r.Carry != MeanResiduals {
		return c.p.fail(c.worst(), "the panel has no %s before %s with all that its residual needs, so that there is none to carry", c.p.panel.Unit(), c.p.say(c.p.year(first)))
	}
	for _, i := range c.equations {
		start := 0.0
		for _, t := range years {
			start += c.values[i][t]
		}
		start /= float64(len(years))
		to := c.p.adjust[i]
		for k := first; k < len(to); k++ {
			to[k] = start
			if r.Carry == DecayingResidual {
				to[k] = start * math.Pow(r.Decay, float64(c.p.year(k)-c.on.year(last)))
			}
		}
	}
	return nil
}

// yearsOf are the rows that a mean is over.
func (c *carried) yearsOf(r Residuals) (rows []int, err error) {
	span, asked := c.estimation(r), r.Years != nil
	if asked {
		span = *r.Years
		if begin, end := c.on.year(0), c.on.year(c.on.years()-1); *span.First < begin || *span.Last > end {
			return nil, fmt.Errorf("residual_years: %s to %s are not all in the panel (%s to %s)", c.p.say(*span.First), c.p.say(*span.Last), c.p.say(begin), c.p.say(end))
		}
	}
	for t := range c.on.years() {
		if !span.has(c.on.year(t)) {
			continue
		}
		if i := c.incomplete(t); i < 0 {
			rows = append(rows, t)
		} else if asked {
			return nil, c.p.fail(i, "residual_years: it has no residual in %s, where the panel has not all that it needs", c.p.say(c.on.year(t)))
		}
	}
	if rows == nil {
		return nil, c.p.fail(c.worst(), "the panel has no %s of the estimation with all that its residual needs, so that there is no mean to carry", c.p.panel.Unit())
	}
	return rows, nil
}

func (c *carried) estimation(r Residuals) Span {
	model := equation.Key(c.p.sys.equations[c.equations[0]].Model)
	for name, span := range r.Estimation {
		if equation.Key(name) == model {
			return span
		}
	}
	return Span{}
}

// incomplete is an equation that has no residual in a row, -1 where all have one.
func (c *carried) incomplete(t int) int {
	for _, i := range c.equations {
		if !c.known[i][t] {
			return i
		}
	}
	return -1
}

// worst is an equation to blame where no year is complete: one without any residual,
// if there is such a one.
func (c *carried) worst() int {
	for _, i := range c.equations {
		any := false
		for _, known := range c.known[i] {
			any = any || known
		}
		if !any {
			return i
		}
	}
	return c.equations[0]
}

// residuals are left minus right side of every equation with observed values on
// both, by equation and simulated year; 0 where they are not known, as a value is not
// observed.
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
