package sur

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/long"
	"utvandring/udf/reference"
	"utvandring/udf/refusal"
)

// The reference case specification_search (run.R there): all subsets of Longley's
// regressors and of a dynamic equation by R's leaps and own code, and all pairs of subsets of
// two equations by iterated SUR. Log-likelihoods to 1e-7, ranks exactly.
func TestReferenceSearch(t *testing.T) {
	const dir = "../../testdata/reference/specification_search/"
	system4 := reference.ReadPanel(t, "../../testdata/reference/robust_systems/system4.csv")
	pair := strings.ReplaceAll("emi_# = $const# + $b#*lag(emi_#) + $n#*an_# + $r#*ln(lag(relinnt)) + $u#*lag(led)", "#", "1")
	for _, c := range []struct {
		name, method, signs string
		minT                float64
		panel               *equation.Panel
		formulas            []string
	}{
		{"longley", "ols", "gnp > 0, unemp < 0, arm < 0", 2, longley(t, dir+"longley.csv"),
			[]string{"Employed = $const + $defl*GNP_deflator + $gnp*GNP + $unemp*Unemployed + $arm*Armed_Forces + $pop*Population + $trend*trend"}},
		{"report1", "ols", "b > 0, n > 0, r < 0, u < 0, u0 < 0, m > 0", 1.7, system4,
			[]string{"emi_1 = $const + $b*lag(emi_1) + $n*an_1 + $r*ln(lag(relinnt)) + $u*lag(led) + $u0*led + $m*lag(emi_2) + $t*(year - 1990)"}},
		{"report_pair", "isur", "b1 > 0, b2 > 0, n1 > 0, n2 > 0, r1 < 0, r2 < 0, u1 < 0, u2 < 0", 1.7, system4,
			[]string{pair, strings.NewReplacer("_1", "_2", "const1", "const2", "$b1", "$b2", "$n1", "$n2", "$r1", "$r2", "$u1", "$u2").Replace(pair)}},
	} {
		signs, err := ParseSigns([]string{c.signs})
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Method: c.method}
		if c.method == "ols" {
			o.Divisor = "T-k"
		}
		out, err := SearchModel(context.Background(), model(t, c.formulas...), c.panel, o, SearchOptions{Signs: signs, MinT: c.minT})
		if err != nil || out.Failed > 0 {
			t.Fatal(err, out)
		}
		file := reference.ReadCSV(t, dir+"expected_"+c.name+".csv")
		column := map[string]int{}
		for i, name := range file[0] {
			column[name] = i
		}
		want := map[string][]string{}
		for _, row := range file[1:] {
			key := row[0]
			if c.name == "report_pair" {
				key = suffixed(row[0], "1") + "|" + suffixed(row[1], "2")
			} else if key == "(constant only)" {
				key = ""
			}
			want[key] = row
		}
		if len(out.Specifications) != len(want) {
			t.Fatalf("%s: %d specifications instead of %d", c.name, len(out.Specifications), len(want))
		}
		for _, s := range out.Specifications {
			var own [2][]string
			for _, name := range s.Kept {
				switch {
				case strings.HasPrefix(name, "const"):
				case c.name == "report_pair" && strings.HasSuffix(name, "2"):
					own[1] = append(own[1], name)
				default:
					own[0] = append(own[0], name)
				}
			}
			key := strings.Join(own[0], "+")
			if c.name == "report_pair" {
				key += "|" + strings.Join(own[1], "+")
			}
			row, ok := want[key]
			if !ok {
				t.Fatalf("%s: no %q is expected", c.name, key)
			}
			number := func(name string) float64 {
				x, err := strconv.ParseFloat(row[column[name]], 64)
				if err != nil {
					x = 0
				}
				return x
			}
			for name, x := range map[string]float64{"loglik": s.LogLikelihood, "aic": s.AIC, "bic": s.BIC, "adjusted_r2": s.AdjustedR2} {
				if _, ok := column[name]; ok && math.Abs(x-number(name)) > 1e-7 {
					t.Errorf("%s %s: %s = %.12g, want %.12g", c.name, key, name, x, number(name))
				}
			}
			for name, n := range map[string]int{"rank_aic_admissible": s.RankAIC, "rank_bic_admissible": s.RankBIC, "rank_adjusted_r2_admissible": s.RankAdjusted} {
				if _, ok := column[name]; ok && n != int(number(name)) {
					t.Errorf("%s %s: %s = %d, want %g", c.name, key, name, n, number(name))
				}
			}
			if s.SignsOK != (row[column["signs_ok"]] == "TRUE") || s.TOK != (row[column["t_ok"]] == "TRUE") {
				t.Errorf("%s %s: signs %v, t %v, want %s, %s", c.name, key, s.SignsOK, s.TOK, row[column["signs_ok"]], row[column["t_ok"]])
			}
		}
	}
}

