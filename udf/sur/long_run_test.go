package sur

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
)

// The long run against where simulating with a shock of 1 comes to rest, its standard
// error against numerical derivatives of that; one equation also against sur_effect.
func TestLongRunOfAModel(t *testing.T) {
	panel := reference.ReadPanel(t, functionsOfParameters+"report2.csv")
	f := estimate(t, model(t,
		"emi_1 = $a1 + $b1*lag(emi_1) + $m*lag(emi_2, 2) + $c*an_1 + $e*ln(lag(relinnt)) + $g*lag(led) + $h*led",
		"diff(emi_2) = $a2 - $b2*lag(emi_2) + $m*lag(emi_1) + 0.5*an_2 + $e*2*ln(lag(relinnt, 2)) + $c*(an_1 + an_2)/2"), panel, Options{Method: "ols"})
	// In levels, with the parameters in the order a1 b1 m c e g h a2 b2.
	rest := func(b []float64, an1, an2, income, led float64) [2]float64 {
		var y, before [2]float64
		for range 5000 {
			next := [2]float64{
				b[1]*y[0] + b[2]*before[1] + b[3]*an1 + b[4]*income + (b[5]+b[6])*led,
				(1-b[8])*y[1] + b[2]*y[0] + 0.5*an2 + 2*b[4]*income + b[3]*(an1+an2)/2,
			}
			before, y = y, next
		}
		return y
	}
	shocks := map[string][4]float64{"an_1": {1, 0, 0, 0}, "an_2": {0, 1, 0, 0}, "ln(relinnt)": {0, 0, 1, 0}, "led": {0, 0, 0, 1}}
	list, err := f.LongRun()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 8 {
		t.Fatalf("%d rows: %+v", len(list), list)
	}
	names := []string{"a1", "b1", "m", "c", "e", "g", "h", "a2", "b2"}
	b := f.estimates()
	for i, name := range names {
		if f.index(name) != i {
			t.Fatalf("%s stands at %d", name, f.index(name))
		}
	}
	for _, r := range list {
		shock, variable := shocks[r.Shock], 0
		if r.Variable == "emi_2" {
			variable = 1
		}
		at := func(b []float64) float64 { return rest(b, shock[0], shock[1], shock[2], shock[3])[variable] }
		near(t, r.Variable+" "+r.Shock, r.Effect, at(b), 1e-9)
		gradient := make([]float64, len(b))
		for k := range b {
			const h = 1e-6
			up, down := append([]float64(nil), b...), append([]float64(nil), b...)
			up[k], down[k] = b[k]+h, b[k]-h
			gradient[k] = (at(up) - at(down)) / (2 * h)
		}
		variance := 0.0
		for i := range b {
			for j := range b {
				variance += gradient[i] * gradient[j] * f.Covariance[i*len(b)+j]
			}
		}
		near(t, r.Variable+" "+r.Shock+" error", r.StdError, math.Sqrt(variance), 1e-6)
	}

	one := effectCases(t)["report2.isur"]
	list, err = one.LongRun()
	if err != nil {
		t.Fatal(err)
	}
	e := effectsOf(t, one, []string{"c/(1-b1)", "e1/(1-b1)", "g/(1-b1)", "e2/(1-b2)", "g/(1-b2)", "c/(1-b2)"}, BootstrapOptions{Level: 0.95})
	for i, r := range list {
		near(t, r.Variable+" "+r.Shock, r.Effect, e[i].Estimate, 1e-12)
		near(t, r.Variable+" "+r.Shock, r.StdError, e[i].StdError, 1e-12)
	}
}

func TestVerdictOfTheLongRun(t *testing.T) {
	panel := reference.ReadPanel(t, functionsOfParameters+"report2.csv")
	formulas := []string{"emi_1 = $a1 + $b1*lag(emi_1) + $c1*an_1", "emi_2 = $a2 + $b2*lag(emi_2) + $m*lag(emi_1) + $c2*an_2"}
	for restriction, want := range map[string]string{
		"b2 = 0.5, b1 = 0.5": "emi_1 an_1 stable, emi_2 an_1 stable, emi_2 an_2 stable",
		"b2 = 1, b1 = 0.5":   "emi_1 an_1 stable, emi_2 an_1 unit root, emi_2 an_2 unit root",
		"b2 = -1, b1 = 0.5":  "emi_1 an_1 stable, emi_2 an_1 unit root, emi_2 an_2 unit root",
		"b1 = 1.2, b2 = 0.5": "emi_1 an_1 explosive, emi_2 an_1 explosive, emi_2 an_2 stable", // which no root of emi_1 stands before
		"b1 = 1.2, m = 0":    "emi_1 an_1 explosive, emi_2 an_2 stable",
	} {
		r := restrictions(t, restriction)
		list, err := estimate(t, model(t, formulas...), panel, Options{Method: "ols", Restrictions: r}).LongRun()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			got = append(got, r.Variable+" "+r.Shock+" "+r.Verdict)
			if (r.Verdict == Stable) == math.IsNaN(r.Effect) {
				t.Errorf("%s: %+v", restriction, r)
			}
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%s: %s instead of %s", restriction, text, want)
		}
	}
	for formula, want := range map[string]string{
		"emi_1 = $a + $b*ln(lag(emi_1)) + $c*an_1":      "not linear in emi_1",
		"ln(emi_1) = $a + $b*lag(emi_1) + $c*an_1":      "not linear in ln(emi_1)",
		"emi_1/an_1 = $a + $b*lag(emi_1)/an_1 + $c*led": "different years",
	} {
		f := estimate(t, model(t, formula), panel, Options{Method: "ols"})
		if _, err := f.LongRun(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", formula, err)
		}
	}
	// An identity in between.
	f := estimate(t, model(t, "emi_1 = $a + $b*lag(total) + $c*an_1", "total = emi_1 + 2*an_2", "unused = emi_1*an_1"), withTotal(t), Options{Method: "ols"})
	list, err := f.LongRun()
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.Effects(context.Background(), []string{"c/(1-b)", "2*b/(1-b)", "c/(1-b)", "2/(1-b)"}, BootstrapOptions{Level: 0.95})
	if err != nil || len(list) != 4 {
		t.Fatal(err, list)
	}
	for i, r := range list {
		near(t, r.Variable+" "+r.Shock, r.Effect, e[i].Estimate, 1e-12)
		near(t, r.Variable+" "+r.Shock, r.StdError, e[i].StdError, 1e-12)
	}
}

// withTotal is the panel of report2 with total = emi_1 + 2 an_2.
func withTotal(t *testing.T) *equation.Panel {
	p := reference.ReadPanel(t, functionsOfParameters+"report2.csv")
	total := make([]float64, len(p.Year))
	for i := range total {
		y, _ := p.Column("emi_1")
		x, _ := p.Column("an_2")
		total[i] = p.Data[y][i] + 2*p.Data[x][i]
	}
	return newPanel(t, p.Year, append(slices.Clone(p.Names), "total"), append(slices.Clone(p.Data), total))
}
