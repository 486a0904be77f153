package plot

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/refusal"
)

// reader reads places in the first panel of a scene back as numbers, by the ticks
// that are written at its axes.
type reader struct {
	box   Box
	x, y  func(float64) float64
	scene *Scene
	near  float64 // what a hair of paper is worth on the axis of values
}

func read(t *testing.T, c *Chart) reader {
	t.Helper()
	s := c.Scene(800, 500)
	b := s.Plots[0]
	var left, below [][2]float64
	for _, text := range s.Texts {
		v, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "\u00a0", "").Replace(text.S), 64)
		switch {
		case err != nil || text.Size != textSize:
		case text.Align == right && text.X == b.X0-6:
			left = append(left, [2]float64{text.Y - 0.35*textSize, v})
		case text.Align == middle && text.Y > b.Y1 && text.Y < b.Y1+2*textSize:
			below = append(below, [2]float64{text.X, v})
		}
	}
	line := func(ticks [][2]float64) func(float64) float64 {
		if len(ticks) < 2 {
			return func(float64) float64 { return math.NaN() }
		}
		a, z := ticks[0], ticks[len(ticks)-1]
		return func(at float64) float64 {
			share := (at - a[0]) / (z[0] - a[0])
			return a[1]*(1-share) + z[1]*share
		}
	}
	r := reader{box: b, x: line(below), y: line(left), scene: s}
	r.near = 1e-6 * math.Abs(r.y(b.Y0)-r.y(b.Y1))
	if c.Horizontal() {
		r.near = 1e-6 * math.Abs(r.x(b.X0)-r.x(b.X1))
	}
	return r
}

// in are the shapes of the panel that a test is for, in the order they are painted.
func (r reader) in(is func(Shape) bool) []Shape {
	var out []Shape
	for _, s := range r.scene.Shapes {
		x, y := 0.0, 0.0
		for _, p := range s.Points {
			x, y = x+p.X/float64(len(s.Points)), y+p.Y/float64(len(s.Points))
		}
		if is(s) && x > r.box.X0-1 && x < r.box.X1+1 && y > r.box.Y0-1 && y < r.box.Y1+1 {
			out = append(out, s)
		}
	}
	return out
}

func isDisc(s Shape) bool { return len(s.Points) == 1 }

func (r reader) same(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
		return
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= r.near) {
			t.Errorf("%s: %v, want %v", what, got, want)
			return
		}
	}
}

var none = math.NaN()

// The values that a chart may have to draw; NaN stands for NULL.
var valueSets = map[string][]float64{
	"usual": {3, 1.5, 2.25, 7, 4, 3.5, 5}, "negative": {-3, -1.5, -2.25, -7, -4, -3.5, -5}, "both signs": {-3, 4, 0, 2, -8, 1, 1},
	"missing": {3, none, 2, none, none, 4, 5}, "one": {4}, "constant": {4, 4, 4, 4, 4, 4}, "zero": {0, 0, 0, 0, 0},
	"huge": {1e299, -2e299, 3e298, 0, 4e299}, "small": {1e-7, 3e-7, -2e-7, 5e-7, 4e-7},
}

func present(v []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(v), math.IsNaN)
}

// null is a value as a table has it.
func null(v float64) any {
	if math.IsNaN(v) {
		return nil
	}
	return v
}

