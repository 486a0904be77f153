package engine

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"utvandring/udf"
)

func TestReadEntries(t *testing.T) {
	got := readEntries("sql/x.sql", `-- Header of the file.

-- a: about a.
CREATE TABLE IF NOT EXISTS a (x INTEGER);

CREATE VIEW b AS FROM a;
-- about c,
--   indented
CREATE OR REPLACE MACRO c(x, y := ')',
  z := [1, (2)]) AS TABLE FROM a; -- trailing
CREATE MACRO _private() AS 1;
CREATE MACRO d(x) AS x + 1;

-- e, f: about both.
CREATE VIEW e AS FROM a;

CREATE VIEW f AS FROM a;

-- t_1 ... t_9: about
-- nine: of them.
CREATE VIEW t_1 AS FROM a;
CREATE VIEW t_2 AS FROM a;
CREATE VIEW t AS FROM a;`)
	want := []Entry{
		{Name: "a", Kind: "table", Signature: "a", Comment: "a: about a."},
		{Name: "b", Kind: "view", Signature: "b", Comment: "Header of the file."},
		{Name: "c", Kind: "table macro", Signature: "c(x, y := ')', z := [1, (2)])", Comment: "about c,\n  indented"},
		{Name: "_private", Kind: "macro", Signature: "_private()", Comment: "trailing"},
		{Name: "d", Kind: "macro", Signature: "d(x)", Comment: "Header of the file."},
		{Name: "e", Kind: "view", Signature: "e", Comment: "e, f: about both."},
		{Name: "f", Kind: "view", Signature: "f", Comment: "e, f: about both."},
		{Name: "t_1", Kind: "view", Signature: "t_1", Comment: "t_1 ... t_9: about\nnine: of them."},
		{Name: "t_2", Kind: "view", Signature: "t_2", Comment: "t_1 ... t_9: about\nnine: of them."},
		{Name: "t", Kind: "view", Signature: "t", Comment: "Header of the file."},
	}
	if len(got) != len(want) {
		t.Fatalf("%d entries, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if g.Name != w.Name || g.Kind != w.Kind || g.Signature != w.Signature || g.Comment != w.Comment {
			t.Errorf("%+v\nwant %+v", g, w)
		}
	}
	for i, want := range map[int]string{0: "about a", 6: "about both", 8: "about nine: of them"} {
		if s := got[i].Summary(); s != want {
			t.Errorf("summary of %s is %q, want %q", got[i].Name, s, want)
		}
	}
}

func TestBlocks(t *testing.T) {
	e := Entry{Signature: "a(model, max_iterations := 1)", Comment: `a: does this,
and that (1
  or 2).

model           a name
                in a table
max_iterations how many
Columns: x, y:
    1  2
  SELECT  not.

  FROM a('x');
  WITH b AS (
    FROM a('y')) FROM b;

  .plot
Example: FROM a(1,
  2);`}
	want := []Block{
		{TextBlock, "", "a: does this, and that (1"}, {TableBlock, "", "  or 2)."},
		{ItemBlock, "model", "a name in a table"}, {ItemBlock, "max_iterations", "how many"},
		{TextBlock, "", "Columns: x, y:"}, {TableBlock, "", "    1  2"}, {ExampleBlock, "", "SELECT  not."},
		{ExampleBlock, "", "FROM a('x');\nWITH b AS (\n  FROM a('y')) FROM b;"}, {ExampleBlock, "", ".plot"}, {ExampleBlock, "", "FROM a(1,\n2);"},
	}
	if got := e.Blocks(); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestColumnComments(t *testing.T) {
	e := Entry{Kind: "table", SQL: `CREATE TABLE a (
  x INTEGER CHECK (x > 0),  -- how many
  y DOUBLE, z DOUBLE,       -- per cent; 'NULL': none
  w DATE
)`}
	got := e.ColumnComments()
	for column, want := range map[string]string{"x": "how many", "y": "per cent; 'NULL': none", "z": "per cent; 'NULL': none", "w": ""} {
		if got[column] != want {
			t.Errorf("%s: %q, want %q", column, got[column], want)
		}
	}
}

// What a database holds and what the help knows must be the same.
func TestEveryObjectHasHelp(t *testing.T) {
	t.Parallel()
	db := empty(t)
	names, err := db.conn.Texts(context.Background(), `
		SELECT table_name FROM duckdb_tables() WHERE NOT internal UNION
		SELECT view_name FROM duckdb_views() WHERE NOT internal UNION
		SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'`)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range names {
		if strings.HasPrefix(name, "_") {
			continue
		}
		n++
		if e, ok := Lookup(name); !ok || e.Comment == "" || e.Summary() == "" {
			t.Errorf("%s: no comment before its CREATE (found: %t)", name, ok)
		}
	}
	if n < 20 {
		t.Errorf("only %d objects", n)
	}
}

// The arguments of every macro are what the function in Go that it calls declares,
// with the same defaults.
func TestSignaturesAgreeWithOptions(t *testing.T) {
	// These hand over some options by themselves, and read the others in SQL. Of own the
	// defaults are others too: actual residuals, draws of both, no replications.
	own := []string{"counterfactual", "counterfactual_band", "figure_4_1_band", "project"}
	partly := append([]string{"sur_table", "frequency_interval", "rate_of", "frequency_standardised"}, own...)
	byDefault := regexp.MustCompile(`"?(\w+)"? := ([^,]+(?:, [^=]*\])?)`)
	checked := 0
	for _, e := range Entries() {
		var declared []udf.Option
		for _, function := range privateCall.FindAllString(e.SQL, -1) {
			if declared = udf.Options(strings.TrimSuffix(function, "(")); declared != nil {
				break
			}
		}
		if declared == nil || !strings.HasSuffix(e.Kind, "macro") {
			continue
		}
		checked++
		signature := strings.TrimSuffix(e.Signature[strings.Index(e.Signature, "(")+1:], ")")
		var has []string
		for _, m := range byDefault.FindAllStringSubmatch(signature, -1) {
			has = append(has, m[1])
			at := slices.IndexFunc(declared, func(o udf.Option) bool { return o.Name == m[1] })
			switch {
			case at >= 0 && declared[at].Default != m[2] && !slices.Contains(own, e.Name):
				t.Errorf("%s: %s := %s, declared with the default %s", e.Name, m[1], m[2], declared[at].Default)
			case at < 0 && !slices.Contains(partly, e.Name):
				t.Errorf("%s: %s is not declared in Go", e.Name, m[1])
			}
		}
		for _, o := range declared {
			if o.Default != "" && !slices.Contains(has, o.Name) && !slices.Contains(partly, e.Name) {
				t.Errorf("%s has no argument %s", e.Name, o.Name)
			}
			if o.Default == "" && !slices.Contains(strings.Split(signature, ", "), o.Name) {
				t.Errorf("%s has no argument %s without a default", e.Name, o.Name)
			}
		}
	}
	if checked < 28 {
		t.Errorf("only %d macros", checked)
	}
}
