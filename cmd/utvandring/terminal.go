package main

import (
	"cmp"
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
	locale := strings.ToUpper(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG"), "UTF-8"))
	return strings.Contains(locale, "UTF-8") || strings.Contains(locale, "UTF8")
}
