package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/nearest"
	"utvandring/udf/sqltext"
)

func runHelp(s *session, args []string) error {
	if len(args) == 0 {
		return helpList(s)
	}
	name := strings.TrimSuffix(args[0], "()")
	found := false
	if c, err := findCommand(name); err == nil && (strings.HasPrefix(name, ".") || c.name == strings.ToLower(name)) {
		helpCommand(s, c)
		found = true
	} else if strings.HasPrefix(name, ".") {
		return err
	}
	if e, ok := engine.Lookup(name); ok {
		return helpEntry(s, e)
	}
	if dims := s.db.FrequencyView(name); dims != nil {
		e, _ := engine.Lookup("frequency")
		e.Name, e.Signature = strings.ToLower(name), strings.ToLower(name)
		return helpEntry(s, e)
	}
	if text, ok := topics()[strings.ToLower(name)]; ok {
		fmt.Fprint(s.out.standard, text)
		found = true
	}
	inCatalogue, err := helpCatalogue(s, name)
	if found || inCatalogue || err != nil {
		return err
	}
	if helpSearch(s, name) {
		return nil
	}
	return fmt.Errorf("nothing is called %q%s, or has it in its text; .help, .tables and .functions list what there is", name, nearest.Hint(name, s.helpNames()))
}

func helpList(s *session) error {
	for i, group := range commandGroups() {
		if i > 0 {
			fmt.Fprintln(s.out.standard)
		}
		fmt.Fprintln(s.out.standard, group.title)
		for _, c := range group.commands {
			usage := strings.TrimSpace("." + c.name + " " + c.args)
			if len(usage) > 25 {
				fmt.Fprintf(s.out.standard, "  %s\n", usage)
				usage = ""
			}
			for _, line := range wrap(c.help, s.width()-28) {
				fmt.Fprintf(s.out.standard, "  %-25s %s\n", usage, line)
				usage = ""
			}
		}
	}
	fmt.Fprintf(s.out.standard, `
A command may be shortened (.ta). SQL ends with a semicolon. To begin with:
  FROM frequency_by_country_group WHERE year = 2013;
  FROM sur('4.2', panel_2);
%s
`, strings.Join(wrap(".help unemployment searches; topics are "+strings.Join(topicNames(), ", ")+".", s.width()), "\n"))
	return nil
}

// helpWidth is as wide as help is anywhere.
const helpWidth = 100

// wrap breaks a text between its words into lines no wider than room.
func wrap(text string, room int) []string {
	return width.Fold(strings.Split(text, " "), func(line string) bool { return width.Of(line) <= room })
}

func helpCommand(s *session, c *command) {
	fmt.Fprintf(s.out.standard, "%s\n  %s\n", strings.TrimSpace("."+c.name+" "+c.args), c.help)
	if c.long != "" {
		fmt.Fprintf(s.out.standard, "\n%s\n", c.long)
	}
}

// helpEntry tells about what the program ships, in the words of its SQL file.
func helpEntry(s *session, e engine.Entry) error {
	fmt.Fprintf(s.out.standard, "%s\n(%s, %s)\n\n", foldArguments(e.Signature, s.width()), e.Kind, e.File)
	for line := range strings.Lines(e.Comment + "\n") {
		fmt.Fprintln(s.out.standard, strings.TrimRight("  "+line, " \n"))
	}
	if lines := unsaidOptions(e); lines != nil {
		s.printAligned("arguments", lines)
	}
	if e.Kind == "table" || e.Kind == "view" {
		return s.printColumns(e.Name, e.ColumnComments())
	}
	return nil
}

// foldArguments breaks a long signature between its arguments.
func foldArguments(signature string, room int) string {
	name, arguments, found := strings.Cut(signature, "(")
	if !found {
		return signature
	}
	lines := []string{name + "("}
	for i, argument := range strings.SplitAfter(arguments, ", ") {
		last := &lines[len(lines)-1]
		if i > 0 && width.Of(*last+strings.TrimSpace(argument)) > room {
			*last = strings.TrimRight(*last, " ")
			lines = append(lines, "    "+argument)
		} else {
			*last += argument
		}
	}
	return strings.Join(lines, "\n")
}

