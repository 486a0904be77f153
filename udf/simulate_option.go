package udf

import (
	"errors"
	"fmt"

	"utvandring/udf/simulate"
)

// simulateOptions are those of simulate; the other functions that simulate have
// them too, without cohorts. Their help in full is that of the macro simulate.
var simulateOptions = options[simulateProblem]{
	choice("mode", "dynamic", []string{"dynamic", "static"}, "whether lags are simulated or observed values", func(s *simulateProblem) *string { return &s.mode }),
	periodOrZero("first_year", "the first simulated year", func(s *simulateProblem) *int64 { return &s.options.First }),
	periodOrZero("last_year", "the last simulated year", func(s *simulateProblem) *int64 { return &s.options.Last }),
	choice("residuals", "none", []string{"none", "actual", "mean", "last", "decay"}, "what is added to every equation", func(s *simulateProblem) *string { return &s.residuals }),
	orNull(other("residual_years", "INTEGER[]", "first and last year of the mean of residuals", readResidualYears)),
	orNull(stored(Option{"residual_decay", "DOUBLE", "NULL", nil, "by which the last residual is multiplied every year"}, nil, func(v Value) (*float64, error) {
		decay, err := v.Float()
		return &decay, err
	}, func(s *simulateProblem) **float64 { return &s.residualDecay })),
	orNull(other("observed", "STRUCT[]", "the panel that actual residuals are computed on", func(s *simulateProblem, v Value) error {
		rows, err := v.Frame()
		if err == nil {
			var x *index
			if s.index != nil {
				x, err = readIndexNamed(rows, s.index.Name)
			}
			if err == nil {
				s.options.ObservedPanel, err = readPanel(rows, x)
			}
		}
		if err != nil {
			return fmt.Errorf("observed: %w", err)
		}
		return nil
	})),
	orNull(other("add_factors", "STRUCT[]", "rows of equation, year, value added to an equation", func(s *simulateProblem, v Value) (err error) {
		s.options.AddFactors, err = readAddFactors(v, s.index)
		return err
	})),
	orNull(other("exogenous", "VARCHAR[]", "variables taken as observed", func(s *simulateProblem, v Value) (err error) {
		s.options.Exogenous, err = readExogenous(v, s.index)
		return err
	})),
	orNull(other("cohorts", "STRUCT[]", "the cohort account of the panel's country group, or groups", func(s *simulateProblem, v Value) error {
		account, err := readStocks(v)
		s.options.Feedback = account
		return err
	})),
	indexOption[simulateProblem](),
}

// referenceOption is the scenario that the others are held against; NULL: none.
func referenceOption(byDefault string) option[simulateProblem] {
	o := other("reference", "VARCHAR", "the scenario that others are held against", func(s *simulateProblem, v Value) error {
		s.reference = nil
		if v.Null() {
			return nil
		}
		name, err := scenarioName(v)
		if err != nil {
			return fmt.Errorf("reference %w", err)
		}
		s.reference = &name
		return nil
	})
	if byDefault != "" {
		o.Default = "'" + byDefault + "'"
		o.preset = func(s *simulateProblem) { s.reference = &byDefault }
	}
	return o
}

func readResidualYears(s *simulateProblem, v Value) error {
	var years []int64
	for _, e := range v.Elements() {
		year, err := s.index.period(e)
		if err != nil {
			return fmt.Errorf("residual_years: a year %w", err)
		}
		years = append(years, year)
	}
	if len(years) != 2 || years[0] > years[1] {
		return errors.New("residual_years is not the first and the last year, [2004, 2013]")
	}
	s.options.Residuals.Years = &simulate.Span{First: &years[0], Last: &years[1]}
	return nil
}

// carried are the residuals by their word in SQL.
var carried = map[string]simulate.Carry{
	"none": simulate.NoResiduals, "actual": simulate.ActualResiduals,
	"mean": simulate.MeanResiduals, "last": simulate.LastResidual, "decay": simulate.DecayingResidual,
}

// carry puts the options about residuals together, which must fit each other.
func (s *simulateProblem) carry() error {
	r := &s.options.Residuals
	r.Carry = carried[s.residuals]
	switch decays := r.Carry == simulate.DecayingResidual; {
	case decays && s.residualDecay == nil:
		return errors.New("residuals is 'decay', and residual_decay, by which they are multiplied every year, is not given (residual_decay := 0.7)")
	case !decays && s.residualDecay != nil:
		return fmt.Errorf("residual_decay is for residuals := 'decay', not '%s'", s.residuals)
	case r.Years != nil && !decays && r.Carry != simulate.MeanResiduals:
		return fmt.Errorf("residual_years is for residuals := 'mean' or 'decay', not '%s'", s.residuals)
	case decays:
		r.Decay = *s.residualDecay
	}
	return nil
}
