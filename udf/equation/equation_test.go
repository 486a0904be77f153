package equation

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/nearest"
)

// at resolves columns from a map of name to values by lag.
func at(values map[string][]float64) func(c *Column) float64 {
	return func(c *Column) float64 { return values[Key(c.Name)][c.Lag] }
}

// eval compiles and evaluates an expression without parameters.
func eval(t *testing.T, n Node, values map[string][]float64) float64 {
	t.Helper()
	e := Compile(n)
	var inputs [][]float64
	for _, c := range e.Columns {
		inputs = append(inputs, []float64{at(values)(c)})
	}
	y := make([]float64, 1)
	e.Eval(y, inputs)
	return y[0]
}

func mustExpr(t *testing.T, text string) Node {
	t.Helper()
	n, err := ParseExpr(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

// The expected values are worked out by hand from x = 3 (2 and 1 the years
// before), y = -2 (5 before), year = 2004.
func TestEval(t *testing.T) {
	values := map[string][]float64{"x": {3, 2, 1}, "y": {-2, 5, 0}, "year": {2004, 2003, 2002}, "odd name": {7, 0, 0}}
	for _, c := range []struct {
		text string
		want float64
	}{
		{"1 + 2*3", 7},
		{"(1 + 2)*3", 9},
		{"10 - 4 - 3", 3},
		{"24/4/3", 2},
		{"1e-3 + .5 + 2.", 2.501},
		{"x^2", 9},
		{"x**3", 27},
		{"2^-1", 0.5},
		{"-(x^2)", -9},
		{"(-x)^2", 9},
		{"2 - -x", 5},
		{"+x", 3},
		{"7/2", 3.5},
		{"lag(x)", 2},
		{"LAG(X, 2)", 1},
		{"lag(lag(x))", 1},
		{"lag(x, 0)", 3},
		{"lag(x + y)", 7},
		{"lag(5)", 5},
		{"diff(x)", 1},
		{"diff(x, 2)", 2},
		{"diff(diff(x))", 0},
		{"ln(exp(2))", 2},
		{"log10(1000)", 3},
		{"sqrt(16) + abs(y)", 6},
		{"least(x, y, 0)", -2},
		{"max(x, y)", 3},
		{"sign(y) + floor(2.7) + ceil(2.2)", 4},
		{"power(x, 2)", 9},
		{"year >= 2004", 1},
		{"year = 2003", 0},
		{"year <> 2003", 1},
		{"year != 2004", 0},
		{"(year >= 2004)*x", 3},
		{"year between 2000 and 2004", 1},
		{"year not between 2000 and 2004", 0},
		{"year in (2001, 2004)", 1},
		{"year not in (2001, 2004)", 0},
		{"not x > 2", 0},
		{"x > 2 and y > 0 or year > 2000", 1},
		{"x > 2 and (y > 0 or year > 2010)", 0},
		{"case when y > 0 then 1 when x > 2 then 20 else 300 end", 20},
		{"case when y > 0 then ln(y) else 300 end + 1", 301},
		{"if(year >= 2004, x, y)", 3},
		{"if(false, 1, 2) + true", 3},
		{`"odd name" + "x"`, 10},
	} {
		n := mustExpr(t, c.text)
		if got := eval(t, n, values); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s = %g, want %g", c.text, got, c.want)
		}
		again := mustExpr(t, String(n))
		if got := eval(t, again, values); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s, written as %s, = %g, want %g", c.text, String(n), got, c.want)
		}
		if got, fault := explain(n, at(values), nil); fault != "" || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("explain(%s) = %g %s, want %g", c.text, got, fault, c.want)
		}
	}
}

// An unknown operand must not turn into a 0 or 1.
func TestUnknownStaysUnknown(t *testing.T) {
	values := map[string][]float64{"x": {math.NaN()}, "y": {1}}
	for text, unknown := range map[string]bool{
		"x > 1": true, "x = x": true, "not x > 1": true, "x > 1 and y = 1": true, "x > 1 or y = 0": true,
		"case when x > 1 then 1 else 2 end": true, "x > 1 and y = 0": false, "x > 1 or y = 1": false,
		"greatest(x, y)": true, "least(y, x)": true, "case when y = 1 then 1 else x end": false,
	} {
		if got := math.IsNaN(eval(t, mustExpr(t, text), values)); got != unknown {
			t.Errorf("%s with x unknown: unknown = %v, want %v", text, got, unknown)
		}
	}
}

