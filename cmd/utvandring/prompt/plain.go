package prompt

import (
	"bufio"
	"io"
	"strings"
)

// plain reads lines without editing them.
type plain struct {
	in       *bufio.Reader
	out      io.Writer
	complete func(string) bool
}

// Read reads lines until they are complete.
func (p *plain) Read(prompt Prompt) (string, error) {
	var text strings.Builder
	writeString(p.out, prompt.First)
	for {
		line, err := p.in.ReadString('\n')
		text.WriteString(line)
		switch {
		case err == io.EOF && text.Len() == 0:
			return "", io.EOF
		case err != nil && err != io.EOF:
			return "", err
		case err == io.EOF || p.complete(text.String()):
			return strings.TrimSuffix(text.String(), "\n"), nil
		}
		writeString(p.out, prompt.More)
	}
}
