package main

import (
	"context"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/engine/width"
)

// resultOf is that of a query, closed when the test is done.
func resultOf(t testing.TB, query string, limit int) *engine.Result {
	t.Helper()
	r, err := emptyRegister(t).Run(context.Background(), query, limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// rendered renders a query for a screen, or with nil for a file.
func rendered(t *testing.T, query, mode string, screen *render.Screen, digits int) string {
	t.Helper()
	r := resultOf(t, query, 0)
	m, err := render.Find(mode)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := m.Write(&b, r, render.Options{Screen: screen, Digits: digits}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestScreenCutsRows(t *testing.T) {
	got := rendered(t, "SELECT range AS n FROM range(1234)", "table", &render.Screen{Width: 80, MaxRows: 5, Hint: "do this"}, 0)
	want := `┌──────┐
│    n │
├──────┤
│    0 │
│    1 │
│    2 │
│    · │
│ 1232 │
│ 1233 │
└──────┘
1 234 rows (5 shown); do this
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := rendered(t, "FROM range(1234)", "table", &render.Screen{Width: 80, MaxRows: 0}, 0); strings.Count(got, "\n") != 1234+5 {
		t.Errorf("MaxRows 0 shows %d lines", strings.Count(got, "\n"))
	}
}

func TestScreenShowsFirstRowsOfLimited(t *testing.T) {
	r := resultOf(t, "SELECT range AS n FROM range(1234)", 100)
	m, _ := render.Find("ascii")
	var b strings.Builder
	m.Write(&b, r, render.Options{Screen: &render.Screen{MaxRows: 2}})
	want := "+---+\n| n |\n+---+\n| 0 |\n| 1 |\n| . |\n+---+\nmore than 100 rows, the first 2 shown\n"
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}

func TestScreenFitsWidth(t *testing.T) {
	// Texts are shortened first.
	got := rendered(t, "SELECT 'a long text with many words in it' AS words, 1234567 AS number", "table", &render.Screen{Width: 34}, 0)
	want := `┌──────────────────────┬─────────┐
│ words                │  number │
├──────────────────────┼─────────┤
│ a long text with ma… │ 1234567 │
└──────────────────────┴─────────┘
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	// Whatever the width, no line is wider, no number is cut, and it is said how
	// many columns there are.
	query := "SELECT 'x' AS a, 1.5 AS a_rather_long_name, 'yyyyyyyyyyyyyyyyyyyy' AS c, 123456789 AS d, DATE '2013-01-01' AS e, 42 AS f FROM range(2)"
	for screen := 20; screen < 120; screen++ {
		got := rendered(t, query, "table", &render.Screen{Width: screen}, 0)
		for line := range strings.Lines(got) {
			if strings.ContainsAny(line, "│─") && width.Of(strings.TrimRight(line, "\n")) > screen {
				t.Errorf("width %d:\n%s", screen, got)
				break
			}
		}
		if strings.Contains(got, "123…") || strings.Contains(got, " … ") != strings.Contains(got, "6 columns (") {
			t.Errorf("width %d:\n%s", screen, got)
		}
	}
}

// Names that begin alike are told apart when they are cut, also by one that is
// left out.
func TestScreenCutsNamesApart(t *testing.T) {
	query := "SELECT i AS n, 1 AS published_estimate, 2 AS published_std_error, 3 AS difference_from_it, 4 AS published_t FROM range(10) r(i)"
	for screen, want := range map[int]string{
		52: "│ n │ pub…imate │ pub…error │ differen… │ pub…ed_t │",
		32: "│ n │ pub…imate │ … │ pub…ed_t │",
	} {
		if got := rendered(t, query, "table", &render.Screen{Width: screen}, 0); !strings.Contains(got, want) {
			t.Errorf("width %d:\n%s", screen, got)
		}
	}
}

func TestScreenListsOneWideRow(t *testing.T) {
	got := rendered(t, "SELECT 'some text here' AS a, 2 AS bb, NULL AS c, 1/3 AS d, 'x' AS e", "table", &render.Screen{Width: 25}, 4)
	want := " a = some text here\nbb = 2\n c = NULL\n d = 0.3333\n e = x\n"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A few rows too wide for the screen are shown whole, on their side.
func TestScreenTurnsFewWideRows(t *testing.T) {
	query := "SELECT * FROM (VALUES ('4.1.1', 22, 0.5, NULL, 1234567, 'x'), ('4.1.2', 22, -0.25, 1.5, 7, 'y')) v(equation, n, r2, durbin_h, some_number, kind)"
	want := `┌─────────────┬─────────┬───────┐
│ equation    │   4.1.1 │ 4.1.2 │
├─────────────┼─────────┼───────┤
│ n           │      22 │    22 │
│ r2          │    0.50 │ -0.25 │
│ durbin_h    │    NULL │   1.5 │
│ some_number │ 1234567 │     7 │
│ kind        │       x │     y │
└─────────────┴─────────┴───────┘
`
	if got := rendered(t, query, "table", &render.Screen{Width: 40, MaxRows: 40}, 0); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	// Not where all columns fit, where the turned table would not, or would be longer than rows are shown.
	for _, s := range []*render.Screen{{Width: 100}, {Width: 30}, {Width: 40, MaxRows: 4}} {
		if got := rendered(t, query, "table", s, 0); got == want || !strings.Contains(got, "│ 4.1.1") {
			t.Errorf("%+v:\n%s", s, got)
		}
	}
	if got := rendered(t, query+", range(5)", "table", &render.Screen{Width: 40}, 0); !strings.Contains(got, "columns (") {
		t.Errorf("ten rows:\n%s", got)
	}
}

func TestScreenDigits(t *testing.T) {
	for x, want := range map[string]string{
		"1/3": "0.3333", "2/3*1e-3": "0.0006667", "2/3*1e-7": "6.667e-08", "1234567.8::DOUBLE": "1234568", "12345::DOUBLE": "12345.0",
		"-12.3456::DOUBLE": "-12.35", "1e20": "1.000e+20", "'nan'::DOUBLE": "nan", "'-inf'::DOUBLE": "-inf", "0::DOUBLE": "0.0", "1/3::FLOAT": "0.3333",
		"12.34567::DECIMAL(9,5)": "12.34567", // only what is not exact anyway is rounded
	} {
		if got := rendered(t, "SELECT "+x+" AS x", "line", &render.Screen{}, 4); got != "x = "+want+"\n" {
			t.Errorf("%s: %s, want %s", x, got, want)
		}
		if got := rendered(t, "SELECT "+x+" AS x", "markdown", nil, 4); !strings.HasSuffix(got, "\n| "+want+" |\n") {
			t.Errorf("%s in a document: %s, want %s", x, got, want)
		}
	}
}

func TestPointsAreAligned(t *testing.T) {
	got := rendered(t, "SELECT unnest(['1.5', '-22.125', NULL, '100', 'inf'])::DOUBLE AS x", "table", &render.Screen{}, 7)
	want := `┌─────────┐
│       x │
├─────────┤
│   1.5   │
│ -22.125 │
│    NULL │
│ 100.0   │
│     inf │
└─────────┘
`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// Text in a table cannot break it or command the terminal.
func TestControlCharacters(t *testing.T) {
	got := rendered(t, "SELECT 'a' || chr(27) || '[31m' || chr(10) || chr(9) || chr(8238) AS x", "table", &render.Screen{}, 0)
	if !strings.Contains(got, `│ a\u001b[31m\n\t\u202e │`) {
		t.Errorf("\n%s", got)
	}
}

func TestWideCharacters(t *testing.T) {
	got := rendered(t, "FROM (VALUES ('日本'), ('Ås'), ('🚀✅'), ('👨\u200d👩\u200d👧'), ('e\u0301')) v(a)", "table", nil, 0)
	want := "┌──────┐\n│ a    │\n├──────┤\n│ 日本 │\n│ Ås   │\n│ 🚀✅ │\n│ 👨\u200d👩\u200d👧   │\n│ e\u0301    │\n└──────┘\n"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestFindMode(t *testing.T) {
	for name, want := range map[string]string{"csv": "csv", "CSV": "csv", "mark": "markdown", "json": "json", "jsonl": "jsonlines"} {
		if m, err := render.Find(name); err != nil || m.Name != want {
			t.Errorf("%s: %v %v", name, m, err)
		}
	}
	for _, name := range []string{"", "l", "nothing"} {
		if m, err := render.Find(name); err == nil {
			t.Errorf("%q found %s", name, m.Name)
		}
	}
}

func BenchmarkCSV(b *testing.B)  { benchmark(b, "csv") }
func BenchmarkJSON(b *testing.B) { benchmark(b, "json") }

// benchmark writes a million rows of six columns.
func benchmark(b *testing.B, mode string) {
	m, _ := render.Find(mode)
	for b.Loop() {
		r, err := emptyRegister(b).Run(context.Background(), `SELECT range AS id, 'county ' || range % 19 AS county, range / 7 AS x, (range % 100)::DECIMAL(9,2) AS d,
			DATE '1990-01-01' + (range % 9000)::INTEGER AS day, range % 2 = 0 AS flag FROM range(1000000)`, 0)
		if err != nil {
			b.Fatal(err)
		}
		if err := m.Write(discard{}, r, render.Options{}); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// Numbers are shown with fewer digits before columns are left out, which is said, and
// the types of columns under their names.
func TestDigitsShrink(t *testing.T) {
	r := resultOf(t, "SELECT 'x' || i AS parameter, sin(i + 1) AS estimate, cos(i) / 100 AS std_error, NULL::DOUBLE AS t_value, 1e-7 * (i + 1) / 3 AS p_value FROM range(12) t(i)", 0)
	m, _ := render.Find("table")
	for columns, digits := range map[int]string{200: "", 68: "", 62: "5"} {
		var b strings.Builder
		m.Write(&b, r, render.Options{Digits: 7, Shrink: true, Types: true, Screen: &render.Screen{Width: columns}})
		got := b.String()
		for line := range strings.Lines(got) {
			if width.Of(strings.TrimSpace(line)) > columns {
				t.Errorf("wider than %d: %s", columns, line)
			}
		}
		if !strings.Contains(got, "p_value") || !strings.Contains(got, "double") || strings.Contains(got, "…") {
			t.Errorf("%d columns:\n%s", columns, got)
		}
		if said := strings.Contains(got, "digits"); said != (digits != "") || said && !strings.Contains(got, "numbers to "+digits+" digits") {
			t.Errorf("%d columns, not to %s digits:\n%s", columns, digits, got)
		}
	}
	var b strings.Builder
	m.Write(&b, r, render.Options{Digits: 7, Screen: &render.Screen{Width: 62}})
	if strings.Contains(b.String(), "digits") || !strings.Contains(b.String(), "…") {
		t.Errorf("digits that were asked for are shortened:\n%s", b.String())
	}
}

func TestStoppedTable(t *testing.T) {
	r := resultOf(t, "FROM range(1000)", 0)
	m, _ := render.Find("ascii")
	var b strings.Builder
	n := 0
	// It is asked three times before the first row is drawn, then at each.
	m.Write(&b, r, render.Options{Screen: &render.Screen{}, Stopped: func() bool { n++; return n > 6 }})
	if !strings.HasSuffix(b.String(), "|     2 |\n+-------+\nstopped: 3 of 1 000 rows shown\n") {
		t.Errorf("%s", b.String())
	}
}

// A table on its side has fewer digits too where it would not fit.
func TestTurnedDigitsShrink(t *testing.T) {
	columns := ""
	for _, name := range strings.Fields("a b c d e f g h i j k l m n") {
		columns += ", sin(i + ascii('" + name + "')) / 3000 AS name_" + name
	}
	r := resultOf(t, "SELECT 'row ' || i AS row"+columns+" FROM range(4) t(i)", 0)
	m, _ := render.Find("table")
	var b strings.Builder
	m.Write(&b, r, render.Options{Digits: 7, Shrink: true, Screen: &render.Screen{Width: 70}})
	if got := b.String(); !strings.Contains(got, "│ name_n ") || !strings.Contains(got, "numbers to ") || strings.Contains(got, "…") {
		t.Errorf("%s", got)
	}
}

// A table of estimates stands as papers print it: numbers with stars to the right, an empty
// row as a rule, and no cell that LaTeX would read as an argument of the line before.
func TestPrintedTable(t *testing.T) {
	const query = `FROM (VALUES ('a_1', '-0.12***', '[note]'), ('', '(0.05)', ''), ('', '', ''), ('[x] & {y}', '22', '* p < 5%'), ('~^$#\', '1e-07', '')) t(p, "m|1", m_2)`
	want := `\providecommand{\toprule}{\hline}\providecommand{\midrule}{\hline}\providecommand{\bottomrule}{\hline}
\begin{tabular}{lrl}
\toprule
p & m\textbar{}1 & m\_2 \\
\midrule
a\_1 & -0.12*** & [note] \\
 & (0.05) &  \\
\midrule
{}[x] \& \{y\} & 22 & * p \textless{} 5\% \\
\textasciitilde{}\textasciicircum{}\$\#\textbackslash{} & 1e-07 &  \\
\bottomrule
\end{tabular}
`
	if got := rendered(t, query, "latex", nil, 0); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := rendered(t, query, "markdown", nil, 0); !strings.HasPrefix(got, "| p | m\\|1 | m_2 |\n|---|---:|---|\n| a_1 | -0.12*** | [note] |\n") {
		t.Error(got)
	}
	if got := rendered(t, query, "html", nil, 0); !strings.Contains(got, `<td>a_1</td><td align="right">-0.12***</td><td>[note]</td>`) {
		t.Error(got)
	}
	// Codes and ages are no such numbers.
	if got := rendered(t, "FROM (VALUES ('0301', '0-6'), ('1804', '7-17')) t(a, b)", "latex", nil, 0); !strings.Contains(got, "{ll}") {
		t.Error(got)
	}
}
