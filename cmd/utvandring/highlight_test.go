package main

import (
	"strings"
	"testing"

	"utvandring/cmd/utvandring/prompt"
)

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

func TestHighlightReadsSQL(t *testing.T) {
	letters := map[prompt.Style]byte{prompt.Plain: ' ', prompt.Keyword: 'K', prompt.Text: 'T', prompt.Comment: 'C', prompt.Number: 'N', prompt.Command: 'D'}
	for text, want := range map[string]string{
		"select $$it's$$, a":       "KKKKKK TTTTTTTT   ",
		"select e'\\'' -- b":       "KKKKKK TTTTT CCCC",
		"-- .a\n.mode select -- b": "CCCCC DDDDD            ",
		"select 1;.mode\nselect":   "KKKKKK N DDDDD KKKKKK",
		"1_000 'å":                 "NNNNN TT",
	} {
		var got strings.Builder
		for _, style := range highlight([]rune(text), map[string]bool{"select": true}) {
			got.WriteByte(letters[style])
		}
		if got.String() != want {
			t.Errorf("%q:\n%q, want\n%q", text, got.String(), want)
		}
	}
}
