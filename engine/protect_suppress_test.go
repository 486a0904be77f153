package engine

import (
	"context"
	"strings"
	"testing"
)

// What is hidden is hidden in all views, and what is shown is as it is counted.
func TestSuppressedViewsAgree(t *testing.T) {
	p := suppressed(t)
	hidden, shown := 0, 0
	for _, e := range Entries() {
		if e.Kind != "view" || !strings.HasPrefix(e.Name, "frequency") {
			continue
		}
		// of the frequency's dimensions, all columns but year and the last three
		columns := query(t, p, "SELECT column_name FROM duckdb_columns() WHERE table_name = '"+e.Name+"' AND schema_name = 'main' ORDER BY column_index")
		var dims []string
		for _, c := range columns[:len(columns)-3] {
			dims = append(dims, c[0])
		}
		select_ := "SELECT " + strings.Join(dims, ", ") + ", residents, emigrations, frequency FROM " + e.Name + " ORDER BY ALL"
		before, after := query(t, p.Raw, "SELECT residents, emigrations, frequency FROM ("+select_+")"), query(t, p, "SELECT residents, emigrations, frequency FROM ("+select_+")")
		if len(before) != len(after) {
			t.Fatalf("%s: %d rows, %d before", e.Name, len(after), len(before))
		}
		for i := range after {
			for c, x := range after[i] {
				switch {
				case x == "" && c < 2:
					hidden++
				case x == "":
				case x != before[i][c]:
					t.Errorf("%s row %d: %v, counted %v", e.Name, i+1, after[i], before[i])
				case c < 2 && (x == "1" || x == "2"):
					t.Errorf("%s row %d shows %s", e.Name, i+1, x)
				case c == 2 && (after[i][0] == "" || after[i][1] == ""):
					t.Errorf("%s row %d shows the rate of hidden counts", e.Name, i+1)
				default:
					shown++
				}
			}
		}
	}
	if hidden < 1000 || shown < 1000 {
		t.Errorf("%d figures hidden, %d shown", hidden, shown)
	}
	// The cells by themselves say no more, and the masked ones give the same sums.
	same(t, "cells", query(t, p, "SELECT count(*) FROM population_cell WHERE residents IN (1, 2) OR emigrations IN (1, 2) OR emigrations - emigrations_macro IN (1, 2) OR person_years IN (1, 2) OR person_years <> round(person_years)"), [][]string{{"0"}})
	same(t, "part of the cells", query(t, p, "WITH men AS (FROM masked.cell WHERE sex = 'male') FROM frequency_of(men, [])"), query(t, p, "SELECT * EXCLUDE (sex) FROM frequency_by_sex WHERE sex = 'male'"))
	same(t, "periods", query(t, p, "SELECT count(*) FROM frequency_period(cell, [], [[1990, 1999]]) WHERE residents IS NULL"),
		query(t, p, "SELECT count(DISTINCT true) FROM frequency WHERE year BETWEEN 1990 AND 1999 AND residents IS NULL"))
	for statement, want := range map[string]string{
		"WITH cell AS (FROM masked.cell WHERE sex = 'male') FROM frequency_of(cell, [])": "cell: another name",
		"WITH a AS (SELECT 1), county_cell AS (FROM cell) FROM county_cell":              "county_cell: another name",
		"CREATE TEMP TABLE cell AS SELECT 1 AS residents":                                "cell: another name",
		"FROM protect(cell, ['sex'])":                                                    "NULL in some cells",
		"WITH a AS (SELECT 1 AS sex) SELECT count(*) FROM a, cell":                       "",
	} {
		result, err := p.Run(context.Background(), statement, 0)
		if err == nil {
			result.Close()
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", statement, err)
		}
	}
	p.TakeNotes()
	result, err := p.Run(context.Background(), "SELECT sum(residents) FROM cell", 0)
	if err != nil {
		t.Fatal(err)
	}
	result.Close()
	if notes := p.TakeNotes(); len(notes) != 1 || !strings.Contains(notes[0], "a sum leaves it out") {
		t.Errorf("%q", notes)
	}
	source, err := p.Source(context.Background())
	if err != nil || !strings.Contains(source, "are hidden") || !strings.Contains(p.ProtectionLine(), "are hidden") || !strings.Contains(p.ProtectionLoss(), "are hidden, of which") {
		t.Errorf("%q, %q, %v", source, p.ProtectionLine(), err)
	}
}

// Every figure and panel has no number or the true one, where something in it is hidden: never
// the sum of what is left, nor a mask.
func TestSuppressedFiguresAreTrue(t *testing.T) {
	p := suppressed(t)
	compared, hidden := 0, 0
	for name, decision := range decisions(t) {
		ofCells := strings.HasPrefix(name, "figure_3") || strings.HasPrefix(name, "figure_5") || name == "table_5_1" || name == "panel_1" || name == "panel_2" || name == "panel_3"
		if decision != "inherits" || !ofCells {
			continue
		}
		before, after := query(t, p.Raw, "FROM "+name), query(t, p, "FROM "+name)
		if len(before) != len(after) {
			t.Errorf("%s: %d rows, %d before", name, len(after), len(before))
			continue
		}
		for i := range after {
			for c, x := range after[i] {
				switch {
				case x == before[i][c]:
					compared++
				case x == "":
					hidden++
				default:
					t.Errorf("%s row %d: %v, counted %v", name, i+1, after[i], before[i])
				}
			}
		}
	}
	if compared < 1000 || hidden < 100 {
		t.Errorf("%d are the same, %d hidden", compared, hidden)
	}
}
