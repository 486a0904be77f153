package main

import (
	"fmt"
	"strings"
)

// splitWords splits the line of a dot-command at spaces and tabs. Quotes of either kind
// at the beginning of a word, or behind its =, keep spaces: "my view" and
// title="Oslo and Bergen" are one word each, without the quotes. A quote within quotes is
// doubled, as in SQL, and elsewhere means itself, as in it's.
func splitWords(line string) ([]string, error) {
	var words []string
	for i := 0; ; {
		i += len(line[i:]) - len(strings.TrimLeft(line[i:], " \t"))
		if i == len(line) {
			return words, nil
		}
		var word strings.Builder
		for opens := true; i < len(line) && line[i] != ' ' && line[i] != '\t'; {
			c := line[i]
			if opens && (c == '"' || c == '\'') {
				text, n := quoted(line[i:])
				if n == 0 {
					return nil, fmt.Errorf("unclosed %c in %q", c, line[i:])
				}
				word.WriteString(text)
				i, opens = i+n, false
				continue
			}
			word.WriteByte(c)
			i, opens = i+1, c == '='
		}
		words = append(words, word.String())
	}
}

// quoted reads the quotes that s begins with: what is in them, and the length; 0
// where they are not closed.
func quoted(s string) (string, int) {
	quote := s[:1]
	for n := 1; ; {
		i := strings.Index(s[n:], quote)
		if i < 0 {
			return "", 0
		}
		n += i + 1
		if !strings.HasPrefix(s[n:], quote) {
			return strings.ReplaceAll(s[1:n-1], quote+quote, quote), n
		}
		n++
	}
}
