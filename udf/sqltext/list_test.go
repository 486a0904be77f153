package sqltext

import (
	"strings"
	"testing"
)

func TestItems(t *testing.T) {
	for list, want := range map[string]string{
		"":                          "",
		"a":                         "a",
		"a, b":                      "a|b",
		"a,":                        "a|",
		"(a, b), [c, {d: 1}], ','":  "(a,b)|[c,{d:1}]|','",
		"a, b) FROM t, u":           "a|b",
		"a, (b, c":                  "a|(b,c",
		"x := [1, 2], y := f(a, b)": "x:=[1,2]|y:=f(a,b)",
	} {
		var items []string
		for _, item := range Items(Code(list)) {
			var text strings.Builder
			for _, token := range item {
				text.WriteString(token.Text)
			}
			items = append(items, text.String())
		}
		if got := strings.Join(items, "|"); got != want {
			t.Errorf("%s: %s, want %s", list, got, want)
		}
	}
}

func TestBracketed(t *testing.T) {
	for sql, want := range map[string]string{
		"(a, (b)) AS c (d)":       "(a, (b))",
		" (')', /* ) */ [1]) x":   " (')', /* ) */ [1])",
		"(a -- )\n)":              "(a -- )\n)",
		"(a, [b)] is not closed ": "(a, [b)]",
		"(a":                      "(a",
		"":                        "",
	} {
		if got := Bracketed(sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}
