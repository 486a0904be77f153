package simulate

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/reference"
)

// Long runs by rational arithmetic: testdata/reference/long_run, made by the run.py
// beside it. Levels of 1e12, shocks of 1e-3, roots of 0.99999 and of −1, unit roots that
// a shock does not reach.
func TestLongRunOfReferenceCases(t *testing.T) {
	const dir = "../../testdata/reference/long_run/"
	text := reference.ReadFile(t, dir+"cases.json")
	var cases []struct {
		Case     string
		Formulas []string
		Level    float64 `json:"base_level_x"`
		Shocks   []string
		Size     []float64
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	want := reference.ReadCSV(t, dir+"expected.csv")
	compared := 0
	for _, c := range cases {
		columns := map[string][]float64{}
		for _, name := range []string{"y", "z", "u", "x", "w"} {
			for range 14 {
				columns[name] = append(columns[name], c.Level)
			}
		}
		p, err := newSystem(t, formulas(c.Formulas...)).Bind(panelOf(t, columns), []Coefficient{{"m", "c", 0.1 * c.Level}}, Options{})
		if err != nil && strings.Contains(err.Error(), "used nowhere") {
			p, err = newSystem(t, formulas(c.Formulas...)).Bind(panelOf(t, columns), nil, Options{})
		}
		if err != nil {
			t.Fatalf("%s: %v", c.Case, err)
		}
		var shocks []Shock
		for k, name := range c.Shocks {
			shocks = append(shocks, Shock{Variable: name, Size: c.Size[k]})
		}
		r, err := p.Multipliers(context.Background(), shocks)
		if err != nil {
			t.Fatalf("%s: %v", c.Case, err)
		}
		for _, row := range want[1:] {
			if row[0] != c.Case {
				continue
			}
			j := indexOf(c.Shocks, row[1])
			i, err := p.System().Find(row[3])
			if err != nil {
				t.Fatal(err)
			}
			for n, k := range map[int]int{4: 0, 5: 1, 6: 2, 7: 10} {
				relative(t, c.Case+" "+row[3]+" response", r.Change[j][i][k], number(t, row[n]))
			}
			verdict := strings.TrimPrefix(row[11], "no long run: ")
			if strings.HasPrefix(verdict, "root -1") {
				verdict = "unit root"
			}
			if got := r.Verdict[j][i].String(); got != verdict {
				t.Errorf("%s: %s of %s is %s, want %s", c.Case, row[3], row[1], got, verdict)
			}
			if row[8] == "" {
				if !math.IsNaN(r.LongRun[j][i]) {
					t.Errorf("%s: long run of %s is %g, want none", c.Case, row[3], r.LongRun[j][i])
				}
				continue
			}
			relative(t, c.Case+" "+row[3]+" long run", r.LongRun[j][i], number(t, row[8]))
			compared++
		}
	}
	if compared < 14 {
		t.Errorf("%d long runs compared", compared)
	}
}

func relative(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*math.Abs(want)) {
		t.Errorf("%s: %.17g, want %.17g", what, got, want)
	}
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func indexOf(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

// Not linear: ln(y) = a + b·ln(lag(y)) + c·ln(x) rests at ln(y) = (a + c·ln(x))/(1 − b),
// a logistic y = r·lag(y)·(1 − lag(y)) + x with r = 2, x = 0 at 1/2, and with x at the root of
// 2y² − y − x = 0; with r = 3.5 it never rests.
func TestLongRunOfNonlinearSystems(t *testing.T) {
	ones := func(v float64) []float64 { return []float64{v, v, v, v, v} }
	for _, c := range []struct {
		formula, verdict string
		x, size, want    float64
	}{
		{"ln(y) = 0.3 + 0.8*ln(lag(y)) + 0.5*ln(x)", "stable", 2, 1, math.Exp((0.3+0.5*math.Log(3))/0.2) - math.Exp((0.3+0.5*math.Log(2))/0.2)},
		{"ln(y) = 0.3 + 0.999*ln(lag(y)) + 0.0005*ln(x)", "stable", 2, 1, math.Exp((0.3+0.0005*math.Log(3))/0.001) - math.Exp((0.3+0.0005*math.Log(2))/0.001)},
		{"y = 2*lag(y)*(1 - lag(y)) + x", "stable", 0, 0.1, (1+math.Sqrt(1+8*0.1))/4 - 0.5},
		{"y = 3.5*lag(y)*(1 - lag(y)) + x", "explosive", 0, 0.001, math.NaN()},
		{"y = lag(y)^1 * exp(x)", "unit root", 0, 0.001, math.NaN()},
	} {
		p := bound(t, newSystem(t, formulas(c.formula)), panelOf(t, map[string][]float64{"y": ones(0.4), "x": ones(c.x)}), nil, Options{})
		r, err := p.Multipliers(context.Background(), []Shock{{Variable: "x", Size: c.size}})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Verdict[0][0].String(); got != c.verdict {
			t.Errorf("%s: %s, want %s", c.formula, got, c.verdict)
		}
		if got := r.LongRun[0][0]; !(math.Abs(got-c.want) <= 1e-9*math.Abs(c.want)) && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s: long run %.15g, want %.15g", c.formula, got, c.want)
		}
	}
}

// Random stable systems of three equations with two lags, simultaneous and with
// exogenous coefficients: the solved long run is where a simulation of 4000 years goes,
// and the changes are the differences of two simulations.
func TestLongRunIsWhereSimulationGoes(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	signed := func(r *rand.Rand, size float64) string {
		return strconv.FormatFloat((2*r.Float64()-1)*size, 'f', 6, 64)
	}
	for n := range long.Runs(40, 4) {
		f := make([]string, 3)
		for i := range f {
			f[i] = string("abc"[i]) + " = 1 + x"
			for j := range f {
				f[i] += " + " + signed(random, 0.25) + "*lag(" + string("abc"[j]) + ") + " + signed(random, 0.1) + "*lag(" + string("abc"[j]) + ", 2)"
				if j != i {
					f[i] += " + " + signed(random, 0.2) + "*" + string("abc"[j]) + "*w"
				}
			}
		}
		const years = 4000
		panel := map[string][]float64{}
		for _, name := range []string{"a", "b", "c", "x", "w"} {
			for k := range years {
				panel[name] = append(panel[name], 1)
				if name == "w" && k < 50 {
					panel[name][k] = 1 - float64(k%3)/10
				}
			}
		}
		p := bound(t, newSystem(t, formulas(f...)), panelOf(t, panel), nil, Options{})
		shocks := []Shock{{Variable: "x", Size: 0.5}, {Variable: "b", Size: 2}}
		r, err := p.Multipliers(context.Background(), shocks)
		if err != nil {
			t.Fatal(err)
		}
		found, err := p.find(shocks)
		if err != nil {
			t.Fatal(err)
		}
		other := &Response{}
		if err := p.simulateChanges(context.Background(), p.sys.slopes(), found, other); err != nil {
			t.Fatal(err)
		}
		for j := range shocks {
			for i := range f {
				for _, k := range []int{0, 1, 7, 60, years - 3} {
					near(t, f[i], r.Change[j][i][k], other.Change[j][i][k], 1e-9)
				}
				if r.Verdict[j][i] != Stable {
					t.Fatalf("system %d is %v", n, r.Verdict[j][i])
				}
				near(t, "long run", r.LongRun[j][i], other.Change[j][i][years-3], 1e-9)
				near(t, "long run by Newton", other.LongRun[j][i], r.LongRun[j][i], 1e-9)
			}
		}
	}
}
