package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"utvandring/engine"
)

const protectUsage = "[on [round] | off]"

func protectCommand() command {
	return command{name: "protect", args: protectUsage, help: "give protected figures only, or tell whether that is so", most: 2, run: runProtect,
		long: `While it is on, counts of 1 and 2 are rounded to 0 or 3 in the finest cells (.help protect),
and the session works on these: all views, figures, files and the report are sums of them,
whatever is grouped. Rows about single people are not there. What is made meanwhile is in
memory, and gone at the end.
on also becomes a setting of the database where that is a file: whoever opens it gets its
protected figures, until the owner of the file says .protect off where it is open for
writing. -protect does it for one session. Deciding takes seconds, at national size a minute:
the file keeps what was decided, until its cells are others. (Who may read the file can read it with
another program: that is for the rights of the file to keep.)`}
}

func runProtect(s *session, args []string) error {
	ctx, done := s.interrupt.watch()
	defer done()
	args = append(args, "", "")
	word, method := strings.ToLower(args[0]), args[1]
	switch {
	case word == "" && s.db.Raw == nil:
		fmt.Fprintln(s.out.standard, "not protected: figures are as counted (.protect on)")
		return nil
	case word == "":
		fmt.Fprintf(s.out.standard, "%s\n%s\n", s.db.ProtectedText(), s.db.ProtectionLoss)
		return nil
	case word == "off" && method == "":
		return s.unprotect(ctx)
	case word != "on":
		return fmt.Errorf("usage: .protect %s", protectUsage)
	}
	if err := engine.ParseProtection(method); err != nil {
		return err
	}
	if s.db.Raw == nil {
		p, err := s.db.Protect(ctx)
		if err != nil {
			return err
		}
		s.keep(nil) // it may be about people
		s.db = p
		s.sayProtected(p)
	}
	return s.db.SetProtection(ctx, true)
}

// unprotect goes back to the register.
func (s *session) unprotect(ctx context.Context) error {
	if s.settings.protect {
		return errors.New("protect: the session was started with -protect, which holds to its end")
	}
	if err := s.db.SetProtection(ctx, false); err != nil {
		return err
	}
	if s.db.Raw == nil {
		return nil
	}
	p := s.db
	raw := p.Release()
	s.keep(nil)
	s.db = raw
	s.db.Notes = s.settings.notes
	p.Close()
	return nil
}

// protected is the database to work on in place of one that was opened.
func (s *session) protected(ctx context.Context, db *engine.DB) (*engine.DB, error) {
	set, err := db.ProtectionSetting(ctx)
	if err != nil || !set && !s.settings.protect {
		return db, err
	}
	p, err := db.Protect(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	s.sayProtected(p)
	return p, nil
}

func (s *session) sayProtected(p *engine.DB) {
	fmt.Fprintf(s.errs, "%s\n%s\n", p.ProtectedText(), p.ProtectionLoss)
}
