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

// bootstrapArgs follow those of every estimation: replications, seed, method, level.
const bootstrapArgs = 4

func readBootstrap(args []Value) (o sur.BootstrapOptions, err error) {
	n, err := args[0].Int()
	if err != nil {
		return o, fmt.Errorf("replications %w", err)
	}
	if n < 1 || n > 10_000_000 {
		return o, fmt.Errorf("replications must lie between 1 and 10000000, not %d", n)
	}
	o.Replications = int(n)
	if o.Seed, err = args[1].Int(); err != nil {
		return o, fmt.Errorf("seed %w", err)
	}
	if o.Method, err = args[2].Text(); err != nil {
		return o, fmt.Errorf("method %w", err)
	}
	if slices.Contains([]string{"isur", "sur", "ols"}, equation.Key(o.Method)) {
		return o, fmt.Errorf("method %q is unknown: choose among 'residual', 'wild' and 'parametric' (how to estimate is estimator := '%s')", o.Method, equation.Key(o.Method))
	}
	if o.Level, err = args[3].Float(); err != nil {
		return o, fmt.Errorf("level %w", err)
	}
	return o, nil
}

func addBootstrap(name string, result []Column, write func(*sur.Bootstrap) *Table) bool {
	return add(Function{
		Name: "_" + name, Args: surArgs + bootstrapArgs, Result: result,
		Run: prefixed(name, func(ctx context.Context, args []Value) (*Table, error) {
			p, err := readSurBy("estimator", args)
			if err != nil {
				return nil, err
			}
			o, err := readBootstrap(args[surArgs:])
			if err != nil {
				return nil, err
			}
			fit, err := p.estimate(ctx)
			if err != nil {
				return nil, err
			}
			b, err := fit.Bootstrap(ctx, o)
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
