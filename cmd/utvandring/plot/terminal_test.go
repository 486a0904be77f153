package plot

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"utvandring/udf/reference"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTerminal compares drawings with golden files that somebody has looked at.
func TestTerminal(t *testing.T) {
	screens := map[string]Screen{
		"unicode": {Width: 80, Height: 24, Unicode: true, Color: false},
		"ascii":   {Width: 80, Height: 24, Unicode: false, Color: false},
		"color":   {Width: 80, Height: 24, Unicode: true, Color: true},
	}
	for _, s := range samples() {
		for name, screen := range screens {
			if name == "color" && s.name != "line_age" {
				continue
			}
			c := newChart(t, s.table, s.spec)
			got := c.Terminal(screen)
			for _, line := range strings.Split(got, "\n") {
				if n := utf8.RuneCountInString(line); n > screen.Width && !screen.Color {
					t.Errorf("%s %s: a line of %d characters: %s", s.name, name, n, line)
				}
				if !screen.Unicode && strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
					t.Errorf("%s %s: not ASCII: %s", s.name, name, line)
				}
			}
			golden(t, s.name+"_"+name+".txt", got)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := reference.ReadFile(t, path)
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s\n(go test -update writes it anew)", name, got, want)
	}
}

// TestTerminalFits: every sample, bars of 19 counties and the country among them,
// fits above a prompt on 24 lines.
func TestTerminalFits(t *testing.T) {
	for _, s := range samples() {
		c := newChart(t, s.table, s.spec)
		for _, unicode := range []bool{true, false} {
			if n := strings.Count(c.Terminal(Screen{Width: 80, Height: 24, Unicode: unicode}), "\n"); n > 23 {
				t.Errorf("%s: %d lines", s.name, n)
			}
		}
	}
}

// longNames are what kommuner and groups are called, told apart by their last letters.
func longNames(of string, n int) []string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%s med et ganske langt navn nummer %d", of, i))
	}
	return names
}

// TestTerminalWhole: in a file no word of a title, a note or a name is cut or left out;
// on a screen none where the picture can give way.
func TestTerminalWhole(t *testing.T) {
	bars, panels := Table{Columns: columns("county", "frequency")}, Table{Columns: columns("year", "county", "frequency")}
	both := Table{Columns: columns("county", "period", "frequency")}
	for i, name := range longNames("kommune", 12) {
		bars.Rows = append(bars.Rows, []any{name, float64(i)})
		for k, period := range longNames("periode", 3) {
			panels.Rows = append(panels.Rows, []any{float64(2000 + k), name, float64(i * k)})
			both.Rows = append(both.Rows, []any{name, period, float64(i * k)})
		}
	}
	four := Table{Columns: panels.Columns, Rows: panels.Rows[:12]}
	word := strings.Repeat("langtord", 20)
	about := Spec{Title: strings.Repeat("en lang tittel ", 20) + "til slutt", Note: strings.Repeat("en lang merknad ", 20) + "til slutt", Unit: strings.Repeat("per hundre bosatte ", 6)}
	cases := append(samples(),
		sample{"bars", bars, about}, sample{"four", four, about}, sample{"word", bars, Spec{Title: word, Note: "https://" + word}},
		sample{"panels", panels, about}, sample{"both", both, about}, sample{"faceted", both, Spec{Facet: "period"}},
		sample{"faceted stack", both, Spec{Facet: "county", Kind: "stack", Sort: "name"}}, sample{"lines", both, Spec{Kind: "line"}}, sample{"points", both, Spec{Kind: "point"}})
	onScreen := []string{"bars", "four", "line_age"}
	for _, s := range cases {
		for _, screen := range []Screen{{Unicode: true, Whole: true, Width: 80, Height: 24}, {Unicode: true, Whole: true, Width: 50, Height: 12}, {Unicode: true, Width: 80, Height: 40}} {
			if !screen.Whole && !slices.Contains(onScreen, s.name) {
				continue
			}
			c, err := NewChart(s.table, s.spec)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			got := strings.Join(strings.Fields(c.Terminal(screen)), " ")
			want := append([]string{c.Title, c.Note, c.YLabel, c.XLabel, c.Subtitle}, c.Series...)
			if !c.overTime { // years are thinned, as numbers are
				want = append(want, c.Categories...)
			}
			for _, p := range c.Panels {
				want = append(want, p.Name)
			}
			for _, text := range want {
				if text = strings.Join(strings.Fields(text), " "); !strings.Contains(got, text) {
					t.Errorf("%s, whole %v: no %q in\n%s", s.name, screen.Whole, text, c.Terminal(screen))
				}
			}
			if strings.Contains(got, "…") {
				t.Errorf("%s, whole %v: cut:\n%s", s.name, screen.Whole, c.Terminal(screen))
			}
		}
	}
}
