package simulate

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"utvandring/udf/equation"
)

// panelOf makes a panel from 2000 on; NaN is NULL.
func panelOf(t testing.TB, columns map[string][]float64) *equation.Panel {
	t.Helper()
	var names []string
	var data [][]float64
	var years []int64
	for name, column := range columns {
		names, data = append(names, name), append(data, column)
		if years == nil {
			for i := range column {
				years = append(years, 2000+int64(i))
			}
		}
	}
	p, err := equation.NewPanel(years, names, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func formulas(texts ...string) []Equation {
	var out []Equation
	for i, text := range texts {
		out = append(out, Equation{"m", fmt.Sprint(i + 1), text})
	}
	return out
}

var nan = math.NaN()

// Left sides that are not a plain variable. y of 2001 by hand, x = 2, lag(y) = 8.
func TestLeftSides(t *testing.T) {
	for left, want := range map[string]float64{
		"y":                                   2,
		"ln(y)":                               math.Exp(2),
		"exp(y)":                              math.Ln2,
		"log10(y)":                            100,
		"sqrt(y)":                             4,
		"y^2":                                 math.Sqrt2,
		"y^3":                                 math.Cbrt(2), // numerically
		"-y":                                  -2,
		"y - lag(y)":                          10,
		"diff(y)":                             10,
		"ln(y) - ln(lag(y))":                  8 * math.Exp(2),
		"y/x":                                 4,
		"1/y":                                 0.5,
		"3*y - 1":                             1,
		"100*(y/lag(y) - 1)":                  8.16,
		"ln(y/(1 - y))":                       1 / (1 + math.Exp(-2)), // y twice: numerically
		"y + ln(y)":                           1.5571455989976114,     // Lambert W(e²)
		"ln(y)/ln(lag(y))*x":                  8,
		"CASE WHEN y > 0 THEN 2*y ELSE y END": 1,
	} {
		panel := panelOf(t, map[string][]float64{"y": {8, 0.5}, "x": {1, 2}})
		path := run(t, formulas(left+" = x"), panel, nil, Options{First: 2001})
		near(t, left, path.Simulated[0][0], want, 1e-9*math.Max(1, math.Abs(want)))
	}
}

// Nonlinear simultaneous systems with a known solution.
func TestSimultaneous(t *testing.T) {
	for _, c := range []struct {
		name     string
		formulas []Equation
		columns  map[string][]float64
		want     []float64
		mode     Mode
	}{
		// x² + y² = 25 and x − y = 1 from (1, 1): (4, 3).
		{"circle", formulas("x = sqrt(25 - y^2)", "y = x - 1"), map[string][]float64{"x": {1}, "y": {1}}, []float64{4, 3}, Dynamic},
		// Dottie number: x = cos-like contraction, here x = exp(−x), the omega constant.
		{"omega", formulas("x = exp(-x)"), map[string][]float64{"x": {5}}, []float64{0.5671432904097838}, Dynamic},
		// No value at the start: ln of a negative number until x moves.
		{"start outside the domain", formulas("x = 2 + 0*ln(x)"), map[string][]float64{"x": {-1}}, []float64{2}, Dynamic},
		// The derivative vanishes at the start; a bracket finds the root: x³ = 8.
		{"flat start", formulas("x^3 = 8"), map[string][]float64{"x": {0}}, []float64{2}, Dynamic},
		// Newton cycles on x³ − 2x + 2 from 0; the real root is −1.769292…
		{"Newton's cycle", formulas("x^3 = 2*x - 2"), map[string][]float64{"x": {0}}, []float64{-1.7692923542386314}, Dynamic},
		// Identities that determine each other, well posed: c = 0.8y, y = c + 20.
		{"identities", formulas("c = 0.8*y", "y = c + g"), map[string][]float64{"c": {1}, "y": {1}, "g": {20}}, []float64{80, 100}, Dynamic},
	} {
		path := run(t, c.formulas, panelOf(t, c.columns), nil, Options{Mode: c.mode})
		for i, want := range c.want {
			near(t, c.name+" "+c.formulas[i].Formula, path.Simulated[i][0], want, 1e-9)
		}
	}
}

// An autoregression by hand: dynamic y = 0.5·lag(y) + x, from y0 = 8, and static
// with the observed lag.
func TestModes(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {8, 100, 100, nan}, "x": {0, 1, 1, 1}})
	eq := formulas("y = $b*lag(y) + x")
	c := []Coefficient{{"m", "b", 0.5}}
	path := run(t, eq, panel, c, Options{})
	for k, want := range []float64{5, 3.5, 2.75} {
		near(t, "dynamic", path.Simulated[0][k], want, 0)
	}
	path = run(t, eq, panel, c, Options{Mode: Static})
	for k, want := range []float64{5, 51, 51} {
		near(t, "static", path.Simulated[0][k], want, 0)
	}
	// 2002 as observed: 2003 starts from there.
	path = run(t, eq, panel, c, Options{Exogenous: []Exogenous{{"y", 2002, 2002}}})
	for k, want := range []float64{5, 100, 51} {
		near(t, "exogenous", path.Simulated[0][k], want, 0)
	}
	// Residuals of 2001 and 2002 are 95 and 49; 2003 is a projection without one.
	path = run(t, eq, panel, c, Options{Residuals: Residuals{Carry: ActualResiduals}})
	for k, want := range []float64{100, 100, 51} {
		near(t, "actual residuals", path.Simulated[0][k], want, 0)
	}
}

