package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
)

// resultCommands say how results are written, and where.
func resultCommands() []command {
	return []command{
		{name: "mode", args: "[NAME]", help: "how results are written: table, csv, json, …", long: modeHelp(), most: 1, run: runMode},
		{name: "output", args: "[FILE | |CMD]", help: "send results to a file or a command; alone: back to the screen", most: 1, raw: true, file: true,
			long: strings.Join(wrap("Files get all rows and every digit, in the mode that their name says: "+endings()+"; others, and commands, in that of .mode. Of px, jsonstat, xlsx, parquet, arrow and dta a file holds one result.", 86), "\n") + "\n  .output counts.csv\n  .output |sort -u\n  .output",
			run:  func(s *session, args []string) error { return redirect(s, args, false) }},
		{name: "once", args: "FILE | |CMD", help: "the same for the next result only", least: 1, most: 1, raw: true, file: true,
			long: "  SET VARIABLE year = 2013;\n  .once frequency_$year.csv",
			run:  func(s *session, args []string) error { return redirect(s, args, true) }},
		{name: "maxrows", args: "[N]", help: "rows shown on a screen (0: all)", most: 1,
			run: func(s *session, args []string) error { return setNumber(args, &s.settings.maxRows, 0, 1<<31-1) }},
		{name: "maxwidth", args: "[N]", help: "columns of the screen that a table may take (0: as many as there are)", most: 1,
			run: func(s *session, args []string) error { return setNumber(args, &s.settings.maxWidth, 0, 1<<15) }},
		{name: "digits", args: "[N]", help: "significant digits in tables (0: all); alone: 7 on a screen, all elsewhere", most: 1,
			long: "Rounds DOUBLE and FLOAT where a person reads: in the modes table, markdown, html,\nline and latex. CSV, JSON and their like have every digit whatever it says.",
			run:  runDigits},
		{name: "nullvalue", args: "[TEXT]", help: "what is written for NULL; alone: as the mode has it", most: 1, raw: true,
			run: func(s *session, args []string) error { s.settings.Null = optional(args); return nil }},
		{name: "separator", args: "[TEXT]", help: `what stands between fields (\t is a tab); alone: as the mode has it`, most: 1, raw: true,
			run: func(s *session, args []string) error {
				if s.settings.Separator = optional(args); s.settings.Separator != nil {
					*s.settings.Separator = unescape(*s.settings.Separator)
				}
				return nil
			}},
		{name: "decimal", args: "[TEXT]", help: "sign before the decimals in csv, tabs and list; alone: as the mode has it", most: 1,
			run: func(s *session, args []string) error { return setSign(args, &s.settings.Decimal) }},
		{name: "thousands", args: "[TEXT]", help: "what parts groups of three digits there; alone: nothing", most: 1,
			run: func(s *session, args []string) error { return setSign(args, &s.settings.Thousands) }},
		{name: "bom", args: "[on|off]", help: "a byte order mark begins each file of csv, csv2 and tabs", most: 1,
			run: func(s *session, args []string) error {
				on := s.marks()
				s.settings.mark = &on
				return onOff(args, s.settings.mark)
			}},
		{name: "headers", args: "[on|off]", help: "column names above the rows", most: 1,
			run: func(s *session, args []string) error {
				on := !s.settings.NoHeader
				err := onOff(args, &on)
				s.settings.NoHeader = !on
				return err
			}},
		{name: "changes", args: "[on|off]", help: "the number of rows that a statement changed; as usual at a prompt only", most: 1,
			run: func(s *session, args []string) error {
				on := s.saysChanges()
				s.settings.changes = &on
				return onOff(args, s.settings.changes)
			}},
		{name: "types", args: "[on|off]", help: "the types of the columns under their names, in tables", most: 1,
			run: func(s *session, args []string) error { return onOff(args, &s.settings.Types) }},
		{name: "pager", args: "[on | off | auto]", help: "whether long results on the screen are shown by $PAGER (less)", most: 1,
			run:  func(s *session, args []string) error { return setSwitch(args, "auto", &s.settings.pager) },
			long: "auto: those of more rows than 50 and than the screen has lines. on: all that the screen\ncannot show whole, nothing cut. .last uses it in any case. PAGER=cat is none."},
		{name: "last", help: "show the last result again, nothing cut", run: runLast},
	}
}

func modeHelp() string {
	var b strings.Builder
	for _, m := range render.Modes {
		fmt.Fprintf(&b, "  %-10s %s\n", m.Name, m.Summary)
	}
	return strings.TrimRight(b.String(), "\n")
}

func runMode(s *session, args []string) error {
	if len(args) == 0 {
		fmt.Fprintln(s.out.standard, s.mode().Name)
		return nil
	}
	mode, err := render.Find(args[0])
	if err == nil {
		s.settings.mode, s.out.mode = mode, nil
	}
	return err
}

