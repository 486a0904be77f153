package plot

import (
	"math"
	"slices"
	"strings"
	"time"
)

// A year, a date or a single age that has no row between others that have one is
// no value to draw a line through. Of a count it is 0, because nobody was counted
// there; of a frequency, which then has nobody to divide by, it is a gap.

// calendar is what an x of years, ages or dates can hold: every step-th from first to last.
type calendar struct {
	first, last, step int
	months, days      bool // what is counted, for dates; else the value itself
}

// steps finds the grid of an x; false where x is a measure, or has no step.
func (t Table) steps(x int) (g calendar, ok bool) {
	if t.dated(x) {
		g.months, g.days = true, true
		for _, row := range t.Rows {
			if d, is := row[x].(time.Time); is {
				g.days = g.days && d.Equal(d.Truncate(24*time.Hour))
				g.months = g.months && g.days && d.Day() == 1
			}
		}
		if !g.days {
			return g, false
		}
		g.days = !g.months
	} else if !t.numeric(x) || !counted(t.Columns[x].Name) {
		return g, false
	}
	var at []int
	for _, row := range t.Rows {
		switch k, is := g.index(row[x]); {
		case is:
			at = append(at, k)
		case row[x] != nil:
			return g, false
		}
	}
	slices.Sort(at)
	if at = slices.Compact(at); len(at) < 2 {
		return g, false
	}
	g.first, g.last = at[0], at[len(at)-1]
	for _, k := range at[1:] {
		for a, b := k-g.first, g.step; ; a, b = b, a%b {
			if b == 0 {
				g.step = a
				break
			}
		}
	}
	return g, g.count() <= 20000
}

// counted reports whether the whole numbers of a column follow each other.
func counted(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"year", "age", "duration", "month", "quarter"}, func(of string) bool { return name == of || strings.HasSuffix(name, "_"+of) })
}

func (g calendar) count() int { return (g.last-g.first)/g.step + 1 }

// index numbers a value: the year itself, or months or days.
func (g calendar) index(v any) (int, bool) {
	switch v := v.(type) {
	case time.Time:
		if g.months {
			return v.Year()*12 + int(v.Month()) - 1, true
		}
		return int(v.Unix() / 86400), true
	case float64:
		return int(v), v == math.Trunc(v) && math.Abs(v) < 1e9
	}
	return 0, false
}

// value is what index numbers.
func (g calendar) value(k int) any {
	switch {
	case g.months:
		return time.Date(k/12, time.Month(k%12+1), 1, 0, 0, 0, 0, time.UTC)
	case g.days:
		return time.Unix(int64(k)*86400, 0).UTC()
	}
	return float64(k)
}

// timeline lists the labels of all places of a time axis of bars, those without a
// row among them.
func (t Table) timeline(x int) []string {
	have := t.levels(x)
	g, ok := t.steps(x)
	if !ok || g.count() > 4*maxBars {
		return have
	}
	var out []string
	for k := g.first; k <= g.last; k += g.step {
		out = append(out, label(g.value(k)))
	}
	for _, s := range have {
		if !slices.Contains(out, s) {
			out = append(out, s) // NULL
		}
	}
	return out
}

// complete gives every series a point where it has no row: 0 or none.
func (c *Chart) complete(t Table, r roles) {
	g, ok := t.steps(r.x)
	if !ok || !r.time || !slices.Contains([]string{KindLine, KindArea, KindBar, KindStack, KindFan}, c.Kind) {
		return
	}
	// A few years that somebody has chosen are not all there are.
	have := len(t.levels(r.x))
	dense := have >= 8 || 2*have >= g.count()
	at := places(c.Categories)
	zeros := false
	for p := range c.Panels {
		for k, pts := range c.Panels[p].Points {
			if len(pts) == 0 {
				continue
			}
			y := r.y[min(k, len(r.y)-1)]
			fill := math.NaN()
			if dense && t.counts(y) {
				fill = 0
			}
			there := map[float64]bool{}
			for _, q := range pts {
				there[q.X] = true
			}
			for i := g.first; i <= g.last; i += g.step {
				x, _ := position(g.value(i))
				if c.Categories != nil {
					n, ok := at[label(g.value(i))]
					if !ok {
						break
					}
					x = float64(n)
				}
				if !there[x] {
					q := noValue(x)
					q.Y = fill
					pts = append(pts, q)
					zeros = zeros || fill == 0
				}
			}
			byX(pts)
			c.Panels[p].Points[k] = pts
		}
	}
	if zeros {
		c.Note = sentence(c.Note, "A count without a row is 0.")
	}
}

// counts reports whether a column counts people or events.
func (t Table) counts(y int) bool {
	name := strings.ToLower(t.Columns[y].Name)
	name = strings.TrimSuffix(strings.TrimPrefix(name, "sum("), ")")
	name = strings.TrimSuffix(strings.Trim(name, `"`), "_macro")
	if name != "n" && !strings.HasPrefix(name, "count") && !slices.Contains(countNames, name) {
		return false
	}
	return !slices.ContainsFunc(t.Rows, func(row []any) bool {
		v, ok := row[y].(float64)
		return ok && (v < 0 || v != math.Trunc(v))
	})
}

var countNames = []string{"emigrations", "immigrations", "migrations", "residents", "births", "deaths", "moves", "moves_in", "moves_out",
	"persons", "people", "events", "number", "antall"}