// In a scenario the residuals are those of the observed panel: x one higher moves
// y by one from where it was, 100 and 100, and then by one half more.
func TestResidualsOfTheObservedPanel(t *testing.T) {
	observed := panelOf(t, map[string][]float64{"y": {8, 100, 100}, "x": {0, 1, 1}})
	scenario := panelOf(t, map[string][]float64{"y": {8, 100, 100}, "x": {0, 2, 2}})
	eq, c := formulas("y = $b*lag(y) + x"), []Coefficient{{"m", "b", 0.5}}
	path := run(t, eq, scenario, c, Options{Residuals: Residuals{Carry: ActualResiduals}, ObservedPanel: observed})
	for k, want := range []float64{101, 101.5} {
		near(t, "scenario", path.Simulated[0][k], want, 0)
	}
	path = run(t, eq, scenario, c, Options{Residuals: Residuals{Carry: ActualResiduals}})
	for k, want := range []float64{100, 100} {
		near(t, "residuals of the scenario undo it", path.Simulated[0][k], want, 0)
	}
}

// A left side that has a column of another equation first determines the next:
// y = 3z = 12, so that y/x = 2 gives x = 6, in whatever order they are written.
func TestLeftSideOfWhatIsFree(t *testing.T) {
	panel := panelOf(t, map[string][]float64{"y": {1}, "x": {1}, "z": {4}})
	for _, eq := range [][]Equation{formulas("y/x = 2", "y = 3*z"), formulas("y = 3*z", "y/x = 2")} {
		path := run(t, eq, panel, nil, Options{})
		for i, e := range eq {
			near(t, e.Formula, path.Simulated[i][0], map[string]float64{"y/x = 2": 6, "y = 3*z": 12}[e.Formula], 1e-12)
		}
	}
}

// A variable of a simultaneous block taken as observed: with i given, y = c + i
// and c = 10 + 0.5y.
func TestExogenousInABlock(t *testing.T) {
	eq := formulas("c = 10 + 0.5*y", "y = c + i", "i = 0.1*y")
	panel := panelOf(t, map[string][]float64{"c": {1}, "y": {1}, "i": {5}})
	path := run(t, eq, panel, nil, Options{Exogenous: []Exogenous{{Variable: "i"}}})
	for i, want := range []float64{25, 30, 5} {
		near(t, eq[i].Formula, path.Simulated[i][0], want, 1e-12)
	}
}

