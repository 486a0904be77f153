// Package sql holds the public surface of utvandring as text: every table, view
// and macro in a .sql file, a noun a file, a subject a folder, and the reference
// data they start from as CSV. It knows nobody but the lexer of SQL.
package sql

import (
	"embed"
	"slices"
	"sync"
)

// File is a .sql file, its macros written out.
type File struct{ Name, Text string }

// Read gives them in Order. They are not to be changed.
var Read = sync.OnceValues(func() ([]File, error) {
	files := make([]File, len(Order))
	for i, name := range Order {
		text, err := Files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[i] = File{name, string(text)}
	}
	return files, expand(files)
})

// Files has the .sql files (ROOM/noun.sql), data/TABLE.csv, and what writes macros out.
//
//go:embed register count protect panel estimate simulate report file data
//go:embed expand.go caption.go frequency_view.go
var Files embed.FS

// Sources are the files that tell one version of what Read gives from another: every start of
// the program asks, and most need no macro written out.
func Sources() []string {
	return slices.Concat(Order, []string{"expand.go", "caption.go", "frequency_view.go"})
}

// Order is every .sql file in the order in which they are applied: DuckDB binds a
// view when it is made, so that what a view reads stands before it. Macros are
// bound when they are called.
var Order = []string{
	"register/type.sql",
	"register/register.sql",
	"register/reference.sql",
	"register/country_coding.sql",
	"register/completed_years.sql",
	"register/getenv.sql",
	"register/group.sql",
	"register/period.sql",
	"register/study.sql",
	"register/division.sql",
	"register/place.sql",
	"register/who.sql",
	"register/spell.sql",
	"register/migration_place.sql",
	"register/register_contradiction.sql",

	"estimate/model.sql",
	"report/published.sql",

	"count/dimension.sql",
	"count/on_day.sql",
	"count/person_year.sql",
	"count/migration_event.sql",
	"count/emigration.sql",
	"count/death.sql",
	"count/move.sql",
	"count/transition.sql",
	"count/kind.sql",
	"count/people.sql",
	"count/population_cell.sql",
	"count/population_cell_live.sql",
	"count/life.sql",
	"count/unresolved_code.sql",
	"count/balance.sql",
	"count/cell.sql",
	"count/emigrant_cell.sql",
	"count/frequency_of.sql",
	"count/rate_of.sql",
	"count/flow_of.sql",
	"count/transition_of.sql",
	"count/frequency.sql",
	"count/frequency_period.sql",
	"count/frequency_interval.sql",
	"count/frequency_standardised.sql",
	"count/composition.sql",
	"count/decompose.sql",

	"protect/protect.sql",

	"panel/country_group_year.sql",
	"panel/country_series.sql",
	"panel/panel_of.sql",
	"panel/panel_long.sql",
	"panel/panel.sql",
	"panel/panel_country.sql",
	"panel/cohort.sql",

	"file/read_px.sql",
	"file/read_jsonstat.sql",
	"file/read_xlsx.sql",
	"file/read_statbank.sql",

	"register/register_check.sql", // reads person_year

	"estimate/model_input.sql",
	"estimate/sur.sql",
	"estimate/sur_fit.sql",
	"estimate/sur_diagnose.sql",
	"estimate/sur_matrix.sql",
	"estimate/sur_interval.sql",
	"estimate/sur_test.sql",
	"estimate/sur_effect.sql",
	"estimate/sur_long_run.sql",
	"estimate/sur_factor.sql",
	"estimate/sur_search.sql",
	"estimate/sur_bootstrap.sql",
	"estimate/sur_report.sql",
	"estimate/equation_term.sql",
	"estimate/sur_table.sql",

	"simulate/emigrations_formula.sql",
	"simulate/simulate.sql",
	"simulate/simulate_scenarios.sql",
	"simulate/multiplier.sql",
	"simulate/goal_seek.sql",
	"simulate/simulate_stochastic.sql",
	"simulate/counterfactual.sql",
	"simulate/country_draw.sql",
	"simulate/counterfactual_band.sql",
	"simulate/project.sql",

	"report/shape.sql",
	"report/chapter_3_migrations.sql",
	"report/chapter_3_emigrants.sql",
	"report/chapter_3_frequencies.sql",
	"report/table_4_1.sql",
	"report/sur_report_table.sql",
	"report/table_4_11.sql",
	"report/figure_4_1.sql",
	"report/figure_4_2.sql",
	"report/table_5_1.sql",
	"report/chapter_5_centrality.sql",
	"report/chapter_5_county_residents.sql",
	"report/chapter_5_county_frequencies.sql",
	"report/annex.sql",
	"report/report_figure.sql",
	"report/report_fact.sql",
}
