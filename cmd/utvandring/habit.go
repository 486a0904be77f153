package main

import (
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// habits are what people type who come from another prompt, and the command that is
// meant; other words with a backslash mean .help.
var habits = map[string]string{
	"exit": ".quit", "quit": ".quit", `\q`: ".quit", ":q": ".quit", "help": ".help", "?": ".help",
	`\d`: ".tables", `\dt`: ".tables", `\dv`: ".tables", `\df`: ".functions", `\l`: ".databases",
	`\i`: ".read", `\ir`: ".read", `\o`: ".output", `\e`: ".edit", `\s`: ".history", `\c`: ".open", `\connect`: ".open",
	`\!`: ".shell", `\cd`: ".cd", `\watch`: ".watch", `\timing`: ".timer", `\echo`: ".print", `\x`: ".mode line", `\t`: ".headers", `\pset`: ".show",
}

// habit gives the command that an entry means that is no SQL; false where it is an entry.
func habit(entry string) (string, bool) {
	text := strings.TrimRight(strings.TrimSpace(entry), "; \t")
	if strings.ContainsAny(text, "\n") {
		return "", false
	}
	word, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimSpace(rest)
	word = strings.TrimSuffix(strings.ToLower(word), "+") // \d+
	command, ok := habits[word]
	backslash := strings.HasPrefix(word, `\`)
	switch {
	case backslash && !ok:
		return ".help", true
	case !ok || !backslash && rest != "" && word != "help" && word != "?":
		return "", false
	case rest == "" || strings.Contains(command, " "):
		return command, true
	case word == `\d`: // of a table
		return "DESCRIBE " + sqltext.QuoteName(strings.Trim(rest, `"`)) + ";", true
	}
	return command + " " + rest, true
}

// prompted recognises a line that was copied from a session, with its prompt.
var (
	prompted  = later.Compile(`^\s*[\pL\d_.-]+(?: \(read-only\))?\*?> ?(.*)$`)
	continued = later.Compile(`^\s*\.\.\.> ?(.*)$`)
	drawn     = later.Compile(`^\s*(?:[─-╿]|\+-)`)
)

// withoutPrompts takes the prompts and the results out of what was copied from a
// session, so that it can be run again.
func withoutPrompts(text string) string {
	first := strings.TrimLeft(text, " \n")
	if !prompted.MatchString(strings.SplitN(first, "\n", 2)[0]) {
		return text
	}
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if m := continued.FindStringSubmatch(line); m != nil {
			lines = append(lines, m[1])
		} else if m := prompted.FindStringSubmatch(line); m != nil {
			lines = append(lines, m[1])
		}
	}
	return strings.Join(lines, "\n")
}
