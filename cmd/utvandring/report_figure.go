package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/plot"
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
		switch {
		case f.kind == tableOnly:
			f.spec.Kind = ""
		case f.kind == plot.KindMap:
			f.spec.Kind, f.spec.Geo = "", plot.GeoCounties
		case strings.HasSuffix(f.kind, "json"): // a file of boundaries
			f.spec.Kind, f.spec.Geo = "", value["kind"]
		}
		f.first, _ = strconv.Atoi(value["first_year"])
		f.last, _ = strconv.Atoi(value["last_year"])
		out = append(out, f)
	}
	return out, nil
}

// title is the caption with its number, as the report prints it; in English where that
// is the language.
func (f figure) title(in locale.Locale) string {
	word, caption := "Figur", f.caption
	if f.kind == tableOnly {
		word = "Tabell"
	}
	if in == locale.English && f.english != "" {
		caption = strings.TrimSuffix(f.english, ".")
	}
	return in.Text(word+" "+f.number+".") + " " + caption
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

// asInReport completes what the user says of a view by what the report says of it,
// where it is one of its figures.
func (s *session) asInReport(ctx context.Context, spec plot.Spec, table plot.Table, source string) (plot.Spec, error) {
	found, err := s.figures(ctx, spec.From)
	if err != nil {
		return spec, err
	}
	if len(found) == 0 {
		spec.Note = join(spec.Note, source)
		return spec.Default(plot.Spec{Title: spec.From}), nil
	}
	f := found[0]
	e, err := s.expects()
	if err != nil {
		return spec, err
	}
	lacks := e.lacks(f, table)
	if len(table.Rows) == 0 {
		return spec, fmt.Errorf("plot: %s has no rows. %s", f.name, lacks)
	}
	spec.Note = join(spec.Note, f.note(lacks, source))
	known := f.spec
	known.Title = f.title(s.settings.Locale)
	if spec.X+spec.Color+spec.Facet+spec.Kind != "" || len(spec.Y) > 0 {
		// Who names columns wants another picture of the same rows.
		known = plot.Spec{Title: known.Title, Unit: known.Unit}
		if len(spec.Y) > 0 {
			known.Unit = ""
		}
	}
	spec = spec.Default(known)
	if spec.Places == nil {
		spec.Places, err = s.places(spec.Geo)
	}
	return spec, err
}

func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// hasRelation reports whether a table or view exists.
func (s *session) hasRelation(name string) bool {
	rows, err := s.texts("SELECT 1 FROM duckdb_views() WHERE view_name = " + sqltext.QuoteText(name) +
		" UNION ALL SELECT 1 FROM duckdb_tables() WHERE table_name = " + sqltext.QuoteText(name))
	return err == nil && len(rows) > 0
}

// expected is what a whole register has: the years it is counted for, and the
// groups of each dimension.
type expected struct {
	years       []string
	groups      map[string][]string
	otherGroups bool // of countries, which captions name
}

// expects asks the database what a figure could show.
func (s *session) expects() (expected, error) {
	e := expected{groups: map[string][]string{
		"sex":           {"female", "male"},
		"country_group": {"1", "2", "3"},
		"centrality":    {"1", "2", "3", "4"},
	}}
	var err error
	if e.otherGroups, err = s.db.OtherGroups(s.interrupt.base); err != nil {
		return e, err
	}
	years, err := s.texts("SELECT DISTINCT year FROM population_cell")
	if err != nil {
		return e, err
	}
	e.years = firstColumn(years)
	for column, query := range map[string]string{
		"county":         "SELECT DISTINCT county FROM municipality ORDER BY county",
		"age_group":      "SELECT unnest(enum_range(NULL::age_group))::VARCHAR",
		"duration_group": "SELECT unnest(enum_range(NULL::duration_group))::VARCHAR",
	} {
		rows, err := s.texts(query)
		if err != nil {
			return e, err
		}
		e.groups[column] = firstColumn(rows)
	}
	return e, nil
}

// lacks says which years and groups of a figure the register does not have, and that its
// groups of countries are others than the caption has; "" when it has all.
func (e expected) lacks(f figure, t plot.Table) string {
	var missing []string
	if f.first > 0 {
		var years []int
		for y := f.first; y <= f.last; y++ {
			if !slices.Contains(e.years, fmt.Sprint(y)) {
				years = append(years, y)
			}
		}
		if len(years) > 0 {
			missing = append(missing, ranges(years))
		}
	}
	if len(t.Rows) == 0 {
		// Which of the groups are missing, the rows would say.
		missing = append(missing, "the people it shows")
	} else {
		for _, column := range []string{f.spec.X, f.spec.Color, f.spec.Facet} {
			have := t.Values(column)
			for _, group := range e.groups[column] {
				if !slices.Contains(have, group) {
					missing = append(missing, strings.ReplaceAll(column, "_", " ")+" "+group)
				}
			}
		}
	}
	text := ""
	if e.otherGroups && strings.Contains(strings.ToLower(f.english), "country group") {
		text = "Groups of countries are the study's own, not those of the report."
	}
	if len(missing) > 0 {
		text = join(text, "Not in the register: "+strings.Join(missing, ", ")+".")
	}
	return text
}

// ranges writes years as 1990–1999, 2004.
func ranges(years []int) string {
	var parts []string
	for i := 0; i < len(years); {
		j := i
		for j+1 < len(years) && years[j+1] == years[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, fmt.Sprint(years[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", years[i], years[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
