package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/udf/nearest"
)

// options is the command line, parsed.
type options struct {
	database  *string // nil: the demo register in memory
	readonly  bool
	adopt     bool
	tasks     []task
	before    []string // of -cmd
	noStdin   bool
	safe      bool
	allow     []string
	init      string
	noInit    bool
	batch     bool
	bail      bool
	variables [][2]string
	settings  settings
	version   bool
	handbook  bool
	help      bool
}

// task is a -c or -f.
type task struct {
	text string // of -c
	file string // of -f
}

// flag is one row of the table of flags.
type flag struct {
	name string
	arg  string // what the help calls its argument; "" where it takes none
	help string
	set  func(o *options, value string) error
}

// flags are all flags, in the order of the help text.
func flags() []flag {
	list := []flag{
		{"c", "SQL", "run SQL or a dot-command, then end (repeatable)", func(o *options, v string) error { o.tasks = append(o.tasks, task{text: v}); return nil }},
		{"f", "FILE", "run a script, then end (repeatable)", func(o *options, v string) error { o.tasks = append(o.tasks, task{file: v}); return nil }},
		{"cmd", "SQL", "run SQL or a dot-command first, then go on (repeatable)", func(o *options, v string) error { o.before = append(o.before, v); return nil }},
		{"no-stdin", "", "read no standard input, open no prompt", func(o *options, _ string) error { o.noStdin = true; return nil }},
		{"init", "FILE", "run FILE first (at a prompt: ~/.utvandringrc)", func(o *options, v string) error { o.init = v; return nil }},
		{"no-init", "", "do not run ~/.utvandringrc", func(o *options, _ string) error { o.noInit = true; return nil }},
		{"v", "NAME=VALUE", "set a variable, read in SQL with getvariable('NAME')", setVariable},
	}
	for _, mode := range []string{"csv", "json", "jsonlines", "markdown", "table", "line", "latex"} {
		list = append(list, flag{mode, "", "results as " + mode, func(o *options, _ string) error { return setMode(o, mode) }})
	}
	return append(list,
		flag{"mode", "NAME", "results as NAME (.help .mode lists them)", setMode},
		flag{"noheader", "", "no column names", func(o *options, _ string) error { o.settings.NoHeader = true; return nil }},
		flag{"nullvalue", "TEXT", "what to write for NULL", func(o *options, v string) error { o.settings.Null = &v; return nil }},
		flag{"separator", "TEXT", `what stands between fields (\t is a tab)`, func(o *options, v string) error { v = unescape(v); o.settings.Separator = &v; return nil }},
		flag{"decimal", "SIGN", "what stands before decimals in csv, tabs and list", func(o *options, v string) error { return setSign([]string{v}, &o.settings.Decimal) }},
		flag{"thousands", "SIGN", "what parts groups of three digits there", func(o *options, v string) error { return setSign([]string{v}, &o.settings.Thousands) }},
		flag{"bom", "", "a byte order mark begins each such file", func(o *options, _ string) error { on := true; o.settings.mark = &on; return nil }},
		flag{"locale", "NAME", "nb or en: language of figures and tables (.help .locale)", func(o *options, v string) (err error) { o.settings.Locale, err = locale.Parse(v); return err }},
		flag{"protect", "", "give protected figures only (.help .protect)", func(o *options, _ string) error { o.settings.protect = true; return nil }},
		flag{"readonly", "", "open DATABASE for reading only", func(o *options, _ string) error { o.readonly = true; return nil }},
		flag{"adopt", "", "add views and macros to a DATABASE of somebody else", func(o *options, _ string) error { o.adopt = true; return nil }},
		flag{"safe", "", "files of the script's folder only (.help safe)", func(o *options, _ string) error { o.safe = true; return nil }},
		flag{"allow", "DIR", "a folder that -safe leaves open (repeatable)", func(o *options, v string) error { o.allow = append(o.allow, inHome(v)); return nil }},
		flag{"bail", "", "stop at the first error, also at a prompt", func(o *options, _ string) error { o.bail = true; return nil }},
		flag{"batch", "", "no prompt, even on a terminal", func(o *options, _ string) error { o.batch = true; return nil }},
		flag{"notes", "MODE", "what becomes of notes: on, off or error (.help .notes)", func(o *options, v string) (err error) { o.settings.notes, err = engine.ParseNoteMode(v); return err }},
		flag{"echo", "", "print each statement before running it", func(o *options, _ string) error { o.settings.echo = true; return nil }},
		flag{"handbook", "", "print the handbook, a page of HTML, and end", func(o *options, _ string) error { o.handbook = true; return nil }},
		flag{"version", "", "print the version and end", func(o *options, _ string) error { o.version = true; return nil }},
		flag{"help", "", "print this and end", func(o *options, _ string) error { o.help = true; return nil }},
	)
}

