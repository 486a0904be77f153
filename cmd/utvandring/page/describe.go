package page

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/plot"
)

// kinds are what pictures are called.
var kinds = map[string]string{plot.KindLine: "Lines", plot.KindBar: "Bars", plot.KindStack: "Stacked bars", plot.KindArea: "Areas", plot.KindPoint: "Points",
	plot.KindScatter: "Points", plot.KindCoefficient: "Points", plot.KindBox: "Boxes", plot.KindStep: "Steps", plot.KindFan: "Lines with bands", plot.KindCorrelation: "Dots", plot.KindMap: "A map"}

// describe says in sentences what one sees on a picture, for those who do not see it: what
// is drawn, where each of a few series begins and ends, and the extremes.
func describe(c *plot.Chart) string {
	var text strings.Builder
	in := c.Locale
	say := func(format string, parts ...any) string { return fmt.Sprintf(in.Text(format), parts...) }
	text.WriteString(in.Text(kinds[c.Kind]))
	if c.YLabel != "" {
		text.WriteString(say(" of %s", strings.ToLower(c.YLabel[:1])+c.YLabel[1:]))
	}
	said := func(v float64) string { return in.Number(said(v)) }
	type placed struct {
		plot.Point
		series string
	}
	var known []placed
	var ends []string
	x := func(v float64) string {
		if i := int(math.Round(v)); c.Categories != nil && i >= 0 && i < len(c.Categories) {
			return c.Categories[i]
		}
		return fmt.Sprint(math.Floor(v))
	}
	first, last := math.Inf(1), math.Inf(-1)
	for _, p := range c.Panels {
		for i, points := range p.Points {
			name := strings.Trim(p.Name+", "+c.Series[i], ", ")
			begin := len(known)
			for _, point := range points {
				if !math.IsNaN(point.Y) {
					known = append(known, placed{point, name})
					first, last = min(first, point.X), max(last, point.X)
				}
			}
			if of := known[begin:]; len(of) > 1 && c.Categories == nil {
				ends = append(ends, cmp.Or(name, in.Text("the line"))+in.Text(" from ")+said(of[0].Y)+in.Text(" to ")+said(of[len(of)-1].Y))
			}
		}
	}
	if len(known) == 0 {
		return text.String() + in.Text(", without a value.")
	}
	byValue := func(a, b placed) int { return cmp.Compare(a.Y, b.Y) }
	most, least := slices.MaxFunc(known, byValue), slices.MinFunc(known, byValue)
	switch n := len(c.Categories); {
	case n > 1:
		text.WriteString(say(" for %s groups, %s to %s", fmt.Sprint(n), c.Categories[0], c.Categories[n-1]))
	case n == 0 && last > first:
		text.WriteString(say(", %s to %s", x(first), x(last)))
	}
	if n := len(c.Series); n > 1 {
		text.WriteString(say(", by %s", listed(in, c.Series)))
	}
	if n := len(c.Panels); n > 1 {
		text.WriteString(say(", in %s panels", fmt.Sprint(n)))
	}
	text.WriteString(".")
	if len(ends) > 0 && len(ends) <= 6 {
		text.WriteString(say(" From the first to the last: %s.", strings.Join(ends, "; ")))
	}
	place := func(p placed) string { return strings.Trim(p.series+", "+x(p.X), ", ") }
	text.WriteString(say(" Highest %s (%s), lowest %s (%s).", said(most.Y), place(most), said(least.Y), place(least)))
	return text.String()
}

// said is a number with three digits, or all before the point.
func said(v float64) string {
	decimals := locale.Decimals(slices.Values([]float64{v}), 3, 8)
	return locale.Minus(locale.Thousands(locale.Decimal(v, decimals), locale.NoBreak))
}

// listed are the first few names.
func listed(in locale.Locale, names []string) string {
	if len(names) > 6 {
		return strings.Join(names[:5], ", ") + fmt.Sprintf(in.Text(" and %s more"), fmt.Sprint(len(names)-5))
	}
	return strings.Join(names[:len(names)-1], ", ") + in.Text(" and ") + names[len(names)-1]
}
