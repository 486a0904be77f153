package udf

import (
	"fmt"
	"strings"

	"utvandring/udf/simulate"
)

// randomness is what is drawn, and how.
type randomness struct {
	replications  int
	seed          int64
	draws, method string
	covariance    struct{ residuals, parameters *Frame } // nil: NULL
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
}

func covarianceOption(name, help string, at func(*simulateProblem) **Frame) option[simulateProblem] {
	return orNull(other(name, "STRUCT[]", help, func(s *simulateProblem, v Value) error {
		f, err := v.Frame()
		if err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
		*at(s) = f
		return nil
	}))
}

// prepareDraws makes what residuals and parameters are drawn from.
func (s *stochastic) prepareDraws() (err error) {
	r := &s.random
	if r.draws != "parameters" {
		covariance, err := readCovariance(r.covariance.residuals, "residual_covariance", "equation_i", "equation_j")
		if err != nil {
			return err
		}
		if r.method == "normal" {
			s.options.Residuals, err = s.problems[0].NormalResiduals(covariance)
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

// readCovariance reads rows with two names and covariance, and perhaps model.
func readCovariance(f *Frame, argument, i, j string) (list []simulate.Covariance, err error) {
	if f == nil {
		return nil, nil
	}
	if f.Len() == 0 {
		return nil, fmt.Errorf("%s has no rows", argument)
	}
	var names [2][]string
	for k, column := range []string{i, j} {
		if names[k], err = textColumn(f, column); err != nil {
			return nil, fmt.Errorf("%s: %w", argument, err)
		}
	}
	var models []string
	if _, ok := f.Find("model"); ok {
		if models, err = textColumn(f, "model"); err != nil {
			return nil, fmt.Errorf("%s: %w", argument, err)
		}
	}
	at, ok := f.Find("covariance")
	if !ok {
		return nil, fmt.Errorf("%s: no column covariance (there are %s)", argument, strings.Join(f.Names, ", "))
	}
	values, null, err := f.Float(at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", argument, err)
	}
	out := make([]simulate.Covariance, f.Len())
	for row := range out {
		out[row] = simulate.Covariance{I: names[0][row], J: names[1][row], Value: values[row]}
		if models != nil {
			out[row].Model = models[row]
		}
		if null != nil && null[row] {
			out[row].Value = nan
		}
	}
	return out, nil
}
