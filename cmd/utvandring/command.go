package main

import (
	"fmt"
	"strings"

	"utvandring/udf/nearest"
)

// command is one dot-command: a row of the table that dispatching, .help and
// completion read.
type command struct {
	name string
	args string // as the help shows them: [NAME]
	help string // one line
	long string // more, for .help .name; may be empty
	// least and most number of arguments. With most 1 the rest of the line is the
	// argument, spaces and all, or what is in the quotes around it.
	least, most int
	// raw: a semicolon at the end belongs to the argument.
	raw bool
	// file: the arguments are names of files, in which every $name is a variable.
	file bool
	// outside: it leaves the session, which a safe one does not let it do.
	outside bool
	run     func(s *session, args []string) error
}

func (c command) dotted() string { return "." + c.name }

// commandTable puts the groups together in the order of .help. A new command is
// a row in the group that it belongs to, in the file of that group.
func commandTable() []command {
	var all []command
	for _, group := range commandGroups() {
		all = append(all, group.commands...)
	}
	return all
}

type commandGroup struct {
	title    string
	commands []command
}

func commandGroups() []commandGroup {
	return []commandGroup{
		{"Look around", lookCommands()},
		{"Data", dataCommands()},
		{"Results", resultCommands()},
		{"Figures", figureCommands()},
		{"Session", sessionCommands()},
	}
}

// command runs a line such as ".mode csv". A semicolon at its end, from habit,
// does no harm.
func (s *session) command(line string) error {
	name, _, _ := strings.Cut(strings.ReplaceAll(line, "\t", " "), " ")
	c, err := findCommand(strings.TrimRight(name, ";"))
	if err != nil {
		return err
	}
	rest := strings.TrimSpace(line[len(name):])
	if !c.raw {
		rest = strings.TrimRight(rest, "; \t")
	}
	args, err := splitWords(rest)
	if err != nil {
		return err
	}
	if c.most == 1 && rest != "" && (len(args) > 1 || rest[0] != '\'' && rest[0] != '"') {
		args = []string{rest}
	}
	if len(args) < c.least || len(args) > c.most {
		return fmt.Errorf("usage: .%s", strings.TrimSpace(c.name+" "+c.args))
	}
	if args, err = s.expand(args); err != nil {
		return err
	}
	if c.outside && s.db.Sealed() {
		return fmt.Errorf("-safe: .%s is not for a safe session (.help safe)", c.name)
	}
	if c.file {
		for _, a := range args {
			if err := unset(a); err != nil {
				return err
			}
			if c.name == "read" {
				continue // it knows from which folder
			}
			if c.name == "load" {
				a = strings.TrimLeft(strings.TrimPrefix(a, "-draft "), " ")
			}
			if err := s.mayUse(inHome(a)); err != nil {
				return err
			}
		}
	}
	if c.name != "help" {
		s.listed = nil
	}
	return c.run(s, args)
}

// findCommand finds a command by its name or an unambiguous beginning of it.
func findCommand(word string) (*command, error) {
	name := strings.ToLower(strings.TrimPrefix(word, "."))
	table := commandTable()
	var found []command
	for _, c := range table {
		if c.name == name {
			return &c, nil
		}
		if name != "" && strings.HasPrefix(c.name, name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("unknown command .%s%s; .help lists them", name, nearest.HintAfter(".", name, namesOf(table, func(c command) string { return c.name })))
	case 1:
		return &found[0], nil
	}
	return nil, fmt.Errorf(".%s could be %s", name, strings.Join(namesOf(found, command.dotted), " or "))
}

// onOff reads the argument of a switch; without one the switch is turned.
func onOff(args []string, value *bool) error {
	if len(args) == 0 {
		*value = !*value
		return nil
	}
	switch strings.ToLower(args[0]) {
	case "on", "yes", "true", "1":
		*value = true
	case "off", "no", "false", "0":
		*value = false
	default:
		return fmt.Errorf("on or off, not %q", args[0])
	}
	return nil
}
