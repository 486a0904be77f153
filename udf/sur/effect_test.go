package sur

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"utvandring/udf/long"
	"utvandring/udf/reference"
)

const functionsOfParameters = "../../testdata/reference/functions_of_parameters/"

// effectCases are those of the reference case functions_of_parameters (run.R there): the
// systems, the functions by their names there, hypotheses and ratios.
func effectCases(t *testing.T) map[string]*Fit {
	report := []string{}
	for i := 1; i <= 2; i++ {
		report = append(report, strings.ReplaceAll("emi_# = $a# + $b#*lag(emi_#) + $c*an_# + $e#*ln(lag(relinnt)) + $g*lag(led)", "#", fmt.Sprint(i)))
	}
	macro := []string{"ln(consumption) = $a1 + $b1*lag(ln(consumption)) + $y1*ln(dpi) + $r1*lag(interest)",
		"ln(invest) = $a2 + $b2*lag(ln(invest)) + $y2*ln(gdp) + $r2*lag(interest)"}
	report2, usmacro := reference.ReadPanel(t, functionsOfParameters+"report2.csv"), reference.ReadPanel(t, functionsOfParameters+"usmacro.csv")
	third := int64(3) // interest is known from the second quarter
	return map[string]*Fit{
		"report2.isur":        estimate(t, model(t, report...), report2, Options{}),
		"report2.sur_geomean": estimate(t, model(t, report...), report2, Options{Method: "sur", Divisor: "geomean"}),
		"report2.ols":         estimate(t, model(t, report...), report2, Options{Method: "ols"}),
		"usmacro.isur":        estimate(t, model(t, macro...), usmacro, Options{First: &third}),
		"usmacro.ols":         estimate(t, model(t, macro[0]), usmacro, Options{First: &third, Method: "ols", Divisor: "geomean"}),
	}
}

var effectTexts = map[string][][2]string{
	"report2": {{"lr1", "g/(1-b1)"}, {"lr2", "g/(1-b2)"}, {"lrc1", "c/(1-b1)"}, {"lre2", "e2/(1-b2)"}, {"meanlag1", "b1/(1-b1)"}, {"halflife2", "ln(0.5)/ln(b2)"}},
	"usmacro": {{"inc1", "y1/(1-b1)"}, {"int1", "r1/(1-b1)"}, {"inc2", "y2/(1-b2)"}, {"int2", "r2/(1-b2)"}},
}

var effectHypotheses = map[string][][2]string{
	"report2": {{"equal_long_run", "g/(1-b1) - g/(1-b2) = 0"}, {"both_zero", "g/(1-b1) = 0, g/(1-b2) = 0"},
		{"product_form", "g*(1-b2) = g*(1-b1)"}, {"three", "g/(1-b1) = g/(1-b2), e1/(1-b1) = e2/(1-b2)"}},
	"usmacro": {{"unit_elasticity1", "y1/(1-b1) = 1"}, {"equal_income", "y1/(1-b1) = y2/(1-b2)"}, {"joint", "y1/(1-b1) - 1 = 0, y2/(1-b2) - 1 = 0"}},
}

// Estimates, standard errors, Fieller's sets and Wald statistics of R's car and own code,
// which agree there; a relative 1e-7, and 1e-6 of the badly scaled usmacro.
func TestReferenceEffects(t *testing.T) {
	want := reference.ReadExpected(t, functionsOfParameters+"expected.csv")
	kinds := map[string]string{"interval": Interval, "two rays": Rays, "whole line": Line}
	for tag, f := range effectCases(t) {
		data, _, _ := strings.Cut(tag, ".")
		tolerance := map[string]float64{"report2": 1e-7, "usmacro": 1e-6}[data]
		for _, name := range effectTexts[data] {
			if tag == "usmacro.ols" && strings.HasSuffix(name[0], "2") {
				continue
			}
			effects := func(level float64, distribution string) Effect {
				g := f
				if distribution == "t" {
					o := f.system.options
					o.Distribution = "t"
					g = estimate(t, f.Model, f.system.panel, o)
				}
				list := effectsOf(t, g, []string{name[1]}, BootstrapOptions{Level: level})
				return list[0]
			}
			for set, e := range map[string]Effect{"normal": effects(0.95, ""), "t": effects(0.95, "t"), "normal999": effects(0.999, ""), "normal999999": effects(1-1e-6, "")} {
				near(t, tag+" estimate "+name[0], e.Estimate, want.Of(tag+".nl_estimate", name[0], ""), tolerance)
				near(t, tag+" se "+name[0], e.StdError, want.Of(tag+".nl_se", name[0], ""), tolerance)
				item := tag + ".fieller_" + set + "." + name[0]
				kind := want.Text(item, "kind", "")
				if kind == "" {
					continue
				}
				if e.Ratio != kinds[kind] {
					t.Errorf("%s: %s instead of %s", item, e.Ratio, kind)
				}
				near(t, tag+" lower", e.Lower, want.Of(tag+".delta_"+set+"."+name[0], "lower", ""), tolerance)
				near(t, tag+" upper", e.Upper, want.Of(tag+".delta_"+set+"."+name[0], "upper", ""), tolerance)
				if !want.Has(item, "lower", "") { // of the line
					if !math.IsNaN(e.FiellerLower) || !math.IsNaN(e.FiellerUpper) {
						t.Errorf("%s: the line has ends", item)
					}
					continue
				}
				near(t, item, e.FiellerLower, want.Of(item, "lower", ""), tolerance)
				near(t, item, e.FiellerUpper, want.Of(item, "upper", ""), tolerance)
			}
		}
		for _, h := range effectHypotheses[data] {
			if tag == "usmacro.ols" && h[0] != "unit_elasticity1" {
				continue
			}
			list, err := ParseHypotheses(h[1])
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.Test(context.Background(), list)
			if err != nil {
				t.Fatal(err)
			}
			near(t, tag+" Wald "+h[0], got.Wald, want.Of(tag+".wald."+h[0], "chi2", ""), 10*tolerance)
			near(t, tag+" p "+h[0], got.WaldP, want.Of(tag+".wald."+h[0], "p", ""), 10*tolerance)
			if want := want.Of(tag+".wald."+h[0], "df", ""); float64(got.DF) != want {
				t.Errorf("%s: df %d", h[0], got.DF)
			}
		}
	}
}

