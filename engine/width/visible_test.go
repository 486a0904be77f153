package width

import "testing"

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain æøå 漢字":             "plain æøå 漢字",
		"a\x1b[31mb":               `a\u001b[31mb`,
		"a\n\tb\r":                 `a\n\tb\r`,
		"\u009b31m":                `\u009b31m`,
		"\u202eabc":                `\u202eabc`,
		"\x1b]0;title\x07\x00\x7f": `\u001b]0;title\u0007\u0000\u007f`,
		"\xff":                     "\ufffd",
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
	if got := VisibleLines("a\n\tb\r\x1b"); got != "a\n\tb\\r\\u001b" {
		t.Errorf("%q", got)
	}
}