// Every mistake is named and pointed at: the offset is that of the marker «.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, message string }{
		{"«", "empty"},
		{"y = «", "found the end of the formula"},
		{"y «", `expected "="`},
		{"y «$a", `expected "="`},
		{"y = $a + «*x", `expected a column`},
		{"y = ($a + x«", "expected )"},
		{"y = $a + x«)", "expected an operator or the end"},
		{"y = $a «= x = 2", "a second"},
		{"y = «$ + x", "name of a parameter"},
		{"y = $a + «2x", "a number runs into"},
		{"y = $a + «1.2.3", "a number runs into"},
		{"y = $a + «1e999", "out of range"},
		{"y = $a + «'x'", "double quotes"},
		{"y = $a + «\"x", "no closing"},
		{"y = $a + «\"\"", "empty"},
		{"y = $a «--b*x", "comment"},
		{"y = $a + x«;", "unexpected"},
		{"y = $a + x «// 2", "whole-number"},
		{"y = $a + $b*«log(x)", "write ln (natural) or log10"},
		{"y = $a + $b*«sinh(x)", "there is no function sinh"},
		{"y = $a + $b*«ln(x, 2)", "ln takes 1 argument, not 2"},
		{"y = $a + «lag(x, -1)", "reaches back only"},
		{"y = $a + «lag(x, 1.5)", "whole number"},
		{"y = $a + «lag(x, n)", "whole number"},
		{"y = $a + «lag(x, 1e9)", "more than"},
		{"y = $a + «lag()", "takes an expression"},
		{"y = $a - x«^2^2", "parentheses"},
		{"y = -x«^2", "parentheses"},
		{"y = case when x > 1 then 2 «end", "expected else"},
		{"y = case «x when 1 then 2 end", "expected when"},
		{"y = $a + «null", "null"},
		{"y = $a + x «\xff", "UTF-8"},
		{"ø = $a + «#", "unexpected"},
		{"y = $a «− $b*x", `unexpected "−" (write -)`},
		{"y = $a + $b*x«²", `unexpected "²" (write ^2)`},
		{"y = $a + 0«,5*x", "a decimal takes a point"},
		{"y = $a + «min(x)", "min takes two arguments or more"},
		{"y = 1 < 2 «< 3", "a second"},
		{"y = x not «5", "between or in"},
	} {
		text := strings.Replace(c.text, "«", "", 1)
		if c.text == "y = $a - x«^2^2" { // the second ^ is the mistake
			c.text = "y = $a - x^2«^2"
		}
		_, err := Parse(text)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: error %v, want an *Error", text, err)
			continue
		}
		if want := strings.Index(c.text, "«"); e.Pos != want || !strings.Contains(e.Msg, c.message) {
			t.Errorf("%s: %q at %d, want %q at %d", text, e.Msg, e.Pos, c.message, want)
		}
	}
	deep := strings.Repeat("(", 10_000) + "x" + strings.Repeat(")", 10_000)
	minus := "y = " + strings.Repeat("- ", 30_000) + "x"
	for _, text := range []string{"y = " + deep, minus, "y = " + strings.Repeat("not ", 10_000) + "x",
		"y = " + strings.Repeat("diff(", 100) + "x" + strings.Repeat(")", 100), "y = x" + strings.Repeat(" + x", 40_000)} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%.20s…: no error", text)
		}
	}
}

func TestErrorText(t *testing.T) {
	_, err := Parse("blå = $a + log(x)")
	if got, want := err.Error(), "log is ambiguous: write ln (natural) or log10, at character 12: log(x)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLinear(t *testing.T) {
	for _, c := range []struct{ text, offset, terms string }{
		{"y = $a + $b*lag(x, 2)", "0", "a: 1; b: lag(x, 2)"},
		{"y = ($s1 - 0.5)*price", "-0.5*price", "s1: price"},
		{"y = $c*(x + z) - $C*w", "0", "c: x + z - w"},
		{"ln(y) = $a*(1 + $0)", "", "error"},
		{"y = $a*($b + 1)", "", "error"},
		{"y = x/$a", "", "error"},
		{"y = exp($a)", "", "error"},
		{"y = $a^2", "", "error"},
		{"y - $a = x", "", "error"},
		{"y = x > $a", "", "error"},
		{"y = 2*$a/4 + -$b*x", "0", "a: 2/4; b: -x"},
		{"y = $a + trend + $b*x*2", "trend", "a: 1; b: x*2"},
		{"y = case when year < 2004 then $a else $b + x end", "case when year < 2004 then 0 else x end",
			"a: case when year < 2004 then 1 else 0 end; b: case when year < 2004 then 0 else 1 end"},
		{"d = x - lag(x)", "x - lag(x)", ""},
	} {
		e, err := Parse(c.text)
		if err != nil {
			if c.terms != "error" {
				t.Errorf("%s: %v", c.text, err)
			}
			continue
		}
		l, err := e.Linear()
		if err != nil {
			if c.terms != "error" {
				t.Errorf("%s: %v", c.text, err)
			}
			continue
		}
		var terms []string
		for _, term := range l.Terms {
			terms = append(terms, term.Parameter+": "+String(term.Regressor))
		}
		if got := strings.Join(terms, "; "); got != c.terms || String(l.Offset) != c.offset {
			t.Errorf("%s: offset %s, terms %s; want %s, %s", c.text, String(l.Offset), got, c.offset, c.terms)
		}
	}
}

