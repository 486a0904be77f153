package prompt

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"utvandring/engine/width"
)

// Style is the look of a character.
type Style byte

// The styles, as codes of the terminal.
const (
	Plain Style = iota
	Keyword
	Text
	Comment
	Number
	Command
	Chosen // the candidate that Tab has put in
	Faint
)

var styleCodes = [...]string{Plain: "", Keyword: "\x1b[1m", Text: "\x1b[32m", Comment: "\x1b[2m", Number: "\x1b[36m", Command: "\x1b[35m", Chosen: "\x1b[7m", Faint: "\x1b[2m"}

const plainCode = "\x1b[0m"

// screen paints the entry where the cursor is, and paints over it again.
type screen struct {
	out       io.Writer
	cursorRow int // of the last painting, from its first row
}

// page is what is painted: the text with its prompt in rows, and where the
// cursor is.
type page struct {
	rows         []string
	cursorRow    int
	cursorColumn int
}

// layOut breaks the text into rows of the terminal. Prompts are counted as wide
// as they look.
func layOut(prompt Prompt, text []rune, pos int, styles []Style, columns int) page {
	var p page
	var row strings.Builder
	row.WriteString(prompt.First)
	column := width.Of(prompt.First)
	style := Plain
	// next ends a row and begins one with what stands before its text.
	next := func(before string) {
		if style != Plain {
			row.WriteString(plainCode)
		}
		p.rows = append(p.rows, row.String())
		row.Reset()
		row.WriteString(before + styleCodes[style])
		column = width.Of(before)
	}
	cursor := func() {
		if column == columns {
			next("")
		}
		p.cursorRow, p.cursorColumn = len(p.rows), column
	}
	i := 0 // of the cluster, in runes
	for cluster, wide := range width.Clusters(string(text)) {
		n := utf8.RuneCountInString(cluster)
		if cluster != "\n" && column+wide > columns {
			next("")
		}
		if i <= pos && pos < i+n {
			cursor()
		}
		if cluster == "\n" {
			next(prompt.More)
			i++
			continue
		}
		s := Plain
		if i < len(styles) {
			s = styles[i]
		}
		if s != style {
			if style != Plain {
				row.WriteString(plainCode)
			}
			row.WriteString(styleCodes[s])
			style = s
		}
		row.WriteString(cluster)
		column += wide
		i += n
	}
	if pos == len(text) {
		cursor()
	}
	next("")
	return p
}

// paint shows a page and rows below it, in place of what was painted before. Of
// a page higher than the terminal it shows the part with the cursor.
func (s *screen) paint(p page, below []string, height int) {
	rows, cursor := p.rows, p.cursorRow
	if len(rows) > height {
		first := min(max(cursor-height/2, 0), len(rows)-height)
		rows, cursor = rows[first:first+height], cursor-first
	}
	if room := height - len(rows); len(below) > room {
		below = below[:room]
	}
	var b strings.Builder
	b.WriteString("\x1b[?25l\r")
	if s.cursorRow > 0 { // to the first row of the last painting
		fmt.Fprintf(&b, "\x1b[%dA", s.cursorRow)
	}
	// What is erased from the corner of the screen on, tmux takes for a screen that is over,
	// and keeps a copy above: one a key, after Ctrl-L.
	b.WriteString("\x1b[C\x1b[J\r\x1b[K")
	all := slices.Concat(rows, below)
	b.WriteString(strings.Join(all, "\r\n"))
	if up := len(all) - 1 - cursor; up > 0 {
		fmt.Fprintf(&b, "\x1b[%dA", up)
	}
	b.WriteByte('\r')
	if p.cursorColumn > 0 {
		fmt.Fprintf(&b, "\x1b[%dC", p.cursorColumn)
	}
	b.WriteString("\x1b[?25h")
	s.cursorRow = cursor
	writeString(s.out, b.String())
}
