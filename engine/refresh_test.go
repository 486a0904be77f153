package engine

import "testing"

// Every table is counted from a view of its name, earlier ones first: what .refresh
// did when it was a list.
func TestRefreshFillsTheTablesWithALiveView(t *testing.T) {
	var got []string
	for _, c := range counted() {
		got = append(got, c.table)
	}
	same(t, "tables", [][]string{got}, [][]string{{"_code_reading", "_place", "_reading", "_kind", "_state", "county_cell", "emigrant_cell", "panel_1", "panel_2", "panel_3",
		"cohort", "_table_4_11", "_figure_4_1"}})
}
