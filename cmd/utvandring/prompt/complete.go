package prompt

import (
	"fmt"
	"slices"
	"strings"

	"utvandring/engine/width"
)

// Candidates are what the word before the cursor could become.
type Candidates struct {
	From  int // where the word begins, in characters
	Words []string
	Tail  string // what is put behind the only one, where that is no folder
}

// completing is a Tab that had several answers: they are listed below the entry,
// and the next Tab puts the first one in.
type completing struct {
	Candidates
	chosen int // -1: none yet
}

// complete does a Tab, or with step -1 a Shift-Tab.
func (e *Editor) complete(step int) {
	if e.tab != nil {
		if step < 0 {
			e.tab.chosen = max(e.tab.chosen, 0) // from none to the last
		}
		n := len(e.tab.Words)
		e.tab.chosen = (e.tab.chosen + step + n) % n
		e.buf.replace(e.tab.From, e.tab.Words[e.tab.chosen])
		return
	}
	line := string(e.buf.text[e.buf.lineStart(e.buf.pos):e.buf.pos])
	if strings.TrimSpace(line) == "" {
		e.buf.insert("  ") // at the beginning of a line Tab indents
		return
	}
	if e.helpers.Candidates == nil {
		return
	}
	c := e.helpers.Candidates(string(e.buf.text[:e.buf.pos]), string(e.buf.text[e.buf.pos:]))
	c.Words = slices.DeleteFunc(c.Words, func(w string) bool { return width.Visible(w) != w }) // nobody could type it
	if c.From < 0 || c.From > e.buf.pos || len(c.Words) == 0 {
		return
	}
	typed := string(e.buf.text[c.From:e.buf.pos])
	if len(c.Words) == 1 {
		if word := c.Words[0]; strings.HasSuffix(word, "/") {
			e.buf.replace(c.From, word)
		} else if word += c.Tail; word != typed {
			e.buf.replace(c.From, word)
		}
		return
	}
	if common := commonPrefix(c.Words); len(common) > len(typed) && strings.EqualFold(common[:len(typed)], typed) {
		e.buf.replace(c.From, common)
	}
	e.tab = &completing{c, -1}
}

func commonPrefix(words []string) string {
	prefix := words[0]
	for _, w := range words[1:] {
		for !strings.HasPrefix(w, prefix) {
			prefix = prefix[:len(prefix)-1]
		}
	}
	return strings.ToValidUTF8(prefix, "")
}

// rows lays the candidates out in columns, the best in the first row: so many as fit, and
// of more a page, the one with what is chosen.
func (c *completing) rows(columns, most int, colors bool) []string {
	first, page := 0, layPage(c.Words, columns, most)
	for c.chosen >= first+page.words {
		first += page.words
		page = layPage(c.Words[first:], columns, most)
	}
	var rows []string
	for from := 0; from < page.words; from += len(page.widths) {
		var row strings.Builder
		for x, wide := range page.widths {
			i := first + from + x
			if i >= len(c.Words) {
				break
			}
			word := width.Cut(c.Words[i], wide)
			space := strings.Repeat(" ", wide-width.Of(word)+2)
			if i == c.chosen && colors {
				word = styleCodes[Chosen] + word + plainCode
			} else if i == c.chosen {
				word = "[" + word + "]"
				space = strings.TrimSuffix(space, "  ")
			}
			row.WriteString(word + space)
		}
		rows = append(rows, strings.TrimRight(row.String(), " "))
	}
	if more := len(c.Words) - first - page.words; more > 0 || first > 0 {
		rows = append(rows, fmt.Sprintf("%d more", len(c.Words)-page.words))
	}
	return rows
}

// completionPage is how many words are shown at once, in columns of these widths.
type completionPage struct {
	words  int
	widths []int
}

// layPage finds the most columns that the first words fit in.
func layPage(words []string, columns, most int) completionPage {
	for across := max(min(len(words), columns/3), 1); ; across-- {
		page := completionPage{words: len(words), widths: make([]int, across)}
		if (len(words)+across-1)/across > most { // the last row counts the rest
			page.words = min((most-1)*across, len(words))
		}
		total := 0
		for i, w := range words[:page.words] {
			if wide := width.Of(w); wide > page.widths[i%across] {
				total += wide - page.widths[i%across]
				page.widths[i%across] = wide
			}
		}
		if across == 1 {
			page.widths[0] = min(page.widths[0], max(columns-2, 1))
			return page
		}
		if total+2*across-2 < columns {
			return page
		}
	}
}
