package simulate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/normal"
)

// Covariance is one element of a covariance matrix: of the residuals of two
// equations, or of the estimates of two parameters, of a model. Either triangle
// is enough; what is not given is zero. An empty Model stands for every model.
type Covariance struct {
	Model, I, J string
	Value       float64
}

// symmetric is a covariance matrix as it is given, element by element.
type symmetric struct {
	n     int
	value []float64 // n×n
	other []float64 // that was given later, if it was not the same; NaN where nothing was given
}

func newSymmetric(n int) *symmetric {
	return &symmetric{n, make([]float64, n*n), slices.Repeat([]float64{math.NaN()}, n*n)}
}

func (m *symmetric) set(a, b int, x float64) {
	for _, at := range []int{a*m.n + b, b*m.n + a} {
		switch {
		case math.IsNaN(m.other[at]):
			m.value[at], m.other[at] = x, x
		case math.Abs(x-m.value[at]) > math.Abs(m.other[at]-m.value[at]):
			m.other[at] = x
		}
	}
}

// contradiction is an element that was given two values that are not the same but for
// rounding: which of them counted would depend on the order of the rows.
func (m *symmetric) contradiction() (a, b int, x, y float64, found bool) {
	for b := range m.n {
		for a := range b + 1 {
			x, y := m.value[a*m.n+b], m.other[a*m.n+b]
			if math.Abs(x-y) > 1e-9*math.Sqrt(m.value[a*m.n+a]*m.value[b*m.n+b]) {
				return a, b, x, y, true
			}
		}
	}
	return 0, 0, 0, 0, false
}

// normalResiduals draws from a normal distribution over the equations that have
// a residual.
type normalResiduals struct {
	*normal.Normal
	equations []int
}

func (n *normalResiduals) draw(r *rand.Rand, scratch, out []float64) {
	clear(out)
	k := len(n.equations)
	drawn := scratch[k : 2*k]
	n.Normal.Draw(r, scratch[:k], drawn)
	for j, i := range n.equations {
		out[i] = drawn[j]
	}
}

// NormalResiduals draws residuals with mean zero and the covariance given, of
// every equation that is not an identity. Equations of different models are
// independent. A model without a single element gets the covariance of its
// actual residuals (divisor: their number; about zero).
func (p *Problem) NormalResiduals(elements []Covariance) (ResidualSource, error) {
	s := p.sys
	equations := s.behavioural()
	if len(equations) == 0 {
		return nil, fmt.Errorf("there is no equation with a residual: all are identities")
	}
	n := len(equations)
	matrix := newSymmetric(n)
	v := matrix.value
	given := map[string]bool{}
	variance := make([]bool, n) // given, if only as 0
	place := p.residualNames(equations)
	for _, e := range elements {
		i, err := place.find(e.Model, e.I)
		if err != nil {
			return nil, err
		}
		j, err := place.find(e.Model, e.J)
		if err != nil {
			return nil, err
		}
		for _, a := range i {
			for _, b := range j {
				model := s.equations[equations[a]].Model
				if model != s.equations[equations[b]].Model {
					continue
				}
				switch {
				case math.IsNaN(e.Value):
					return nil, fmt.Errorf("the residual covariance of %s and %s has no value", e.I, e.J)
				case a == b && e.Value < 0:
					return nil, p.fail(equations[a], "its residual variance is negative: %g", e.Value)
				}
				given[model] = true
				variance[a] = variance[a] || a == b
				matrix.set(a, b, e.Value)
			}
		}
	}
	if a, b, x, y, ok := matrix.contradiction(); ok {
		return nil, fmt.Errorf("the residual covariance of equations %s and %s has two values, %g and %g", s.equations[equations[a]].label(), s.equations[equations[b]].label(), x, y)
	}
	for a, i := range equations {
		if given[s.equations[i].Model] && !variance[a] {
			return nil, p.fail(i, "no residual variance is given (0 for no shock)")
		}
		for b, j := range equations {
			if variance[a] && v[a*n+a] == 0 && v[a*n+b] != 0 {
				return nil, p.fail(i, "its residual variance is 0, but not its covariance with equation %s, %g", s.equations[j].label(), v[a*n+b])
			}
		}
	}
	if err := p.fillFromActual(equations, given, v); err != nil {
		return nil, err
	}
	d, err := normal.New("the residual covariance", n, v)
	if err != nil {
		return nil, err
	}
	return &normalResiduals{Normal: d, equations: equations}, nil
}

