package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
	"utvandring/udf/normal"
	"utvandring/udf/quantile"
)

// EffectDraws are the ways to draw.
var EffectDraws = append(slices.Clone(BootstrapMethods), "normal")

// Effect is a function of the parameters, such as a long run g/(1 − b).
type Effect struct {
	Text     string // without $
	Estimate float64
	// StdError is by the delta method, sqrt(J V J'), J the exact derivative; NaN where only
	// fixed parameters stand in it. Lower and Upper are Estimate ∓ c StdError.
	StdError, Lower, Upper float64
	// Of a ratio of linear functions: Fieller's set at the same c. Ratio is Interval,
	// Rays or Line; "" of other functions. The ends are NaN of Line.
	Ratio                        string
	FiellerLower, FiellerUpper   float64
	DF                           float64 // of c: that of t of the parameters in it, on average; infinite: normal
	DrawLower, Median, DrawUpper float64 // quantiles of the draws (at p(n+1)); NaN without
	Draws                        int     // that have a value
}

// Effects computes functions of the parameters. It is an error where a text is no
// expression, names what is no parameter, or has no value or derivative at the estimates.
// The options say how to draw, with Method one of EffectDraws: by "normal" parameters are
// drawn from N(b, V), without estimating anew. No replications: no draws.
func (f *Fit) Effects(ctx context.Context, texts []string, o BootstrapOptions) ([]Effect, error) {
	if len(texts) == 0 {
		return nil, errors.New("effects is an empty list (write ['g/(1 - b)'])")
	}
	if !(o.Level > 0 && o.Level < 1) {
		return nil, fmt.Errorf("level must lie between 0 and 1, such as 0.95, not %g", o.Level)
	}
	if o.Replications < 0 {
		return nil, fmt.Errorf("replications must be 0 (no draws) or more, not %d", o.Replications)
	}
	all, b := f.Model.all, f.estimates()
	n := len(all)
	covariance := mat.NewDense(n, n, slices.Clone(f.Covariance))
	var list []*function
	var effects []Effect
	for _, text := range texts {
		fun, err := parseEffect(all, text)
		if err != nil {
			return nil, err
		}
		j := mat.NewDense(1, n, nil)
		if err := fun.gradient(all, b, j.RawRowView(0)); err != nil {
			return nil, err
		}
		var v mat.Dense
		v.Product(j, covariance, j.T())
		e := Effect{Text: fun.text, Estimate: fun.value(all, b), StdError: positiveRoot(v.At(0, 0)), DF: f.freedomOfParameters(fun.at)}
		c := twoSided(o.Level, e.DF)
		e.Lower, e.Upper = e.Estimate-c*e.StdError, e.Estimate+c*e.StdError
		e.FiellerLower, e.FiellerUpper = math.NaN(), math.NaN()
		if q, ok := quotientOf(all, fun.node); ok && slices.ContainsFunc(q.d, func(x float64) bool { return x != 0 }) {
			e.Ratio, e.FiellerLower, e.FiellerUpper = q.fieller(b, covariance, c)
		}
		list, effects = append(list, fun), append(effects, e)
	}
	return effects, f.drawEffects(ctx, list, effects, o)
}

// estimates are those of all parameters.
func (f *Fit) estimates() []float64 {
	b := make([]float64, len(f.Parameters))
	for k, p := range f.Parameters {
		b[k] = p.Estimate
	}
	return b
}

func parseEffect(all []string, text string) (*function, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "$", ""))
	if text == "" {
		return nil, errors.New("an effect is empty (write ['g/(1 - b)'])")
	}
	node, err := equation.ParseExpr(text)
	if err != nil {
		hint := ""
		if strings.Contains(text, ",") {
			hint = " (several effects are a list: ['g/(1 - b)', 'c/(1 - b)'])"
		}
		return nil, fmt.Errorf("effect %q: %s%s", equation.Excerpt(text), strings.ReplaceAll(err.Error(), "the formula", "the effect"), hint)
	}
	if e, ok := node.(*equation.Binary); ok && e.Op == "=" {
		return nil, fmt.Errorf("effect %q is an equation: a hypothesis is tested by sur_test", equation.Excerpt(text))
	}
	fun, err := functionOf(all, text, node)
	if err != nil {
		return nil, fmt.Errorf("effect %w", err)
	}
	return fun, nil
}

// drawEffects fills in the quantiles of the draws. A draw at which a function has no
// value (1 − b = 0, the logarithm of a negative number) is left out of its own quantiles.
// Moments are not given: those of a ratio do not exist.
func (f *Fit) drawEffects(ctx context.Context, list []*function, effects []Effect, o BootstrapOptions) error {
	for i := range effects {
		effects[i].DrawLower, effects[i].Median, effects[i].DrawUpper = math.NaN(), math.NaN(), math.NaN()
	}
	if o.Replications == 0 {
		return nil
	}
	draws, err := f.parameterDraws(ctx, o)
	if err != nil {
		return err
	}
	values, b := make([]float64, 0, len(draws[0])), make([]float64, len(draws))
	for i, fun := range list {
		values = values[:0]
		for r := range draws[0] {
			for k := range b {
				b[k] = draws[k][r]
			}
			if x := fun.value(f.Model.all, b); !math.IsNaN(x) && !math.IsInf(x, 0) {
				values = append(values, x)
			}
		}
		e := &effects[i]
		if e.Draws = len(values); e.Draws == 0 || math.IsNaN(e.StdError) {
			continue
		}
		slices.Sort(values)
		tail := (1 - o.Level) / 2
		e.DrawLower, e.Median, e.DrawUpper = quantile.Sorted(values, tail), quantile.Sorted(values, 0.5), quantile.Sorted(values, 1-tail)
	}
	return nil
}

// parameterDraws are draws of all parameters, a slice for each.
func (f *Fit) parameterDraws(ctx context.Context, o BootstrapOptions) ([][]float64, error) {
	if indexOf(EffectDraws, o.Method) < 0 {
		return nil, fmt.Errorf("draws %q is unknown: choose among %s", o.Method, quoteAll(EffectDraws))
	}
	if equation.Key(o.Method) != "normal" {
		boot, err := f.Bootstrap(ctx, o)
		if err != nil {
			return nil, err
		}
		return boot.Draws, nil
	}
	if o.Replications > 10_000_000 {
		return nil, fmt.Errorf("replications must be at most 10000000, not %d", o.Replications)
	}
	n := len(f.Parameters)
	distribution, err := normal.New("the covariance of the estimates", n, f.Covariance)
	if err != nil {
		return nil, err
	}
	draws := make([][]float64, n)
	for k := range draws {
		draws[k] = make([]float64, o.Replications)
	}
	rng := rand.New(rand.NewPCG(uint64(o.Seed), 0))
	z, x := make([]float64, n), make([]float64, n)
	for r := range o.Replications {
		distribution.Draw(rng, z, x)
		for k, p := range f.Parameters {
			draws[k][r] = p.Estimate + x[k]
		}
	}
	return draws, ctx.Err()
}
