package plot

import (
	"math"
	"strings"
	"testing"
	"time"
)

// TestInfer says for each result what becomes what. A fault in the order of
// preference shows here by name, not as a strange picture.
func TestInfer(t *testing.T) {
	for _, c := range []struct {
		name                   string
		table                  Table
		spec                   Spec
		kind                   string
		series, panels, places int // places: categories; 0 for a numeric x
		label                  string
	}{
		{"frequency by year and sex", bySex(), Spec{}, KindLine, 2, 1, 0, "Emigrations per 100 residents"},
		{"more counties than colours become panels", byCountyYear(1), Spec{}, KindLine, 1, 19, 0, "Emigrations per 100 residents"},
		{"of two dimensions the larger becomes panels", byCountyYear(2), Spec{}, KindLine, 2, 19, 0, "Emigrations per 100 residents"},
		{"named, the other way round is refused elsewhere; panels by sex", byAge(), Spec{Facet: "age_group"}, KindLine, 1, 6, 0, "Emigrations per 100 residents"},
		{"several measures are series", migrations(), Spec{}, KindLine, 3, 1, 0, ""},
		{"a period is a colour", byCountyPeriod(), Spec{}, KindBar, 2, 1, 20, "Emigrations per 100 residents"},
		{"shares are stacked, periods are panels", compositionTable(), Spec{}, KindStack, 5, 2, 19, "Share"},
		{"actual beside simulated, by variable", simulated(), Spec{}, KindLine, 2, 4, 0, ""},
		{"bars over years stand", bySex(), Spec{Kind: KindBar}, KindBar, 2, 1, 14, "Emigrations per 100 residents"},
		{"the user's y", bySex(), Spec{Y: []string{"RESIDENTS"}}, KindLine, 2, 1, 0, "Residents on 1 January"},
		{"codes are groups, not amounts", interval(), Spec{}, KindLine, 3, 1, 0, "Emigrations per 100 residents"},
		{"ages on x", byAgeSex(), Spec{}, KindLine, 2, 1, 0, "Emigrations"},
		{"one row per category with interval", differences(), Spec{}, KindBar, 1, 1, 5, "Difference"},
	} {
		chart, err := NewChart(c.table, c.spec)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if chart.Kind != c.kind || len(chart.Series) != c.series || len(chart.Panels) != c.panels || len(chart.Categories) != c.places || chart.YLabel != c.label {
			t.Errorf("%s: got %s, %d series %q, %d panels, %d places, label %q", c.name, chart.Kind, len(chart.Series), chart.Series, len(chart.Panels), len(chart.Categories), chart.YLabel)
		}
	}
}

// TestValues follows single numbers from the result into the chart.
func TestValues(t *testing.T) {
	c := newChart(t, interval(), Spec{})
	if got := c.Series; strings.Join(got, "|") != "country group 1|country group 2|country group 3" {
		t.Errorf("series %q", got)
	}
	// interval() has a NULL for group 2 in 1997 and a known value in 1998.
	var at1997, at1998 Point
	for _, q := range c.Panels[0].Points[1] {
		switch q.X {
		case 1997:
			at1997 = q
		case 1998:
			at1998 = q
		}
	}
	want := wave(1998, 2, 4)
	if !math.IsNaN(at1997.Y) || at1998.Y != want || at1998.Low != want*0.9 || at1998.High != want*1.12 {
		t.Errorf("1997 %v, 1998 %v, want %v", at1997, at1998, want)
	}
	if n := len(runs(c.Panels[0].Points[1])); n != 2 {
		t.Errorf("the line of group 2 has %d runs; the NULL parts it in 2", n)
	}
	if c.Y.Min != 0 {
		t.Errorf("a frequency's axis begins at %v", c.Y.Min)
	}
}

