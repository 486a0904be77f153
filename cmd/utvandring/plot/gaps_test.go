package plot

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

// TestGaps: what has no row is 0 where people are counted, and a gap in a line where
// something is divided by them; nothing is drawn between.
func TestGaps(t *testing.T) {
	day := func(s string) any {
		d, err := time.Parse("2006-01-02", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	table := func(x string, y string, values ...any) Table {
		c := Table{Columns: []Column{{x, Number}, {y, Number}}}
		for i := 0; i < len(values); i += 2 {
			if _, ok := values[i].(time.Time); ok {
				c.Columns[0].Type = Time
			}
			c.Rows = append(c.Rows, []any{values[i], values[i+1]})
		}
		return c
	}
	few := []any{1990.0, 4.0, 1995.0, 5.0, 2013.0, 6.0}
	for _, test := range []struct {
		name  string
		table Table
		kind  string
		want  string // values by x; - where there is none
	}{
		{"a year of a count", table("year", "emigrations", 2000.0, 5.0, 2001.0, 6.0, 2003.0, 7.0), "", "5 6 0 7"},
		{"a year of a frequency", table("year", "frequency", 2000.0, 5.0, 2001.0, 6.0, 2003.0, 7.0), "", "5 6 - 7"},
		{"NULL is no count", table("year", "emigrations", 2000.0, 5.0, 2001.0, nil, 2003.0, 7.0), "", "5 - 0 7"},
		{"single ages", table("age", "emigrations", 20.0, 5.0, 21.0, 6.0, 23.0, 7.0), "", "5 6 0 7"},
		{"frequencies of single ages", table("age", "frequency", 20.0, 5.0, 21.0, 6.0, 23.0, 7.0), "", "5 6 - 7"},
		{"days", table("event_date", "count_star()", day("2013-02-27"), 5.0, day("2013-03-01"), 6.0, day("2013-03-02"), 1.0), "", "5 0 6 1"},
		{"months", table("month", "n", day("2012-11-01"), 5.0, day("2012-12-01"), 6.0, day("2013-02-01"), 1.0), "", "5 6 0 1"},
		{"quarters", table("quarter", "percent", day("2012-10-01"), 5.0, day("2013-01-01"), 6.0, day("2013-07-01"), 1.0, day("2013-10-01"), 2.0), "", "5 6 - 1 2"},
		{"every fifth year", table("year", "emigrations", 1990.0, 4.0, 1995.0, 5.0, 2000.0, 6.0), "", "4 5 6"},
		{"years somebody chose", table("year", "emigrations", few...), "", "4 - - - - 5" + strings.Repeat(" -", 17) + " 6"},
		{"bars", table("year", "emigrations", 2000.0, 5.0, 2001.0, 6.0, 2003.0, 7.0), KindBar, "5 6 0 7"},
		{"bars of frequencies", table("year", "frequency", 2000.0, 5.0, 2001.0, 6.0, 2003.0, 7.0), KindBar, "5 6 - 7"},
		{"areas", table("age", "residents", 20.0, 5.0, 21.0, 6.0, 23.0, 7.0), KindArea, "5 6 0 7"},
		{"a measure has no steps", table("unemployment_rate", "frequency", 2.0, 5.0, 3.0, 6.0, 7.0, 7.0), KindLine, "5 6 7"},
	} {
		spec := Spec{Kind: test.kind}
		if test.kind == KindLine {
			spec.X, spec.Y = test.table.Columns[0].Name, []string{test.table.Columns[1].Name}
		}
		c, err := NewChart(test.table, spec)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		var got []string
		for i, q := range c.Panels[0].Points[0] {
			if c.Categories != nil && q.X != float64(i) {
				t.Errorf("%s: a bar at %v", test.name, q.X)
			}
			value := "-"
			if !math.IsNaN(q.Y) {
				value = fmt.Sprint(q.Y)
			}
			got = append(got, value)
		}
		if all := strings.Join(got, " "); all != test.want {
			t.Errorf("%s: %s, want %s", test.name, all, test.want)
		}
		if zero := strings.Contains(" "+test.want+" ", " 0 "); zero != strings.Contains(c.Note, "A count without a row is 0.") {
			t.Errorf("%s: note %q", test.name, c.Note)
		}
	}
}

// TestLastYear: the axis names the last year, also under bars and where it is narrow.
func TestLastYear(t *testing.T) {
	for _, kind := range []string{KindLine, KindBar, KindStack, KindArea, KindPoint} {
		for _, table := range []Table{bySex(), migrations()} {
			c := newChart(t, table, Spec{Kind: kind, Y: []string{"emigrations"}})
			for width := 160; width < 1200; width += 97 {
				years := map[string]bool{}
				for _, text := range c.Scene(width, 0).Texts {
					years[text.S] = true
				}
				if !years["2013"] {
					t.Errorf("%s, %d wide: 2013 is not named", kind, width)
				}
			}
			if screen := c.Terminal(Screen{Width: 60, Height: 24, Unicode: true}); kind != KindBar && !strings.Contains(screen, "2013") {
				t.Errorf("%s on a screen: 2013 is not named\n%s", kind, screen)
			}
		}
	}
}

// TestFewTicks: the ends and zero are ticks, and all are as far apart.
func TestFewTicks(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		fits   int
		want   string
	}{
		{0, 27, 2, "0 30"}, {0, 6.5, 4, "0 4 8"}, {0, 6.5, 5, "0 2 4 6 8"}, {-3, 9, 3, "−10 0 10"}, {0, 0.06, 3, "0.00 0.03 0.06"},
	} {
		s, ok := fewTicks(test.lo, test.hi, test.fits)
		if got := strings.Join(new(Chart).ticks(s, false), " "); !ok || got != test.want {
			t.Errorf("%v to %v in %d: %q, want %q", test.lo, test.hi, test.fits, got, test.want)
		}
	}
}
