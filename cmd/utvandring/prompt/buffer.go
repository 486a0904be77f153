package prompt

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"utvandring/engine/width"
)

// buffer is the text being edited, with the cursor before text[pos].
type buffer struct {
	text   []rune
	pos    int
	killed []rune // what the last kill took, for yank
	undos  []snapshot
	typing bool // the last change was typing, which is undone as one
}

type snapshot struct {
	text []rune
	pos  int
}

func (b *buffer) String() string { return string(b.text) }

// set replaces the text; undo brings the old one back.
func (b *buffer) set(text string) {
	b.remember()
	b.text = []rune(text)
	b.pos = len(b.text)
}

// remember keeps the text for undo, before it is changed.
func (b *buffer) remember() {
	b.undos = append(b.undos, snapshot{slices.Clone(b.text), b.pos})
	b.typing = false
}

func (b *buffer) undo() {
	if n := len(b.undos); n > 0 {
		b.text, b.pos = b.undos[n-1].text, b.undos[n-1].pos
		b.undos = b.undos[:n-1]
	}
	b.typing = false
}

// insert puts text before the cursor.
func (b *buffer) insert(text string) {
	runes := []rune(text)
	if typed := len(runes) == 1 && runes[0] != '\n' && runes[0] != ' '; !typed || !b.typing {
		b.remember()
		b.typing = typed
	}
	b.text = slices.Insert(b.text, b.pos, runes...)
	b.pos += len(runes)
}

// replace puts text in the place of text[from:pos].
func (b *buffer) replace(from int, text string) {
	b.remember()
	runes := []rune(text)
	b.text = slices.Replace(b.text, from, b.pos, runes...)
	b.pos = from + len(runes)
}

// newLine breaks the line and indents the new one like it.
func (b *buffer) newLine() {
	start := b.lineStart(b.pos)
	indent := start
	for indent < b.pos && b.text[indent] == ' ' {
		indent++
	}
	b.insert("\n" + string(b.text[start:indent]))
}

// cut removes text[from:to] and keeps it for yank.
func (b *buffer) cut(from, to int) {
	if from != to {
		b.killed = slices.Clone(b.text[from:to])
	}
	b.delete(from, to)
}

// delete removes text[from:to].
func (b *buffer) delete(from, to int) {
	if from < 0 || to > len(b.text) || from == to {
		return
	}
	b.remember()
	b.text = slices.Delete(b.text, from, to)
	b.pos = from
}

func (b *buffer) lineStart(pos int) int {
	for pos > 0 && b.text[pos-1] != '\n' {
		pos--
	}
	return pos
}

func (b *buffer) lineEnd(pos int) int {
	for pos < len(b.text) && b.text[pos] != '\n' {
		pos++
	}
	return pos
}

// charLeft is the place before the character left of the cursor, marks and all.
func (b *buffer) charLeft() int {
	n := min(b.pos, 1)
	for cluster := range width.Clusters(string(b.text[b.lineStart(b.pos):b.pos])) {
		n = utf8.RuneCountInString(cluster)
	}
	return b.pos - n
}

// charRight is the place behind the character at the cursor.
func (b *buffer) charRight() int {
	for cluster := range width.Clusters(string(b.text[b.pos:b.lineEnd(b.pos)])) {
		return b.pos + utf8.RuneCountInString(cluster)
	}
	return min(b.pos+1, len(b.text))
}

// wordRune: municipality_code is one word.
func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (b *buffer) wordLeft() int {
	i := b.pos
	for i > 0 && !wordRune(b.text[i-1]) {
		i--
	}
	for i > 0 && wordRune(b.text[i-1]) {
		i--
	}
	return i
}

func (b *buffer) wordRight() int {
	i := b.pos
	for i < len(b.text) && !wordRune(b.text[i]) {
		i++
	}
	for i < len(b.text) && wordRune(b.text[i]) {
		i++
	}
	return i
}

// up moves to the line above; false on the first one.
func (b *buffer) up() bool {
	start := b.lineStart(b.pos)
	if start == 0 {
		return false
	}
	above := b.lineStart(start - 1)
	b.pos = min(above+b.pos-start, start-1)
	return true
}

// down moves to the line below; false on the last one.
func (b *buffer) down() bool {
	below := b.lineEnd(b.pos) + 1
	if below > len(b.text) {
		return false
	}
	b.pos = min(below+b.pos-b.lineStart(b.pos), b.lineEnd(below))
	return true
}

// transpose swaps the two characters around the cursor, or the last two of the
// line.
func (b *buffer) transpose() {
	start, end := b.lineStart(b.pos), b.lineEnd(b.pos)
	i := b.pos
	if i == end {
		i--
	}
	if i <= start || end-start < 2 {
		return
	}
	b.remember()
	b.text[i-1], b.text[i] = b.text[i], b.text[i-1]
	b.pos = i + 1
}

// do carries out the actions that only concern the text.
func (b *buffer) do(k key) {
	switch k.action {
	case insert:
		b.insert(k.text)
	case newLine:
		b.newLine()
	case backspace:
		b.delete(b.charLeft(), b.pos)
	case deleteChar, endOfFile:
		b.delete(b.pos, b.charRight())
	case left:
		b.pos = b.charLeft()
	case right:
		b.pos = b.charRight()
	case wordLeft:
		b.pos = b.wordLeft()
	case wordRight:
		b.pos = b.wordRight()
	case home:
		b.pos = b.lineStart(b.pos)
	case end:
		b.pos = b.lineEnd(b.pos)
	case textStart:
		b.pos = 0
	case textEnd:
		b.pos = len(b.text)
	case killToEnd:
		if to := b.lineEnd(b.pos); to > b.pos {
			b.cut(b.pos, to)
		} else {
			b.delete(b.pos, b.pos+1) // join with the next line
		}
	case killToStart:
		b.cut(b.lineStart(b.pos), b.pos)
	case killWordLeft:
		b.cut(b.wordLeft(), b.pos)
	case killWordRight:
		b.cut(b.pos, b.wordRight())
	case yank:
		if len(b.killed) > 0 {
			b.insert(string(b.killed))
		}
	case transpose:
		b.transpose()
	case undo:
		b.undo()
	default:
		return
	}
	if k.action != insert {
		b.typing = false
	}
}
