package udf

import (
	"context"
	"fmt"
	"slices"

	"utvandring/udf/equation"
	"utvandring/udf/sur"
)

var surBootstrapColumns = []Column{
	{"parameter", Text}, {"estimate", Double}, {"std_error", Double}, {"bootstrap_std_error", Double}, {"bias", Double},
	{"lower", Double}, {"upper", Double}, {"bc_lower", Double}, {"bc_upper", Double}, {"replications", Integer}, {"failed", Integer},
}

var surDrawColumns = []Column{{"replication", Integer}, {"parameter", Text}, {"estimate", Double}}

// What other estimations call method is estimator here.
var surBootstrapOptions = append(options[surProblem]{
	whole("replications", 1000, "how many times to draw and estimate", func(p *surProblem) *int { return &p.bootstrap.Replications }),
	whole("seed", int64(1), "of the draws", func(p *surProblem) *int64 { return &p.bootstrap.Seed }),
	word("method", "residual", sur.BootstrapMethods, "how residuals are drawn", func(p *surProblem) *string { return &p.bootstrap.Method }),
	decimal("level", 0.95, "of the intervals", func(p *surProblem) *float64 { return &p.bootstrap.Level }),
}, surOptions.replaced("method",
	word("estimator", "isur", sur.Methods, "how to estimate", func(p *surProblem) *string { return &p.options.Method }))...)

func addBootstrap(name string, result []Column, write func(*sur.Bootstrap) *Table) bool {
	return add(Function{
		Name: "_" + name, Args: surArgs, Options: surBootstrapOptions.declared(), Result: result,
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			p, err := readSur(args, surBootstrapOptions)
			if err != nil {
				return nil, err
			}
			p.options.MethodName = "estimator"
			if method := equation.Key(p.bootstrap.Method); slices.Contains(sur.Methods, method) {
				return nil, fmt.Errorf("method %q is unknown: choose among 'residual', 'wild' and 'parametric' (how to estimate is estimator := '%s')", p.bootstrap.Method, method)
			}
			fit, err := p.estimate(ctx)
			if err != nil {
				return nil, err
			}
			b, err := fit.Bootstrap(ctx, p.bootstrap)
			if err != nil {
				return nil, p.explain(err)
			}
			return write(b), nil
		}),
	})
}

// _sur_bootstrap: intervals, a row per parameter.
var _ = addBootstrap("sur_bootstrap", surBootstrapColumns, func(b *sur.Bootstrap) *Table {
	t := Rows(surBootstrapColumns)
	for _, p := range b.Parameters {
		t.Append(p.Name, p.Estimate, p.StdError, p.StdDev, p.Bias, p.Lower, p.Upper, p.BCLower, p.BCUpper, b.Succeeded, b.Failed)
	}
	return t
})

// _sur_bootstrap_draws: the estimates of every successful replication.
var _ = addBootstrap("sur_bootstrap_draws", surDrawColumns, func(b *sur.Bootstrap) *Table {
	t := Rows(surDrawColumns)
	for i, r := range b.Replication {
		for k, p := range b.Parameters {
			t.Append(r, p.Name, b.Draws[k][i])
		}
	}
	return t
})
