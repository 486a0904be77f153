package plot

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"utvandring/cmd/utvandring/locale"
)

// Chart is what is to be drawn, without coordinates.
type Chart struct {
	Kind       string
	Title      string
	Subtitle   string   // what all rows have in common, such as "county: Oslo"
	XLabel     string   // empty for years, which explain themselves
	YLabel     string   // measure and unit
	Note       string   // source and remarks under the picture
	Categories []string // of a categorical x; nil where x is a number
	Series     []string // one or more; a single unnamed one is ""
	Panels     []Panel
	Ordered    bool  // the series have an order: shades instead of hues when stacked
	X, Y       Scale // shared by all panels; ticks for a medium width

	Locale locale.Locale // that its texts are in

	wholeX   bool // x values are whole numbers: ticks are too
	dated    bool // x is a date, a year with a fraction
	joined   bool // the points of a scatter are years, which follow each other
	overTime bool // the categories are years, and stand beside each other

	places   []Place // of a map
	placeRow []int   // Categories that they are; -1: none

	yRange [2]float64 // of the values on the y axis, zero among them where it has to be
}

// Panel is one of several small charts on the same scales. Points[i] are the
// points of Chart.Series[i], by x.
type Panel struct {
	Name   string
	Points [][]Point
}

// Point is one value. X is a number or the place of a category. Y, Low and
// High are NaN where there is none.
type Point struct {
	X, Y, Low, High float64
	Bands           [][2]float64 // quantiles of a fan, the widest first
	Label           string       // of a point of a scatter, or an observation
}

// ranged reports whether there is an interval around the value.
func (q Point) ranged() bool { return !math.IsNaN(q.Low) && !math.IsNaN(q.High) }

// noValue is a point whose value is not known.
func noValue(x float64) Point { return Point{X: x, Y: math.NaN(), Low: math.NaN(), High: math.NaN()} }

// NewChart infers what the columns are, gathers the values, and says what is
// missing when a chart cannot be drawn.
func NewChart(t Table, s Spec) (*Chart, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if len(t.Columns) == 0 {
		return nil, fmt.Errorf("plot: there is no result to draw; run a query first, such as FROM frequency_by_sex;")
	}
	if len(t.Rows) == 0 {
		return nil, fmt.Errorf("plot: the result has no rows (columns %s)", t.names())
	}
	if s.Geo != "" {
		return newMap(t, s)
	}
	t = t.withoutEmptyBand(s)
	if s.Kind == "" && s.X+s.Color+s.Facet+s.Low+s.High == "" && len(s.Y) == 0 {
		s.Kind = t.guess()
	}
	r, err := infer(t, s)
	if err != nil {
		return nil, err
	}
	c := &Chart{Locale: s.Locale, Kind: s.Kind, Title: s.Title, Subtitle: strings.Join(r.fixed, ", "), Note: s.Note}
	if err := c.chooseKind(t, s, r); err != nil {
		return nil, err
	}
	if err := c.gather(t, r); err != nil {
		return nil, err
	}
	c.complete(t, r)
	c.label(t, s, r)
	c.translate(t, s, r)
	c.joined = r.label >= 0 && t.timeNamed(r.label)
	if c.Kind == KindCorrelation {
		c.numberRows()
	}
	c.sortCategories(s, r)
	c.scales(t, s, r)
	return c, nil
}

// chooseKind takes lines for numbers and dates, bars for categories, stacked
// bars for shares.
func (c *Chart) chooseKind(t Table, s Spec, r roles) error {
	if c.Kind == "" {
		switch {
		case r.time && s.X == "" && s.Color == "" && r.color < 0 && len(r.y) == 1 && !t.timeNamed(r.x) && !t.dated(r.x):
			c.Kind = KindPoint
		case r.time:
			c.Kind = KindLine
		case r.color >= 0 && len(r.y) == 1 && t.shares(r.y[0]):
			c.Kind = KindStack
		default:
			c.Kind = KindBar
		}
	}
	if slices.Contains([]string{KindFan, KindStep, KindScatter, KindArea}, c.Kind) && !r.time {
		instead := map[string]string{KindArea: "; use kind=stack"}[c.Kind]
		return fmt.Errorf("plot: kind=%s needs a numeric x such as year, and %s is not%s", c.Kind, t.Columns[r.x].Name, instead)
	}
	if c.Kind == KindCorrelation && r.color < 0 {
		return fmt.Errorf("plot: kind=correlation needs two columns for the pairs, such as equation_i and equation_j; name them with x= and color=")
	}
	return nil
}

