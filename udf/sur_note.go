package udf

import (
	"context"
	"strconv"
	"strings"

	"utvandring/udf/sur"
)

// fewYears is where standard errors 'hac' are noted to be too small: help of sur says by
// how much.
const fewYears = 100

// noteFit says of estimates what makes them, or their standard errors, mean less than
// they seem to. One note for all groups that are estimated in one statement.
func noteFit(ctx context.Context, p *surProblem, fit *sur.Fit) {
	of := ""
	if p.name != "" {
		of = "model " + p.name + ": "
	}
	groups := p.macro != ""
	for _, text := range fit.NearDependence(groups) {
		Note(ctx, "%s%s", of, text)
	}
	if years := len(fit.LeftOut); years > 0 {
		if groups {
			Note(ctx, "std_errors leave out years that alone determine a parameter, whose std_error is NULL")
			return
		}
		list := make([]string, years)
		for i, y := range fit.LeftOut {
			list[i] = strconv.FormatInt(y, 10)
		}
		Note(ctx, "%sstd_errors leave out %s, which alone determines a parameter: the std_error of that is NULL", of, strings.Join(list, ", "))
	}
	if strings.EqualFold(p.options.StdErrors, "hac") && len(fit.Years) < fewYears {
		if groups {
			Note(ctx, "std_errors 'hac' with few years reject far too often (help sur says how often; 'robust' does not)")
		} else {
			Note(ctx, "%sstd_errors 'hac' with %d years reject far too often: with 22, what is true in 20 to 30 of 100 samples instead of 5 ('robust' holds, but for autocorrelation)", of, len(fit.Years))
		}
	}
}
