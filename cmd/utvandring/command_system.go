package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"utvandring/engine"
	"utvandring/udf/later"
)

// runShell runs a command line as the user's shell does.
func runShell(s *session, args []string) error {
	_, done := s.interrupt.watch() // Ctrl-C is the command's
	defer done()
	process := shell(args[0])
	process.Stdin, process.Stdout, process.Stderr = s.stdin, raw(s.out.standard), raw(s.errs)
	if !s.interactive {
		process.Stdin = nil // of a script, it is the rest of the script
	}
	if err := process.Run(); err != nil {
		return fmt.Errorf("shell: %w", err)
	}
	return nil
}

// runCd goes to another folder, from which the paths that follow begin.
func runCd(s *session, args []string) error {
	dir, err := os.UserHomeDir()
	if len(args) > 0 {
		dir, err = inHome(args[0]), nil
	}
	if err != nil {
		return fmt.Errorf("cd: %w", err)
	}
	register := s.db
	if register.Raw != nil {
		register = register.Raw
	}
	if path, err := filepath.Abs(register.Path); err == nil && register.Path != engine.Memory {
		register.Path = path
	}
	if err := os.Chdir(dir); err != nil {
		return fmt.Errorf("cd: %w", plainPathError(err))
	}
	if s.interactive {
		if dir, err := os.Getwd(); err == nil {
			fmt.Fprintln(s.errs, dir)
		}
	}
	return nil
}

// inHome writes out the ~/ that a path begins with.
func inHome(path string) string {
	if home, err := os.UserHomeDir(); err == nil && (path == "~" || strings.HasPrefix(path, "~/")) {
		return home + path[1:]
	}
	return path
}

// runWatch runs the last statement again and again, until Ctrl-C or so many times.
func runWatch(s *session, args []string) error {
	seconds, times := 2.0, 0
	var err error
	if len(args) > 0 {
		if seconds, err = strconv.ParseFloat(args[0], 64); err != nil || !(seconds >= 0 && seconds <= 86400) {
			return fmt.Errorf("watch: seconds between two runs are wanted, not %q", args[0])
		}
	}
	if len(args) > 1 {
		if times, err = strconv.Atoi(args[1]); err != nil || times < 1 {
			return fmt.Errorf("watch: how many times is wanted, not %q", args[1])
		}
	}
	switch {
	case s.lastText == "":
		return errors.New("watch: there is no statement to run again")
	case times == 0 && !s.interactive:
		return errors.New("watch: a script has to say how many times: .watch SECONDS TIMES")
	}
	ctx, done := s.interrupt.watch()
	defer done()
	for n := 1; ; n++ {
		if s.interactive {
			fmt.Fprintf(s.errs, "%s, every %g s; Ctrl-C stops\n", time.Now().Format("15:04:05"), seconds)
		}
		if err := s.statement(s.lastText); err != nil {
			return err
		}
		if n == times {
			return nil
		}
		select {
		case <-ctx.Done():
			return engine.Interrupted
		case <-time.After(time.Duration(seconds * float64(time.Second))):
		}
	}
}

// runHistory lists the last entries of the history, or those that have a text in them.
func runHistory(s *session, args []string) error {
	if s.history == nil {
		return errors.New("history: there is one only at a prompt")
	}
	entries, most := s.history.Entries(), 20
	if len(args) == 1 {
		n, err := strconv.Atoi(args[0])
		if err != nil {
			n = len(entries)
			entries = slices.DeleteFunc(entries, func(e string) bool { return !strings.Contains(strings.ToLower(e), strings.ToLower(args[0])) })
		}
		most = n
	}
	for _, e := range entries[max(len(entries)-max(most, 0), 0):] {
		fmt.Fprintln(s.out.standard, e)
	}
	return nil
}

// runDatabases lists the databases that are attached.
func runDatabases(s *session, _ []string) error {
	rows, err := s.texts(`SELECT database_name, coalesce(path, 'in memory'), CASE WHEN readonly THEN ' (read-only)' ELSE '' END,
		CASE WHEN database_name = current_database() THEN '*' ELSE ' ' END FROM duckdb_databases() WHERE NOT internal ORDER BY database_oid`)
	if err != nil {
		return err
	}
	widest := 0
	for _, row := range rows {
		widest = max(widest, utf8.RuneCountInString(row[0]))
	}
	for _, row := range rows {
		fmt.Fprintf(s.out.standard, "%s %-*s  %s%s\n", row[3], widest, row[0], row[1], row[2])
	}
	return nil
}

// expand puts the values of variables in the place of their names: $year, ${year}. A
// name that stands for none is left, for a shell or because it is a formula.
func (s *session) expand(args []string) ([]string, error) {
	if !strings.Contains(strings.Join(args, ""), "$") {
		return args, nil
	}
	rows, err := s.texts("SELECT name, coalesce(value::VARCHAR, '') FROM duckdb_variables()")
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, row := range rows {
		values[strings.ToLower(row[0])] = row[1]
	}
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = variableIn.ReplaceAllStringFunc(a, func(name string) string {
			if value, ok := values[strings.ToLower(strings.Trim(name, "${}"))]; ok {
				return value
			}
			return name
		})
	}
	return out, nil
}

var variableIn = later.Compile(`\$[\pL_][\pL\d_]*|\$\{[\pL_][\pL\d_]*\}`)

// unset is the fault of a file whose name has a variable in it that is not set.
func unset(path string) error {
	if name := variableIn.FindString(path); name != "" && !strings.HasPrefix(path, "|") {
		return fmt.Errorf("there is no variable %s: SET VARIABLE %s = …", name, strings.Trim(name, "${}"))
	}
	return nil
}
