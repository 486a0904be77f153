package udf

import (
	"context"
	"errors"
	"fmt"

	"utvandring/udf/simulate"
)

// randomness is what is drawn, and how.
type randomness struct {
	replications  int
	seed          int64
	draws, method string
	covariance    struct{ residuals, parameters, factor *Frame } // nil: NULL
	level         float64
	probabilities []float64
	onFailure     string
}

// runOptions are those of every function that draws.
var runOptions = options[simulateProblem]{
	whole("replications", 1000, "number of runs", func(s *simulateProblem) *int { return &s.random.replications }),
	whole("seed", int64(1), "of the draws", func(s *simulateProblem) *int64 { return &s.random.seed }),
	choice("draws", "residuals", []string{"residuals", "parameters", "both"}, "what is drawn", func(s *simulateProblem) *string { return &s.random.draws }),
	choice("method", "normal", []string{"normal", "resample"}, "how residuals are drawn", func(s *simulateProblem) *string { return &s.random.method }),
	covarianceOption("residual_covariance", "rows of equation_i, equation_j, covariance", func(s *simulateProblem) **Frame { return &s.random.covariance.residuals }),
	choice("on_failure", "error", []string{"error", "drop"}, "of a replication without a solution", func(s *simulateProblem) *string { return &s.random.onFailure }),
	covarianceOption("parameter_covariance", "rows of parameter_i, parameter_j, covariance", func(s *simulateProblem) **Frame { return &s.random.covariance.parameters }),
	covarianceOption("factor", "rows of sur_factor_loadings", func(s *simulateProblem) **Frame { return &s.random.covariance.factor }),
}

func covarianceOption(name, help string, at func(*simulateProblem) **Frame) option[simulateProblem] {
	return orNull(stored(Option{name, "STRUCT[]", "NULL", nil, help}, nil, Value.Frame, at))
}

// noteUnused notes a covariance that is given and not drawn from.
func (s *simulateProblem) noteUnused(ctx context.Context) {
	r := &s.random
	switch {
	case r.covariance.parameters != nil && r.draws == "residuals":
		Note(ctx, "parameter_covariance is not used: draws := 'residuals' draws no parameters; take 'parameters' or 'both'")
	case r.covariance.residuals != nil && r.draws == "parameters":
		Note(ctx, "residual_covariance is not used: draws := 'parameters' draws no residuals; take 'residuals' or 'both'")
	case r.covariance.residuals != nil && r.method == "resample":
		Note(ctx, "residual_covariance is not used: method := 'resample' draws the actual residuals of years")
	}
}

// prepareDraws makes what residuals and parameters are drawn from.
func (s *stochastic) prepareDraws() (err error) {
	r := &s.random
	if r.covariance.factor != nil {
		switch {
		case r.draws == "parameters":
			return errors.New("factor goes with draws := 'residuals' or 'both': a factor is a part of the residuals")
		case r.method != "normal":
			return fmt.Errorf("factor goes with method := 'normal', not '%s': resampled residuals have what is common in them", r.method)
		}
	}
	if r.draws != "parameters" {
		covariance, err := readCovariance(r.covariance.residuals, "residual_covariance", "equation_i", "equation_j")
		if err != nil {
			return err
		}
		if r.covariance.factor != nil {
			rows, err := readFactors(r.covariance.factor)
			if err != nil {
				return err
			}
			var own []simulate.Covariance
			if s.options.Factors, own, err = s.problems[0].NewFactors(rows); err != nil {
				return err
			}
			covariance = append(own, covariance...)
			s.stateYear = stateYear(r.covariance.factor)
		}
		if r.method == "normal" {
			s.options.Residuals, err = s.problems[0].NormalResiduals(covariance)
			if err != nil && r.covariance.factor != nil && r.covariance.residuals != nil {
				err = fmt.Errorf("%w (the variance in factor takes the place of residual_covariance: leave these equations out of it)", err)
			}
		} else {
			s.options.Residuals, err = s.problems[0].ResampledResiduals()
		}
		if err != nil {
			return err
		}
	}
	if r.draws != "residuals" {
		covariance, err := readCovariance(r.covariance.parameters, "parameter_covariance", "parameter_i", "parameter_j")
		if err != nil {
			return err
		}
		if s.options.Parameters, err = s.problems[0].Parameters(covariance); err != nil {
			return err
		}
	}
	return nil
}

// stateYear is the year of the state of the factors, where the rows say it.
func stateYear(f *Frame) *int64 {
	at, ok := f.Find("state_year")
	if !ok {
		return nil
	}
	year, err := f.Value(at, 0).Int()
	if err != nil {
		return nil
	}
	return &year
}

// readFactors reads rows as sur_factor_loadings has them, perhaps with model. Without phi,
// state and state_variance a factor is white noise.
func readFactors(f *Frame) ([]simulate.FactorLoading, error) {
	if f.Len() == 0 {
		return nil, errors.New("factor has no rows")
	}
	out := make([]simulate.FactorLoading, f.Len())
	a := &argument{f, "factor", nil}
	names, models := column(a, "equation", textColumn), column(a, "model", textColumnIfAny)
	if a.err != nil {
		return nil, a.err
	}
	for row := range out {
		out[row].Equation, out[row].Factor, out[row].StateVariance = names[row], "1", 1
		if models != nil {
			out[row].Model = models[row]
		}
	}
	for _, c := range []struct {
		name string
		must bool
		at   func(*simulate.FactorLoading) *float64
	}{
		{"loading", true, func(l *simulate.FactorLoading) *float64 { return &l.Loading }},
		{"variance", true, func(l *simulate.FactorLoading) *float64 { return &l.Variance }},
		{"phi", false, func(l *simulate.FactorLoading) *float64 { return &l.Phi }},
		{"state", false, func(l *simulate.FactorLoading) *float64 { return &l.State }},
		{"state_variance", false, func(l *simulate.FactorLoading) *float64 { return &l.StateVariance }},
	} {
		if _, ok := f.Find(c.name); !ok && !c.must {
			continue
		}
		for row, value := range column(a, c.name, numberColumn) {
			*c.at(&out[row]) = value
		}
	}
	if _, ok := f.Find("factor"); ok {
		for row := range out {
			out[row].Factor = cell(a, "factor", row, scenarioName)
		}
	}
	return out, a.err
}

// readCovariance reads rows with two names and covariance, and perhaps model.
func readCovariance(f *Frame, name, i, j string) (list []simulate.Covariance, err error) {
	if f == nil {
		return nil, nil
	}
	if f.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows", name)
	}
	a := &argument{f, name, nil}
	of, with, models := column(a, i, textColumn), column(a, j, textColumn), column(a, "model", textColumnIfAny)
	for row, value := range column(a, "covariance", numberColumn) {
		c := simulate.Covariance{I: of[row], J: with[row], Value: value}
		if models != nil {
			c.Model = models[row]
		}
		list = append(list, c)
	}
	return list, a.err
}
