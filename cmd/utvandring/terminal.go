package main

import (
	"os"
	"strings"

	"github.com/chzyer/readline"

	"utvandring/cmd/utvandring/prompt"
)

// isTerminal reports whether a person is at the other end.
func isTerminal(stream any) bool {
	file, ok := fileOf(stream)
	return ok && readline.IsTerminal(int(file.Fd()))
}

// terminalSize is that of the terminal at the other end, 80 by 24 where it is not told.
func terminalSize(stream any) (columns, lines int) {
	file, _ := fileOf(stream) // nil has no size
	return prompt.Size(file)
}

// wantColor follows https://no-color.org.
func wantColor() bool { return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" }

// unicodeTerminal reports whether the locale says UTF-8, or nothing at all.
func unicodeTerminal() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToUpper(os.Getenv(name)); locale != "" {
			return strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
		}
	}
	return true
}
