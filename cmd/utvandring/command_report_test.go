package main

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/plot"
	"utvandring/engine"
	"utvandring/udf/long"
)

// TestEveryFigure draws all figures of the report over the demo register: on
// the terminal in 80 columns, and on the page, where each is marked as synthetic.
func TestEveryFigure(t *testing.T) {
	s := demoSession(t)
	ctx := context.Background()
	figures, err := s.figures(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	drawn, some := 0, long.Rows(figures, 9)
	for _, f := range some {
		if !s.hasRelation(f.name) {
			t.Logf("%s is listed, and there is no such view", f.name)
			continue
		}
		if f.kind == tableOnly {
			continue
		}
		table, spec, err := s.toPlot(ctx, plot.Spec{From: f.name})
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		chart, err := plot.NewChart(table, spec)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		drawn++
		if !strings.Contains(chart.Note, "Synthetic") || !strings.Contains(chart.Title, "Figur "+f.number) || chart.YLabel == "" {
			t.Errorf("%s: title %q, axis %q, note %q", f.name, chart.Title, chart.YLabel, chart.Note)
		}
		oneLanguage(t, f, table, spec)
		for _, line := range strings.Split(chart.Terminal(plot.Screen{Width: 80, Height: 24, Unicode: true}), "\n") {
			if n := len([]rune(line)); n > 80 {
				t.Errorf("%s: a line of %d characters: %s", f.name, n, line)
			}
		}
		// As the page draws it; its own texts never overlap each other.
		for _, width := range []int{350, 680} {
			texts := chart.Scene(width, 0).Texts
			boxes := make([]plot.Box, len(texts))
			for i, a := range texts {
				boxes[i] = a.Box()
				for j, b := range texts[:i] {
					if boxes[i].Overlaps(boxes[j]) {
						t.Errorf("%s, %d wide: %q overlaps %q", f.name, width, a.S, b.S)
					}
				}
			}
		}
	}
	if drawn < 60*len(some)/len(figures) {
		t.Errorf("%d figures could be drawn; the report has 67", drawn)
	}
	if !long.Asked() {
		return
	}

	files, err := s.pageFiles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	page := files[len(files)-1]
	if page.name != "index.html" {
		t.Fatalf("the last file is %s", page.name)
	}
	svgs := bytes.Split(page.content, []byte("<svg"))[1:]
	if len(svgs) != 2*drawn {
		t.Errorf("the page has %d pictures, want %d for a desk and as many for a phone", len(svgs), drawn)
	}
	for _, svg := range svgs {
		svg, _, _ = bytes.Cut(svg, []byte("</svg>"))
		if !bytes.Contains(svg, []byte("Synthetic demo register")) {
			t.Error("a picture is not marked as synthetic")
		}
	}
}

func TestLacks(t *testing.T) {
	e := expected{years: []string{"2000", "2001", "2005"},
		groups: map[string][]string{"county": {"Oslo", "Troms"}, "sex": {"female", "male"}}}
	table := plot.Table{Columns: []plot.Column{{Name: "county"}, {Name: "sex"}, {Name: "frequency", Type: plot.Number}},
		Rows: [][]any{{"Oslo", "female", 1.0}, {"Oslo", "male", 2.0}}}
	f := figure{first: 2000, last: 2007, spec: plot.Spec{X: "county", Color: "sex"}}
	if got, want := e.lacks(f, table), "Not in the register: 2002–2004, 2006–2007, county Troms."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Of an empty figure the groups are not known, only that nobody is in it.
	if got, want := e.lacks(f, plot.Table{Columns: table.Columns}), "Not in the register: 2002–2004, 2006–2007, the people it shows."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// A dimension that the figure holds constant is not a gap.
	f = figure{first: 2000, last: 2001, spec: plot.Spec{Color: "sex"}}
	if got := e.lacks(f, table); got != "" {
		t.Errorf("got %q", got)
	}
	// A caption that names the groups of the report is not of others.
	e.otherGroups = true
	if got := e.lacks(f, table); got != "" {
		t.Errorf("got %q", got)
	}
	f.english = "Emigrations of immigrants from country group 2 (EU members in Eastern Europe)."
	if got, want := e.lacks(f, table), "Groups of countries are the study's own, not those of the report."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// BenchmarkReport makes every figure and table of the demo register, page and CSV.
func BenchmarkReport(b *testing.B) {
	s := demoSession(b)
	for b.Loop() {
		if _, err := s.pageFiles(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// The page shows the SQL of a view as our file has it, unless somebody has made the view anew.
func TestDefinitions(t *testing.T) {
	s := testSession(t)
	figures, err := s.figures(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range []bool{false, true} {
		d, err := s.definitions(figures)
		if err != nil {
			t.Fatal(err)
		}
		shipped := 0
		for _, f := range figures {
			if e, _ := engine.Lookup(f.name); d[f.name] == e.SQL+";" {
				shipped++
			}
		}
		want := len(figures)
		if own {
			want--
		}
		if shipped != want || want < 90 || own != strings.Contains(d["figure_5_31"], "SELECT 1 AS") {
			t.Errorf("%d of %d figures and tables are as shipped, figure_5_31: %s", shipped, want, d["figure_5_31"])
		}
		if _, err := s.texts("CREATE OR REPLACE VIEW figure_5_31 AS SELECT 1 AS year"); err != nil {
			t.Fatal(err)
		}
	}
}

// oneLanguage looks for English words in a figure that is to be in Norwegian, and for
// Norwegian ones in one that is to be in English.
func oneLanguage(t *testing.T, f figure, table plot.Table, spec plot.Spec) {
	t.Helper()
	for in, foreign := range map[locale.Locale][]string{
		"nb": {"country", "group", "sex", "female", "male", "per 100 residents", "missing", "published", "duration", "unknown", "the", "and", "emigrations", "persons", "number", "age", "actual"},
		"en": {"landgruppe", "kjønn", "kvinner", "menn", "utvandringer", "Figur", "av", "etter", "og", "innvandrere", "hele"},
	} {
		spec.Locale, spec.Title = in, f.title(in)
		chart, err := plot.NewChart(table, spec)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		texts := append([]string{chart.YLabel, chart.XLabel, chart.Subtitle, chart.Note, chart.Title}, chart.Series...)
		for _, p := range chart.Panels {
			texts = append(texts, p.Name)
		}
		for _, text := range texts {
			words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
			for _, w := range foreign {
				if slices.Contains(words, w) && !strings.Contains(text, " og Romsdal") && !strings.Contains(text, "Sogn og") {
					t.Errorf("%s in %s: %q has %q", f.name, in, text, w)
				}
			}
		}
		for _, text := range chart.Scene(680, 0).Texts {
			if point := strings.ContainsAny(text.S, "."); in == "nb" && point && isDecimal.MatchString(text.S) {
				t.Errorf("%s: %q has a point", f.name, text.S)
			}
		}
	}
}

var isDecimal = regexp.MustCompile(`^−?\d+\.\d+$`)

// pressed is a context that is cancelled after it was asked so many times: Ctrl-C that comes
// at any moment, also when a query has just succeeded.
type pressed struct {
	context.Context
	after *atomic.Int64
}

func (p pressed) Err() error {
	if p.after.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// A report that Ctrl-C ends between two items is interrupted, and not one of no files.
func TestReportInterruptedBetweenItems(t *testing.T) {
	s := demoSession(t)
	for n := int64(long.Runs(25, 28)); n < int64(long.Runs(30, 29)); n++ { // it is asked 27 times before the first item is there
		after := &atomic.Int64{}
		after.Store(n)
		if files, err := s.pageFiles(pressed{context.Background(), after}); err == nil {
			t.Errorf("interrupted at %d: %d files and no error", n, len(files))
		}
	}
}
