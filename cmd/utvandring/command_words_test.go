package main

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitWords(t *testing.T) {
	for line, want := range map[string][]string{
		"":                                nil,
		" \t ":                            nil,
		".read a b":                       {".read", "a", "b"},
		"\t.read  'a b' ":                 {".read", "a b"},
		`.plot "my view" x=year`:          {".plot", "my view", "x=year"},
		`.plot title="Oslo and Bergen" y`: {".plot", "title=Oslo and Bergen", "y"},
		`note='it''s "so"' "a ""b"""`:     {`note=it's "so"`, `a "b"`},
		`it's x"y" a='b'c`:                {`it's`, `x"y"`, `a=bc`},
		`'' "" x=''`:                      {"", "", "x="},
		`a==" "`:                          {"a== "},
		"å 'ø æ'":                         {"å", "ø æ"},
	} {
		if got, err := splitWords(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %q %v, want %q", line, got, err, want)
		}
	}
	for line, want := range map[string]string{
		".read 'a":      `unclosed ' in "'a"`,
		`.plot "a""`:    `unclosed " in "\"a\"\""`,
		`.plot title="`: `unclosed " in "\""`,
	} {
		if got, err := splitWords(line); err == nil || err.Error() != want {
			t.Errorf("%q: %q %v, want %s", line, got, err, want)
		}
	}
}

// What is quoted is read back, whatever it is; and no line breaks splitWords.
func FuzzSplitWords(f *testing.F) {
	f.Add(`.plot "my view" title='it''s' it's`)
	f.Add("'")
	f.Fuzz(func(t *testing.T, line string) {
		words, err := splitWords(line)
		if err != nil {
			return
		}
		var quoted []string
		for _, word := range words {
			quoted = append(quoted, "'"+strings.ReplaceAll(word, "'", "''")+"'")
		}
		if again, err := splitWords(strings.Join(quoted, " ")); err != nil || !slices.Equal(again, words) {
			t.Errorf("%q: %q, again %q %v", line, words, again, err)
		}
	})
}