// Quantiles of draws against R's Monte Carlo, to five per cent of their distance.
func TestReferenceEffectDraws(t *testing.T) {
	long.Test(t)
	want := reference.ReadExpected(t, functionsOfParameters+"expected.csv")
	for tag, f := range effectCases(t) {
		data, _, _ := strings.Cut(tag, ".")
		if !strings.HasSuffix(tag, ".isur") {
			continue
		}
		for _, name := range effectTexts[data] {
			list := effectsOf(t, f, []string{name[1]}, BootstrapOptions{Level: 0.95, Replications: 20_000, Seed: 3, Method: "normal"})
			item := tag + ".mc_parameter_draws." + name[0]
			low, high := want.Of(item, "q0.025", ""), want.Of(item, "q0.975", "")
			for q, x := range map[string]float64{"q0.025": list[0].DrawLower, "q0.5": list[0].Median, "q0.975": list[0].DrawUpper} {
				if math.Abs(x-want.Of(item, q, "")) > 0.05*(high-low) {
					t.Errorf("%s %s: %g instead of %g", item, q, x, want.Of(item, q, ""))
				}
			}
		}
	}
}

// Fieller's set against what it is defined by: the values θ at which the t-test of
// n − θd = 0 does not reject, on a grid, and with the parameters moved by restrictions.
func TestFiellerInvertsTheTest(t *testing.T) {
	f := effectCases(t)["report2.ols"]
	for _, text := range []string{"g/(1-b1)", "-0.1*(c + e2)/(1 - b2)", "2 - g/(1-b1)", "g*(1/(1-b1))", "b1/(1-b1)", "1/(1-b2)", "(g - 2*c)/(e1 + 3)/4"} {
		for _, level := range long.Rows([]float64{0.5, 0.9, 0.99, 0.9999999, 1 - 1e-12}, 2) {
			list := effectsOf(t, f, []string{text}, BootstrapOptions{Level: level})
			e := list[0]
			if e.Ratio == "" {
				t.Fatalf("%s is no ratio", text)
			}
			c := distuv.UnitNormal.Quantile((1 + level) / 2)
			for theta := -40.0; theta < 40; theta += 0.507 {
				// The hypothesis n − θd = 0 written out: (text − θ) times its denominator.
				denominator := map[bool]string{true: "(1-b1)", false: "(1-b2)"}[strings.Contains(text, "b1")]
				if strings.Contains(text, "e1") {
					denominator = "(e1 + 3)"
				}
				h := effectsOf(t, f, []string{fmt.Sprintf("(%s - %.17g)*%s", text, theta, denominator)}, BootstrapOptions{Level: 0.9})
				// At θ the derivative of (n/d − θ)d is that of n − θd only if both vanish: so linear.
				fun, _ := parseEffect(f.Model.all, text)
				q, _ := quotientOf(f.Model.all, fun.node)
				variance, gap := 0.0, q.n0-theta*q.d0
				for i := range q.n {
					gap += (q.n[i] - theta*q.d[i]) * f.Parameters[i].Estimate
					for j := range q.n {
						variance += (q.n[i] - theta*q.d[i]) * (q.n[j] - theta*q.d[j]) * f.Covariance[i*len(q.n)+j]
					}
				}
				near(t, "n − θd", h[0].Estimate, gap, 1e-6+1e-9*math.Abs(theta))
				accepted := math.Abs(gap) <= c*math.Sqrt(variance)
				inside := e.Ratio == Line || e.Ratio == Interval && theta >= e.FiellerLower && theta <= e.FiellerUpper ||
					e.Ratio == Rays && (theta <= e.FiellerLower || theta >= e.FiellerUpper)
				if accepted != inside {
					t.Fatalf("%s at %g, level %g: accepted %v, in the set (%s %g %g) %v", text, theta, level, accepted, e.Ratio, e.FiellerLower, e.FiellerUpper, inside)
				}
			}
		}
	}
}