func TestNamesWithoutCase(t *testing.T) {
	e, err := Parse("Y = $B*x + $a*lag(X) + $b*lag(y, 3) + $A")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(e.Parameters(), " "); got != "B a" {
		t.Errorf("parameters %s", got)
	}
	if got := e.Columns(); len(got) != 2 || got[0] != "Y" || got[1] != "x" {
		t.Errorf("columns %v", got)
	}
	if e.IsIdentity() {
		t.Error("an equation with parameters is no identity")
	}
}

// Diff against a central difference, an independent computation.
func TestDiff(t *testing.T) {
	for _, text := range []string{
		"3", "z", "lag(x)", "x", "-x", "x + z*x", "x*x*x", "x/z", "z/x", "x/(x + 1)", "x^3", "z^x", "x^x",
		"ln(x)", "log10(2*x)", "exp(-x/z)", "sqrt(x + lag(x))", "abs(1 - x)", "least(x, z, 9)", "greatest(z, x^2)",
		"case when x > 1 then x^2 else z end", "ln(x)*(x > 1)", "sign(x) + floor(x)",
	} {
		n := mustExpr(t, text)
		f := func(x float64) float64 {
			return eval(t, n, map[string][]float64{"x": {x, 0.3}, "z": {1.9}})
		}
		const x, h = 1.37, 1e-5
		want := (f(x+h) - f(x-h)) / (2 * h)
		d := Diff(n, "X")
		got := eval(t, d, map[string][]float64{"x": {x, 0.3}, "z": {1.9}})
		if math.Abs(got-want) > 1e-8*(1+math.Abs(want)) {
			t.Errorf("d(%s) = %s = %g, want %g", text, String(d), got, want)
		}
	}
	if _, ok := Diff(mustExpr(t, "lag(x) + z"), "x").(*Number); !ok {
		t.Error("a derivative that is zero must be a number")
	}
}

