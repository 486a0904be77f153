package udf

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/refusal"
)

// Two functions that only tests have: one that hands back what it was given as
// text, so that reading is held against SQL's own rendering, and one that
// fails in every way a function can.
var (
	echo = Function{
		Name: "_echo", Args: 1,
		Result: []Column{{"name", Text}, {"text", Text}, {"number", Double}, {"whole", Integer}, {"truth", Boolean}},
		Run: func(_ context.Context, args []Value) (*Table, error) {
			f, err := args[0].Frame()
			if err != nil {
				return nil, err
			}
			t := Rows(echoColumns)
			for i, name := range f.Names {
				for row := range f.Len() {
					v := f.Value(i, row)
					if v.Null() {
						t.Append(name, nil, nil, nil, nil)
						continue
					}
					if s, err := v.Text(); err == nil {
						t.Append(name, s, nil, nil, nil)
						continue
					}
					data, null, err := f.Float(i)
					if err != nil {
						return nil, err
					}
					if null != nil && null[row] {
						return nil, fmt.Errorf("mask and Null disagree")
					}
					t.Append(name, nil, data[row], int64(data[row]), data[row] != 0)
				}
			}
			return t, nil
		},
	}
	echoColumns = []Column{{"name", Text}, {"text", Text}, {"number", Double}, {"whole", Integer}, {"truth", Boolean}}
	fail        = Function{
		Name: "_fail", Args: 1, Result: []Column{{"", Text}},
		Run: func(ctx context.Context, args []Value) (*Table, error) {
			switch how, err := args[0].Text(); {
			case err != nil:
				return nil, fmt.Errorf("how %w", err)
			case how == "panic":
				var list []int
				_ = list[len(how)]
			case how == "null":
				return nil, nil
			}
			return nil, fmt.Errorf("as asked")
		},
	}
)

// connect gives a connection to a database of the test's own.
func connect(t testing.TB, more ...Function) *duck.Conn {
	t.Helper()
	db, conn, err := opened(more...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn.Close()
		db.Close()
	})
	return conn
}

func opened(more ...Function) (*duck.Database, *duck.Conn, error) {
	db, err := duck.Open("", nil)
	if err != nil {
		return nil, nil, err
	}
	conn, err := db.Connect()
	if err != nil {
		return nil, nil, err
	}
	defer func(all []Function) { functions = all }(functions)
	functions = slices.Concat(functions, []Function{echo, fail}, more)
	return db, conn, Register(conn)
}

func TestFailuresAreErrors(t *testing.T) {
	conn := simulation(t)
	for call, want := range map[string]string{
		"_fail('x')":                      "as asked",
		"_fail(NULL)":                     "how is NULL",
		"_fail(3)":                        "how is a number, not text",
		"_fail('panic')":                  "internal error: runtime error: index out of range",
		"_echo('x')":                      "is text, not a list of rows",
		"_echo([1, 2])":                   "has a number in place of a row",
		"_echo([NULL])":                   "has NULL in place of a row",
		"_echo({x: 1})":                   "is one row, not a list of rows",
		"_echo([{d: TIME '10:00'}])":      `column "d" is a TIME, not a number`,
		"_echo([{d: '1'::BLOB}])":         `column "d" is a BLOB, not a number`,
		"_echo([{d: [1]::INTEGER[1]}])":   `column "d" is an ARRAY, not a number`,
		"_echo([{x: 1}, NULL])":           "has a NULL in place of row 2",
		"_echo([{d: DATE '2000-01-01'}])": `column "d" is a DATE, not a number`,
		"_names(['a', NULL])":             "element 2 is NULL",
	} {
		err := conn.Exec(context.Background(), "SELECT "+call)
		refusal.Says(t, err, want, call)
	}
	// Several groups are several rows of one call, spread over the processors.
	err := conn.Exec(context.Background(), "SELECT _fail(if(i = 1000, 'panic', NULL)) FROM range(2000) r(i) WHERE i >= 1000")
	refusal.Says(t, err, "internal error: runtime error: index out of range")
	var null bool
	if err := conn.Row(context.Background(), "SELECT _fail('null') IS NULL AND len(_echo(NULL)) = 0 AND len(_echo([])) = 0").Scan(&null); err != nil || !null {
		t.Error(null, err)
	}
}
