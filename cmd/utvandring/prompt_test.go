package main

import (
	"io"
	"slices"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/prompt"
)

func testSession(t *testing.T) *session {
	t.Helper()
	memory := ":memory:"
	o := &options{settings: defaultSettings(), database: &memory}
	s := newSession(&Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}, o)
	if err := s.start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s
}

func TestEntryComplete(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "  ": true, "SELECT 1": false, "SELECT 1;": true, "SELECT 1; -- done": true, "SELECT ';": false, "SELECT 1; SELECT": false,
		".mode csv": true, "SELECT 1\n.mode": false, "/* begun": false, "-- only this": true, "SELECT $$;": false,
	} {
		if got := entryComplete(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestCandidates(t *testing.T) {
	s := testSession(t)
	for before, want := range map[string]string{
		"FROM municipality_ch":                "municipality_change",
		"SELECT 1; FROM munici":               "municipality",
		"sel":                                 "select", // as it was begun
		"SEL":                                 "SELECT",
		"FROM frequency_of(cell, ['sex'], co": "count := ",
		"FROM simulate('4.2', panel_2, published_coefficient, first_year := 1992, ": "last_year := ",
		"FROM simulate(['4.1', '4.": "4.7",
		".mo":                       ".mode",
		".mode ma":                  "markdown",
		".help frequency_o":         "frequency_of",
		".timer o":                  "off",
	} {
		c := s.candidates(before)
		if !slices.Contains(c.Words, want) {
			t.Errorf("%q: no %q in %q", before, want, c.Words)
		}
	}
	c := s.candidates("SELECT 'æøå', sum(x) FROM munici")
	if c.From != len([]rune("SELECT 'æøå', sum(x) FROM ")) {
		t.Errorf("the word begins at %d", c.From)
	}
	c = s.candidates("FROM simulate('4.2', panel_2, published_coefficient, first_year := 1992, first")
	if slices.Contains(c.Words, "first_year := ") {
		t.Error("an argument that has been given is offered again")
	}
	for _, before := range []string{"", "'", "(((", ")", "FROM _", ".", "\x00", "SELECT '", ". "} {
		s.candidates(before) // whatever comes, it must not fail
	}
}

func TestHighlight(t *testing.T) {
	keywords := map[string]bool{"select": true, "from": true}
	text := `SELECT "from", 'it''s', 12.5 -- x
FROM t; .mode csv /* a /* b */ c */`
	letters := map[prompt.Style]byte{prompt.Plain: ' ', prompt.Keyword: 'K', prompt.Text: 'T', prompt.Comment: 'C', prompt.Number: 'N', prompt.Command: 'D'}
	want := "KKKKKK         TTTTTTT  NNNN CCCC KKKK    DDDDD                      "
	var got strings.Builder
	for _, style := range highlight([]rune(text), keywords) {
		got.WriteByte(letters[style])
	}
	if got.String() != want[:len([]rune(text))] {
		t.Errorf("\n%s\n%s\n%s", strings.ReplaceAll(text, "\n", "|"), got.String(), want)
	}
	for _, text := range []string{"'", "/*", "/* *", "-", "$", "\"", ".", "1e"} {
		if styles := highlight([]rune(text), nil); len(styles) != len(text) {
			t.Errorf("%q: %d styles", text, len(styles))
		}
	}
}

func TestPromptText(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	s := testSession(t)
	if p := s.promptText(); p.First != "memory> " || p.More != "   ...> " {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.isDemo, s.inTransaction = true, true
	if p := s.promptText(); p.First != "demo*> " || p.More != "  ...> " {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.db.Path, s.isDemo, s.inTransaction, s.readonly = "/x/a.duckdb", false, false, true
	if p := s.promptText(); p.First != "a (read-only)> " || len(p.More) != len(p.First) {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.db.Path, s.readonly = "/x/a.duckdb", false
	if p := s.promptText(); p.First != "a> " || len(p.More) != len(p.First) {
		t.Errorf("%q %q", p.First, p.More)
	}
}
