package simulate

import (
	"context"
	"math"
	"strconv"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
	"utvandring/udf/refusal"
)

// Two equations estimated to 2012 and simulated from 2013 to 2020:
// testdata/reference/residuals_carried, made by the run.R beside it.
const carriedCase = "../../testdata/reference/residuals_carried/"

func carriedSystem(t *testing.T) (*System, *equation.Panel, []Coefficient) {
	var coefficients []Coefficient
	for _, row := range reference.ReadCSV(t, carriedCase+"coefficient.csv")[1:] {
		v := number(t, row[1])
		coefficients = append(coefficients, Coefficient{"m", row[0], v})
	}
	system := newSystem(t, []Equation{
		{"m", "emi_1", "emi_1 = $a1 + $b1*lag(emi_1) + $c*an_1 + $e1*ln(lag(relinnt)) + $g*lag(led)"},
		{"m", "emi_2", "emi_2 = $a2 + $b2*lag(emi_2) + $c*an_2 + $e2*ln(lag(relinnt)) + $g*lag(led)"},
	})
	return system, reference.ReadPanel(t, carriedCase+"data.csv"), coefficients
}

func carriedExpected(t *testing.T) map[[3]string]float64 {
	want := map[[3]string]float64{}
	for _, row := range reference.ReadCSV(t, carriedCase+"expected.csv")[1:] {
		v := number(t, row[3])
		want[[3]string{row[0], row[1], row[2]}] = v
	}
	return want
}

func years(first, last int64) Span { return Span{&first, &last} }

func TestCarriedResidualsOfTheReferenceCase(t *testing.T) {
	system, panel, coefficients := carriedSystem(t)
	want := carriedExpected(t)
	last5, sample := years(2008, 2012), years(1991, 2012)
	compared := 0
	for item, r := range map[string]Residuals{
		"path.none":                      {},
		"path.last":                      {Carry: LastResidual},
		"path.mean_sample":               {Carry: MeanResiduals},
		"path.mean_last5":                {Carry: MeanResiduals, Years: &last5},
		"path.decay_0.6":                 {Carry: DecayingResidual, Decay: 0.6},
		"path.decay_0.6_from_mean_last5": {Carry: DecayingResidual, Decay: 0.6, Years: &last5},
	} {
		for _, r.Estimation = range []map[string]Span{nil, {"M": sample}} {
			p := bound(t, system, panel, coefficients, Options{First: 2013, Residuals: r})
			path := pathOf(t, p)
			for i, e := range system.Equations() {
				for k, year := range path.Years {
					w, ok := want[[3]string{item, e.Name, strconv.FormatInt(year, 10)}]
					if !ok {
						t.Fatalf("%s has no %s of %d", item, e.Name, year)
					}
					near(t, item+" "+e.Name, path.Simulated[i][k], w, 1e-10)
					compared++
				}
			}
		}
	}
	if compared != 6*2*2*8 {
		t.Errorf("%d values compared", compared)
	}
}

