package main

import (
	"fmt"
	"strconv"
)

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