func setMode(o *options, name string) error {
	mode, err := render.Find(name)
	o.settings.mode = mode
	return err
}

func setVariable(o *options, v string) error {
	name, value, ok := strings.Cut(v, "=")
	if !ok || name == "" {
		return fmt.Errorf("wants NAME=VALUE, not %q", v)
	}
	o.variables = append(o.variables, [2]string{name, value})
	return nil
}

// unescape lets a shell without $'…' name a tab or a line end.
func unescape(s string) string {
	return strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\\`, `\`).Replace(s)
}

// parseFlags reads the command line. A flag begins with one dash or two; its
// argument is the next word or stands after "=".
func parseFlags(args []string) (*options, error) {
	o := &options{settings: defaultSettings()}
	list := flags()
	ended := false // by --
	for i := 0; i < len(args); i++ {
		word := args[i]
		if !ended && word == "--" {
			ended = true
			continue
		}
		if ended || len(word) < 2 || word[0] != '-' {
			if err := o.setDatabase(word); err != nil {
				return nil, err
			}
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimPrefix(word[1:], "-"), "=")
		f := findFlag(list, name)
		switch {
		case f == nil:
			return nil, fmt.Errorf("unknown flag %s%s; -help lists them", word, nearest.HintAfter("-", name, namesOf(list, func(f flag) string { return f.name })))
		case f.arg == "" && hasValue:
			return nil, fmt.Errorf("-%s takes no argument", f.name)
		case f.arg != "" && !hasValue:
			if i++; i == len(args) {
				return nil, fmt.Errorf("-%s wants an argument: -%s %s", f.name, f.name, f.arg)
			}
			value = args[i]
		}
		if err := f.set(o, value); err != nil {
			return nil, fmt.Errorf("-%s: %w", f.name, err)
		}
	}
	if o.readonly && (o.database == nil || *o.database == ":memory:" || *o.database == "") {
		return nil, fmt.Errorf("-readonly wants a DATABASE file")
	}
	return o, nil
}

func (o *options) setDatabase(word string) error {
	if o.database != nil {
		return fmt.Errorf("one DATABASE at a time: %q or %q (SQL is run with -c)", *o.database, word)
	}
	o.database = &word
	return nil
}

func findFlag(list []flag, name string) *flag {
	name = strings.ReplaceAll(name, "_", "-")
	for i := range list {
		if list[i].name == name || name == "h" && list[i].name == "help" {
			return &list[i]
		}
	}
	return nil
}

func flagHelp() string {
	var b strings.Builder
	b.WriteString(`usage: utvandring [flags] [DATABASE]

Count emigration from a population register, estimate systems of equations on
the counts and simulate them, all in SQL.

DATABASE is a DuckDB file, created where missing; :memory: is an empty database.
Without one a synthetic demo register is made in memory. SQL comes from -c, -f,
standard input, or a prompt.

`)
	for _, f := range flags() {
		fmt.Fprintf(&b, "  %-17s %s\n", strings.TrimSpace("-"+f.name+" "+f.arg), f.help)
	}
	b.WriteString(`
Results go to standard output, everything else to standard error. Exit status:
0; 1 when a statement failed; 2 for wrong usage. At the prompt, .help says more.
`)
	return b.String()
}

func version() string {
	v := "utvandring"
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			v += " " + info.Main.Version
		}
		for _, dep := range info.Deps {
			if dep.Path == "github.com/duckdb/duckdb-go/v2" {
				v += fmt.Sprintf(" (DuckDB %s, driver %s)", duckdbVersion(dep.Version), dep.Version)
			}
		}
	}
	return v
}

// duckdbVersion reads DuckDB's version from the driver's: v2.10506.0 is 1.5.6.
func duckdbVersion(driver string) string {
	var major, n, patch int
	if _, err := fmt.Sscanf(driver, "v%d.%d.%d", &major, &n, &patch); err != nil {
		return "unknown"
	}
	return fmt.Sprintf("%d.%d.%d", n/10000, n/100%100, n%100)
}
