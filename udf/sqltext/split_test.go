package sqltext

import (
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		script string
		want   []string // Text of each piece; "" for space and comments
	}{
		{"", nil},
		{"SELECT 1", []string{"SELECT 1"}},
		{"SELECT 1;", []string{"SELECT 1"}},
		{"SELECT 1; SELECT 2", []string{"SELECT 1", "SELECT 2"}},
		{" ;; SELECT 1;\n", []string{"", "", "SELECT 1", ""}},
		{"SELECT ';'; SELECT 'it''s;';", []string{"SELECT ';'", "SELECT 'it''s;'"}},
		{`SELECT ";""" FROM t; SELECT 2`, []string{`SELECT ";""" FROM t`, "SELECT 2"}},
		{`SELECT e'\';', E'\\'; SELECT 2`, []string{`SELECT e'\';', E'\\'`, "SELECT 2"}},
		{`SELECT 'a\'; SELECT 2`, []string{`SELECT 'a\'`, "SELECT 2"}}, // a plain string knows no backslash
		{`SELECT like'\'; SELECT 2`, []string{`SELECT like'\'`, "SELECT 2"}},
		{"SELECT $$;$$; SELECT $a$ $$;' $a$", []string{"SELECT $$;$$", "SELECT $a$ $$;' $a$"}},
		{"SELECT $1; SELECT $name", []string{"SELECT $1", "SELECT $name"}},
		{"SELECT a$b$; SELECT 2", []string{"SELECT a$b$", "SELECT 2"}}, // a $ within a name is not a tag
		{"-- a; b\nSELECT 1 -- c;\n, 2; -- d", []string{"SELECT 1 -- c;\n, 2", ""}},
		{"/* ; /* ; */ ; */ SELECT 1 /* ; */;", []string{"SELECT 1"}},
		{"SELECT 1 /", []string{"SELECT 1 /"}},
		{".mode csv\nSELECT 1;", []string{".mode csv", "SELECT 1"}},
		{"  .print a; b 'c\nSELECT 2", []string{".print a; b 'c", "SELECT 2"}},
		{"-- first\n.print x\r\n", []string{".print x"}},
		{"SELECT 1; .quit", []string{"SELECT 1", ".quit"}},
		{"SELECT\n.5;", []string{"SELECT\n.5"}}, // not at the beginning of a statement
		{"SELECT 'open; SELECT 2", []string{"SELECT 'open; SELECT 2"}},
		{"SELECT 1 /* open; SELECT 2", []string{"SELECT 1 /* open; SELECT 2"}}, // DuckDB refuses it
		{"SELECT 1; /* open\nSELECT 2;\n", []string{"SELECT 1", "/* open\nSELECT 2;\n"}},
		{"\n-- a\n/* b */ /* c /* d */", []string{"-- a\n/* b */ /* c /* d */"}},
		{".mode csv\rSELECT 1;\r-- a\rSELECT 2\r", []string{".mode csv", "SELECT 1", "SELECT 2"}},
		{".mode csv\r\n.print a\r\n", []string{".mode csv", ".print a"}},
		{"SELECT 'æ;ø'; SELECT å", []string{"SELECT 'æ;ø'", "SELECT å"}},
	} {
		var got []string
		for _, p := range Split(test.script) {
			got = append(got, p.Text)
		}
		if strings.Join(got, "|") != strings.Join(test.want, "|") || len(got) != len(test.want) {
			t.Errorf("%q: %q, want %q", test.script, got, test.want)
		}
	}
}

func TestSplitLines(t *testing.T) {
	script := "\n-- one\nSELECT 'a\nb';\n\n.print x\n/*\n*/ SELECT 2;SELECT\n3"
	var got []int
	for _, p := range Split(script) {
		got = append(got, p.Line)
	}
	want := []int{3, 6, 8, 8}
	if len(got) != len(want) {
		t.Fatal(got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("piece %d begins on line %d, want %d", i+1, got[i], want[i])
		}
	}
	for _, end := range []string{"\r", "\r\n"} {
		for i, p := range Split(strings.ReplaceAll(script, "\n", end)) {
			if p.Line != want[i] {
				t.Errorf("%q: piece %d begins on line %d, want %d", end, i+1, p.Line, want[i])
			}
		}
	}
}

// A prompt feeds line by line and must get what a file read at once gives.
func TestSplitByLine(t *testing.T) {
	script := "SELECT 'a\n;b'; .print c\n/* x\n; */ SELECT $q$\n;$q$ ;\nSELECT e'\\\n';"
	s := NewSplitter()
	var got []Piece
	for line := range strings.Lines(script) {
		s.Feed(line)
		for {
			p, ok := s.Next()
			if !ok {
				break
			}
			got = append(got, p)
		}
	}
	want := Split(script)
	if len(got) != len(want) {
		t.Fatalf("%+v\nwant %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestSplitPending(t *testing.T) {
	for _, script := range []string{"SELECT 1", "SELECT 'a", "SELECT \"a", "SELECT $$a", "SELECT $$a'$", "SELECT /* a", "SELECT /* a;", "SELECT e'\\'", "SELECT e'\\';", "SELECT ';"} {
		s := NewSplitter()
		s.Feed(script)
		if _, ok := s.Next(); ok || !s.Pending() {
			t.Errorf("%q: complete %t, pending %t", script, ok, s.Pending())
		}
	}
	s := NewSplitter()
	s.Feed("SELECT 1; -- done\n")
	if _, ok := s.Next(); !ok || s.Pending() {
		t.Error("a comment after the semicolon is not a statement")
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("SELECT 1; .mode csv\nSELECT $a$;$a$ -- x\n/* /* */ */ e'\\'' \"\"")
	f.Add("'\n$$.;")
	f.Fuzz(func(t *testing.T, script string) {
		var joined strings.Builder
		for _, p := range Split(script) {
			at := joined.Len() + p.At
			joined.WriteString(p.Raw)
			if !strings.HasPrefix(p.Raw[p.At:], p.Text) {
				t.Errorf("text %q is not at %d of %q", p.Text, p.At, p.Raw)
			}
			if got, _ := Line(script, at); got != p.Line && p.Text != "" {
				t.Errorf("%q: line %d, found on %d", p.Text, p.Line, got)
			}
		}
		if joined.String() != script {
			t.Errorf("lost bytes: %q became %q", script, joined.String())
		}
	})
}
