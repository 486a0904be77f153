package sur

import (
	"context"
	"math"
	"strconv"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
)

const gaps = "../../testdata/reference/gaps/"

// gapPanel reads a file whose first column numbers the periods.
func gapPanel(t *testing.T, name string) *equation.Panel {
	records := reference.ReadCSV(t, gaps+name)
	var year []int64
	var names []string
	var data [][]float64
	var null [][]bool
	for i, column := range records[0] {
		if column == "quarter" {
			continue
		}
		if i > 0 {
			names, data, null = append(names, column), append(data, nil), append(null, nil)
		}
		for _, row := range records[1:] {
			v, err := strconv.ParseFloat(row[i], 64)
			if i == 0 {
				year = append(year, int64(v))
				continue
			}
			k := len(names) - 1
			data[k], null[k] = append(data[k], v), append(null[k], err != nil)
		}
	}
	p, err := equation.NewPanel(year, names, data, null)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Periods without a row, or without a value, are left out where a formula needs them,
// at whatever lag: the periods used, the estimates, and what compares residuals with
// those of the period before, which a gap does not make neighbours, are those of systemfit on rows
// prepared on a full grid (testdata/reference/gaps, run.R beside them).
func TestGapsInTheYears(t *testing.T) {
	want := map[string]map[string]float64{} // item → parameter or number → value
	for _, r := range reference.ReadCSV(t, gaps+"expected.csv")[1:] {
		v, err := strconv.ParseFloat(r[3], 64)
		if err != nil {
			continue
		}
		if want[r[0]] == nil {
			want[r[0]] = map[string]float64{}
		}
		want[r[0]][r[1]] = v
	}
	quarterly := []string{"ln(consumption) = $a1 + $b1*lag(ln(consumption)) + $y1*ln(dpi) + $r1*lag(interest)",
		"ln(invest) = $a2 + $b2*lag(ln(invest)) + $y2*(ln(gdp) - lag(ln(gdp), 4)) + $r2*lag(interest)"}
	annual := []string{"emi_1 = $a1 + $b1*lag(emi_1) + $c*an_1 + $u1*lag(led)", "emi_2 = $a2 + $b2*lag(emi_2) + $d*an_2 + $u2*lag(led)"}
	year := func(y int64) *int64 { return &y }
	compared := 0
	for _, c := range []struct {
		tag, file string
		formulas  []string
		o         Options
	}{
		{"rows_missing", "quarterly.csv", quarterly, Options{}},
		{"values_missing", "quarterly_values_missing.csv", quarterly, Options{}},
		{"rows_missing_sample", "quarterly.csv", quarterly, Options{First: year(40), Last: year(150)}},
		{"annual", "annual.csv", annual, Options{}},
	} {
		m, err := NewModel([]string{"1", "2"}, c.formulas)
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range []string{"ols", "sur", "isur"} {
			o := c.o
			o.Method = method
			f, err := Estimate(context.Background(), m, gapPanel(t, c.file), o)
			if err != nil {
				t.Fatalf("%s %s: %v", c.tag, method, err)
			}
			if n := want[c.tag+".n"][""]; float64(len(f.Years)) != n {
				t.Fatalf("%s: %d periods, want %g", c.tag, len(f.Years), n)
			}
			for k, y := range f.Years {
				if used := want[c.tag+".used"][strconv.Itoa(k+1)]; used != float64(y) {
					t.Fatalf("%s: period %d is %d, want %g", c.tag, k, y, used)
				}
			}
			for _, p := range f.Parameters {
				for item, got := range map[string]float64{"estimate": p.Estimate, "se": p.StdError} {
					w, ok := want[c.tag+"."+method+"."+item][p.Name]
					if !ok {
						t.Fatalf("%s: no %s of %s", c.tag, item, p.Name)
					}
					if !(math.Abs(got-w) <= 1e-7*math.Abs(w)) {
						t.Errorf("%s %s %s of %s: %.12g, want %.12g", c.tag, method, item, p.Name, got, w)
					}
					compared++
				}
			}
			for i, d := range f.Diagnose(1) {
				for item, got := range map[string]float64{"dw_pairs_within_blocks": d.DurbinWatson, "bg1_zero_at_gaps": d.BreuschGodfreyChi2} {
					w, ok := want[c.tag+"."+method+"."+item]["eq"+strconv.Itoa(i+1)]
					if !(ok && math.Abs(got-w) <= 1e-6*math.Abs(w)+1e-9) {
						t.Errorf("%s %s %s of equation %d: %.12g, want %.12g", c.tag, method, item, i+1, got, w)
					}
					compared++
				}
			}
			if b, err := f.Bootstrap(context.Background(), BootstrapOptions{Replications: 10, Level: 0.9, Method: "residual"}); err != nil || b.Succeeded < 5 {
				t.Errorf("%s: bootstrap: %v", c.tag, err)
			}
		}
	}
	if compared < 200 {
		t.Errorf("%d numbers compared", compared)
	}
}

// What gaps leave of the years must not look like autocorrelation where there is none:
// of three years in four, with a lagged left side, only every other year of the sample
// has the one before it, and the tests reject about 5 per cent as with all years. Of
// years five apart they say nothing.
func TestAutocorrelationWithGaps(t *testing.T) {
	m := model(t, "y = $a + $b*lag(y) + $c*x")
	const samples = 300
	rejected := map[string]int{}
	for seed := range uint64(samples) {
		p := random(t, seed, 160, "y", "x")
		y := p.Data[0]
		for i := 1; i < len(y); i++ {
			y[i] += 0.4*y[i-1] + p.Data[1][i]
		}
		var year []int64
		data := make([][]float64, 2)
		for i := range y {
			if i%4 != 3 {
				year = append(year, p.Year[i])
				data[0], data[1] = append(data[0], y[i]), append(data[1], p.Data[1][i])
			}
		}
		f := estimate(t, m, newPanel(t, year, []string{"y", "x"}, data), Options{})
		d := f.Diagnose(1)[0]
		_, _, portmanteau := f.Portmanteau(1)
		for test, p := range map[string]float64{"durbin_h": d.DurbinHP, "durbin_alternative": d.AlternativeP, "portmanteau": portmanteau} {
			if p < 0.05 {
				rejected[test]++
			}
		}
	}
	for _, test := range []string{"durbin_h", "durbin_alternative", "portmanteau"} {
		// Of the lagged left side's residuals the portmanteau rejects less.
		if share := float64(rejected[test]) / samples; share > 0.1 || share < 0.02 && test != "portmanteau" {
			t.Errorf("%s rejects %.3f of what is true", test, share)
		}
	}

	p := random(t, 1, 20, "y", "x")
	for i := range p.Year {
		p.Year[i] = 1900 + 5*int64(i)
	}
	f := estimate(t, model(t, "y = $a + $b*x"), p, Options{})
	d := f.Diagnose(1)[0]
	portmanteau, _, _ := f.Portmanteau(1)
	for test, v := range map[string]float64{"durbin_watson": d.DurbinWatson, "durbin_watson_p": d.DurbinWatsonP,
		"breusch_godfrey": d.BreuschGodfrey, "breusch_godfrey_chi2_p": d.BreuschGodfreyChi2P, "portmanteau": portmanteau} {
		if !math.IsNaN(v) {
			t.Errorf("%s of years five apart is %g", test, v)
		}
	}
}