func suffixed(names, with string) string {
	if names == "" {
		return ""
	}
	return strings.Join(strings.Split(names, "+"), with+"+") + with
}

// longley has points in the names of its columns, and no year but that column.
func longley(t *testing.T, file string) *equation.Panel {
	rows := reference.ReadCSV(t, file)
	year := 0
	var names []string
	for i, name := range rows[0] {
		if strings.EqualFold(name, "year") {
			year = i
		}
		names = append(names, strings.ReplaceAll(name, ".", "_"))
	}
	data := make([][]float64, len(names))
	var years []int64
	for _, row := range rows[1:] {
		for i, cell := range row {
			x, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			data[i] = append(data[i], x)
			if i == year {
				years = append(years, int64(x))
			}
		}
	}
	return newPanel(t, years, names, data)
}

// Each specification is what Estimate makes of its formulas, also with a parameter that
// two equations share, in a sample with a gap, without any constant, and with standard
// errors that look at the years.
func TestSpecificationsAreEstimates(t *testing.T) {
	d := sizeDesign{lags: true, shared: true, years: 40, method: "isur"}
	panel := d.draw(rand.New(rand.NewPCG(1, 1)), 0.5, false)
	formulas := []string{"y1 = $a1 + $b1*lag(y1) + $g*lag(led)", "y2 = $a2 + $c*an2 + $g*lag(led)", "y3 = $a3 + 2*lag(rel) + $c*an3"}
	for n, keep := range [][]string{nil, {}, {"g", "A1"}} {
		stdErrors := []string{"classical", "hc1", "hac"}[n]
		out, err := SearchModel(context.Background(), model(t, formulas...), panel, Options{StdErrors: stdErrors}, SearchOptions{Keep: keep, MinT: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range out.Specifications {
			kept := map[string]bool{}
			for _, name := range s.Kept {
				kept[name] = true
			}
			var list []Restriction
			for _, name := range []string{"a1", "b1", "g", "a2", "c", "a3"} {
				if !kept[name] {
					r := restrictions(t, name+" = 0")
					list = append(list, r...)
				}
			}
			f := estimate(t, model(t, formulas...), panel, Options{Restrictions: list, StdErrors: stdErrors})
			near(t, strings.Join(s.Kept, " "), s.LogLikelihood, f.LogLikelihood, 1e-9)
			near(t, "bic", s.BIC, f.Summary().BIC, 1e-9)
			low := slices.ContainsFunc(f.Parameters, func(p Parameter) bool {
				always := keep == nil && p.Name[0] == 'a' || indexOf(keep, p.Name) >= 0
				return kept[p.Name] && !always && !(math.Abs(p.T) >= 2)
			})
			if s.TOK == low {
				t.Errorf("%v: t is %v", s.Kept, s.TOK)
			}
		}
		if want := map[int]int{0: 8, 1: 64, 2: 16}[map[bool]int{true: 0, false: 1}[keep == nil]+len(keep)/2]; len(out.Specifications)+out.Failed != want {
			t.Errorf("%v: %d specifications instead of %d", keep, len(out.Specifications), want)
		}
	}
}

func TestSearchErrors(t *testing.T) {
	d := sizeDesign{years: 22, method: "ols"}
	panel := d.draw(rand.New(rand.NewPCG(1, 1)), 0.5, false)
	m := model(t, "y1 = $a + $b*lag(rel) + $c*an1")
	for _, c := range []struct {
		o    SearchOptions
		want string
	}{
		{SearchOptions{Keep: []string{"z"}}, "keep: parameter z is used nowhere"},
		{SearchOptions{Signs: map[string]int{"z": 1}}, "signs: parameter z is used nowhere"},
		{SearchOptions{MinT: -1}, "min_t must be 0 or more"},
	} {
		_, err := SearchModel(context.Background(), m, panel, Options{Method: "ols"}, c.o)
		refusal.Says(t, err, c.want, c.o)
	}
	many := "y1 = $a"
	for i := range 21 {
		many += fmt.Sprintf(" + $b%d*(year > %d)", i, 1990+i)
	}
	_, err := SearchModel(context.Background(), model(t, many), panel, Options{Method: "ols"}, SearchOptions{})
	refusal.Says(t, err, "2^21 specifications")
	for text, want := range map[string]string{"b": "not a parameter with its sign", "b > 1": "not a parameter", "b >": "not a parameter", "b > 0, b < 0": "positive and negative", "": "not a parameter"} {
		_, err := ParseSigns([]string{text})
		refusal.Says(t, err, want, text)
	}
	signs, err := ParseSigns([]string{"$b > 0, 0 > C", "d<0"})
	if err != nil || signs["b"] != 1 || signs["c"] != -1 || signs["d"] != -1 {
		t.Error(signs, err)
	}
}

// How often does the best of all specifications have a p-value below 0.05, and a search_p,
// where none of five candidates, one of them the lagged left side, has an effect? Of 1000
// samples of 22 years (SEARCH=1000).
func TestSearchedTValues(t *testing.T) {
	samples, replications := long.Runs(40, 8), 39
	if n, err := strconv.Atoi(os.Getenv("SEARCH")); err == nil {
		samples, replications = n, 99
	}
	d := sizeDesign{years: 22, method: "ols"}
	m := model(t, "noise = $a + $b*lag(noise) + $c1*an1 + $c2*an2 + $c3*an3 + $c4*an4")
	naive, searched := 0.0, 0.0
	for k := range samples {
		rng := rand.New(rand.NewPCG(uint64(k), 7))
		p := d.draw(rng, 0.5, false)
		noise := make([]float64, len(p.Year))
		for i := range noise {
			noise[i] = rng.NormFloat64()
		}
		panel := newPanel(t, p.Year, append(p.Names[:len(p.Names):len(p.Names)], "noise"), append(p.Data[:len(p.Data):len(p.Data)], noise))
		list, err := SearchedParameters(context.Background(), m, panel, Options{Method: "ols", Divisor: "T-k", Distribution: "t"}, SearchOptions{}, "bic",
			BootstrapOptions{Method: "residual", Replications: replications, Seed: int64(k)})
		if err != nil {
			t.Fatal(err)
		}
		low, lowSearched := 1.0, 1.0
		for _, q := range list {
			low, lowSearched = min(low, q.P), min(lowSearched, q.SearchP)
		}
		if low < 0.05 {
			naive++
		}
		if lowSearched <= 0.05 {
			searched++
		}
	}
	t.Logf("%.3f have a p-value below 0.05, %.3f a search_p", naive/float64(samples), searched/float64(samples))
	for _, c := range []struct{ got, want float64 }{{naive / float64(samples), 0.248}, {searched / float64(samples), 0.045}} {
		if math.Abs(c.got-c.want) > 3.5*math.Sqrt(c.want*(1-c.want)/float64(samples)) {
			t.Errorf("%.3f instead of %.3f", c.got, c.want)
		}
	}
}
