package udf_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/file"
	"utvandring/udf/refusal"
)

// upTo gives the numbers below its argument with words to them, and NULL for every third.
var upTo = duck.TableFunction{Name: "_up_to", Args: 2, Bind: func(_ context.Context, _ file.Access, args []any) (*duck.Scan, error) {
	n, ok := args[0].(int64)
	if !ok {
		return nil, fmt.Errorf("a number is wanted, not %T", args[0])
	}
	words := []string{"zero", "a word that is longer than twelve bytes"}
	return &duck.Scan{
		Columns: []duck.ScanColumn{{Name: "n", Type: duck.BigInt}, {Name: "word", Type: duck.Varchar, Words: words}, {Name: "given", Type: duck.Varchar}},
		Rows:    n,
		Open: func(context.Context) (duck.Source, error) {
			if n == 13 {
				return nil, errors.New("as asked in Open")
			}
			return &counter{n: n, given: fmt.Sprint(args[1])}, nil
		},
	}, nil
}}

type counter struct {
	n, at  int64
	given  string
	closed *int
}

func (c *counter) Fill(_ context.Context, out []duck.ScanOutput, most int) (int, error) {
	if c.n == 14 {
		return 0, errors.New("as asked in Fill")
	}
	n := min(int64(most), c.n-c.at)
	numbers, words, given := make([]int64, n), make([]int32, n), make([]string, n)
	for i := range n {
		numbers[i], words[i], given[i] = c.at+i, int32((c.at+i)%3)%3, c.given
		if words[i] == 2 {
			words[i] = -1
		}
	}
	duck.Put(out[0].Output, 0, numbers)
	out[1].Pick(words)
	out[2].PutText(0, given)
	c.at += n
	return int(n), nil
}

func tables(t *testing.T, functions ...duck.TableFunction) *duck.Conn {
	conn := connect(t)
	for _, f := range functions {
		if err := conn.RegisterTable(f); err != nil {
			t.Fatal(err)
		}
	}
	return conn
}

func TestTableFunction(t *testing.T) {
	conn := tables(t, upTo)
	exec(t, conn, "CREATE VIEW v AS FROM _up_to(5000, ['a', 'b']); PREPARE p AS SELECT count(*) FROM _up_to(5000, 1)")
	for _, c := range []struct{ query, want string }{
		{"SELECT count(*) || ' ' || sum(n) || ' ' || count(word) FROM v", "5000 12497500 3334"},
		{"SELECT string_agg(word, ',' ORDER BY n) FROM _up_to(4, NULL)", "zero,a word that is longer than twelve bytes,zero"},
		{"SELECT string_agg(word || n, ' ' ORDER BY word) FROM (SELECT word, count(*) AS n FROM v GROUP BY word)", "a word that is longer than twelve bytes1667 zero1667"},
		{"SELECT DISTINCT given FROM v", "[a b]"},
		{"SELECT DISTINCT given FROM _up_to(1, NULL)", "<nil>"},
		{"SELECT DISTINCT given FROM _up_to(1, 1.5)", "1.5"},
		{"SELECT DISTINCT given FROM _up_to(1, 2 > 1)", "true"},
		{"SELECT count(*) FROM _up_to(0, 1)", "0"},
		{"SELECT count(*) FROM (FROM v a JOIN v b USING (n, word))", "3334"},
		{"EXECUTE p", "5000"},
		{"EXECUTE p", "5000"}, // it begins anew
		{"SELECT max(word) FROM (SELECT word FROM v ORDER BY n DESC LIMIT 7)", "zero"},
	} {
		each(t, conn, c.query, func(_ *duck.Result, row []duck.Vector, i int) {
			if got := text(&row[0], i); got != c.want {
				t.Errorf("%s: %s, want %s", c.query, got, c.want)
			}
		})
	}
}

func TestTableFunctionFails(t *testing.T) {
	conn := tables(t, upTo, duck.TableFunction{Name: "_panic", Bind: func(context.Context, file.Access, []any) (*duck.Scan, error) { panic("at once") }})
	for query, want := range map[string]string{
		"FROM _up_to(NULL, 1)":                 "a number is wanted, not <nil>",
		"FROM _up_to('a', 1)":                  "a number is wanted, not string",
		"FROM _up_to(13, 1)":                   "as asked in Open",
		"FROM _up_to(14, 1)":                   "as asked in Fill",
		"FROM _up_to(1, ['a', NULL])":          "a list with a NULL in it",
		"FROM _up_to(1, {a: 1})":               "of the type STRUCT",
		"FROM _panic()":                        "internal error: at once",
		"SELECT (SELECT n FROM _up_to(14, 1))": "as asked in Fill",
	} {
		err := conn.Exec(context.Background(), query)
		refusal.Says(t, err, want, query)
	}
}

// A function sees which files its statement may open.
func TestAccessIsTheConnections(t *testing.T) {
	var got file.Access
	conn := tables(t, duck.TableFunction{Name: "_access", Bind: func(_ context.Context, access file.Access, _ []any) (*duck.Scan, error) {
		got = access
		return nil, errors.New("seen")
	}})
	conn.Exec(context.Background(), "FROM _access()")
	if got.Closed {
		t.Errorf("files are closed: %+v", got)
	}
	exec(t, conn, "SET allowed_directories = ['/tmp/a', '/tmp/b']; SET allowed_paths = ['/tmp/c']; SET enable_external_access = false")
	conn.Exec(context.Background(), "FROM _access()")
	// In any order, and with that of the temporary files, which lies where the tests run.
	if !got.Closed || !slices.Contains(got.Directories, "/tmp/a/") || !slices.Contains(got.Directories, "/tmp/b/") || len(got.Paths) != 1 {
		t.Errorf("files of two folders and one more: %+v", got)
	}
}
