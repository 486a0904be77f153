package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"utvandring/engine"
	"utvandring/udf/sqltext"
)

// sessionCommands are about the session itself.
func sessionCommands() []command {
	return []command{
		{name: "open", args: "[-readonly|-adopt] [FILE]", help: "open another database; alone: the demo register in memory", most: 2, file: true, outside: true, run: runOpen,
			long: "-adopt adds utvandring's views and macros to a database that somebody else has\nfilled, which is refused without."},
		{name: "read", args: "FILE", help: "run a script; its path is relative to the script that reads it", least: 1, most: 1, file: true, run: runRead,
			long: "In a script, the settings (.mode, .digits, …) that the other script makes end with it.\nAt a prompt they stay."},
		{name: "databases", args: "", help: "the databases that are attached, the current one with a *", run: runDatabases},
		{name: "edit", args: "", help: "edit the last statement with $EDITOR, then run it", outside: true, run: runEdit},
		{name: "history", args: "[N | TEXT]", help: "the last entries at the prompt (20), or those with TEXT in them", most: 1, run: runHistory},
		{name: "watch", args: "[SECONDS [TIMES]]", help: "run the last statement again and again (every 2 s), until Ctrl-C", most: 2, run: runWatch},
		{name: "print", args: "[TEXT]", help: "print text", most: 1, raw: true,
			run: func(s *session, args []string) error {
				fmt.Fprintln(s.out.standard, strings.Join(args, " "))
				return nil
			}},
		{name: "timer", args: "[on|off]", help: "tell how long each statement took", most: 1,
			run: func(s *session, args []string) error { return onOff(args, &s.settings.timer) }},
		{name: "echo", args: "[on|off]", help: "print each statement of a script before running it", most: 1,
			run: func(s *session, args []string) error { return onOff(args, &s.settings.echo) }},
		{name: "bail", args: "[on|off|auto]", help: "stop at the first error (auto: scripts do, the prompt does not)", most: 1,
			run: func(s *session, args []string) error { return setSwitch(args, "on", &s.settings.bail) }},
		{name: "notes", args: "on | off | error", help: "what becomes of notes on statements that may not mean what they say", least: 1, most: 1, run: runNotes,
			long: "on: they go to standard error. off: nothing is noted. error: a note fails its\nstatement, before anything of it is kept: for scripts whose figures are published."},
		{name: "show", args: "", help: "show the settings", run: runShow},
		{name: "cd", args: "[DIR]", help: "go to another folder; alone: home", most: 1, file: true, outside: true, run: runCd},
		{name: "shell", args: "CMD", help: "run a command of the shell", least: 1, most: 1, raw: true, outside: true, run: runShell},
		{name: "safe", args: "[DIR …]", help: "from here on no other program, and no file outside these folders (.help safe)", most: 99, run: runSafe},
		{name: "quit", args: "[STATUS]", help: "leave, as Ctrl-D does", most: 1, run: runQuit},
		{name: "exit", args: "[STATUS]", help: "the same", most: 1, run: runQuit},
	}
}

// runRead runs a script. In another one its settings end with it.
func runRead(s *session, args []string) error {
	if settings := s.settings; !s.interactive || s.script.deep > 0 {
		defer func() { s.settings, s.db.Notes = settings, settings.notes }()
	}
	return s.runFile(args[0])
}

func runOpen(s *session, args []string) error {
	var options engine.Options
	path := demoDatabase
	for _, a := range args {
		switch flag := strings.TrimLeft(a, "-"); {
		case a == flag:
			path = a
		case flag == "readonly":
			options.ReadOnly = true
		case flag == "adopt":
			options.Adopt = true
		default:
			return fmt.Errorf("unknown flag %s (there are -readonly and -adopt)", a)
		}
	}
	return s.open(path, options)
}

func runQuit(s *session, args []string) error {
	status := exitOK
	if s.failed && !s.interactive {
		status = exitFailed
	}
	if len(args) == 1 {
		n, err := strconv.Atoi(args[0])
		if err != nil || n < 0 || n > 255 {
			return fmt.Errorf("an exit status is a number from 0 to 255, not %q", args[0])
		}
		status = n
	}
	s.exitStatus = &status
	return nil
}

func runNotes(s *session, args []string) error {
	mode, err := engine.ParseNoteMode(args[0])
	if err != nil {
		return err
	}
	s.settings.notes, s.db.Notes = mode, mode
	return nil
}

func runShow(s *session, _ []string) error {
	onOff := map[bool]string{true: "on", false: "off"}
	text := func(s *string) string {
		if s == nil {
			return "as the mode has it"
		}
		return strconv.Quote(*s)
	}
	output := s.out.target
	if output == "" {
		output = "standard output"
	}
	database := s.db.File()
	if s.readonly {
		database += " (read-only)"
	}
	if s.db.Raw != nil {
		database += " (protected)"
	}
	digits := fmt.Sprintf("%d on a screen, all elsewhere", screenDigits)
	if s.settings.digits != nil {
		digits = fmt.Sprint(*s.settings.digits)
	}
	for _, line := range [][2]string{
		{"database", database},
		{"mode", s.mode().Name},
		{"output", output},
		{"headers", onOff[!s.settings.NoHeader]},
		{"nullvalue", text(s.settings.Null)},
		{"separator", text(s.settings.Separator)},
		{"decimal", cmp.Or(s.settings.Decimal, "as the mode has it")},
		{"thousands", cmp.Or(s.settings.Thousands, "nothing")},
		{"maxrows", fmt.Sprint(s.settings.maxRows)},
		{"maxwidth", fmt.Sprint(s.settings.maxWidth)},
		{"digits", digits},
		{"types", onOff[s.settings.Types]},
		{"changes", onOff[s.saysChanges()]},
		{"pager", s.settings.pager},
		{"timer", onOff[s.settings.timer]},
		{"echo", onOff[s.settings.echo]},
		{"bail", s.settings.bail},
		{"locale", cmp.Or(string(s.settings.Locale), "as written")},
		{"notes", string(s.settings.notes)},
		{"safe", onOff[s.db.Sealed()]},
	} {
		fmt.Fprintf(s.out.standard, "%9s  %s\n", line[0], line[1])
	}
	return nil
}

// runEdit opens the last statement in the user's editor and runs what is saved.
func runEdit(s *session, _ []string) error {
	if !s.interactive {
		return errors.New(".edit wants a terminal")
	}
	editor := cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), "vi")
	file, err := os.CreateTemp("", "utvandring-*.sql")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	text := s.lastText
	if text != "" {
		text += ";\n"
	}
	_, err = file.WriteString(text)
	if err = cmp.Or(err, file.Close()); err != nil {
		return err
	}
	process := shell(editor + " " + file.Name())
	process.Stdin, process.Stdout, process.Stderr = s.stdin, raw(s.out.standard), raw(s.errs)
	if err := process.Run(); err != nil {
		return fmt.Errorf("%s: %w", editor, err)
	}
	edited, err := os.ReadFile(file.Name())
	if err != nil {
		return err
	}
	if string(edited) == text {
		fmt.Fprintln(s.errs, "unchanged, not run")
		return nil
	}
	for _, piece := range sqltext.Split(string(edited)) {
		if piece.Text == "" {
			continue
		}
		fmt.Fprintln(s.out.standard, strings.TrimSpace(piece.Raw))
		s.remember(strings.TrimSpace(piece.Raw))
		if err := s.run(piece); err != nil {
			return err
		}
	}
	return nil
}