// residualNames finds equations with a residual by model and name.
type residualNames struct {
	p      *Problem
	places map[[2]string][]int // by model and name, and by name alone; of equations without a residual empty
	models map[string]bool
}

func (p *Problem) residualNames(equations []int) *residualNames {
	r := &residualNames{p: p, places: map[[2]string][]int{}, models: map[string]bool{"": true}}
	names := func(i int) (model string, names []string) {
		m := &p.sys.equations[i]
		return equation.Key(m.Model), []string{equation.Key(m.Name), equation.Key(p.sys.Variable(i)), equation.Key(m.left())}
	}
	for n := range 3 { // what has the name itself goes before what has it as its variable or left side
		found := map[[2]string][]int{}
		for a, i := range equations {
			model, all := names(i)
			found[[2]string{"", all[n]}] = append(found[[2]string{"", all[n]}], a)
			if model != "" {
				found[[2]string{model, all[n]}] = []int{a}
			}
		}
		for at, list := range found {
			if r.places[at] == nil {
				r.places[at] = list
			}
		}
	}
	for i := range p.sys.equations { // identities
		model, all := names(i)
		r.models[model] = true
		for _, at := range [][2]string{{model, all[0]}, {"", all[0]}} {
			if r.places[at] == nil {
				r.places[at] = []int{}
			}
		}
	}
	return r
}

// find refuses equations that the models do not have: without them a model would
// quietly get the covariance of its actual residuals. Those of other models are not
// looked for.
func (r *residualNames) find(model, name string) ([]int, error) {
	list := r.places[[2]string{equation.Key(model), equation.Key(name)}]
	if list == nil && r.models[equation.Key(model)] {
		var names []string
		for _, m := range r.p.sys.equations {
			names = append(names, m.Name)
		}
		return nil, fmt.Errorf("the residual covariance has equation %q, which is not simulated (there are %s)", name, strings.Join(names, ", "))
	}
	return list, nil
}

// fillFromActual computes the covariance for models without one.
func (p *Problem) fillFromActual(equations []int, given map[string]bool, v []float64) error {
	missing := ""
	for _, i := range equations {
		if m := p.sys.equations[i].Model; !given[m] {
			missing = m
		}
	}
	if missing == "" && len(given) > 0 {
		return nil
	}
	rows := p.history(equations)
	if len(rows) < 2 {
		return fmt.Errorf("no residual covariance is given%s, and the panel has not the observed values to compute it from", ofModel(missing))
	}
	n := len(equations)
	for a, i := range equations {
		for b, j := range equations {
			if m := p.sys.equations[i].Model; given[m] || m != p.sys.equations[j].Model {
				continue
			}
			sum := 0.0
			for _, r := range rows {
				sum += r[i] * r[j]
			}
			v[a*n+b] = sum / float64(len(rows))
		}
	}
	return nil
}

// history is the actual residuals of the years, anywhere in the panel, in which
// all equations have one.
func (p *Problem) history(equations []int) [][]float64 {
	whole := *p
	whole.first, whole.last = 0, len(p.panel.Year)-1
	residuals, known := whole.residuals()
	var rows [][]float64
	for t := range p.panel.Year {
		complete := true
		for _, i := range equations {
			complete = complete && known[i][t]
		}
		if !complete {
			continue
		}
		row := make([]float64, len(p.sys.equations))
		for _, i := range equations {
			row[i] = residuals[i][t]
		}
		rows = append(rows, row)
	}
	return rows
}

// resampled draws the residuals of a year of history.
type resampled struct{ rows [][]float64 }