// gather puts every row in its panel, series and place.
func (c *Chart) gather(t Table, r roles) error {
	panels, panelOf := t.divide(r.facet)
	series, seriesOf := t.divide(r.color)
	if len(r.y) > 1 {
		series = nil
		for _, y := range r.y {
			series = append(series, words(t.Columns[y].Name))
		}
	}
	c.Series = series
	// Bars over years are categories too: every year is a place.
	if !r.time || c.Kind == KindBar || c.Kind == KindStack || c.Kind == KindBox {
		c.Categories = t.levels(r.x)
		if r.time {
			c.Categories = t.timeline(r.x)
		}
	}
	categoryAt := places(c.Categories)
	for _, p := range panels {
		c.Panels = append(c.Panels, Panel{Name: p, Points: make([][]Point, len(series))})
	}
	type place struct {
		panel, series int
		x             float64
	}
	seen := map[place]bool{}
	missing, drawn := 0, 0
	for _, row := range t.Rows {
		x, ok := position(row[r.x])
		if c.Categories != nil {
			x, ok = float64(categoryAt[label(row[r.x])]), true
		}
		for k, y := range r.y {
			at := place{panelOf(row), max(k, seriesOf(row)), x} // k of several y, which have no colours
			pt := noValue(x)
			var has bool
			if pt.Y, has = amount(row[y]); has && ok {
				drawn++
			} else if missing++; !ok {
				continue
			}
			if seen[at] && c.Kind != KindPoint && c.Kind != KindScatter && c.Kind != KindBox {
				return fmt.Errorf("plot: several rows for %s; choose what tells them apart with color= or facet=, or sum in SQL", t.describe(row, r))
			}
			seen[at] = true
			r.interval(&pt, row, k, t)
			p := &c.Panels[at.panel]
			p.Points[at.series] = append(p.Points[at.series], pt)
		}
	}
	if drawn == 0 {
		return fmt.Errorf("plot: %s is NULL in every row, or too large to draw", list(t, r.y))
	}
	for _, p := range c.Panels {
		for _, pts := range p.Points {
			byX(pts)
		}
	}
	if slices.ContainsFunc(r.errors, func(e int) bool { return e >= 0 }) {
		c.Note = sentence(c.Note, "Intervals: 1.96 standard errors to either side.")
	}
	if missing > 0 && c.Kind != KindFan { // which knows some years and simulates others
		c.Note = sentence(c.Note, fmt.Sprintf("%d of %d values are missing.", missing, missing+drawn))
	}
	return nil
}

// interval reads the ends that a row gives its value: by columns, by standard errors,
// by quantiles.
func (r roles) interval(pt *Point, row []any, k int, t Table) {
	if r.label >= 0 {
		pt.Label = label(row[r.label])
	}
	if r.errors != nil && r.errors[k] >= 0 {
		if e, ok := amount(row[r.errors[k]]); ok {
			pt.Low, pt.High = interval95(pt.Y, e, strings.HasSuffix(t.Columns[r.errors[k]].Name, "_t"))
		}
		return
	}
	if r.ends >= 0 && r.ends != k {
		return
	}
	if r.low >= 0 {
		pt.Low, _ = amount(row[r.low])
	}
	if r.high >= 0 {
		pt.High, _ = amount(row[r.high])
	}
	for _, b := range r.bands {
		low, _ := amount(row[b[0]])
		high, _ := amount(row[b[1]])
		pt.Bands = append(pt.Bands, [2]float64{low, high})
	}
}

// all are the points of all panels.
func (c *Chart) all() iter.Seq[Point] {
	return func(yield func(Point) bool) {
		for _, p := range c.Panels {
			for _, pts := range p.Points {
				for _, q := range pts {
					if !yield(q) {
						return
					}
				}
			}
		}
	}
}

// known are the points of a panel that have a value, each with the number of its series.
func (p Panel) known() iter.Seq2[int, Point] {
	return func(yield func(int, Point) bool) {
		for i, pts := range p.Points {
			for _, q := range pts {
				if !math.IsNaN(q.Y) && !yield(i, q) {
					return
				}
			}
		}
	}
}

// lined reports whether the series are lines.
func (c *Chart) lined() bool { return c.Kind == KindLine || c.Kind == KindStep || c.Kind == KindFan }

// places says where each name is.
func places(names []string) map[string]int {
	at := map[string]int{}
	for i, n := range names {
		at[n] = i
	}
	return at
}

// describe names the place of a row: "year 2004, sex female".
func (t Table) describe(row []any, r roles) string {
	var parts []string
	for _, col := range []int{r.x, r.color, r.facet} {
		if col >= 0 {
			parts = append(parts, words(t.Columns[col].Name)+" "+label(row[col]))
		}
	}
	return strings.Join(parts, ", ")
}

