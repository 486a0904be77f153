package udf

import (
	"fmt"
)

// simulateOptions are those of simulate; the other functions that simulate have
// them too, without cohorts. Their help in full is that of the macro simulate.
var simulateOptions = options[simulateProblem]{
	choice("mode", "dynamic", []string{"dynamic", "static"}, "whether lags are simulated or observed values", func(s *simulateProblem) *string { return &s.mode }),
	yearOrNull("first_year", "the first simulated year", func(s *simulateProblem) *int64 { return &s.options.First }),
	yearOrNull("last_year", "the last simulated year", func(s *simulateProblem) *int64 { return &s.options.Last }),
	choice("residuals", "none", []string{"none", "actual"}, "what is added to every equation", func(s *simulateProblem) *string { return &s.residuals }),
	orNull(other("observed", "STRUCT[]", "the panel that actual residuals are computed on", func(s *simulateProblem, v Value) error {
		rows, err := v.Frame()
		if err == nil {
			s.options.ObservedPanel, err = readPanel(rows)
		}
		if err != nil {
			return fmt.Errorf("observed: %w", err)
		}
		return nil
	})),
	orNull(other("add_factors", "STRUCT[]", "rows of equation, year, value added to an equation", func(s *simulateProblem, v Value) (err error) {
		s.options.AddFactors, err = readAddFactors(v)
		return err
	})),
	orNull(other("exogenous", "VARCHAR[]", "variables taken as observed", func(s *simulateProblem, v Value) (err error) {
		s.options.Exogenous, err = readExogenous(v)
		return err
	})),
	orNull(other("cohorts", "STRUCT[]", "the cohort account of the panel's country group", func(s *simulateProblem, v Value) (err error) {
		s.account, err = readStocks(v)
		return err
	})),
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
