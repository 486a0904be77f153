package sql

import (
	"strings"
	"testing"
)

func TestExpand(t *testing.T) {
	const base = `CREATE OR REPLACE MACRO a(x, first := NULL, method := 'i,(', last := [1, 2]) AS _a(x, {{options}});
`
	for _, c := range []struct{ text, want string }{
		{"CREATE MACRO b(y, {{as a}}, z := 1) AS TABLE FROM _b(y, {{options}});",
			"CREATE MACRO b(y, first := NULL, method := 'i,(', last := [1, 2], z := 1) AS TABLE FROM _b(y, {first: first, method: method, last: last, z: z});"},
		{"CREATE MACRO b(y, {{as a, first := 'it''s, so', way for method, without last}}) AS _b({{options, y}});",
			"CREATE MACRO b(y, first := 'it''s, so', way := 'i,(') AS _b({y: y, first: first, way: way});"},
		{"CREATE MACRO b(y, z := 1, {{as a, without last}}) AS _b(y, z, {{options of a}});",
			"CREATE MACRO b(y, z := 1, first := NULL, method := 'i,(') AS _b(y, z, {first: first, method: method});"},
		{"CREATE MACRO b(x) AS {{options of c}};", "sql/2: macro b: no macro c"},
		{"CREATE MACRO b({{as c, without first}}) AS 1;\nCREATE MACRO c(q,\n  {{as a}}) AS 2;",
			"CREATE MACRO b(method := 'i,(', last := [1, 2]) AS 1;\nCREATE MACRO c(q, first := NULL, method := 'i,(', last := [1, 2]) AS 2;"},
		{"CREATE MACRO plain(q,\n  r := ')') AS {a: {b: q}};", "CREATE MACRO plain(q,\n  r := ')') AS {a: {b: q}};"},
		{"CREATE MACRO b({{as d}}) AS 1;", "sql/2: macro b: no macro d"},
		{"CREATE MACRO b({{as b}}) AS 1;", "sql/2: macro b: its arguments are those of b, and so on in a circle"},
		{"CREATE MACRO b({{as a, without x}}) AS 1;", "sql/2: macro b: {{as a, without x}}: without x is no change to an argument of a"},
		{"CREATE MACRO b({{as a, first}}) AS 1;", "sql/2: macro b: {{as a, first}}: first is no change to an argument of a"},
		{"CREATE MACRO b({{a}}) AS 1;", "sql/2: macro b: {{a}} is not {{as MACRO, …}}"},
		{"CREATE MACRO b(x) AS {{option}};", "sql/2: macro b: {{option}} is not {{options, …}}"},
		{"CREATE MACRO b(model, panel, {{as a}}) AS TABLE SELECT *, model AS model FROM (SELECT _b(model, _models, _equations, _rows, {{options}}) FROM _model_input(panel));\n{{of b}}\n",
			"CREATE MACRO b(model, panel, first := NULL, method := 'i,(', last := [1, 2]) AS TABLE SELECT *, model AS model FROM (SELECT _b(model, _models, _equations, _rows, {first: first, method: method, last: last}) FROM _model_input(panel));\n" +
				"CREATE OR REPLACE MACRO b_of(formulas, panel, first := NULL, method := 'i,(', last := [1, 2]) AS TABLE SELECT * FROM (SELECT _b(formulas, NULL, NULL, _rows, {first: first, method: method, last: last}) FROM _panel_rows(panel));\n"},
		{"{{of a}}", "sql/2: {{of a}}: there is no such macro of a model"},
		{"-- {{caption}} Columns: a.\nCREATE OR REPLACE VIEW figure_9 AS SELECT 1;", "sql/2: {{caption}}: report_figure has no figure figure_9"},
		{"{{frequency_by a, b}}\n", "CREATE OR REPLACE VIEW frequency_by_a AS FROM frequency_of(county_cell, ['a']);\nCREATE OR REPLACE VIEW frequency_by_b AS FROM frequency_of(county_cell, ['b']);\n" +
			"CREATE OR REPLACE VIEW frequency_by_a_b AS FROM frequency_of(county_cell, ['a', 'b']);\n"},
		{"CREATE MACRO b(x, y := 1) AS TABLE {{answer, x}};",
			"CREATE MACRO b(x, y := 1) AS TABLE\n  SELECT unnest(_answer, recursive := true)\n  FROM (SELECT _b(model, _models, _equations, _rows, {x: x, y: y}) AS _answer\n        FROM _model_input(panel));"},
		{"CREATE MACRO b(x) AS {{options, y}};", "sql/2: macro b: {{options, y}}: it has no argument y"},
	} {
		files := []File{{"1", base}, {"2", c.text}}
		err := expand(files)
		got := files[1].Text
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s\ngives %s\nwant  %s", c.text, got, c.want)
		}
	}
}

// Nothing is left to be written out.
func TestReadIsWrittenOut(t *testing.T) {
	files, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(file.Text, "{{") {
			t.Errorf("%s: %s", file.Name, file.Text[strings.Index(file.Text, "{{"):])
		}
	}
}