// setSign reads what stands in numbers: no digit, and nothing that numbers have already.
func setSign(args []string, sign *string) error {
	if *sign = ""; len(args) == 0 {
		return nil
	}
	if strings.ContainsAny(args[0], "0123456789-+eE\"\r\n") || len([]rune(args[0])) > 1 {
		return fmt.Errorf("a single character that is no digit or sign, not %q", args[0])
	}
	*sign = args[0]
	return nil
}

// marks reports whether a file begins with a byte order mark.
func (s *session) marks() bool {
	if s.settings.mark != nil {
		return *s.settings.mark && s.mode().Delimited()
	}
	return s.mode().Mark
}

func redirect(s *session, args []string, once bool) error {
	target := ""
	if len(args) > 0 && args[0] != "stdout" {
		target = args[0]
	}
	if !strings.HasPrefix(target, "|") {
		if strings.HasPrefix(target, "-") {
			return fmt.Errorf("%s is no file (./%[1]s is one): no editor or spreadsheet is opened; write a file, and .shell opens it", target)
		}
		target = inHome(target)
		if err := render.Refuse(target); err != nil {
			return err
		}
	}
	err := s.out.redirect(target, once)
	s.out.mode = render.ForFile(target, s.settings.mode)
	return err
}

// mode is how the next result is written.
func (s *session) mode() *render.Mode {
	if s.out.target != "" && s.out.mode != nil {
		return s.out.mode
	}
	return s.settings.mode
}

// endings are those of file names that say a mode.
func endings() string {
	var list []string
	for _, m := range render.Modes {
		for _, e := range m.Endings {
			if !slices.Contains(list, e) {
				list = append(list, e)
			}
		}
	}
	return strings.Join(list, " ")
}

func runDigits(s *session, args []string) error {
	if s.settings.digits = nil; len(args) == 0 {
		return nil
	}
	s.settings.digits = new(int)
	return setNumber(args, s.settings.digits, 0, 17)
}

func setNumber(args []string, value *int, least, most int) error {
	if len(args) == 0 {
		return errors.New("wants a number")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil || n < least || n > most {
		return fmt.Errorf("a number from %d, not %q", least, args[0])
	}
	*value = n
	return nil
}

func optional(args []string) *string {
	if len(args) == 0 {
		return nil
	}
	return &args[0]
}

// runLast shows the last result uncut, on a terminal through a pager that can
// scroll sideways.
func runLast(s *session, _ []string) error {
	switch {
	case s.last == nil:
		return errors.New("there is no last result")
	case !s.last.Complete():
		return errors.New("the last result was too long to be kept; .output FILE and run it again")
	}
	o := s.options()
	if o.Screen != nil {
		o.Screen.Width, o.Screen.MaxRows, o.Digits = 0, 0, 0
		s.page(&o)
	}
	ctx, done := s.interrupt.watch()
	defer done()
	if err := s.render(ctx, s.last, o); err != nil {
		return err
	}
	if s.last.Cut() {
		fmt.Fprintf(s.errs, "these are the first %d rows; .output FILE and run it again for all\n", screenLimit)
	}
	return nil
}

// setSwitch reads what a switch is that may follow from where it is; without an argument it
// is alone.
func setSwitch(args []string, alone string, value *string) error {
	mode := alone
	if len(args) == 1 {
		mode = strings.ToLower(args[0])
	}
	if !slices.Contains([]string{"on", "off", "auto"}, mode) {
		return fmt.Errorf("on, off or auto, not %q", args[0])
	}
	*value = mode
	return nil
}

// pageLong sends a result for the screen to a pager where it is long.
func (s *session) pageLong(r *engine.Result, o *render.Options) {
	if o.Screen == nil || !s.interactive || s.settings.pager == "off" || s.out.target != "" || findPager() == "" {
		return
	}
	rows, all := r.Load()
	_, lines := terminalSize(s.out.standard)
	if shown := o.Screen.MaxRows; s.settings.pager == "auto" {
		if shown > 0 && s.settings.mode.Cuts {
			rows = min(rows, shown)
		}
		if rows > max(lines, 50) || !all && (shown == 0 || !s.settings.mode.Cuts) {
			s.page(o)
		}
		return
	}
	if rows > lines-5 || s.settings.mode.Wider(r, *o) {
		o.Screen.Width, o.Screen.MaxRows = 0, 0
		s.page(o)
	}
}

// page sends what comes next to the user's pager, where there is one.
func (s *session) page(o *render.Options) {
	if pager := findPager(); pager != "" && s.interactive {
		o.Screen.Color = false
		s.out.redirect("|"+pager, true)
	}
}

func findPager() string {
	pager, set := os.LookupEnv("PAGER")
	switch {
	case set && (pager == "" || pager == "cat"):
		return ""
	case set:
		return pager
	}
	if _, err := exec.LookPath("less"); err == nil {
		return "less -SFX"
	}
	return ""
}