// TestSpecialKindsShowTheRows reads what was drawn back from the picture.
func TestSpecialKindsShowTheRows(t *testing.T) {
	for name, values := range valueSets {
		step := 1.0
		for _, v := range present(values) {
			step = math.Max(step, math.Abs(v)*0.25)
		}
		if name == "small" {
			step = 1e-7
		}
		scatter := Table{Columns: columns("year", "unemployment_rate", "frequency")}
		survive := Table{Columns: columns("duration", "survival", "low", "high")}
		fan := Table{Columns: columns("year", "q10", "q25", "median", "q75", "q90")}
		estimates := Table{Columns: append([]Column{{"parameter", Category}}, columns("estimate", "std_error")...)}
		box := Table{Columns: columns("sex", "county", "net")}
		for i, v := range values {
			x := float64(i)
			scatter.Rows = append(scatter.Rows, []any{2000 + x, 1.5*x - 2, null(v)})
			survive.Rows = append(survive.Rows, []any{x, null(v), null(v - step), null(v + step)})
			fan.Rows = append(fan.Rows, []any{2000 + x, null(v - 2*step), null(v - step), null(v), null(v + step), null(v + 2*step)})
			estimates.Rows = append(estimates.Rows, []any{"b_" + strconv.Itoa(i), null(v), null(step)})
			box.Rows = append(box.Rows, []any{[]string{"female", "male"}[i%2], "c" + strconv.Itoa(i), null(v)})
		}
		chart := func(table Table, kind string, spec Spec) *Chart {
			c, err := NewChart(table, spec)
			if err != nil {
				t.Fatalf("%s of %s: %v", kind, name, err)
			}
			if c.Kind != kind {
				t.Errorf("%s of %s became %s", kind, name, c.Kind)
			}
			c.Terminal(Screen{Width: 80, Height: 24, Unicode: true})
			return c
		}

		r := read(t, chart(scatter, KindScatter, Spec{}))
		var got, want []float64
		for _, s := range r.in(isDisc) {
			got = append(got, r.x(s.Points[0].X), r.y(s.Points[0].Y))
		}
		for i, v := range values {
			if !math.IsNaN(v) {
				want = append(want, 1.5*float64(i)-2, v)
			}
		}
		if len(values) > 1 {
			for i := 0; i < len(got) && i < len(want); i += 2 {
				if math.Abs(got[i]-want[i]) > 1e-6 {
					t.Errorf("scatter of %s: x %v, want %v", name, got[i], want[i])
				}
				r.same(t, "scatter of "+name, got[i+1:i+2], want[i+1:i+2])
			}
			if len(got) != len(want) {
				t.Errorf("scatter of %s: %d marks, want %d", name, len(got)/2, len(want)/2)
			}
		}

		r = read(t, chart(survive, KindStep, Spec{}))
		got, want = nil, nil
		for _, s := range r.in(func(s Shape) bool { return !s.Closed && s.Width == 2 }) {
			for _, p := range s.Points {
				got = append(got, r.y(p.Y))
			}
		}
		for i := range values { // a step: what was, then what is
			if math.IsNaN(values[i]) {
				continue
			}
			alone := (i == 0 || math.IsNaN(values[i-1])) && (i == len(values)-1 || math.IsNaN(values[i+1]))
			if i > 0 && !math.IsNaN(values[i-1]) {
				want = append(want, values[i-1])
			}
			if !alone {
				want = append(want, values[i])
			}
		}
		r.same(t, "steps of "+name, got, want)
		bands := func(what string, k int, far float64) {
			var runs [][]float64
			for i, v := range values {
				if math.IsNaN(v) || i > 0 && math.IsNaN(values[i-1]) {
					runs = append(runs, nil)
				}
				if len(runs) == 0 {
					runs = [][]float64{nil}
				}
				if !math.IsNaN(v) {
					runs[len(runs)-1] = append(runs[len(runs)-1], v)
				}
			}
			var want []float64
			for _, run := range runs {
				if len(run) < 2 {
					continue // no area
				}
				for _, v := range run {
					want = append(want, v+far)
				}
				slices.Reverse(run)
				for _, v := range run {
					want = append(want, v-far)
				}
			}
			var got []float64
			shapes := r.in(func(s Shape) bool { return s.Closed && s.Fill.A == 46 })
			shapes = shapes[k*len(shapes)/2 : (k+1)*len(shapes)/2]
			for _, s := range shapes {
				for _, p := range s.Points {
					got = append(got, r.y(p.Y))
				}
			}
			r.same(t, what+" of "+name, got, want)
		}
		r = read(t, chart(fan, KindFan, Spec{}))
		bands("wide band", 0, 2*step)
		bands("narrow band", 1, step)

		r = read(t, chart(estimates, KindCoefficient, Spec{}))
		got, want = nil, nil
		for _, s := range r.in(isDisc) {
			got = append(got, r.x(s.Points[0].X))
		}
		r.same(t, "estimates of "+name, got, present(values))
		got = nil
		for _, s := range r.in(func(s Shape) bool { return s.Width == 1.4 }) {
			got = append(got, r.x(s.Points[0].X), r.x(s.Points[1].X))
		}
		for _, v := range present(values) { // 1.96 standard errors of the normal distribution
			want = append(want, v-1.959963984540054*step, v+1.959963984540054*step)
		}
		r.same(t, "intervals of "+name, got, want)

		r = read(t, chart(box, KindBox, Spec{Kind: KindBox}))
		got = nil
		for _, s := range r.in(func(s Shape) bool { return isDisc(s) && s.R == 2 }) {
			got = append(got, r.x(s.Points[0].X))
		}
		want = present(values)
		slices.Sort(got)
		slices.Sort(want)
		r.same(t, "observations of "+name, got, want)
	}
}

// TestBoxes: of 1 to 9 and 100, R 4.3's quantile(c(1:9, 100)) is 1, 3.25, 5.5, 7.75, 100;
// 100 lies beyond 7.75 + 1.5 × 4.5, so the whisker ends at 9 and the value has its name.
func TestBoxes(t *testing.T) {
	table := Table{Columns: columns("sex", "county", "net")}
	for i := range 10 {
		v := float64(i + 1)
		if i == 9 {
			v = 100
		}
		table.Rows = append(table.Rows, []any{"all", "c" + strconv.Itoa(i), v}, []any{"few", "c" + strconv.Itoa(i), null([]float64{v, none}[min(i/4, 1)])})
	}
	c := newChart(t, table, Spec{Kind: KindBox})
	r := read(t, c)
	boxes := r.in(func(s Shape) bool { return s.Closed && s.Fill == pair[0] })
	if len(boxes) != 1 {
		t.Fatalf("%d boxes; four values have none", len(boxes))
	}
	got := []float64{r.x(boxes[0].Points[0].X), r.x(boxes[0].Points[1].X)}
	for _, s := range r.in(func(s Shape) bool { return s.Width == 2.2 || s.Width == 1.2 && !s.Closed }) {
		got = append(got, r.x(s.Points[0].X), r.x(s.Points[1].X))
	}
	r.same(t, "the box", got, []float64{3.25, 7.75, 1, 3.25, 7.75, 9, 5.5, 5.5})
	if named := slices.ContainsFunc(r.scene.Texts, func(x Text) bool { return x.S == "c9" }); !named {
		t.Error("the value beyond has no name")
	}
}

