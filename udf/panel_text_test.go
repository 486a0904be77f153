package udf

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// A column of text that holds numbers and missing marks is numbers, and a note says so;
// of another the first value that is none is named, with its year.
func TestTextInAPanel(t *testing.T) {
	conn := simulation(t)
	for _, c := range []struct {
		values string // of 2000, 2001, …
		want   string // a note, or part of an error
	}{
		{"'NA', '1', '2.5', '2e0', ' 3 '", `sur: column "y" of the panel is text, and was read as numbers; 1 × "NA" as missing`},
		{"'1', '2', '..', '4', ':'", `sur: column "y" of the panel is text, and was read as numbers; 2 × "..", ":" as missing`},
		{"'1', '2', NULL, '4', '5'", `sur: column "y" of the panel is text, and was read as numbers`},
		{"'NA', '1,5', '2', '3', '4'", `text, not a number: "1,5" in 2001 (a decimal comma: `},
		{"'1', '2', '-', '3', '4'", `text, not a number: "-" in 2002 (which is 0 in some tables and missing in others`},
		{"'1', '2', '3', 'Oslo', 'Moss'", `text, not a number: "Oslo" in 2003 (cast it; write a dummy as 1 and 0)`},
		{"'1', '2', '3', '0x10', 'inf'", `text, not a number: "0x10" in 2003`},
		{"'NA', '.', NULL, '', '...'", `column "y" is NULL in every year`},
	} {
		for _, formula := range []string{"y = $a + $b*x", "x = $a + $b*y", "x = $a + $b*z"} {
			var notes Notes
			notes.Begin(false, false)
			ctx := WithNotes(context.Background(), &notes)
			var n int
			err := conn.Row(ctx, `SELECT len(_sur([?], NULL, NULL, list({year: 2000 + i - 1, x: (i * 7) % 5, z: i * i % 3, y: [`+c.values+`][i]} ORDER BY -i), NULL)) FROM range(1, 6) r(i)`, formula).Scan(&n)
			got := notes.Take()
			used, refused := strings.Contains(formula, "y"), !strings.HasPrefix(c.want, "sur: ")
			switch {
			case used && refused && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%s %s: %v, want %s", c.values, formula, err, c.want)
			case used && !refused && (err != nil || !slices.Contains(got, c.want)):
				t.Errorf("%s %s: %v %q, want %s", c.values, formula, err, got, c.want)
			case !used && (err != nil || len(got) > 0):
				t.Errorf("%s %s: %v %q, want neither error nor note", c.values, formula, err, got)
			}
		}
	}
}
