package prompt

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// typing runs the editor on a pipe, without a terminal, and gives what it read.
func typing(t *testing.T, h *History, keys string) (entry string, err error) {
	t.Helper()
	in, keyboard, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	go func() {
		keyboard.WriteString(keys)
		keyboard.Close()
	}()
	e := &Editor{
		in: in, out: out, history: h,
		raw:  func() (func(), error) { return func() {}, nil },
		size: func() (int, int) { return 40, 10 },
		helpers: Helpers{
			Complete: func(text string) bool { return strings.HasSuffix(text, ";") || text == "" },
			Candidates: func(before, _ string) Candidates {
				word := before[strings.LastIndexByte(before, ' ')+1:]
				c := Candidates{From: len([]rune(before)) - len([]rune(word))}
				for _, w := range []string{"frequency", "frequency_of", "from", "førde"} {
					if strings.HasPrefix(w, strings.ToLower(word)) {
						c.Words = append(c.Words, w)
					}
				}
				return c
			},
		},
	}
	return e.Read(Prompt{"> ", "- "})
}

func TestEditor(t *testing.T) {
	const tab, up, down, ctrlR = "\t", "\x1b[A", "\x1b[B", "\x12"
	for _, test := range []struct{ keys, want string }{
		{"SELECT 1;\r", "SELECT 1;"},
		{"SELECT\r1;\r", "SELECT\n1;"},
		{"SELECT 1\x1b\r;\r", "SELECT 1\n;"},
		{"1;\x01SELECT \r", "SELECT 1;"}, // Enter ends a complete entry wherever the cursor is
		{"\x1b[200~SELECT\r\n\t1;\r\nSELECT 2;\x1b[201~\r", "SELECT\n    1;\nSELECT 2;"},
		{up + "\r", "SELECT 'b\nb';"},
		{up + up + up + "\r", "SELECT 'a';"},             // the first up in two lines moves the cursor
		{"x" + up + up + up + down + down + ";\r", "x;"}, // what was being typed comes back
		{ctrlR + "A'" + "\r", "SELECT 'a';"},
		{ctrlR + "select" + ctrlR + "\r", "SELECT 'a';"},
		{";" + ctrlR + "zzz\x07\r", ";"},
		{"q fo" + tab + ";\r", "q fo;"},
		{"q fr" + tab + tab + ";\r", "q frequency;"},
		{"q fr" + tab + tab + tab + ";\r", "q frequency_of;"},
		{"q fr" + tab + "\x1b[Z;\r", "q from;"},
		{"q FRE" + tab + ";\r", "q frequency;"}, // what they have in common
		{"q fø" + tab + ";\r", "q førde;"},
		{"q" + "\r" + tab + "x;\r", "q\n  x;"},
	} {
		h := &History{entries: []string{"SELECT 'a';", "SELECT 'b\nb';"}}
		got, err := typing(t, h, test.keys)
		if err != nil || got != test.want {
			t.Errorf("%q: %q, %v; want %q", test.keys, got, err, test.want)
		}
		if h.entries[len(h.entries)-1] != test.want {
			t.Errorf("%q: not in the history: %q", test.keys, h.entries)
		}
	}
}

func TestEditorEnds(t *testing.T) {
	h := &History{}
	if _, err := typing(t, h, "SELECT 1\x03"); !errors.Is(err, ErrInterrupt) {
		t.Errorf("Ctrl-C: %v", err)
	}
	if _, err := typing(t, h, "\x04"); err != io.EOF {
		t.Errorf("Ctrl-D: %v", err)
	}
	if _, err := typing(t, h, "SELECT 1"); err != io.EOF {
		t.Errorf("closed terminal: %v", err)
	}
	if got, err := typing(t, h, "1x\x02\x04;\r"); got != "1;" || err != nil {
		t.Errorf("Ctrl-D within text deletes: %q %v", got, err)
	}
	if len(h.entries) != 1 {
		t.Errorf("history %q", h.entries)
	}
}

func TestCandidateRows(t *testing.T) {
	var words []string
	for i := range 500 {
		words = append(words, strings.Repeat("w", 1+i%60))
	}
	// Candidates wider than the terminal, and more than it has rows.
	for _, columns := range []int{1, 2, 5, 20, 80} {
		c := &completing{Candidates{Words: words}, 499}
		if rows := c.rows(columns, 5, false); len(rows) == 0 || len(rows) > 5 {
			t.Errorf("%d columns: %d rows", columns, len(rows))
		}
	}
}

func TestPlain(t *testing.T) {
	var out strings.Builder
	p := &plain{bufio.NewReader(strings.NewReader("SELECT\n1;\nrest")), &out, func(text string) bool { return strings.HasSuffix(text, ";\n") }}
	if got, err := p.Read(Prompt{"> ", "- "}); got != "SELECT\n1;" || err != nil || out.String() != "> - " {
		t.Errorf("%q %v %q", got, err, out.String())
	}
	if got, err := p.Read(Prompt{}); got != "rest" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if _, err := p.Read(Prompt{}); err != io.EOF {
		t.Errorf("%v", err)
	}
}
