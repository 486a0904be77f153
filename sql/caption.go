package sql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// readCaptions reads of the rows of report_figure, a line each, what the comment of a figure
// begins with: title, section, and whether same-year movers are counted.
func readCaptions(text string) map[string]string {
	captions := map[string]string{}
	for line := range strings.Lines(text) {
		texts := strings.Split(line, "', '") // name, number, caption, title, section, …
		_, name, _ := strings.Cut(texts[0], "'")
		if !strings.HasPrefix(name, "figure_") {
			continue
		}
		movers := "Counts residents, so that same-year movers do not matter."
		switch {
		case strings.Contains(line, ", true, "):
			movers = "Same-year movers are included."
		case strings.Contains(line, ", false, "):
			movers = "Same-year movers are left out."
		}
		captions[name] = fmt.Sprintf("%s Section %s. %s", texts[3], texts[4], movers)
	}
	return captions
}

// captioned writes captions out, and fills the lines of their comments.
func captioned(text string, captions map[string]string) (string, error) {
	parts := strings.Split(text, "-- {{caption}} ")
	for i, part := range parts[1:] {
		const create = "\nCREATE OR REPLACE VIEW "
		said, view, _ := strings.Cut(part, create)
		name, _, _ := strings.Cut(view, " ")
		if captions[name] == "" {
			return "", fmt.Errorf("{{caption}}: report_figure has no figure %s", name)
		}
		parts[i+1] = comment(name+": "+captions[name]+" "+strings.ReplaceAll(said, "\n--", "")) + create + view
	}
	return strings.Join(parts, ""), nil
}

// comment is a text as a comment in lines of up to 82 characters.
func comment(text string) string {
	var b strings.Builder
	b.WriteString("--")
	column := 2
	for _, word := range strings.Fields(text) {
		if column += 1 + utf8.RuneCountInString(word); column > 82 {
			b.WriteString("\n--")
			column = 3 + utf8.RuneCountInString(word)
		}
		b.WriteString(" " + word)
	}
	return b.String()
}