// unsaidOptions are the names, types and meanings of the options of a macro that its
// comment leaves to another's, as "arguments as sur" does.
func unsaidOptions(e engine.Entry) (lines [][3]string) {
	for _, o := range engine.OptionsOf(e.Name) {
		if regexp.MustCompile(`(?m)^` + o.Name + `\b|\b` + o.Name + `(:|,|  )`).MatchString(e.Comment) {
			continue
		}
		help := o.Help
		for i, word := range o.Allowed {
			help += map[bool]string{true: ": ", false: ", "}[i == 0] + sqltext.QuoteText(word)
		}
		lines = append(lines, [3]string{o.Name, o.Type, help})
	}
	return lines
}

// printColumns lists the columns of a table or view, and what is known of them.
func (s *session) printColumns(name string, comments map[string]string) error {
	rows, err := s.texts(`SELECT column_name, column_type FROM (DESCRIBE ` + sqltext.QuoteName(name) + `)`)
	if err != nil {
		return err
	}
	var lines [][3]string
	for _, row := range rows {
		lines = append(lines, [3]string{row[0], row[1], comments[row[0]]})
	}
	s.printAligned("columns", lines)
	return nil
}

// printAligned prints names, types and what is known of them under a heading.
func (s *session) printAligned(heading string, lines [][3]string) {
	fmt.Fprintf(s.out.standard, "\n%s\n", heading)
	widest, widestType := 0, 0
	for _, line := range lines {
		widest = max(widest, width.Of(line[0]))
		if line[2] != "" {
			widestType = max(widestType, width.Of(line[1]))
		}
	}
	for _, line := range lines {
		text := "  " + width.Pad(line[0], widest) + "  " + width.Pad(line[1], widestType) + "  "
		for _, part := range wrap(line[2], helpWidth-width.Of(text)) {
			fmt.Fprintln(s.out.standard, strings.TrimRight(text+part, " "))
			text = strings.Repeat(" ", width.Of(text))
		}
	}
}

// helpCatalogue tells about the user's own tables and macros, and about DuckDB's
// functions.
func helpCatalogue(s *session, name string) (bool, error) {
	rows, err := s.texts(`
		SELECT table_name, coalesce(comment, ''), 'table' FROM duckdb_tables() WHERE NOT internal AND table_name ILIKE ` + exactly(name) + ` UNION ALL
		SELECT view_name, coalesce(comment, ''), 'view' FROM duckdb_views() WHERE NOT internal AND view_name ILIKE ` + exactly(name))
	if err != nil {
		return false, err
	}
	if len(rows) > 0 {
		name, comment, kind := rows[0][0], rows[0][1], rows[0][2]
		fmt.Fprintf(s.out.standard, "%s  (%s)\n", name, kind)
		if comment != "" {
			fmt.Fprintf(s.out.standard, "\n  %s\n", comment)
		}
		return true, s.printColumns(name, nil)
	}
	ctx, done := s.interrupt.watch()
	defer done()
	listed, err := s.functions(ctx)
	if err != nil {
		return false, err
	}
	var found []function
	for _, f := range listed {
		if strings.EqualFold(f.name, name) && !strings.HasPrefix(name, "_") {
			found = append(found, f)
			fmt.Fprintf(s.out.standard, "%s  (%s)\n", foldArguments(f.call, s.width()), strings.ReplaceAll(f.kind, "_", " "))
		}
	}
	described := ""
	for _, f := range found {
		if f.about != "" && f.about != described {
			described = f.about
			fmt.Fprintf(s.out.standard, "\n  %s\n", f.about)
			for example := range strings.Lines(f.examples) {
				fmt.Fprintf(s.out.standard, "    %s\n", strings.TrimSpace(example))
			}
		}
	}
	return len(found) > 0, nil
}

// helpNames are all names that help could be meant for.
func (s *session) helpNames() []string {
	return slices.Concat(namesOf(commandTable(), func(c command) string { return c.name }), namesOf(engine.Entries(), entryName), topicNames(), namesOf(s.namedFunctions(), func(f function) string { return f.name }))
}

func entryName(e engine.Entry) string { return e.Name }

// exactly is a LIKE pattern without wildcards.
func exactly(name string) string {
	return sqltext.QuoteText(strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(name)) + ` ESCAPE '\'`
}