func TestErrorsNameThePlace(t *testing.T) {
	columns := map[string][]float64{"y": {1, 1, 1}, "x": {1, 1, 1}, "z": {1, -1, 1}, "hole": {1, nan, 1}}
	c := []Coefficient{{"m", "b", 0.5}, {"m", "void", nan}, {"m", "two", 1}, {"m", "two", 2}}
	for _, e := range []struct {
		formulas []Equation
		c        []Coefficient
		o        Options
		want     string
	}{
		{nil, c, Options{}, "there are no equations to simulate"},
		{formulas("y = x", "y = z"), c, Options{}, "equations 1 and 2 both determine y"},
		{formulas("3 = x"), c, Options{}, "equation 1: no column of the current year on the left side"},
		{formulas("lag(y) = x"), c, Options{}, "equation 1: no column of the current year on the left side"},
		{formulas("y = x +"), c, Options{}, "equation 1: "},
		{formulas("y = xx"), c, Options{}, `equation 1: column "xx" is not in the panel (did you mean "x"?), at character 5: xx`},
		{formulas("y = $bb*x"), c[:1], Options{}, `equation 1: parameter $bb of model m is not in the coefficients (did you mean "b"?)`},
		{[]Equation{{Name: "y", Formula: "y = $q*x"}}, nil, Options{}, "equation y: parameter $q is not in the coefficients"},
		{formulas("y = $q*x"), c[:1], Options{}, "equation 1: parameter $q of model m is not in the coefficients"},
		{formulas("y = $void*x"), c[:2], Options{}, "equation 1: parameter $void of model m has no value in the coefficients"},
		{formulas("y = $two*x"), c, Options{}, "parameter two of model m has two values in the coefficients, 1 and 2"},
		{formulas("y = lag(y)"), nil, Options{First: 2000}, "equation 1: lag(y) in 2000 reaches back to 1999, before the panel begins in 2000: start in 2001 or later"},
		{formulas("y = hole"), nil, Options{First: 2000, Last: 2002}, "equation 1: hole is NULL in 2001, which the simulation of 2001 needs"},
		{formulas("y = hole"), nil, Options{}, "equation 1: hole is NULL in 2001"},
		{formulas("y = lag(hole, 2)"), nil, Options{Last: 2001}, "no year has all that the equations need: equation 1: lag(hole, 2) in 2001 reaches back to 1999"},
		{formulas("y = x"), nil, Options{First: 2010}, "year 2010 is not in the panel (2000 to 2002)"},
		{formulas("y = x"), nil, Options{First: 2002, Last: 2001}, "the first year, 2002, comes after the last, 2001"},
		{formulas("y = ln(z)"), nil, Options{}, "equation 1, 2001: y has no value: ln of -1 in ln(z)"},
		{formulas("v = z - 1", "ln(y) = sqrt(v + 1)"), nil, Options{}, "equation 2, 2001: y has no value: sqrt of -1 in sqrt(v + 1)"},
		{formulas("y = 1/(z + 1)"), nil, Options{}, "equation 1, 2001: y has no value: division by zero"},
		// Circular identities: alone, and in a ring of two.
		{formulas("y = y"), nil, Options{}, "equation 1, 2000: the equation does not determine y"},
		{formulas("y = v + x", "v = y - x"), nil, Options{}, "equation 1, 2, 2000: the equations do not determine y, v (is one of them a circular identity?)"},
		{formulas("y = y + x"), nil, Options{}, "equation 1, 2000: the equation does not determine y"},
		// No solution at all: y² = −1.
		{formulas("y = -1/y"), nil, Options{}, "equation 1, 2000: no solution found for y"},
		{formulas("y = v + 1 + x^2", "v = sqrt(y^2)"), nil, Options{}, "2000: "},
		{formulas("y = x"), nil, Options{AddFactors: []AddFactor{{"y", 1999, 1}}}, "add-factor of y: year 1999 is not simulated (2000 to 2002)"},
		{formulas("y = x"), nil, Options{AddFactors: []AddFactor{{"yy", 2000, 1}}}, `add-factor: no equation or endogenous variable "yy" (did you mean "y"?)`},
		{formulas("y = x"), nil, Options{Exogenous: []Exogenous{{Variable: "x"}}}, `exogenous: x is exogenous: no equation determines it`},
		{formulas("hole = x"), nil, Options{Exogenous: []Exogenous{{Variable: "hole"}}}, "equation 1: hole is to be taken as observed but hole is NULL in 2001"},
		{formulas("w = x + lag(w)"), nil, Options{}, `equation 1: lag(w) needs w of 2001, and column "w" is not in the panel`},
	} {
		var err error
		s, err := New(e.formulas)
		if err == nil {
			var p *Problem
			if p, err = s.Bind(panelOf(t, columns), e.c, e.o); err == nil {
				_, err = p.Run(context.Background())
			}
		}
		if err == nil || !strings.Contains(err.Error(), e.want) {
			t.Errorf("%v\n got %v\nwant %s", e.formulas, err, e.want)
		}
	}
}

// Cancelling stops a simulation.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := bound(t, newSystem(t, klein), kleinPanel(t), kleinOLS(t), Options{})
	if path, err := p.Run(ctx); err != context.Canceled || path != nil {
		t.Errorf("%v, %v", path, err)
	}
}
