package plot

import (
	"slices"
	"strings"
	"unicode"
)

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
		return !slices.ContainsFunc(names, func(n string) bool {
			return strings.Trim(n, "0123456789") != "" && n != "unknown" && n != "yes" && n != "no"
		})
	}
	introduce := func(col int, names []string) {
		if bare(names) {
			for i := range names {
				names[i] = words(t.Columns[col].Name) + " " + names[i]
			}
		}
	}
	if r.color >= 0 {
		c.Ordered = numbered(c.Series) && (!bare(c.Series) || ordered[strings.ToLower(t.Columns[r.color].Name)]) || len(t.Order[r.color]) > 2
		introduce(r.color, c.Series)
	}
	if r.facet >= 0 {
		names := c.panelNames()
		introduce(r.facet, names)
		for i := range names {
			c.Panels[i].Name = names[i]
		}
	}
	if !r.time {
		introduce(r.x, c.Categories)
	}
	if c.Title == "" && s.Title == "" {
		c.Title, c.Subtitle = c.Subtitle, ""
	}
}

func (c *Chart) panelNames() (names []string) {
	for _, p := range c.Panels {
		names = append(names, p.Name)
	}
	return names
}

// translate says the texts in the language of the chart; a title that somebody wrote
// stays.
func (c *Chart) translate(t Table, s Spec, r roles) {
	texts := []*string{&c.Subtitle, &c.XLabel, &c.YLabel, &c.Note}
	if s.Title == "" {
		texts = append(texts, &c.Title)
	}
	say := func(col int, text *string) {
		if col < 0 {
			*text = c.Locale.Text(*text)
		} else {
			*text = c.Locale.Value(t.Columns[col].Name, *text)
		}
	}
	for _, text := range texts {
		say(-1, text)
	}
	for i := range c.Series {
		say(r.color, &c.Series[i])
	}
	for i := range c.Categories {
		say(r.x, &c.Categories[i])
	}
	for i := range c.Panels {
		say(r.facet, &c.Panels[i].Name)
		for _, points := range c.Panels[i].Points {
			for k := range points {
				say(r.label, &points[k].Label)
			}
		}
	}
}

// whole reports whether a category is the whole of which the others are parts;
// its label is set in bold so that the eye can compare with it.
func whole(s string) bool {
	return isOneOf(s, []string{"hele landet", "landet", "norway", "norge", "whole country", "total", "all"})
}

// stripWords undoes the column name that label puts before bare codes.
func stripWords(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n[strings.LastIndex(n, " ")+1:]
	}
	return out
}

// units are the axis labels of the columns the program knows.
var units = map[string]string{
	"frequency":          "Emigrations per 100 residents",
	"standardised":       "Emigrations per 100 residents, standardised",
	"percent":            "Per cent",
	"effect":             "Percentage points",
	"residents":          "Residents on 1 January",
	"emigrations":        "Emigrations",
	"emigrations_macro":  "Emigrations, without same-year movers",
	"immigrations":       "Immigrations",
	"immigrations_macro": "Immigrations, without same-year movers",
	"unemployment_rate":  "Unemployed, per cent of the labour force",
	"age":                "Age, years",
	"duration":           "Duration of residence, years",
	"lednor":             "Unemployed, per cent of the labour force",
	"survival":           "Share still resident",
	"gdp_ppp":            "GDP at purchasing-power parity",
}

// ordered are the codes that are steps of something: the others are only names.
var ordered = map[string]bool{"country_group": true, "centrality": true, "year": true, "age": true, "duration": true}

// fromZero are the measures whose axis begins at zero whatever their range.
var fromZero = map[string]bool{"frequency": true, "standardised": true, "share": true, "percent": true,
	"residents": true, "emigrations": true, "immigrations": true, "unemployment_rate": true}

// axisLabel names a measure with its unit.
func axisLabel(column string) string {
	if u, ok := units[strings.ToLower(column)]; ok {
		return u
	}
	w := []rune(words(column))
	if len(w) > 0 && !strings.ContainsAny(column, "0123456789") {
		w[0] = unicode.ToUpper(w[0])
	}
	return string(w)
}

// words turns a column name into words: age_group, age group. Names with
// digits are symbols, such as emi_k3, and stay.
func words(column string) string {
	if strings.ContainsAny(column, "0123456789") {
		return column
	}
	return strings.ReplaceAll(column, "_", " ")
}
