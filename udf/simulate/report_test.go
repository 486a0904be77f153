package simulate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
)

// The report's models with their published coefficients, from the files that are
// shipped (tables 4.2-4.10).
func reportModels(t testing.TB, models ...string) ([]Equation, []Coefficient) {
	t.Helper()
	read := func(file string) [][]string { return reference.ReadCSV(t, "../../sql/data/"+file)[1:] }
	var equations []Equation
	for _, row := range read("equation.csv") {
		if slices.Contains(models, row[0]) {
			equations = append(equations, Equation{row[0], row[1], row[3]})
		}
	}
	var coefficients []Coefficient
	for _, row := range read("published_coefficient.csv") {
		v := number(t, row[3])
		coefficients = append(coefficients, Coefficient{row[0], row[1], v})
	}
	return equations, coefficients
}

var groups = []string{"k1", "k2", "k3", "k4", "k5", "k6", "m1", "m2", "m3", "m4", "m5", "m6"}

// reportPanel is 1990-2013 with the shipped macro series and made-up, varying
// frequencies and shares.
func reportPanel(t testing.TB) *equation.Panel {
	macro := reference.ReadPanel(t, "../../sql/data/macro.csv")
	macro.Names, macro.Data = macro.Names[:len(macro.Names)-1], macro.Data[:len(macro.Data)-1] // without year
	names, data := macro.Names, macro.Data
	add := func(name string, f func(t int) float64) {
		column := make([]float64, len(macro.Year))
		for t := range column {
			column[t] = f(t)
		}
		names, data = append(names, name), append(data, column)
	}
	for i, g := range groups {
		add("emi_"+g, func(t int) float64 { return 0.03 + 0.002*float64((t*7+i*3)%11) })
		add("anko_"+g, func(t int) float64 { return 0.2 + 0.01*float64((t*5+i)%13) })
		add("anme_"+g, func(t int) float64 { return 0.2 + 0.01*float64((t*3+i*2)%7) })
	}
	for j := 1; j <= 3; j++ {
		add(fmt.Sprintf("beh%d", j), func(t int) float64 { return 5e4 * float64(j) * (1 + 0.05*float64(t)) })
	}
	add("trend", func(t int) float64 { return float64(t + 1) })
	panel, err := equation.NewPanel(macro.Year, names, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return panel
}

// all36 is the nine models in one system: the variables of country group j get
// the suffix _j, as the three groups use the same names.
func all36(t testing.TB) ([]Equation, []Coefficient, *equation.Panel) {
	var equations []Equation
	var coefficients []Coefficient
	panel := reportPanel(t)
	names, data := slices.Clone(panel.Names), slices.Clone(panel.Data)
	for j := 1; j <= 3; j++ {
		e, c := reportModels(t, fmt.Sprintf("4.%d", j), fmt.Sprintf("4.%d", j+3), fmt.Sprintf("4.%d", j+6))
		coefficients = c
		for _, eq := range e {
			for _, prefix := range []string{"emi", "anko", "anme"} {
				for _, g := range groups {
					eq.Formula = strings.ReplaceAll(eq.Formula, prefix+"_"+g, fmt.Sprintf("%s_%s_%d", prefix, g, j))
				}
			}
			equations = append(equations, eq)
		}
		for i, n := range panel.Names {
			if strings.Contains(n, "_") {
				names, data = append(names, fmt.Sprintf("%s_%d", n, j)), append(data, panel.Data[i])
			}
		}
	}
	wide, err := equation.NewPanel(panel.Year, names, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return equations, coefficients, wide
}

// The report's equations are recursive: adults first, then their children. The
// reference walks them in an order that has the children (4.7-4.9) last and
// evaluates them node by node; nothing of the ordering of this package and of the
// machine is in it.
func TestReportAgainstPlainEvaluation(t *testing.T) {
	for _, mode := range []Mode{Dynamic, Static} {
		for j := 1; j <= 3; j++ {
			models := []string{fmt.Sprintf("4.%d", j), fmt.Sprintf("4.%d", j+3), fmt.Sprintf("4.%d", j+6)}
			equations, coefficients := reportModels(t, models...)
			panel := reportPanel(t)
			// Children first, so that the order given is not the order of solution.
			slices.Reverse(equations)
			path := run(t, equations, panel, coefficients, Options{Mode: mode, First: 1992})
			slices.Reverse(equations)
			want := evaluatePlainly(t, equations, coefficients, panel, 1992, mode)
			for i := range equations {
				for k, year := range path.Years {
					got := path.Simulated[len(equations)-1-i][k]
					near(t, fmt.Sprintf("%s %d", equations[i].Name, year), got, want[i][k], 1e-15)
				}
			}
		}
	}
}

func evaluatePlainly(t *testing.T, equations []Equation, coefficients []Coefficient, panel *equation.Panel, first int64, mode Mode) [][]float64 {
	simulated := map[string][]float64{} // by variable and row; NaN-free copies of the data
	for i, n := range panel.Names {
		simulated[n] = slices.Clone(panel.Data[i])
	}
	out := make([][]float64, len(equations))
	for row := int(first - panel.Year[0]); row < len(panel.Year); row++ {
		for i, e := range equations {
			parsed, err := equation.Parse(e.Formula)
			if err != nil {
				t.Fatal(err)
			}
			v := equation.Value(parsed.Right, func(c *equation.Column) float64 {
				at, _ := panel.Column(c.Name)
				if c.Lag > 0 && mode == Static {
					return panel.Data[at][row-c.Lag]
				}
				return simulated[c.Name][row-c.Lag]
			}, func(p *equation.Parameter) float64 {
				k := slices.IndexFunc(coefficients, func(c Coefficient) bool { return c.Model == e.Model && c.Parameter == p.Name })
				return coefficients[k].Value
			})
			simulated[equation.String(parsed.Left)][row] = v
			out[i] = append(out[i], v)
		}
	}
	return out
}
