package plot

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestTerminal compares drawings with golden files that somebody has looked at.
func TestTerminal(t *testing.T) {
	screens := map[string]Screen{
		"unicode": {80, 24, true, false},
		"ascii":   {80, 24, false, false},
		"color":   {80, 24, true, true},
	}
	for _, s := range samples() {
		for name, screen := range screens {
			if name == "color" && s.name != "line_age" {
				continue
			}
			c, err := NewChart(s.table, s.spec)
			if err != nil {
				t.Fatal(err)
			}
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
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s\n(go test -update writes it anew)", name, got, want)
	}
}

// TestTerminalFits: every sample, bars of 19 counties and the country among them,
// fits above a prompt on 24 lines.
func TestTerminalFits(t *testing.T) {
	for _, s := range samples() {
		c, err := NewChart(s.table, s.spec)
		if err != nil {
			t.Fatal(err)
		}
		for _, unicode := range []bool{true, false} {
			if n := strings.Count(c.Terminal(Screen{80, 24, unicode, false}), "\n"); n > 23 {
				t.Errorf("%s: %d lines", s.name, n)
			}
		}
	}
}