// TestBarOrder sorts by the later period; age groups keep their own order.
func TestBarOrder(t *testing.T) {
	rows := Table{Columns: columns("county", "period", "frequency"), Rows: [][]any{
		{"Oslo", "2004-2008", 9.0}, {"Oslo", "2009-2013", 5.0},
		{"Troms", "2004-2008", 4.0}, {"Troms", "2009-2013", 7.0},
		{"Østfold", "2004-2008", 1.0}, {"Østfold", "2009-2013", nil},
	}}
	c := newChart(t, rows, Spec{})
	// Østfold's only value, 1.0, is the earlier period's.
	if got := strings.Join(c.Categories, " "); got != "Troms Oslo Østfold" {
		t.Errorf("order %s", got)
	}
	for _, q := range c.Panels[0].Points[1] {
		if c.Categories[int(q.X)] == "Troms" && q.Y != 7 {
			t.Errorf("Troms has %v", q.Y)
		}
	}
	ages := Table{Columns: columns("age_group", "frequency"), Rows: [][]any{{"18-34", 1.0}, {"7-17", 9.0}, {"71+", 3.0}, {"0-6", 2.0}}}
	c = newChart(t, ages, Spec{})
	if got := strings.Join(c.Categories, " "); got != "0-6 7-17 18-34 71+" {
		t.Errorf("order of ages %s", got)
	}
}

func TestErrors(t *testing.T) {
	text := Table{Columns: columns("county", "sex"), Rows: [][]any{{"Oslo", "female"}}}
	number := Table{Columns: columns("residents"), Rows: [][]any{{float64(1)}}}
	for _, c := range []struct {
		name  string
		table Table
		spec  Spec
		want  string
	}{
		{"no result", Table{}, Spec{}, "there is no result to draw"},
		{"no rows", Table{Columns: columns("year", "frequency")}, Spec{}, "has no rows"},
		{"no numbers", text, Spec{}, "needs a column of numbers for y"},
		{"nothing to stand against", number, Spec{}, "needs year, a date or a text column"},
		{"misspelt column", bySex(), Spec{Y: []string{"frequensy"}}, `did you mean "frequency"`},
		{"text for y", bySex(), Spec{Y: []string{"sex"}}, "y=sex is text, and a number is needed; numeric columns are year, residents, emigrations, frequency"},
		{"too many colours", byCountyYear(1), Spec{Color: "county", Facet: "none"}, "facet=county"},
		{"rows on top of each other", byCountyYear(2), Spec{Color: "sex", Facet: "none"}, "county would be drawn on top of each other"},
		{"several rows in one place", bySex(), Spec{Color: "none", Facet: "none"}, "on top of each other"},
		{"doubled rows", Table{Columns: columns("year", "frequency"), Rows: [][]any{{float64(2000), 1.0}, {float64(2000), 2.0}, {float64(2001), 2.0}}}, Spec{}, "several rows for year 2000"},
		{"only NULL", Table{Columns: columns("year", "frequency"), Rows: [][]any{{float64(2000), nil}, {float64(2001), nil}}}, Spec{}, "NULL in every row"},
		{"unknown kind", bySex(), Spec{Kind: "lines"}, `did you mean "line"`},
		{"ambiguous y", Table{Columns: columns("year", "sex", "county", "residents", "emigrations"), Rows: [][]any{{float64(2000), "female", "Oslo", float64(1), float64(2)}, {float64(2001), "male", "Troms", float64(1), float64(2)}, {float64(2001), "female", "Troms", float64(1), float64(2)}}}, Spec{}, "which column is y?"},
	} {
		_, err := NewChart(c.table, c.spec)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "plot: ") {
			t.Errorf("%s: %v does not say where it comes from", c.name, err)
		}
	}
}

func TestParseSpec(t *testing.T) {
	s, err := ParseSpec([]string{"figure_5_31", "x=year", "y=actual, simulated", "colour=sex", "title=Emigration by sex, the county's", "width=800", "out.svg"})
	if err != nil {
		t.Fatal(err)
	}
	if s.X != "year" || len(s.Y) != 2 || s.Y[1] != "simulated" || s.Color != "sex" || s.Title != "Emigration by sex, the county's" || s.From != "figure_5_31" || s.Width != 800 || s.File != "out.svg" {
		t.Errorf("got %+v", s)
	}
	for words, want := range map[string]string{
		"colr=sex":        `did you mean "color"`,
		"width=wide":      "not a size",
		"out.pdf":         "ends in .svg or .png",
		"a.svg b.svg":     "two file names",
		"cell frequency":  "two views",
		"kind=pie":        "one of line, area, bar, stack, point",
		"sort=descending": "one of value, name, none",
	} {
		if _, err := ParseSpec(strings.Fields(words)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", words, err, want)
		}
	}
}