func sentence(a, b string) string {
	if a == "" {
		return b
	}
	if !strings.HasSuffix(a, ".") {
		a += "."
	}
	return a + " " + b
}

// sortCategories puts the largest bar first, by the last series that has a
// value (the latest period), summed over panels; categories with an order of
// their own keep it, and a stack keeps the query's.
func (c *Chart) sortCategories(s Spec, r roles) {
	c.overTime = r.time
	switch {
	case c.Categories == nil, r.time, s.Sort == "none", c.Kind == KindCoefficient, c.Kind == KindCorrelation,
		s.Sort == "" && (c.Kind == KindBox || c.Kind == KindStack || c.Kind == KindLine || numbered(stripWords(c.Categories))):
		return
	}
	value := slices.Repeat([]float64{math.Inf(-1)}, len(c.Categories))
	for k := range c.Series {
		sum := map[int]float64{}
		for _, p := range c.Panels {
			for _, pt := range p.Points[k] {
				if !math.IsNaN(pt.Y) {
					sum[int(pt.X)] += pt.Y
				}
			}
		}
		for i, v := range sum {
			value[i] = v
		}
	}
	order := make([]int, len(value))
	for i := range order {
		order[i] = i
	}
	// The order of Danish is that of Norwegian; that of "nb" has å at a.
	collator := collate.New(language.Danish)
	slices.SortStableFunc(order, func(a, b int) int {
		if s.Sort == "name" {
			return collator.CompareString(c.Categories[a], c.Categories[b])
		}
		return cmp.Compare(value[b], value[a])
	})
	names, place := make([]string, len(order)), make([]float64, len(order))
	for to, from := range order {
		names[to], place[from] = c.Categories[from], float64(to)
	}
	c.Categories = names
	for _, p := range c.Panels {
		for _, pts := range p.Points {
			for i := range pts {
				pts[i].X = place[int(pts[i].X)]
			}
			byX(pts)
		}
	}
}

// byX puts points in the order of their x.
func byX(pts []Point) {
	slices.SortStableFunc(pts, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
}

// scales finds the range of x and y over all panels.
func (c *Chart) scales(t Table, s Spec, r roles) {
	xlo, xhi, ylo, yhi := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	whole := true
	for _, p := range c.Panels {
		ends := newEnds()
		for _, pts := range p.Points {
			for _, pt := range pts {
				xlo, xhi = math.Min(xlo, pt.X), math.Max(xhi, pt.X)
				whole = whole && pt.X == math.Trunc(pt.X)
				values := []float64{pt.Y, pt.Low, pt.High}
				if c.stacked() && !math.IsNaN(pt.Y) {
					_, to := ends.next(c.Kind, pt)
					values = append(values, to)
				}
				for _, v := range values {
					if !math.IsNaN(v) {
						ylo, yhi = math.Min(ylo, v), math.Max(yhi, v)
					}
				}
			}
		}
	}
	zero := c.Kind == KindBar || c.Kind == KindStack || c.Kind == KindArea || ylo <= yhi/2
	for _, y := range r.y {
		zero = zero || fromZero[strings.ToLower(t.Columns[y].Name)]
	}
	if s.Zero != "" {
		zero = s.Zero == "yes"
	}
	if zero {
		ylo, yhi = math.Min(ylo, 0), math.Max(yhi, 0)
	}
	// Shares sum to a hair over 100 or 1 in floating point: no step for that.
	for _, limit := range []float64{1, 100} {
		if math.Abs(yhi-limit) < limit*1e-9 {
			yhi = limit
		}
	}
	if c.Kind == KindCorrelation {
		ylo, yhi = -1, 1
	}
	c.wholeX = whole && c.Kind != KindScatter
	switch {
	case c.Categories != nil:
		c.X = Scale{Min: -0.5, Max: float64(len(c.Categories)) - 0.5}
	case c.Kind == KindScatter:
		c.X = niceScale(xlo, xhi, 6)
	default:
		c.X = exactScale(xlo, xhi, 6, whole)
	}
	c.Y, c.yRange = niceScale(ylo, yhi, 5), [2]float64{ylo, yhi}
}

// Horizontal reports whether bars lie: categories read better to the left of
// their bars than under them. Years stand.
func (c *Chart) Horizontal() bool {
	return c.Categories != nil && (c.Kind != KindLine && c.Kind != KindArea) && !c.overTime
}

// stacked reports whether the series add up.
func (c *Chart) stacked() bool { return c.Kind == KindStack || c.Kind == KindArea }

// named reports whether the series need a legend or labels.
func (c *Chart) named() bool {
	return c.Kind != KindCorrelation && (len(c.Series) > 1 || c.Series[0] != "")
}
