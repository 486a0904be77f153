package plot

import (
	"fmt"
	"math"
	"sort"
	"strings"
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

	wholeX   bool // x values are whole numbers: ticks are too
	dated    bool // x is a date, a year with a fraction
	overTime bool // the categories are years, and stand beside each other
}

// Panel is one of several small charts on the same scales. Points[i] are the
// points of Chart.Series[i], by x.
type Panel struct {
	Name   string
	Points [][]Point
}

// Point is one value. X is a number or the place of a category. Y, Low and
// High are NaN where there is none.
type Point struct{ X, Y, Low, High float64 }

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
	r, err := infer(t, s)
	if err != nil {
		return nil, err
	}
	c := &Chart{Kind: s.Kind, Title: s.Title, Subtitle: strings.Join(r.fixed, ", "), Note: s.Note}
	if err := c.chooseKind(t, s, r); err != nil {
		return nil, err
	}
	if err := c.gather(t, r); err != nil {
		return nil, err
	}
	c.label(t, s, r)
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
	if c.Kind == KindArea && !r.time {
		return fmt.Errorf("plot: kind=area needs a numeric x such as year, and %s is not; use kind=stack", t.Columns[r.x].Name)
	}
	return nil
}

// gather puts every row in its panel, series and place.
func (c *Chart) gather(t Table, r roles) error {
	level := func(col int, fallback string) ([]string, map[string]int) {
		names := []string{fallback}
		if col >= 0 {
			names = t.levels(col)
		}
		at := map[string]int{}
		for i, n := range names {
			at[n] = i
		}
		return names, at
	}
	panels, panelAt := level(r.facet, "")
	series, seriesAt := level(r.color, "")
	if len(r.y) > 1 {
		series = nil
		for _, y := range r.y {
			series = append(series, words(t.Columns[y].Name))
		}
	}
	c.Series = series
	var categoryAt map[string]int
	// Bars over years are categories too: every year is a place.
	if !r.time || c.Kind == KindBar || c.Kind == KindStack {
		c.Categories, categoryAt = level(r.x, "")
	}
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
		if categoryAt != nil {
			x, ok = float64(categoryAt[label(row[r.x])]), true
		}
		for k, y := range r.y {
			at := place{x: x, series: k}
			if r.facet >= 0 {
				at.panel = panelAt[label(row[r.facet])]
			}
			if r.color >= 0 {
				at.series = seriesAt[label(row[r.color])]
			}
			pt := Point{X: x, Low: math.NaN(), High: math.NaN()}
			var has bool
			if pt.Y, has = amount(row[y]); !has || !ok {
				missing++
				if !ok {
					continue
				}
			} else {
				drawn++
			}
			if seen[at] && c.Kind != KindPoint {
				return fmt.Errorf("plot: several rows for %s; choose what tells them apart with color= or facet=, or sum in SQL", t.describe(row, r))
			}
			seen[at] = true
			if r.low >= 0 {
				pt.Low, _ = amount(row[r.low])
			}
			if r.high >= 0 {
				pt.High, _ = amount(row[r.high])
			}
			p := &c.Panels[at.panel]
			p.Points[at.series] = append(p.Points[at.series], pt)
		}
	}
	if drawn == 0 {
		return fmt.Errorf("plot: %s is NULL in every row, or too large to draw", list(t, r.y))
	}
	for _, p := range c.Panels {
		for _, pts := range p.Points {
			sort.SliceStable(pts, func(i, j int) bool { return pts[i].X < pts[j].X })
		}
	}
	if missing > 0 {
		c.Note = sentence(c.Note, fmt.Sprintf("%d of %d values are missing.", missing, missing+drawn))
	}
	return nil
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

// label writes what the axes and series are called. Codes get the name of
// their column: a bare "1" in a legend says nothing.
func (c *Chart) label(t Table, s Spec, r roles) {
	c.YLabel = s.Unit
	if c.YLabel == "" && len(r.y) == 1 {
		c.YLabel = axisLabel(t.Columns[r.y[0]].Name)
	}
	name := t.Columns[r.x].Name
	c.dated = t.dated(r.x)
	if c.Categories == nil && !strings.EqualFold(name, "year") && !t.dated(r.x) {
		c.XLabel = axisLabel(name)
	}
	bare := func(names []string) bool {
		for _, n := range names {
			if strings.Trim(n, "0123456789") != "" && n != "unknown" && n != "yes" && n != "no" {
				return false
			}
		}
		return true
	}
	if r.color >= 0 {
		c.Ordered = numbered(c.Series) && !bare(c.Series)
		if bare(c.Series) {
			for i := range c.Series {
				c.Series[i] = words(t.Columns[r.color].Name) + " " + c.Series[i]
			}
		}
	}
	if r.facet >= 0 {
		var names []string
		for _, p := range c.Panels {
			names = append(names, p.Name)
		}
		if bare(names) {
			for i := range c.Panels {
				c.Panels[i].Name = words(t.Columns[r.facet].Name) + " " + c.Panels[i].Name
			}
		}
	}
	if c.Categories != nil && !r.time && bare(c.Categories) {
		for i := range c.Categories {
			c.Categories[i] = words(name) + " " + c.Categories[i]
		}
	}
	if c.Title == "" && s.Title == "" {
		c.Title, c.Subtitle = c.Subtitle, ""
	}
}

// Horizontal reports whether bars lie: categories read better to the left of
// their bars than under them. Years stand.
func (c *Chart) Horizontal() bool {
	return c.Categories != nil && (c.Kind == KindBar || c.Kind == KindStack || c.Kind == KindPoint) && !c.overTime
}

// named reports whether the series need a legend or labels.
func (c *Chart) named() bool { return len(c.Series) > 1 || c.Series[0] != "" }