func TestFault(t *testing.T) {
	values := map[string][]float64{"x": {-0.25}, "z": {0}, "n": {math.NaN()}}
	for text, want := range map[string]string{
		"1 + ln(x)":                         "ln of -0.25 in ln(x)",
		"x/z":                               "division by zero in x/z",
		"x^0.5":                             "-0.25 to the power of 0.5 in x^0.5",
		"2*n":                               "n is NaN",
		"exp(1000*(z + 1))":                 "exp of 1000 is too large to work with in exp(1000*(z + 1))",
		"if(x > 0, ln(x), z)":               "",
		"case when n > 0 then 1 else 2 end": "n is NaN",
	} {
		if got := Fault(mustExpr(t, text), at(values), nil); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// More rows than are computed at a time, the last of them alone.
func TestEvalRows(t *testing.T) {
	e := Compile(mustExpr(t, "case when x > 1 then ln(x) else lag(X)*x end + 0*x"))
	if len(e.Columns) != 2 || e.Columns[0].Lag+e.Columns[1].Lag != 1 {
		t.Fatal(e.Columns)
	}
	const rows = 2*laneRows + 1
	x, before, got := make([]float64, rows), make([]float64, rows), make([]float64, rows)
	for i := range x {
		x[i], before[i] = float64(i)/rows*2, 4
	}
	inputs := [][]float64{x, before}
	if e.Columns[0].Lag == 1 {
		slices.Reverse(inputs)
	}
	e.Eval(got, inputs)
	for i, y := range got {
		want := 4 * x[i]
		if x[i] > 1 {
			want = math.Log(x[i])
		}
		if y != want {
			t.Fatalf("row %d: %g, want %g", i, y, want)
		}
	}
}

// Two programs of one code share an input; lanes differ where their inputs do, and
// running allocates nothing.
func TestMachine(t *testing.T) {
	c := NewCode()
	registers := map[string]int{}
	compile := func(text string) *Program {
		return c.Compile(mustExpr(t, text), func(n Node) int {
			key := String(n)
			if _, ok := registers[key]; !ok {
				registers[key] = c.Register()
			}
			return registers[key]
		})
	}
	product, sum := compile("$a*x - 1"), compile("greatest(x, 2*$a, y)")
	m := c.NewMachine(3)
	m.Regs[registers["$a"]] = []float64{2}
	m.Regs[registers["x"]] = []float64{1, 10, 100}
	m.Regs[registers["y"]] = []float64{7}
	if got := m.Run(product); !slices.Equal(got, []float64{1, 19, 199}) {
		t.Error(got)
	}
	if got := m.Run(sum); !slices.Equal(got, []float64{7, 10, 100}) {
		t.Error(got)
	}
	m.Regs[registers["x"]] = []float64{3}
	if got := m.Run(product); !slices.Equal(got, []float64{5}) || Lane(got, 2) != 5 {
		t.Error(got)
	}
	if got := c.Inputs(product, sum); !slices.Equal(got, []int{registers["$a"], registers["x"], registers["y"]}) {
		t.Error(got, registers)
	}
	if n := testing.AllocsPerRun(100, func() { m.Run(product) }); n != 0 {
		t.Errorf("Run allocates %g times", n)
	}
}

func TestPanel(t *testing.T) {
	x := []float64{1, 2, 3}
	p, err := NewPanel([]int64{1990, 1991, 1992}, []string{"Emi_K3", "x"}, [][]float64{x, x}, [][]bool{nil, {false, true, false}})
	if err != nil {
		t.Fatal(err)
	}
	if i, ok := p.Column("EMI_k3"); !ok || i != 0 {
		t.Error("names must compare without case")
	}
	if i, ok := p.Column("year"); !ok || p.Data[i][2] != 1992 {
		t.Error("year must be a column")
	}
	if !p.Missing(1, 1) || p.Missing(1, 0) || p.Missing(0, 1) {
		t.Error("missing values")
	}
	if got := nearest.Name("emi_k33", p.Names); got != "Emi_K3" {
		t.Errorf("suggested %q", got)
	}
	if got := nearest.Name("population", p.Names); got != "" {
		t.Errorf("suggested %q", got)
	}
	for _, c := range []struct {
		years []int64
		want  string
	}{
		{[]int64{1990, 1991, 30000}, "no rows between 1991 and 30000"},
		{[]int64{1990, 1990, 1991}, "year 1990 occurs more than once"},
		{[]int64{1990, 1989, 1991}, "year 1989 comes after 1990"},
		{nil, "empty"},
	} {
		_, err := NewPanel(c.years, []string{"x"}, [][]float64{x}, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %s", c.years, err, c.want)
		}
	}
	if _, err := NewPanel([]int64{1, 2, 3}, []string{"x", "X"}, [][]float64{x, x}, nil); err == nil {
		t.Error("two columns of the same name: no error")
	}
}

// A formula at the limit of length must not take quadratic time (this one
// took minutes when terms were looked up one by one).
func TestManyParameters(t *testing.T) {
	var b strings.Builder
	b.WriteString("y = 1")
	for i := 0; b.Len() < maxLength-10; i++ {
		b.WriteString("+$p" + strconv.Itoa(i))
	}
	e, err := Parse(b.String())
	if err != nil {
		t.Fatal(err)
	}
	l, err := e.Linear()
	if err != nil || len(l.Terms) != len(e.Parameters()) {
		t.Fatalf("%d terms for %d parameters, %v", len(l.Terms), len(e.Parameters()), err)
	}
}

// A column that is not there: the one that is meant, or what there is when that
// is little.
func TestUnknownColumn(t *testing.T) {
	e, err := Parse("y = $a + x*b")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"y", "z"}, `column "x" is not in the panel (it has y, z, year; a parameter is written $x), at character 10: x*b`},
		{[]string{"y", "x1"}, `column "x" is not in the panel (did you mean "x1"?), at character 10: x*b`},
		{[]string{"y", "p", "q", "r", "s", "t"}, `column "x" is not in the panel (a parameter is written $x), at character 10: x*b`},
	} {
		data := make([][]float64, len(c.names))
		for i := range data {
			data[i] = []float64{1}
		}
		p, err := NewPanel([]int64{1}, c.names, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Unknown(e, "x", 0); got.Error() != c.want {
			t.Errorf("%v: %v, want %s", c.names, got, c.want)
		}
	}
}
