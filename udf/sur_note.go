package udf

import (
	"context"
	"strings"

	"utvandring/udf/sur"
)

// fewYears is where standard errors 'hac' are noted to be too small: help of sur says by
// how much.
const fewYears = 100

// noteFit says of estimates what makes them, or their standard errors, mean less than
// they seem to. One note for all groups that are estimated in one statement.
func noteFit(ctx context.Context, p *surProblem, fit *sur.Fit) {
	of := p.of()
	groups := p.macro != ""
	for _, text := range fit.NearDependence(groups) {
		Note(ctx, "%s%s", of, text)
	}
	if years := len(fit.LeftOut); years > 0 {
		if groups {
			Note(ctx, "std_errors leave out rows of the panel that alone determine a parameter, whose std_error is NULL")
			return
		}
		list := make([]string, years)
		for i, y := range fit.LeftOut {
			list[i] = fit.Say(y)
		}
		Note(ctx, "%sstd_errors leave out %s, which alone determines a parameter: the std_error of that is NULL", of, strings.Join(list, ", "))
	}
	if strings.EqualFold(p.options.StdErrors, "hac") && len(fit.Years) < fewYears {
		if groups {
			Note(ctx, "std_errors 'hac' do not hold with few observations: help of sur says how often their tests reject what is true")
		} else {
			Note(ctx, "%sstd_errors 'hac' do not hold with few observations, and here are %d: with 22 tests at 5 per cent reject what is true in 13 to 20 of 100 samples, of lagged left sides in 24 to 40 (those of 'robust' in 3 to 9, but without autocorrelation)", of, len(fit.Years))
		}
	}
}
