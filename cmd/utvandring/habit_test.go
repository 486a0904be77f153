package main

import "testing"

func TestHabit(t *testing.T) {
	for entry, want := range map[string]string{
		"exit": ".quit", " EXIT; ": ".quit", `\q`: ".quit", "help": ".help", "help median": ".help median", "?": ".help",
		`\d`: ".tables", `\d+ cell`: `DESCRIBE "cell";`, `\x`: ".mode line", `\unknown`: ".help", `\i a.sql`: ".read a.sql",
		"exit now": "", "SELECT 1;": "", "quit\nSELECT 1;": "", "": "", "FROM help;": "",
	} {
		if got, _ := habit(entry); got != want {
			t.Errorf("%q: %q, want %q", entry, got, want)
		}
	}
}

func TestWithoutPrompts(t *testing.T) {
	for text, want := range map[string]string{
		"demo> SELECT 1\n ...> + 2;\n┌───┐\n│ 3 │\n└───┘\nnorway (read-only)*> .mode csv": "SELECT 1\n+ 2;\n.mode csv",
		"SELECT 1\n > 2;":     "SELECT 1\n > 2;",
		"SELECT a > b\nx> y;": "SELECT a > b\nx> y;",
		"d> ":                 "",
	} {
		if got := withoutPrompts(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
