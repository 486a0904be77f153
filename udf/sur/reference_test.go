package sur

import (
	"fmt"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
)

func readReference(t testing.TB, name string) (*reference.Case, *Model, *equation.Panel) {
	t.Helper()
	c := reference.ReadCase(t, "../../testdata/reference", name)
	m, err := NewModel(c.Names, c.Formulas)
	if err != nil {
		t.Fatal(err)
	}
	return c, m, c.Panel
}

func compare(t *testing.T, f *Fit, want reference.Fit, tolerance float64) {
	t.Helper()
	for i, p := range want.Parameters {
		got := f.Parameters[i]
		if got.Name != p.Name {
			t.Fatalf("parameter %d is %s, want %s", i, got.Name, p.Name)
		}
		near(t, p.Name, got.Estimate, p.Estimate, tolerance)
		if p.StdError != 0 {
			near(t, "standard error of "+p.Name, got.StdError, p.StdError, tolerance)
			near(t, "t of "+p.Name, got.T, p.T, tolerance)
		}
	}
	for i, row := range want.ResidualCovariance {
		for j, c := range row {
			near(t, fmt.Sprintf("residual covariance %d %d", i, j), f.ResidualCovariance[i][j], c, tolerance)
		}
	}
	if want.LogLikelihood != 0 {
		near(t, "log-likelihood", f.LogLikelihood, want.LogLikelihood, tolerance)
	}
	d := f.Diagnose(1)
	for i, e := range want.Equations {
		near(t, "R²", d[i].R2, e.R2, tolerance)
		near(t, "Durbin–Watson", d[i].DurbinWatson, e.DurbinWatson, tolerance)
		near(t, "sum of squares", d[i].SSR, e.SSR, tolerance)
		near(t, "LM het", d[i].LMHet, e.LMHet, 10*tolerance)
		near(t, "LM het p", d[i].LMHetP, e.LMHetP, 10*tolerance)
		near(t, "LM het, fitted", d[i].LMHetFitted, e.LMHetFitted, 10*tolerance)
		near(t, "LM het p, fitted", d[i].LMHetFittedP, e.LMHetFittedP, 10*tolerance)
	}
}

// TestGold: the 60-digit values of each case, to a relative 1e-9.
func TestGold(t *testing.T) {
	for _, name := range []string{"grunfeld5", "grunfeld5_restricted", "kmenta"} {
		t.Run(name, func(t *testing.T) {
			c, m, panel := readReference(t, name)
			o := Options{}
			if name == "kmenta" {
				o.Method = "sur" // the iterated likelihood is unbounded
			}
			f := estimate(t, m, panel, o)
			t.Logf("%d iterations, condition %.3g", f.Iterations, f.Summary().Condition)
			compare(t, f, c.Gold, 1e-9)
			compare(t, f, c.Expected, 2e-9)
		})
	}
}

// TestVariants: systemfit's numbers. Its iterations stop at a change of 1e-12,
// which in the slow case leaves an error of 1e-10 in the estimates.
func TestVariants(t *testing.T) {
	for _, name := range []string{"grunfeld5", "grunfeld5_restricted", "kmenta"} {
		c, m, panel := readReference(t, name)
		for variant, want := range c.Variants {
			t.Run(name+" "+variant, func(t *testing.T) {
				o, ok := map[string]Options{
					"two_step_T":       {Method: "sur"},
					"two_step_geomean": {Method: "sur", Divisor: "T-k"},
					"iterated_geomean": {Method: "isur", Divisor: "geomean"},
					"ols":              {Method: "ols"},
				}[variant]
				if !ok {
					t.Fatalf("no such variant")
				}
				f := estimate(t, m, panel, o)
				compare(t, f, want, 2e-9)
			})
		}
	}
}
