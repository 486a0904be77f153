package main

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/natural"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

// lookCommands show what there is.
func lookCommands() []command {
	return []command{
		{name: "help", args: "[NAME]", help: "this list; about a command, table, view, macro, function or topic", most: 1, run: runHelp,
			long: "What nothing is called is searched for in names, columns and texts; % and * stand for\nany letters of a name.\n  .help frequency_of\n  .help .output\n  .help median\n  .help keys\n  .help unemployment\n  .help fig%"},
		{name: "tables", args: "[PATTERN]", help: "tables and views, by what they are for (PATTERN as in LIKE)", most: 1, run: runTables},
		{name: "schema", args: "[NAME]", help: "the SQL that makes a table, view or macro; alone: of all", most: 1, run: runSchema},
		{name: "functions", args: "[PATTERN]", help: "macros with their arguments (PATTERN as in LIKE)", most: 1, run: runFunctions},
	}
}

// texts runs a query and gives its rows as text.
func (s *session) texts(query string) ([][]string, error) {
	ctx, done := s.interrupt.watch()
	defer done()
	r, err := s.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	return textsOf(r), nil
}

// textsOf gives the rows of a result as text, and ends it.
func textsOf(r *engine.Result) (rows [][]string) {
	defer r.Close()
	for row := range r.Rows() {
		cells := make([]string, len(r.Columns))
		for i := range cells {
			cells[i] = row.Text(i)
		}
		rows = append(rows, cells)
	}
	return rows
}

func firstColumn(rows [][]string) []string {
	return namesOf(rows, func(row []string) string { return row[0] })
}

// namesOf gives the names of all in a list, in its order.
func namesOf[T any](list []T, name func(T) string) (names []string) {
	for _, thing := range list {
		names = append(names, name(thing))
	}
	return names
}

// groups of shipped objects for .tables, by the beginning of the name or, with a
// "$" at the end, by the whole of it. The first that fits counts.
var tableGroups = []struct {
	title string
	names []string
}{
	{"register", []string{"person$", "residence$", "migration$", "municipality", "country$", "country_year$", "register_"}},
	{"counts", []string{"person_year$", "emigration$", "immigration$", "population_cell", "cell$", "emigrant_cell", "counted_year", "migration_event", "same_year_mover", "birth$", "death$", "move$", "transition$", "balance$", "dimension$", "unresolved_code"}},
	{"frequencies", []string{"frequency", "composition"}},
	{"panels", []string{"panel_", "group_panel", "country_group_", "macro", "cohort", "projection_"}},
	{"models", []string{"model", "equation", "coefficient", "published_", "sur_"}},
	{"report", []string{"figure_", "table_", "report_"}},
}

func groupOf(name string) string {
	for _, g := range tableGroups {
		for _, n := range g.names {
			whole, exact := strings.CutSuffix(n, "$")
			if exact && name == whole || !exact && strings.HasPrefix(name, n) {
				return g.title
			}
		}
	}
	return "other"
}

func runTables(s *session, args []string) error {
	rows, err := s.texts(`
		SELECT name FROM (
		  SELECT CASE WHEN database_name = current_database() OR temporary THEN '' ELSE database_name || '.' END || table_name AS name FROM duckdb_tables() WHERE NOT internal
		  UNION ALL
		  SELECT CASE WHEN database_name = current_database() OR temporary THEN '' ELSE database_name || '.' END || view_name FROM duckdb_views() WHERE NOT internal)
		WHERE NOT starts_with(name, '_') AND name ILIKE ` + pattern(args) + ` ORDER BY name`)
	if err != nil {
		return err
	}
	if len(rows) == 0 && len(args) > 0 {
		return fmt.Errorf("no table or view is like %s", pattern(args))
	}
	groups := map[string][]string{}
	for _, row := range rows {
		group := "yours"
		if _, shipped := engine.Lookup(row[0]); shipped {
			group = groupOf(row[0])
		}
		groups[group] = append(groups[group], row[0])
	}
	titles := []string{"yours"}
	for _, g := range tableGroups {
		titles = append(titles, g.title)
	}
	for _, title := range append(titles, "other") {
		names := groups[title]
		slices.SortFunc(names, natural.Compare)
		if len(args) == 0 {
			names = collapse(names)
		}
		s.printWrapped(title, names)
	}
	return nil
}

// width is how wide texts of our own may be.
func (s *session) width() int {
	if screen := s.screen(); screen != nil && screen.Width > 40 {
		return screen.Width
	}
	return 80
}