func TestScale(t *testing.T) {
	// Worked out by hand: about five steps of 1, 2 or 5 times a power of ten.
	for _, c := range []struct {
		lo, hi float64
		labels string
	}{
		{0, 5.47, "0 1 2 3 4 5 6"},
		{0, 0.063, "0.00 0.01 0.02 0.03 0.04 0.05 0.06 0.07"},
		{-0.7, 1.35, "−1.0 −0.5 0.0 0.5 1.0 1.5"},
		{0, 63000, "0 10\u00a0000 20\u00a0000 30\u00a0000 40\u00a0000 50\u00a0000 60\u00a0000 70\u00a0000"},
		{0, 0, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{0, 100, "0 20 40 60 80 100"},
	} {
		s := niceScale(c.lo, c.hi, 5)
		if got := strings.Join(new(Chart).ticks(s, false), " "); got != c.labels {
			t.Errorf("%v to %v: %s, want %s", c.lo, c.hi, got, c.labels)
		}
		if s.Min > c.lo || s.Max < c.hi {
			t.Errorf("%v to %v is not covered by %v to %v", c.lo, c.hi, s.Min, s.Max)
		}
	}
	years := exactScale(1990, 2013, 5, true)
	if got := strings.Join(new(Chart).ticks(years, true), " "); got != "1990 1995 2000 2005 2010" {
		t.Errorf("years %s", got)
	}
	for _, v := range exactScale(2010, 2013, 12, true).Ticks {
		if v != math.Trunc(v) {
			t.Errorf("a year of %v", v)
		}
	}
}

// TestSpread: labels end up apart, in order, inside, and those with room stay.
func TestSpread(t *testing.T) {
	ys := []float64{10, 10, 11, 50, 99, 100}
	spread(ys, 10, 0, 100)
	for i := 1; i < len(ys); i++ {
		if ys[i]-ys[i-1] < 10-1e-9 {
			t.Errorf("%v and %v are too near", ys[i-1], ys[i])
		}
	}
	if ys[0] < 0 || ys[5] > 100 || ys[3] != 50 {
		t.Errorf("got %v", ys)
	}
}

func TestDates(t *testing.T) {
	// 2 July 2013 is day 183 of 365: 182 days have passed.
	x, ok := position(time.Date(2013, 7, 2, 0, 0, 0, 0, time.UTC))
	if want := 2013 + 182.0/365; !ok || math.Abs(x-want) > 1e-9 {
		t.Errorf("got %v, want %v", x, want)
	}
}

// TestDateTicks: months and days are named where a fraction of a year would stand.
func TestDateTicks(t *testing.T) {
	for _, c := range []struct {
		from     string
		days     int
		width    float64
		expected string
	}{
		{"2012-12-15", 400, 60, "2013-01 2013-03 2013-05 2013-07 2013-09 2013-11 2014-01"},
		{"2013-01-01", 31 + 28 + 31, 60, "2013-01 2013-02 2013-03 2013-04"},
		{"2013-02-20", 20, 60, "02-20 02-22 02-24 02-26 02-28 03-02 03-04 03-06 03-08 03-10 03-12"},
		{"1990-01-01", 8766, 60, "1990 1992 1994 1996 1998 2000 2002 2004 2006 2008 2010 2012 2014"},
	} {
		from, err := time.Parse("2006-01-02", c.from)
		if err != nil {
			t.Fatal(err)
		}
		table := Table{Columns: []Column{{"day", Time}, {"n", Number}}}
		for _, d := range []int{0, c.days} {
			table.Rows = append(table.Rows, []any{from.AddDate(0, 0, d), float64(d)})
		}
		chart := newChart(t, table, Spec{})
		s := chart.xTicks(c.width, func(s string) float64 { return float64(len(s)) })
		if got := strings.Join(new(Chart).ticks(s, true), " "); got != c.expected {
			t.Errorf("%s and %d days: %s; want %s", c.from, c.days, got, c.expected)
		}
	}
}

// What all rows have in common stands above the picture, but not that all of it is unknown.
func TestFixed(t *testing.T) {
	table := Table{Columns: []Column{{Name: "year", Type: Number}, {Name: "sex"}, {Name: "error"}, {Name: "frequency", Type: Number}},
		Rows: [][]any{{2012.0, "male", nil, 1.0}, {2013.0, "male", nil, 2.0}}}
	c, err := NewChart(table, Spec{})
	if err != nil || c.Title+c.Subtitle != "sex: male" {
		t.Errorf("%+v, %v", c, err)
	}
}
