package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"utvandring/engine"
	"utvandring/engine/demo"
)

// dataCommands fill and check the register.
func dataCommands() []command {
	return []command{
		{name: "demo", args: "[SCALE [SEED]]", help: "fill an empty register with synthetic people (1: national size)", most: 2, run: runDemo,
			long: fmt.Sprintf("SCALE is the share of national size, %g where left out; the same SCALE and SEED\n(%d where left out) make the same register; another SEED makes\nother people, who live through the same years.\n  .demo 0.1 42", demo.DefaultScale, demo.DefaultSeed)},
		{name: "load", args: "[-draft] DIR | FILE", help: "replace the register by an extract: a CSV or Parquet file per table", least: 1, most: 1, file: true, run: runLoad,
			long: "person, residence and migration are required; what is left out of the others keeps\nits content. The extract is checked and counted, and kept only if all of it is right.\n" +
				"CSV may be in any delimiter and in UTF-8, Latin-1, Windows-1252 or UTF-16, and .gz.\nFILE is a DuckDB database with these tables.\n" +
				"A load.sql in DIR makes views of these names over files of other names and codings.\n.load -draft DIR begins one: it maps what it recognises and marks the rest with ???.\n" +
				"A further file (with a load.sql: a view there that no other reads) becomes a table of\nyours where it has municipality_code, country_code, or person_id, from_date and to_date.\n" +
				"person_id may be text: table person_key tells which number a person got."},
		protectCommand(),
		{name: "check", args: "", help: "look for what cannot be right in the register", run: runCheck},
		{name: "division", args: "[YEAR]", help: "count in the division into municipalities of a year, from the next .refresh on", most: 1, run: runDivision,
			long: "The register's codes may be of any year (.help municipality_in).\nA code that goes on keeps your own columns of municipality; another has what all the\nmunicipalities it comes from or goes into have, else NULL.\nWithout YEAR, tells the one there is."},
		{name: "study", args: "", help: "show the settings of the study, as SQL that repeats it elsewhere", run: runStudy,
			long: "  utvandring norway.duckdb -c .study > study.sql\n  utvandring other.duckdb -f study.sql"},
		{name: "refresh", args: "", help: "count the register anew, after it was changed",
			run:  func(s *session, _ []string) error { return s.timed("register counted", s.db.Refresh) },
			long: "Until then a note says that counts are those of before: once in a session, in .check,\nunder every figure and on the report's page. Nothing is counted anew by itself.\nWhat another program has changed in a row of person, residence or migration is seen\nby .check, .plot and .report, which look at every row."},
	}
}

// openDemo opens the demo register that the program starts with.
func (s *session) openDemo(ctx context.Context) (*engine.DB, error) {
	stop := s.sayIfSlow("making a demo register …")
	db, err := engine.OpenDemo(ctx)
	if stop(); err != nil {
		return nil, err
	}
	fmt.Fprintf(s.errs, "demo register: synthetic, scale %g, seed %d (.open FILE for your own)\n", demo.DefaultScale, demo.DefaultSeed)
	return db, nil
}

func runDemo(s *session, args []string) error {
	scale, seed := demo.DefaultScale, uint64(demo.DefaultSeed)
	var err error
	if len(args) > 0 {
		if scale, err = strconv.ParseFloat(args[0], 64); err != nil {
			return fmt.Errorf("demo: the scale is a number, 1 for national size, not %q", args[0])
		}
	}
	if len(args) > 1 {
		if seed, err = strconv.ParseUint(args[1], 10, 64); err != nil {
			return fmt.Errorf("demo: the seed is a whole number, not %q", args[1])
		}
	}
	return s.timed("demo register made", func(ctx context.Context) error { return s.db.Demo(ctx, scale, seed) })
}

func runLoad(s *session, args []string) error {
	if strings.TrimSpace(args[0]) == "-draft" {
		return errors.New("usage: .load -draft DIR")
	}
	if dir, ok := strings.CutPrefix(args[0], "-draft"); ok && strings.TrimLeft(dir, " \t") != dir {
		return runDraft(s, strings.TrimSpace(dir))
	}
	return s.timed("extract loaded", func(ctx context.Context) error {
		summary, err := s.db.Load(ctx, args[0])
		if err == nil {
			fmt.Fprint(s.errs, summary)
		}
		return err
	})
}

func runDraft(s *session, dir string) error {
	return s.timed("load.sql drafted", func(ctx context.Context) error {
		if words, err := splitWords(dir); err == nil && len(words) == 1 {
			dir = words[0]
		}
		marked, err := s.db.Draft(ctx, dir)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.errs, "%s: look it through; then .load %s\n", filepath.Join(dir, "load.sql"), dir)
		for _, line := range marked {
			fmt.Fprintf(s.errs, "to be finished by hand: %s\n", line)
		}
		return nil
	})
}

func runCheck(s *session, _ []string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	problems, err := s.db.Check(ctx)
	if err != nil {
		return err
	}
	fatal := 0
	for _, p := range problems {
		kind := "note"
		if p.Fatal {
			kind = "wrong"
			fatal++
		}
		fmt.Fprintf(s.out.standard, "%-5s  %s\n", kind, p)
	}
	notes := s.db.LeftOut()
	if stale := s.db.Stale(ctx, true); stale != "" {
		notes = append(notes, stale)
		s.db.StaleNote() // is said here
	}
	for _, sentence := range notes {
		fmt.Fprintf(s.out.standard, "%-5s  %s\n", "note", sentence)
	}
	switch {
	case fatal > 0:
		return fmt.Errorf("check: %d of these cannot be right", fatal)
	case len(problems) == 0 && len(notes) == 0:
		fmt.Fprintln(s.errs, "the register is consistent")
	}
	return nil
}

func runDivision(s *session, args []string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	if len(args) == 0 {
		text, err := s.db.Division(ctx)
		if err == nil {
			fmt.Fprintln(s.out.standard, text)
		}
		return err
	}
	year, err := strconv.Atoi(args[0])
	if err != nil {
		return fmt.Errorf("division: a year is wanted, such as 2024, not %q", args[0])
	}
	n, err := s.db.SetDivision(ctx, year)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.errs, "division of %d: %d municipalities; .refresh counts in it\n", year, n)
	return nil
}

func runStudy(s *session, _ []string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	text, err := s.db.Study(ctx)
	if err == nil {
		fmt.Fprint(s.out.standard, text)
	}
	return err
}

// timed does something long and tells a person that it is done.
func (s *session) timed(what string, do func(context.Context) error) error {
	ctx, done := s.interrupt.watch()
	defer done()
	start := time.Now()
	stop := s.showProgress()
	err := do(ctx)
	stop()
	if err != nil {
		return err
	}
	if s.interactive || s.settings.timer {
		fmt.Fprintf(s.errs, "%s in %s\n", what, elapsed(time.Since(start)))
	}
	return nil
}
