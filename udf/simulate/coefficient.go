package simulate

import (
	"cmp"
	"fmt"
	"math"

	"utvandring/udf/equation"
	"utvandring/udf/nearest"
)

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

// parameters are those of some models, each name once.
func (s *System) parameters(of func(model string) bool) (names []string) {
	for _, m := range s.equations {
		for _, name := range m.parsed.Parameters() {
			if of(equation.Key(m.Model)) && indexKey(names, name) < 0 {
				names = append(names, name)
			}
		}
	}
	return names
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
		names := p.sys.parameters(func(of string) bool { return model == "" || model == of })
		return fmt.Errorf("coefficients: parameter %q is used nowhere in the equations%s", c.Parameter,
			cmp.Or(nearest.Hint(c.Parameter, names), " (leave it out)"))
	}
	return nil
}