// TestCorrelations: the area of each dot is its correlation's share of the largest.
func TestCorrelations(t *testing.T) {
	table := correlations(5)
	table.Rows[7][3] = nil
	c, err := NewChart(table, Spec{})
	if err != nil || c.Kind != KindCorrelation {
		t.Fatal(err)
	}
	r := read(t, c)
	for _, row := range table.Rows {
		i, j := slices.Index(table.levels(0), row[0].(string)), slices.Index(table.levels(1), row[1].(string))
		x := r.box.X0 + (float64(j)+0.5)*(r.box.X1-r.box.X0)/5
		y := r.box.Y0 + (float64(i)+0.5)*(r.box.Y1-r.box.Y0)/5
		here := r.in(func(s Shape) bool { return isDisc(s) && math.Hypot(s.Points[0].X-x, s.Points[0].Y-y) < 1e-6 })
		if row[3] == nil {
			if len(here) != 0 {
				t.Errorf("%v: a dot for NULL", row)
			}
			continue
		}
		most := r.in(isDisc)[0].R // 1 on the diagonal
		v := row[3].(float64)
		if len(here) == 0 || math.Abs(here[0].R*here[0].R/(most*most)-math.Abs(v)) > 1e-9 || (here[0].Fill == hues[0]) != (v >= 0) {
			t.Errorf("%v is drawn as %v", row, here)
		}
	}
}

// TestGuess: which picture the columns are for, and which they are not.
func TestGuess(t *testing.T) {
	for _, test := range []struct {
		names string
		want  string
	}{
		{"year unemployment_rate frequency", KindScatter}, {"county unemployment_rate frequency", KindScatter},
		{"year residents frequency", ""}, {"year immigrations emigrations", ""}, {"unemployment_rate frequency", ""}, {"year unemployment_rate emigrations", ""},
		{"variable estimate std_error", KindCoefficient}, {"variable equation published estimate lower upper", KindCoefficient}, {"estimate std_error", ""},
		{"year q5 q50 q95", KindFan}, {"year lower median upper", KindFan}, {"year lower upper frequency", ""}, {"county lower median upper", ""},
		{"duration survival low high", KindStep}, {"county survival", ""},
		{"equation_i equation_j covariance correlation", KindCorrelation}, {"year correlation", ""}, {"year sex frequency", ""},
	} {
		table := Table{Columns: columns(strings.Fields(test.names)...)}
		for i, c := range table.Columns {
			if strings.HasPrefix(c.Name, "equation_") {
				table.Columns[i].Type = Category
			}
		}
		if got := table.guess(); got != test.want {
			t.Errorf("%s: %q, want %q", test.names, got, test.want)
		}
	}
	for kind, want := range map[string]string{KindCorrelation: "two columns for the pairs", KindFan: "needs a numeric x", KindStep: "needs a numeric x"} {
		_, err := NewChart(byCountyPeriod(), Spec{Kind: kind, X: "county", Facet: "period", Y: []string{"frequency"}})
		refusal.Says(t, err, want, kind)
		_, err = NewChart(Table{Columns: columns("year", "frequency")}, Spec{Kind: kind})
		refusal.Says(t, err, "no rows", kind)
	}
}

// A band that nobody asked for, as of a projection without replications, is not drawn: what
// is left is the chart without its columns.
func TestEmptyBandIsLeftOut(t *testing.T) {
	with := Table{Columns: columns("year", "lower", "residents", "median", "upper")}
	without := Table{Columns: columns("year", "residents")}
	for year := range 5 {
		with.Rows = append(with.Rows, []any{float64(2000 + year), nil, float64(year * year), nil, nil})
		without.Rows = append(without.Rows, []any{float64(2000 + year), float64(year * year)})
	}
	a := newChart(t, with, Spec{})
	b := newChart(t, without, Spec{})
	if fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) { // NaN is like NaN
		t.Errorf("%+v, want %+v", a, b)
	}
	_, err := NewChart(with, Spec{Y: []string{"median"}})
	refusal.Says(t, err, "median is NULL in every row")
	with.Rows[3][3] = 4.0
	if c, err := NewChart(with, Spec{}); err != nil || fmt.Sprintf("%+v", c) == fmt.Sprintf("%+v", b) {
		t.Error(err)
	}
}

func newChart(t testing.TB, table Table, s Spec) *Chart {
	t.Helper()
	c, err := NewChart(table, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
