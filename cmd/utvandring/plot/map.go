package plot

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// KindMap is a map: places filled by classes of a number. geo= asks for it.
const KindMap = "map"

// GeoCounties is the geo= of the map of counties that needs no file.
const GeoCounties = "counties"

var placeNames = []string{"municipality_code", "municipality", "county_code", "county", "place_code", "place", "region_code", "region",
	"kommunenummer", "kommune", "fylkesnummer", "fylke"}

// classes is about how many colours a map has.
const classes = 5

// newMap matches the rows of a table with the places of a map: Categories are the places
// of the table, Points[0] of each panel their values.
func newMap(t Table, s Spec) (*Chart, error) {
	r := newRoles()
	if err := r.named(t, s); err != nil {
		return nil, err
	}
	for _, name := range placeNames {
		if r.x < 0 {
			r.x = t.find(name)
		}
	}
	if r.facet < 0 && r.color != r.x { // what a figure has side by side
		r.facet = r.color
	}
	r.color = -1
	if r.x < 0 {
		return nil, fmt.Errorf("plot: geo= needs a column of places, such as county or municipality_code (columns %s); name it with x=", t.names())
	}
	for _, name := range measureNames {
		if i := t.number(name); len(r.y) == 0 && i >= 0 {
			r.y = []int{i}
		}
	}
	for i := range t.Columns {
		if len(r.y) == 0 && t.measured(i) && i != r.x && i != r.facet {
			r.y = []int{i}
		}
	}
	if len(r.y) != 1 || !t.numeric(r.y[0]) {
		return nil, fmt.Errorf("plot: a map shows one column of numbers; name it with y= (columns %s)", t.names())
	}
	c := &Chart{Locale: s.Locale, Kind: KindMap, Title: s.Title, Note: s.Note, Series: []string{""}, Categories: t.levels(r.x)}
	for i := range t.Columns {
		if i != r.x && i != r.y[0] && i != r.facet && len(t.levels(i)) == 1 && !t.measured(i) {
			r.fix(t, i)
		}
	}
	c.Subtitle = strings.Join(r.fixed, ", ")
	if c.places = s.Places; s.Geo == GeoCounties {
		c.places = Tiles(c.Categories)
	}
	if err := c.findPlaces(t.Columns[r.x].Name); err != nil {
		return nil, err
	}
	panels, panelOf := t.divide(r.facet)
	if len(panels) > maxPanels {
		return nil, fmt.Errorf("plot: %d maps are too many; filter in SQL first", len(panels))
	}
	row := places(c.Categories)
	for _, name := range panels {
		points := make([]Point, len(c.Categories))
		for i := range points {
			points[i] = noValue(float64(i))
		}
		c.Panels = append(c.Panels, Panel{Name: name, Points: [][]Point{points}})
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	seen := map[[2]int]bool{}
	for _, values := range t.Rows {
		at := [2]int{panelOf(values), row[label(values[r.x])]}
		if seen[at] {
			return nil, fmt.Errorf("plot: several rows for %s, and a map shows one a place: choose one in SQL (WHERE year = 2013), or draw a map each with facet=", c.Categories[at[1]])
		}
		seen[at] = true
		if v, ok := amount(values[r.y[0]]); ok && slices.Contains(c.placeRow, at[1]) {
			c.Panels[at[0]].Points[0][at[1]].Y = v
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		return nil, fmt.Errorf("plot: %s has no value for a place of the map", t.Columns[r.y[0]].Name)
	}
	c.Y = mapClasses(lo, hi)
	c.label(t, s, r)
	c.XLabel = ""
	c.translate(t, s, r)
	return c, nil
}

// mapClasses are about five classes from lo to hi, between multiples of a nice step.
func mapClasses(lo, hi float64) Scale {
	if lo == hi {
		return Scale{Min: lo, Max: hi, Ticks: []float64{lo, hi}}
	}
	for n := classes; ; n-- {
		if s := niceScale(lo, hi, n); len(s.Ticks) <= classes+2 || n == 1 {
			return s
		}
	}
}

// findPlaces finds the places of the map that the table names, by the property in which
// most of them are.
func (c *Chart) findPlaces(column string) error {
	wanted := map[string]int{}
	for i, name := range c.Categories {
		wanted[same(name)] = i
	}
	found, shown := map[string]int{}, map[string]string{}
	for _, p := range c.places {
		for name, value := range p.Properties {
			if shown[name] == "" || value < shown[name] {
				shown[name] = value
			}
			if _, ok := wanted[same(value)]; ok {
				found[name]++
			}
		}
	}
	best := ""
	properties := slices.Sorted(maps.Keys(shown))
	for i, name := range properties {
		if found[name] > found[best] {
			best = name
		}
		properties[i] = fmt.Sprintf("%s (%s)", name, shown[name])
	}
	if best == "" {
		return fmt.Errorf("plot: no place of the map is one of %s (%s, …); the map has %s", column, strings.Join(first(c.Categories, 3), ", "), strings.Join(first(properties, 8), ", "))
	}
	onMap := map[int]bool{}
	c.placeRow = make([]int, len(c.places))
	for i, p := range c.places {
		c.placeRow[i] = -1
		if row, ok := wanted[same(p.Properties[best])]; ok && p.Properties[best] != "" {
			c.placeRow[i] = row
			onMap[row] = true
		}
	}
	var missing []string
	for i, name := range c.Categories {
		if !onMap[i] && !whole(name) {
			missing = append(missing, name)
		}
	}
	if n := len(missing); n > 0 {
		if n > 8 {
			missing = append(missing[:8], fmt.Sprintf("and %d more", n-8))
		}
		c.Note = strings.TrimSpace(c.Note + " Not on the map: " + strings.Join(missing, ", ") + ".")
	}
	return nil
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// class is that of a value, from 0; -1 where there is none.
func (c *Chart) class(v float64) int {
	if math.IsNaN(v) {
		return -1
	}
	n := len(c.Y.Ticks) - 1
	for i := range n - 1 {
		if v < c.Y.Ticks[i+1] {
			return i
		}
	}
	return n - 1
}

// classNames are what the legend says of each class.
func (c *Chart) classNames() []string {
	ticks := c.ticks(c.Y, false)
	if c.Y.Min == c.Y.Max {
		return ticks[:1]
	}
	var names []string
	for i := range len(ticks) - 1 {
		names = append(names, ticks[i]+c.Locale.Text(" to ")+ticks[i+1])
	}
	return names
}

// value is that of a place in a panel, NaN where there is none.
func (c *Chart) value(p Panel, place int) float64 {
	if row := c.placeRow[place]; row >= 0 {
		return p.Points[0][row].Y
	}
	return math.NaN()
}

// lacks reports whether a place of some panel has no value.
func (c *Chart) lacks() bool {
	for _, p := range c.Panels {
		for i := range c.places {
			if math.IsNaN(c.value(p, i)) {
				return true
			}
		}
	}
	return false
}
