package main

import (
	"testing"
	"utvandring/engine"
)

func TestEntryComplete(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "  ": true, "SELECT 1": false, "SELECT 1;": true, "SELECT 1; -- done": true, "SELECT ';": false, "SELECT 1; SELECT": false,
		".mode csv": true, "SELECT 1\n.mode": false, "/* begun": false, "-- only this": true, "SELECT $$;": false,
	} {
		if got := entryComplete(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestPromptText(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	s := &session{db: &engine.DB{Path: engine.Memory}}
	if p := s.promptText(); p.First != "memory> " || p.More != "   ...> " {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.isDemo, s.inTransaction = true, true
	if p := s.promptText(); p.First != "demo*> " || p.More != "  ...> " {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.db.Path, s.isDemo, s.inTransaction, s.readonly = "/x/a.duckdb", false, false, true
	if p := s.promptText(); p.First != "a (read-only)> " || len(p.More) != len(p.First) {
		t.Errorf("%q %q", p.First, p.More)
	}
	s.db.Path, s.readonly = "/x/a.duckdb", false
	if p := s.promptText(); p.First != "a> " || len(p.More) != len(p.First) {
		t.Errorf("%q %q", p.First, p.More)
	}
}
