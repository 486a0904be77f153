package simulate

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
	"utvandring/udf/reference"
)

// Klein's model I (L. R. Klein, Economic Fluctuations in the United States
// 1921-1941, Wiley 1950) with the data and the equations of the manual of the R
// package bimets (man/SIMULATE.Rd, man/MULTMATRIX.Rd, man/RENORM.Rd), whose
// printed results are the published figures of these tests. They stop at a relative
// 1e-5; testdata/klein.R makes bimets go on to the last digit and printed klein.txt.
// testdata/klein.csv: 1920-1941; time is the year − 1931.
var klein = []Equation{
	{"klein", "cn", "cn = $a1 + $a2*p + $a3*lag(p) + $a4*(w1 + w2)"},
	{"klein", "i", "i = $b1 + $b2*p + $b3*lag(p) + $b4*lag(k)"},
	{"klein", "w1", "w1 = $c1 + $c2*(y + t - w2) + $c3*lag(y + t - w2) + $c4*time"},
	{"klein", "y", "y = cn + i + g - t"},
	{"klein", "p", "p = y - (w1 + w2)"},
	{"klein", "k", "k = lag(k) + i"},
}

func kleinPanel(t testing.TB) *equation.Panel { return reference.ReadPanel(t, "testdata/klein.csv") }

// kleinOLS estimates the behavioural equations by ordinary least squares
// 1921-1941, as bimets' ESTIMATE does, straight from the data by QR.
func kleinOLS(t testing.TB) []Coefficient {
	panel := kleinPanel(t)
	col := func(name string) []float64 {
		i, _ := panel.Column(name)
		return panel.Data[i]
	}
	p, w1, w2, k, y, tax, time := col("p"), col("w1"), col("w2"), col("k"), col("y"), col("t"), col("time")
	n := len(panel.Year) - 1
	fit := func(letter string, left []float64, row func(t int) []float64) []Coefficient {
		x := mat.NewDense(n, 4, nil)
		for t := 1; t <= n; t++ {
			x.SetRow(t-1, row(t))
		}
		var b mat.VecDense
		if err := b.SolveVec(x, mat.NewVecDense(n, left[1:])); err != nil {
			t.Fatal(err)
		}
		var out []Coefficient
		for j := range 4 {
			out = append(out, Coefficient{"klein", letter + strconv.Itoa(j+1), b.AtVec(j)})
		}
		return out
	}
	out := fit("a", col("cn"), func(t int) []float64 { return []float64{1, p[t], p[t-1], w1[t] + w2[t]} })
	out = append(out, fit("b", col("i"), func(t int) []float64 { return []float64{1, p[t], p[t-1], k[t-1]} })...)
	return append(out, fit("c", w1, func(t int) []float64 {
		return []float64{1, y[t] + tax[t] - w2[t], y[t-1] + tax[t-1] - w2[t-1], time[t]}
	})...)
}

func newSystem(t testing.TB, equations []Equation) *System {
	t.Helper()
	s, err := New(equations)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bound is a system with its data.
func bound(t testing.TB, s *System, panel *equation.Panel, c []Coefficient, o Options) *Problem {
	t.Helper()
	p, err := s.Bind(panel, c, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pathOf(t testing.TB, p *Problem) *Path {
	t.Helper()
	path, err := p.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func normalOf(t testing.TB, p *Problem, elements []Covariance) ResidualSource {
	t.Helper()
	source, err := p.NormalResiduals(elements)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func run(t testing.TB, equations []Equation, panel *equation.Panel, c []Coefficient, o Options) *Path {
	t.Helper()
	p := bound(t, newSystem(t, equations), panel, c, o)
	return pathOf(t, p)
}

// value finds the simulated value of a Klein variable.
func value(t testing.TB, s []Equation, path *Path, name string, year int64) float64 {
	t.Helper()
	for i, e := range s {
		if e.Name == name {
			return path.Simulated[i][year-path.Years[0]]
		}
	}
	t.Fatalf("no equation %s", name)
	return 0
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g ± %g", what, got, want, tolerance)
	}
}

// bimets gives the numbers that stand behind a label at the beginning of a line of
// klein.txt; of the last such line.
func bimets(t testing.TB, label string) []float64 {
	t.Helper()
	text := reference.ReadFile(t, "testdata/klein.txt")
	var list []float64
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), label); ok {
			list = nil
			for _, word := range strings.Fields(rest) {
				x := number(t, word)
				list = append(list, x)
			}
		}
	}
	if len(list) == 0 {
		t.Fatalf("klein.txt has no %q", label)
	}
	return list
}

// klein.txt: a dynamic and a static simulation, ten digits.
func TestKleinOfBimets(t *testing.T) {
	c := kleinOLS(t)
	for _, s := range []struct {
		label, name string
		o           Options
	}{
		{"dyn y 1925-30", "y", Options{First: 1925, Last: 1930}},
		{"static cn 1925-30", "cn", Options{First: 1925, Last: 1930, Mode: Static}},
	} {
		path := run(t, klein, kleinPanel(t), c, s.o)
		for k, want := range bimets(t, s.label) {
			year := s.o.First + int64(k)
			near(t, fmt.Sprint(s.label, " ", year), value(t, klein, path, s.name, year), want, 1e-7)
		}
	}
}

// bimets, man/SIMULATE.Rd: dynamic simulation 1923-1941, six digits printed, converged to a relative
// 1e-5 by Gauss-Seidel.
func TestKleinDynamicAsPublished(t *testing.T) {
	path := run(t, klein, kleinPanel(t), kleinOLS(t), Options{First: 1923})
	for _, c := range []struct {
		name string
		year int64
		want float64
		tol  float64
	}{
		{"cn", 1923, 50.338, 1e-4}, {"cn", 1924, 55.6994, 1e-4}, {"cn", 1925, 56.7111, 1e-4}, {"cn", 1940, 66.7799, 1e-4}, {"cn", 1941, 75.451, 1e-4},
		{"y", 1923, 56.0305, 1e-4}, {"y", 1924, 65.8526, 1e-4}, {"y", 1925, 64.265, 1e-4}, {"y", 1940, 76.8049, 1e-4}, {"y", 1941, 93.4459, 1e-4},
	} {
		near(t, c.name+" "+strconv.FormatInt(c.year, 10), value(t, klein, path, c.name, c.year), c.want, c.tol)
	}
}