// Inside the sample the last residual is that of the year before, whatever is known of
// later ones; by hand with y = $a + x, whose residual is y - a - x: 1, 2, 4, 8 … in
// 2000, 2001 ….
func TestCarriedResidualsByHand(t *testing.T) {
	y := []float64{11, 22, 34, 48, 66, math.NaN()}
	x := []float64{0, 10, 20, 30, 40, 50}
	panel := panelOf(t, map[string][]float64{"y": y, "x": x, "z": {1, 1, math.NaN(), 1, 1, 1}})
	span := years(2001, 2002)
	for _, c := range []struct {
		what    string
		options Options
		want    map[int64]float64 // y - x
	}{
		{"last", Options{First: 2003, Residuals: Residuals{Carry: LastResidual}}, map[int64]float64{2003: 14, 2004: 14, 2005: 14}},
		{"decay", Options{First: 2003, Residuals: Residuals{Carry: DecayingResidual, Decay: 0.5}}, map[int64]float64{2003: 12, 2004: 11, 2005: 10.5}},
		{"no decay", Options{First: 2003, Residuals: Residuals{Carry: DecayingResidual, Decay: 1}}, map[int64]float64{2005: 14}},
		{"all at once", Options{First: 2003, Residuals: Residuals{Carry: DecayingResidual}}, map[int64]float64{2003: 10, 2005: 10}},
		{"mean of the sample", Options{First: 2004, Residuals: Residuals{Carry: MeanResiduals}}, map[int64]float64{2004: 10 + 31.0/5, 2005: 10 + 31.0/5}},
		{"mean of the estimation", Options{First: 2004, Residuals: Residuals{Carry: MeanResiduals, Estimation: map[string]Span{"m": span}}}, map[int64]float64{2004: 13, 2005: 13}},
		{"mean of years", Options{First: 2004, Residuals: Residuals{Carry: MeanResiduals, Years: &span}}, map[int64]float64{2004: 13, 2005: 13}},
		{"mean of years, decaying", Options{First: 2004, Residuals: Residuals{Carry: DecayingResidual, Years: &span, Decay: 0.5}}, map[int64]float64{2004: 11.5, 2005: 10.75}},
		// 2003 and 2004 are taken as observed, so that 2005 is the first simulated year.
		{"observed years", Options{First: 2003, Exogenous: []Exogenous{{"y", 2003, 2004}}, Residuals: Residuals{Carry: LastResidual}},
			map[int64]float64{2003: 18, 2004: 26, 2005: 26}},
		{"with an add-factor", Options{First: 2004, AddFactors: []AddFactor{{"y", 2005, 100}}, Residuals: Residuals{Carry: LastResidual}}, map[int64]float64{2004: 18, 2005: 118}},
	} {
		system := newSystem(t, formulas("y = $a + x", "w = y + z"))
		panel := panel
		if c.options.Exogenous == nil {
			panel = panelOf(t, map[string][]float64{"y": y, "x": x, "z": {1, 1, 1, 1, 1, 1}, "w": {0, 0, 0, 0, 0, 0}})
		} else {
			system = newSystem(t, formulas("y = $a + x"))
		}
		p, err := system.Bind(panel, []Coefficient{{"m", "a", 10}}, c.options)
		if err != nil {
			t.Fatal(c.what, err)
		}
		path, err := p.Run(context.Background())
		if err != nil {
			t.Fatal(c.what, err)
		}
		for year, want := range c.want {
			near(t, c.what, path.Simulated[0][year-path.Years[0]]-x[year-2000], want, 1e-12)
		}
		if len(path.Simulated) > 1 { // an identity holds, whatever the data say
			near(t, "identity", path.Simulated[1][0], path.Simulated[0][0]+1, 1e-12)
		}
	}
	// What a year lacks: z is missing in 2002, so that 2001 is the last complete year.
	system := newSystem(t, formulas("y = $a + x", "q = $a*z"))
	panel = panelOf(t, map[string][]float64{"y": y, "x": x, "z": {1, 1, math.NaN(), 1, 1, 1}, "q": {20, 30, 40, 50, math.NaN(), math.NaN()}})
	a := []Coefficient{{"m", "a", 10}}
	p := bound(t, system, panel, a, Options{First: 2003, Residuals: Residuals{Carry: DecayingResidual, Decay: 0.5}})
	path := pathOf(t, p)
	near(t, "q two years after", path.Simulated[1][0], 10+20*0.25, 1e-12)

	bad, early := years(2001, 2003), years(1990, 2001)
	for _, c := range []struct {
		formulas []string
		first    int64
		r        Residuals
		want     string
	}{
		{[]string{"y = $a + x", "q = $a*z"}, 2003, Residuals{Carry: MeanResiduals, Years: &bad}, "equation 2: residual_years: it has no residual in 2002"},
		{[]string{"y = $a + x"}, 2003, Residuals{Carry: MeanResiduals, Years: &early}, "residual_years: 1990 to 2001 are not all in the panel (2000 to 2005)"},
		{[]string{"y = $a + x"}, 2000, Residuals{Carry: LastResidual}, "equation 1: the panel has no year before 2000 with all that its residual needs"},
		{[]string{"y = $a + x", "unseen = $a*x"}, 2003, Residuals{Carry: LastResidual}, "equation 2: the panel has no year before 2003"},
		{[]string{"unseen = $a*x"}, 2003, Residuals{Carry: MeanResiduals}, "equation 1: the panel has no year of the estimation"},
		{[]string{"y = $a + x"}, 2003, Residuals{Carry: DecayingResidual, Decay: 1.1}, "residual_decay is 1.1, not between -1 and 1"},
	} {
		_, err := newSystem(t, formulas(c.formulas...)).Bind(panel, a, Options{First: c.first, Residuals: c.r})
		refusal.Says(t, err, c.want, c.formulas)
	}
}

// Draws around a carried path leave it where it is, and spread as V = sum of A^j S A'^j says.
func TestDrawsAroundACarriedPath(t *testing.T) {
	const n = 20000
	system, panel, coefficients := carriedSystem(t)
	want := carriedExpected(t)
	p := bound(t, system, panel, coefficients, Options{First: 2013, Residuals: Residuals{Carry: LastResidual}})
	var s []Covariance
	for at, v := range want {
		if at[0] == "residual_covariance_T" {
			s = append(s, Covariance{"m", at[1], at[2], v})
		}
	}
	source := normalOf(t, p, s)
	spread := stochastic(t, []*Problem{p}, Stochastic{Replications: n, Seed: 3, Residuals: source})[0]
	for i, e := range system.Equations() {
		for k, year := range p.Years() {
			text := strconv.FormatInt(year, 10)
			sd := want[[3]string{"sd.residual_draws", e.Name, text}]
			near(t, "sd of "+e.Name+" "+text, spread.Level[i][k].SD, sd, 4.5*sd/math.Sqrt(2*n))
			near(t, "mean of "+e.Name+" "+text, spread.Level[i][k].Mean, want[[3]string{"path.last", e.Name, text}], 4.5*sd/math.Sqrt(n))
		}
	}
}
