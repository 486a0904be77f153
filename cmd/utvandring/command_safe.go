package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
)

// runSafe closes the session to what is outside of it, for good. Within a script, its
// folder stays open.
func runSafe(s *session, args []string) error {
	folders := namesOf(args, inHome)
	if s.script.dir != "" {
		dir := s.script.dir
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(s.script.folder, dir)
		}
		folders = append(folders, dir)
	}
	return s.seal(folders)
}

func (s *session) seal(folders []string) error {
	if err := s.db.Seal(s.interrupt.base, folders); err != nil {
		return fmt.Errorf("safe: %w", plainPathError(err))
	}
	return nil
}

// sealFor seals as the flags ask: the folders of the scripts and those that are named
// stay open.
func (s *session) sealFor(o *options) error {
	if !o.safe {
		if len(o.allow) > 0 {
			return errors.New("-allow goes with -safe")
		}
		return nil
	}
	folders := o.allow
	for _, t := range o.tasks {
		if t.file != "" && t.file != "-" {
			folders = append(folders, filepath.Dir(inHome(t.file)))
		}
	}
	return s.seal(folders)
}

// mayUse is the error of a file or folder that a sealed session may not read or write, or
// of a command to which results are to go.
func (s *session) mayUse(path string) error {
	if !s.db.Sealed() || path == "" {
		return nil
	}
	if strings.HasPrefix(path, "|") {
		return errors.New("-safe: no other program is run")
	}
	access, err := s.db.Access(s.interrupt.base)
	if err == nil && access.Check(path) != nil {
		err = fmt.Errorf("-safe: %q is in no folder that may be read and written (-allow DIR, .help safe)", path)
	}
	return err
}
