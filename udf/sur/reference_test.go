package sur

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// reference is a case of testdata/reference: see the README there.
type reference struct {
	Name      string
	Equations []string
	Names     []string `json:"equation_names"`
	Method    string
	Sample    struct{ From, To int64 }
	Gold      referenceFit
	Variants  map[string]referenceFit
	Expected  referenceFit
}

type referenceFit struct {
	Params []struct {
		Name      string
		Estimate  flexible
		Std_error flexible
		T         flexible
	}
	Resid_cov [][]flexible
	Loglik    flexible
	Equations []struct {
		R2, Dw, Ssr                                                  flexible
		Lm_het_stat_yhat2, Lm_het_p, Lm_het_stat_yhat, Lm_het_p_yhat flexible
	}
	System struct{ Bp_diag_stat, Bp_diag_df, Bp_diag_p flexible }
}

// flexible is a number written as a number or as text.
type flexible float64

func (f *flexible) UnmarshalJSON(b []byte) error {
	x, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	*f = flexible(x)
	return err
}

const referenceDir = "../../testdata/reference"

func readReference(t testing.TB, name string) (*reference, *Model, *equation.Panel) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(referenceDir, name, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c reference
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	panel := readPanel(t, filepath.Join(referenceDir, name, "data.csv"))
	// The cases write parameters bare: what is no column is a parameter.
	word := regexp.MustCompile(`[A-Za-z_]\w*`)
	var formulas []string
	for _, e := range c.Equations {
		formulas = append(formulas, word.ReplaceAllStringFunc(e, func(w string) string {
			if _, ok := panel.Column(w); ok {
				return w
			}
			return "$" + w
		}))
	}
	m, err := NewModel(c.Names, formulas)
	if err != nil {
		t.Fatal(err)
	}
	return &c, m, panel
}

func readPanel(t testing.TB, path string) *equation.Panel {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var years []int64
	data := make([][]float64, len(rows[0])-1)
	for _, row := range rows[1:] {
		year, err := strconv.ParseInt(row[0], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		years = append(years, year)
		for i, cell := range row[1:] {
			x, err := strconv.ParseFloat(cell, 64)
			if err != nil {
				t.Fatal(err)
			}
			data[i] = append(data[i], x)
		}
	}
	p, err := equation.NewPanel(years, rows[0][1:], data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// near compares to a relative tolerance.
func near(t *testing.T, what string, got float64, want flexible, tolerance float64) {
	t.Helper()
	if w := float64(want); !(math.Abs(got-w) <= tolerance*math.Abs(w)) {
		t.Errorf("%s = %.15g, want %.15g (relative difference %.1e)", what, got, w, math.Abs(got-w)/math.Abs(w))
	}
}

func (want *referenceFit) compare(t *testing.T, f *Fit, tolerance float64) {
	t.Helper()
	for i, p := range want.Params {
		got := f.Parameters[i]
		if got.Name != p.Name {
			t.Fatalf("parameter %d is %s, want %s", i, got.Name, p.Name)
		}
		near(t, p.Name, got.Estimate, p.Estimate, tolerance)
		if p.Std_error != 0 {
			near(t, "standard error of "+p.Name, got.StdError, p.Std_error, tolerance)
			near(t, "t of "+p.Name, got.T, p.T, tolerance)
		}
	}
	for i, row := range want.Resid_cov {
		for j, c := range row {
			near(t, fmt.Sprintf("residual covariance %d %d", i, j), f.ResidualCovariance[i][j], c, tolerance)
		}
	}
	if want.Loglik != 0 {
		near(t, "log-likelihood", f.LogLikelihood, want.Loglik, tolerance)
	}
	d := f.Diagnose(1)
	for i, e := range want.Equations {
		near(t, "R²", d[i].R2, e.R2, tolerance)
		near(t, "Durbin–Watson", d[i].DurbinWatson, e.Dw, tolerance)
		near(t, "sum of squares", d[i].SSR, e.Ssr, tolerance)
		near(t, "LM het", d[i].LMHet, e.Lm_het_stat_yhat2, 10*tolerance)
		near(t, "LM het p", d[i].LMHetP, e.Lm_het_p, 10*tolerance)
		near(t, "LM het, fitted", d[i].LMHetFitted, e.Lm_het_stat_yhat, 10*tolerance)
		near(t, "LM het p, fitted", d[i].LMHetFittedP, e.Lm_het_p_yhat, 10*tolerance)
	}
	if b := want.System; b.Bp_diag_stat != 0 {
		s := f.Summary()
		near(t, "Breusch–Pagan", s.Diagonal, b.Bp_diag_stat, 10*tolerance)
		near(t, "Breusch–Pagan p", s.DiagonalP, b.Bp_diag_p, 100*tolerance)
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
			f, err := Estimate(context.Background(), m, panel, o)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d iterations, condition %.3g", f.Iterations, f.Summary().Condition)
			c.Gold.compare(t, f, 1e-9)
			c.Expected.compare(t, f, 2e-9)
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
				f, err := Estimate(context.Background(), m, panel, o)
				if err != nil {
					t.Fatal(err)
				}
				want.compare(t, f, 2e-9)
			})
		}
	}
}
