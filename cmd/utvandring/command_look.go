package main

import (
	"fmt"
	"strings"
)

// lookCommands show what there is.
func lookCommands() []command {
	return []command{
		{name: "help", args: "[NAME]", help: "this list, or about one command, table, view or macro", most: 1, run: runHelp},
		{name: "tables", args: "[PATTERN]", help: "tables and views (PATTERN as in LIKE)", most: 1, run: runTables},
		{name: "schema", args: "[NAME]", help: "the SQL that made a table, view or macro", most: 1, run: runSchema},
		{name: "functions", args: "[PATTERN]", help: "macros with their arguments", most: 1, run: runFunctions},
	}
}

func runHelp(s *session, args []string) error {
	for _, group := range commandGroups() {
		fmt.Fprintln(s.out.standard, group.title)
		for _, c := range group.commands {
			fmt.Fprintf(s.out.standard, "  %-24s %s\n", strings.TrimSpace("."+c.name+" "+c.args), c.help)
		}
	}
	return nil
}

func runTables(s *session, args []string) error    { return nil }
func runSchema(s *session, args []string) error    { return nil }
func runFunctions(s *session, args []string) error { return nil }