// collapse puts the names of a large family in one: frequency_by_… (63).
func collapse(names []string) []string {
	const large = 8
	family := func(name string) string {
		if strings.HasPrefix(name, "frequency_by_") {
			return "frequency_by_"
		}
		// figure_5_31, table_c_1: all but the last number
		if i := strings.LastIndexByte(name, '_'); i > 0 && (strings.HasPrefix(name, "figure_") || strings.HasPrefix(name, "table_")) {
			return name[:i+1]
		}
		return ""
	}
	count := map[string]int{}
	for _, name := range names {
		count[family(name)]++
	}
	var out []string
	done := map[string]bool{}
	for _, name := range names {
		f := family(name)
		switch {
		case f == "" || count[f] < large:
			out = append(out, name)
		case !done[f]:
			done[f] = true
			out = append(out, fmt.Sprintf("%s… (%d)", f, count[f]))
		}
	}
	return out
}

// printWrapped writes a title and names after it, as many on a line as fit.
func (s *session) printWrapped(title string, names []string) {
	if len(names) == 0 {
		return
	}
	const indent = 13
	room := s.width()
	line := fmt.Sprintf("%-*s", indent, title)
	for i, name := range names {
		if i > 0 && width.Of(line)+2+width.Of(name) > room {
			fmt.Fprintln(s.out.standard, line)
			line = strings.Repeat(" ", indent)
		} else if i > 0 {
			line += "  "
		}
		line += name
	}
	fmt.Fprintln(s.out.standard, line)
}

// pattern is the SQL of a LIKE pattern; a word without wildcards finds the names
// that have it in them.
func pattern(args []string) string {
	switch {
	case len(args) == 0:
		return "'%'"
	case strings.ContainsAny(args[0], "%*?"):
		return sqltext.QuoteText(strings.NewReplacer("*", "%", "?", "_").Replace(args[0]))
	}
	return sqltext.QuoteText("%" + args[0] + "%")
}

func runSchema(s *session, args []string) error {
	rows, err := s.texts(`
		SELECT table_name, sql FROM duckdb_tables() WHERE NOT internal UNION ALL
		SELECT view_name, sql FROM duckdb_views() WHERE NOT internal UNION ALL
		SELECT index_name, sql FROM duckdb_indexes() UNION ALL
		SELECT DISTINCT function_name, 'CREATE MACRO ' || function_name || '(' || array_to_string(parameters, ', ') || ') AS ' ||
		       CASE function_type WHEN 'table_macro' THEN 'TABLE ' ELSE '' END || macro_definition || ';'
		FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'`)
	if err != nil {
		return err
	}
	wanted := func(name string) bool { return len(args) == 0 || strings.EqualFold(args[0], name) }
	shipped := map[string]bool{}
	found := len(args) == 0
	for _, e := range engine.Entries() {
		shipped[strings.ToLower(e.Name)] = true
		if wanted(e.Name) {
			found = true
			fmt.Fprintf(s.out.standard, "-- %s\n%s;\n\n", e.File, strings.TrimSpace(e.SQL))
		}
	}
	for _, row := range rows {
		if wanted(row[0]) && !shipped[strings.ToLower(row[0])] && !strings.HasPrefix(row[0], "_") {
			found = true
			fmt.Fprintln(s.out.standard, row[1])
		}
	}
	if found {
		return nil
	}
	if dims := s.db.FrequencyView(args[0]); dims != nil { // of own dimensions: no view of the database
		fmt.Fprintf(s.out.standard, "CREATE VIEW %s AS FROM frequency_of(cell, ['%s']);\n", strings.ToLower(args[0]), strings.Join(dims, "', '"))
		return nil
	}
	return fmt.Errorf("there is no table, view or macro %q%s", args[0], nearest.Hint(args[0], firstColumn(rows)))
}

func runFunctions(s *session, args []string) error {
	rows, err := s.texts(`
		SELECT function_name, any_value(function_name || '(' || array_to_string(parameters, ', ') || ')'), any_value(coalesce(comment, ''))
		FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'
		  AND NOT starts_with(function_name, '_') AND function_name ILIKE ` + pattern(args) + `
		GROUP BY function_name ORDER BY function_name`)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("no macro is like %s; .help NAME knows the functions of DuckDB too", pattern(args))
	}
	for _, row := range rows {
		signature, summary := row[1], row[2]
		if e, ok := engine.Lookup(row[0]); ok {
			signature, summary = e.Signature, e.Summary()
		}
		fmt.Fprintln(s.out.standard, foldArguments(signature, s.width()))
		if summary != "" {
			fmt.Fprintln(s.out.standard, "    "+summary)
		}
	}
	return nil
}
