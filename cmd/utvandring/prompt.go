package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/chzyer/readline"

	"utvandring/engine"
)

func (s *session) remember(string) {}

// prompt reads statements from a person until Ctrl-D.
func (s *session) prompt() error {
	editor, err := readline.New("utvandring> ")
	if err != nil {
		return err
	}
	defer editor.Close()
	splitter := engine.NewSplitter()
	for s.exitStatus == nil {
		editor.SetPrompt("utvandring> ")
		if splitter.Pending() {
			editor.SetPrompt("        ...> ")
		}
		line, err := editor.Readline()
		switch {
		case errors.Is(err, readline.ErrInterrupt):
			splitter.Drop()
			continue
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("prompt: %w", err)
		}
		splitter.Feed(line + "\n")
		for s.exitStatus == nil {
			piece, ok := splitter.Next()
			if !ok {
				break
			}
			if piece.Text == "" {
				continue
			}
			if err := s.run(piece); err != nil {
				s.report("", 0, err)
				if s.settings.bail == "on" {
					s.failed = true
					return errReported
				}
			}
		}
	}
	return nil
}
