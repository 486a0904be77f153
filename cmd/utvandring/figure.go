package main

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"utvandring/cmd/utvandring/plot"
	"utvandring/engine"
	"utvandring/udf/sqltext"
)

// figure is a row of report_figure: what the report says of one of its figures
// or tables.
type figure struct {
	name, number string
	caption      string // as the report prints it
	english      string // the same in English; may be empty
	section      string
	kind         string // of chart; "table" where nothing is drawn
	spec         plot.Spec
	sameYear     string // "true" or "false": whether same-year movers are in; "": it does not matter
	first, last  int    // the years it needs; 0: none
}

// tableOnly is the kind of what the report shows as a table.
const tableOnly = "table"

// figures reads the figures and tables of the report in its order, or the one
// with a name. A database without the list has none.
func (s *session) figures(ctx context.Context, name string) ([]figure, error) {
	if !s.hasRelation("report_figure") {
		return nil, nil
	}
	query := "FROM report_figure"
	if name != "" {
		query += " WHERE lower(name) = lower(" + sqltext.QuoteText(name) + ")"
	}
	result, err := s.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	var out []figure
	for row := range result.Rows() {
		value := map[string]string{}
		for i, c := range result.Columns {
			value[c.Name] = row.Text(i)
		}
		f := figure{name: value["name"], number: value["number"], caption: value["caption"], english: value["title"],
			section: value["section"], kind: strings.ToLower(value["kind"]), sameYear: value["same_year_movers"]}
		f.spec = plot.Spec{Kind: f.kind, X: value["x"], Y: plot.Columns(value["y"]), Color: value["color"], Facet: value["facet"], Unit: value["unit"]}
		if f.kind == tableOnly {
			f.spec.Kind = ""
		}
		f.first, _ = strconv.Atoi(value["first_year"])
		f.last, _ = strconv.Atoi(value["last_year"])
		out = append(out, f)
	}
	return out, nil
}

// title is the caption with its number, as the report prints it.
func (f figure) title() string {
	word := "Figur"
	if f.kind == tableOnly {
		word = "Tabell"
	}
	return word + " " + f.number + ". " + f.caption
}

// note is the line under a figure: first that demo data are no real people, which
// must stay where the line is cut; what the register lacks, and what is counted.
func (f figure) note(lacks, source string) string {
	var counted string
	switch f.sameYear {
	case "true":
		counted = "Persons who immigrate and emigrate in the same calendar year are counted."
	case "false":
		counted = "Persons who immigrate and emigrate in the same calendar year are left out."
	}
	return join(source, join(lacks, counted))
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// hasRelation reports whether a table or view exists.
func (s *session) hasRelation(name string) bool {
	rows, err := s.texts("SELECT 1 FROM duckdb_views() WHERE view_name = " + sqltext.QuoteText(name) +
		" UNION ALL SELECT 1 FROM duckdb_tables() WHERE table_name = " + sqltext.QuoteText(name))
	return err == nil && len(rows) > 0
}

// plotTable gives a result in the form that package plot takes.
func plotTable(r *engine.Result) (plot.Table, error) {
	var t plot.Table
	if _, all := r.Load(); !all {
		return t, fmt.Errorf("plot: the result has more than %d rows; count or filter in SQL first", engine.Keep)
	}
	for _, c := range r.Columns {
		t.Columns = append(t.Columns, plot.Column{Name: c.Name, Type: plotType(c.Type)})
	}
	for row := range r.Rows() {
		values := make([]any, len(r.Columns))
		for i, c := range t.Columns {
			values[i] = plotValue(row, i, c)
		}
		t.Rows = append(t.Rows, values)
	}
	if r.Cut() {
		return t, fmt.Errorf("plot: the last result was cut at %d rows for the screen; count or filter in SQL, or say .maxrows 0 and run it again", len(t.Rows))
	}
	return t, nil
}

func plotType(t *engine.Type) plot.Type {
	switch {
	case t.Numeric():
		return plot.Number
	case t.Temporal():
		return plot.Time
	}
	return plot.Category
}

func plotValue(row engine.Row, i int, c plot.Column) any {
	if row.Null(i) {
		return nil
	}
	switch c.Type {
	case plot.Number:
		if x := row.Float(i); !math.IsNaN(x) {
			return x
		}
		return nil
	case plot.Time:
		x := row.Float(i)
		if math.IsNaN(x) || math.Abs(x) > 1e12 { // 'infinity', or a date no axis can hold
			return nil
		}
		return time.Unix(int64(x), 0).UTC()
	}
	return row.Text(i)
}
