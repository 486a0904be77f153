package udf

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/simulate"
)

// modelChoice is what the functions that simulate take first: names of models,
// or formulas of the user's own (anything with an equals sign), and the
// catalogue that the names are looked up in.
type modelChoice struct {
	equations []simulate.Equation
	notBefore int64 // the latest first year among the models
	// estimation are the years of each model in the table model.
	estimation map[string]simulate.Span
}

// readModels resolves models (names, catalogue of models, catalogue of equations).
func readModels(names, models, equations Value) (*modelChoice, error) {
	wanted, err := names.Texts()
	if err != nil {
		return nil, fmt.Errorf("models %w", err)
	}
	if len(wanted) == 0 {
		return nil, errors.New("models is an empty list")
	}
	catalogue, err := readCatalogue(models, equations)
	if err != nil {
		return nil, err
	}
	c := &modelChoice{estimation: map[string]simulate.Span{}}
	own := 0
	for i, model := range wanted {
		if strings.Contains(model, "=") {
			own++ // named as sur_of names it
			c.equations = append(c.equations, simulate.Equation{Name: strconv.Itoa(own), Formula: model})
			continue
		}
		if slices.ContainsFunc(wanted[:i], func(s string) bool { return strings.EqualFold(s, model) }) {
			return nil, fmt.Errorf("model %s is listed twice", model)
		}
		row, err := catalogue.find(model)
		if err != nil {
			return nil, err
		}
		names, formulas, err := catalogue.equationsOf(model)
		if err != nil {
			return nil, err
		}
		for j := range names {
			c.equations = append(c.equations, simulate.Equation{Model: catalogue.names[row], Name: names[j], Formula: formulas[j]})
		}
		var span simulate.Span
		if span.First, err = catalogue.year("first_year", row); err != nil {
			return nil, err
		}
		if span.Last, err = catalogue.year("last_year", row); err != nil {
			return nil, err
		}
		c.estimation[catalogue.names[row]] = span
		if span.First != nil {
			c.notBefore = max(c.notBefore, *span.First)
		}
	}
	return c, nil
}

// readCoefficients reads rows with parameter, estimate and model. Without a
// column model they are for the one model that is simulated.
func readCoefficients(v Value, choice *modelChoice) ([]simulate.Coefficient, error) {
	a := argumentOf("coefficients", v)
	if a.err != nil || a.Len() == 0 {
		return nil, a.err
	}
	parameters, estimates, models := column(a, "parameter", textColumn), column(a, "estimate", numberColumn), column(a, "model", textColumnIfAny)
	if a.err != nil {
		return nil, a.err
	}
	if several := choice.models(); models == nil && len(several) > 1 {
		return nil, fmt.Errorf("coefficients: without a column model they can be of one model only, and %d are simulated (%s)",
			len(several), strings.Join(several, ", "))
	}
	var out []simulate.Coefficient
	for i, name := range parameters {
		c := simulate.Coefficient{Parameter: strings.TrimPrefix(name, "$"), Value: estimates[i]}
		if models != nil {
			c.Model = models[i]
			if !choice.has(c.Model) {
				continue // published_coefficient has all nine models
			}
		}
		out = append(out, c)
	}
	return out, nil
}

func (c *modelChoice) models() []string {
	var out []string
	for _, e := range c.equations {
		if e.Model != "" && !slices.Contains(out, e.Model) {
			out = append(out, e.Model)
		}
	}
	return out
}

func (c *modelChoice) has(model string) bool {
	return slices.ContainsFunc(c.equations, func(e simulate.Equation) bool { return strings.EqualFold(e.Model, model) })
}

// readAddFactors reads rows with equation, year and value.
func readAddFactors(v Value, x *index) ([]simulate.AddFactor, error) {
	a := argumentOf("add_factors", v)
	var out []simulate.AddFactor
	for row, name := range column(a, "equation", textColumn) {
		year, value := yearAndValue(a, row, x)
		out = append(out, simulate.AddFactor{Equation: name, Year: year, Value: value})
	}
	return out, a.err
}

// readExogenous reads names ('cn', or 'cn:1923-1925' for a range of years).
func readExogenous(v Value, index *index) ([]simulate.Exogenous, error) {
	texts, err := v.Texts()
	if err != nil {
		return nil, fmt.Errorf("exogenous %w", err)
	}
	var out []simulate.Exogenous
	for _, text := range texts {
		name, years, ranged := strings.Cut(text, ":")
		x := simulate.Exogenous{Variable: strings.TrimSpace(name)}
		if ranged {
			x.First, x.Last, err = index.span(years)
			if err == nil && (x.First == 0 || x.Last == 0) {
				return nil, fmt.Errorf("exogenous %q %w", text, errPeriod0)
			}
			if err != nil {
				return nil, fmt.Errorf("exogenous %q: write 'variable', 'variable:1990' or 'variable:1990-1995'", text)
			}
		}
		out = append(out, x)
	}
	return out, nil
}