// The likelihood ratio of a nonlinear hypothesis: the same however it is written, that of
// the linear form where there is one, and at a maximum which restricts the parameters so.
func TestLikelihoodRatioOfNonlinearHypotheses(t *testing.T) {
	f := effectCases(t)["report2.isur"]
	test := func(text string) *Hypothesis {
		t.Helper()
		list, err := ParseHypotheses(text)
		if err != nil {
			t.Fatal(err)
		}
		h, err := f.Test(context.Background(), list)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	// g/(1−b1) = g/(1−b2) holds where b1 = b2 (or g = 0), which is linear.
	linear, ratio, product := test("b1 = b2"), test("g/(1-b1) = g/(1-b2)"), test("g*(1-b2) = g*(1-b1)")
	near(t, "ratio", ratio.LR, linear.LR, 1e-8)
	near(t, "product", product.LR, linear.LR, 1e-8)
	if math.Abs(ratio.Wald-product.Wald) < 0.1 {
		t.Errorf("the Wald statistics do not depend on the form: %g, %g", ratio.Wald, product.Wald)
	}
	if ratio.Text != "g/(1-b1) = g/(1-b2)" {
		t.Errorf("hypothesis %q", ratio.Text)
	}
	// e1/(1−b1) = 0.3 is the linear e1 + 0.3 b1 = 0.3; exp and squares of it, too.
	linear = test("e1 + 0.3*b1 = 0.3")
	for _, text := range []string{"e1/(1-b1) = 0.3", "exp(e1/(1-b1)) = exp(0.3)", "e1 = 0.3*(1-b1)", "(e1 + 2)/(1-b1) - 2/(1-b1) = 0.3, b1 + b2 = b1 + b2*1"} {
		if strings.Contains(text, "b2*1") {
			if _, err := ParseHypotheses(text); err == nil {
				t.Error("a restriction that says nothing is read")
			}
			continue
		}
		near(t, text, test(text).LR, linear.LR, 1e-7)
	}
	// A joint test: along the restricted set the likelihood is nowhere higher. With the
	// second restriction g = 0.1(1 − b1) a grid over b1 tells.
	h := test("g/(1-b1) = -0.1, e1/(1-b1) = 0.3")
	best := math.Inf(-1)
	for b1 := -0.5; b1 < 1.2; b1 += 0.01 {
		list := restrictions(t, fmt.Sprintf("b1 = %.17g, g = %.17g, e1 = %.17g", b1, -0.1*(1-b1), 0.3*(1-b1)))
		o := f.system.options
		o.Restrictions = list
		best = max(best, estimate(t, f.Model, f.system.panel, o).LogLikelihood)
	}
	if h.RestrictedLogLike < best || h.RestrictedLogLike > best+0.05 {
		t.Errorf("restricted maximum %g, on a grid %g", h.RestrictedLogLike, best)
	}
	if h := test("g/(1-b1) = 0, g/(1-b2) = 0"); !strings.Contains(h.WithoutLR, "fewer than are written") || !math.IsNaN(h.LR) {
		t.Errorf("two restrictions that are one have a likelihood ratio: %+v", h)
	}
}

func TestEffectErrors(t *testing.T) {
	f := effectCases(t)["report2.ols"]
	for text, want := range map[string]string{
		"g/(1-b3)":  "parameter b3 is used nowhere in the model",
		"g/(1-b":    `effect "g/(1-b"`,
		"g/(b1-b1)": "division by zero",
		"ln(g-g)":   "has no value at the estimates",
		"1/2":       "names no parameter",
		"":          "is empty",
		"g = 0":     "is an equation",
		"lag(g)":    "has no lag",
		"g, c":      "several effects are a list",
	} {
		_, err := f.Effects(context.Background(), []string{"c", text}, BootstrapOptions{Level: 0.95})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, o := range []BootstrapOptions{{Level: 1}, {Level: 0.9, Replications: -1}, {Level: 0.9, Replications: 10, Method: "x"}} {
		if _, err := f.Effects(context.Background(), []string{"g"}, o); err == nil {
			t.Errorf("%+v is no error", o)
		}
	}
	// A fixed parameter has no error, and its functions have none.
	list := restrictions(t, "b1 = 0.5, g = 0.1")
	o := f.system.options
	o.Restrictions = list
	fixed := estimate(t, f.Model, f.system.panel, o)
	e := effectsOf(t, fixed, []string{"g/(1-b1)", "c/(1-b1)"}, BootstrapOptions{Level: 0.95, Replications: 20, Method: "residual"})
	if e[0].Estimate != 0.2 || !math.IsNaN(e[0].StdError) || e[0].Ratio != "" || !math.IsNaN(e[0].Median) {
		t.Errorf("of fixed parameters: %+v", e[0])
	}
	c := fixed.Parameters[slices.IndexFunc(fixed.Parameters, func(p Parameter) bool { return p.Name == "c" })]
	near(t, "c/0.5", e[1].StdError, 2*c.StdError, 1e-12)
	near(t, "c/0.5 by Fieller", e[1].FiellerLower, e[1].Lower, 1e-12)
}
