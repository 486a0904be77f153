package udf

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// remark notes what it is given, and hands it back; only tests have it.
var remark = Function{
	Name: "_remark", Args: 1, Result: []Column{{"", Text}},
	Run: func(ctx context.Context, args []Value) (*Table, error) {
		text, err := args[0].Text()
		if err != nil {
			return nil, err
		}
		Note(ctx, "%s is odd", text)
		return NewTable([]string{text}), nil
	},
}

// Notes come in the order of the rows and each once, though rows are computed side by
// side and in several threads; of a statement that nobody listens to they are lost.
func TestNotes(t *testing.T) {
	conn := connect(t, remark)
	var notes Notes
	ctx := WithNotes(context.Background(), &notes)
	rows := long.Runs(100_000, 20_000)
	query := fmt.Sprintf("SELECT count(_remark('row ' || (i %% 3))) FROM range(%d) r(i)", rows)
	for _, c := range []struct {
		refuse, off bool
		want        []string
		fails       string
	}{
		{want: []string{"row 0 is odd", "row 1 is odd", "row 2 is odd"}},
		{off: true},
		{refuse: true, fails: "row 0 is odd (a note, which fails its statement after .notes error)"},
	} {
		notes.Begin(c.refuse, c.off)
		var n int
		err := conn.Row(ctx, query).Scan(&n)
		if c.fails == "" && (err != nil || n != rows) || c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
			t.Errorf("%+v: %d, %v", c, n, err)
		}
		if got := notes.Take(); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q", c, got)
		}
	}
	notes.Begin(false, false)
	notes.Add("f: 3", "g: 1", "f: 2", "f: 1", "g: 2", "f: 4", "g: 3", "no function", "f: 5", "g: 4")
	if got, want := notes.Take(), []string{"f: 1", "g: 1", "f: 2", "f: 3", "g: 2", "f: 2 more notes such as these", "g: 3", "no function", "g: 4"}; !slices.Equal(got, want) {
		t.Errorf("many: %q", got)
	}
	if err := conn.Exec(context.Background(), query); err != nil || notes.Take() != nil {
		t.Error("a statement without Notes:", err)
	}
}