func (s *resampled) draw(r *rand.Rand, _, out []float64) {
	copy(out, s.rows[r.IntN(len(s.rows))])
}

// ResampledResiduals draws, for every simulated year, the actual residuals of
// one year of the panel, of all equations together, with replacement: whatever
// their distribution and their covariance, across models too. They are centred,
// so that the draws do not shift the path.
func (p *Problem) ResampledResiduals() (ResidualSource, error) {
	equations := p.sys.behavioural()
	rows := p.history(equations)
	if len(rows) < 2 {
		return nil, fmt.Errorf("the panel has fewer than two %s with observed values of everything to resample residuals from", p.panel.Units())
	}
	for i := range p.sys.equations {
		mean := 0.0
		for _, r := range rows {
			mean += r[i] / float64(len(rows))
		}
		for _, r := range rows {
			r[i] -= mean
		}
	}
	return &resampled{rows}, nil
}

// ParameterSource draws parameters from a normal distribution around their values.
type ParameterSource struct {
	registers []int
	center    []float64
	models    []*normal.Normal // consecutive stretches of the registers
}

// Parameters draws the parameters of the models that covariance elements are
// given for; the other parameters stay as they are.
func (p *Problem) Parameters(elements []Covariance) (*ParameterSource, error) {
	s := &ParameterSource{}
	c := p.sys.compiled
	seen := map[string]bool{}
	for _, m := range p.sys.equations {
		key := equation.Key(m.Model)
		if seen[key] {
			continue
		}
		seen[key] = true
		names := p.sys.parameters(func(model string) bool { return model == key })
		n := len(names)
		v := newSymmetric(n)
		any := false
		for _, e := range elements {
			if e.Model != "" && !strings.EqualFold(e.Model, m.Model) {
				continue
			}
			a, b := indexKey(names, e.I), indexKey(names, e.J)
			if a < 0 || b < 0 {
				return nil, fmt.Errorf("the parameter covariance%s has %s and %s, and the model has not both", ofModel(m.Model), e.I, e.J)
			}
			switch {
			case math.IsNaN(e.Value):
				return nil, fmt.Errorf("the parameter covariance%s of %s and %s has no value", ofModel(m.Model), e.I, e.J)
			case a == b && e.Value < 0:
				return nil, fmt.Errorf("the parameter covariance%s: the variance of %s is negative: %g", ofModel(m.Model), e.I, e.Value)
			}
			any = true
			v.set(a, b, e.Value)
		}
		if !any {
			continue
		}
		if a, b, x, y, ok := v.contradiction(); ok {
			return nil, fmt.Errorf("the parameter covariance%s of %s and %s has two values, %g and %g", ofModel(m.Model), names[a], names[b], x, y)
		}
		d, err := normal.New("the parameter covariance"+ofModel(m.Model), n, v.value)
		if err != nil {
			return nil, err
		}
		s.models = append(s.models, d)
		for _, name := range names {
			reg := c.params[parameter{key, equation.Key(name)}]
			s.registers = append(s.registers, reg)
			s.center = append(s.center, p.params[reg])
		}
	}
	if len(s.models) == 0 {
		return nil, fmt.Errorf("no parameter covariance is given for any of the models")
	}
	return s, nil
}

// indexKey finds a name, without case and $; -1 where it is not.
func indexKey(names []string, name string) int {
	name = equation.Key(strings.TrimPrefix(name, "$"))
	return slices.IndexFunc(names, func(n string) bool { return equation.Key(n) == name })
}

// draw fills lane l of the registers' values.
func (s *ParameterSource) draw(r *rand.Rand, l int, values [][]float64) {
	var fixed [2][64]float64
	at := 0
	for _, m := range s.models {
		z, out := fixed[0][:], fixed[1][:]
		if m.N > len(z) {
			z, out = make([]float64, m.N), make([]float64, m.N)
		}
		m.Draw(r, z[:m.N], out[:m.N])
		for i, v := range out[:m.N] {
			values[at+i][l] = s.center[at+i] + v
		}
		at += m.N
	}
}
