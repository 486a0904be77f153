package plot

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"utvandring/engine/width"
)

// Screen is what a terminal can show. Width and Height are in characters;
// Height counts the line for the next prompt.
type Screen struct {
	Width, Height int
	Unicode       bool // Braille and block characters; otherwise ASCII alone
	Color         bool // ANSI colours; off for NO_COLOR, files and pipes
	Whole         bool // no edge cuts a text: files and pipes, which are as wide as they have to be
}

// either is the first of two characters where the screen has it, else that of ASCII.
func (s Screen) either(fine, plain rune) rune {
	if s.Unicode {
		return fine
	}
	return plain
}

// cell is one character of the screen; of a character two columns wide the second
// cell has the rune 0. Colour 0 is the terminal's own; 1 + i is that of series i.
type cell struct {
	r     rune
	marks string // what is joined to the rune, such as an accent
	color int
	bold  bool
	faint bool
}

// grid is a screen in the making, and its Braille dots: a character holds two
// by four. Rows are as many and as long as what is written needs.
type grid struct {
	w     int // nothing is written from here on
	rows  [][]cell
	ascii bool
}

func newGrid(s Screen) *grid {
	g := &grid{w: s.Width, ascii: !s.Unicode}
	if s.Whole {
		g.w = math.MaxInt32
	}
	return g
}

// whole reports whether no text is to be cut.
func (g *grid) whole() bool { return g.w == math.MaxInt32 }

// at gives the cell of a place on the screen.
func (g *grid) at(x, y int) *cell {
	for len(g.rows) <= y {
		g.rows = append(g.rows, nil)
	}
	for len(g.rows[y]) <= x {
		g.rows[y] = append(g.rows[y], cell{r: ' '})
	}
	return &g.rows[y][x]
}

func (g *grid) set(x, y int, c cell) {
	if x < 0 || x >= g.w || y < 0 {
		return
	}
	g.at(x, y)
	row := g.rows[y]
	if c.r != 0 { // half of a wide character is none
		if row[x].r == 0 {
			row[x-1] = cell{r: ' '}
		}
		if x+1 < len(row) && row[x+1].r == 0 {
			row[x+1].r = ' '
		}
	}
	row[x] = c
}

// text writes from x on, cut at the edge of the screen.
func (g *grid) text(x, y int, s string, like cell) {
	for cluster, wide := range width.Clusters(g.plain(s)) {
		if wide > 0 && x >= 0 && x+wide <= g.w {
			r, n := utf8.DecodeRuneInString(cluster)
			like.r, like.marks = r, cluster[n:]
			g.set(x, y, like)
			for k := range wide - 1 {
				g.set(x+1+k, y, cell{})
			}
		}
		x += wide
	}
}

// textRight writes so that the last character stands left of x.
func (g *grid) textRight(x, y int, s string, like cell) { g.text(x-g.width(s), y, s, like) }

// width is how many columns a text takes, as plain writes it.
func (g *grid) width(s string) int { return width.Of(g.plain(s)) }

// widest is how many the widest of some takes.
func (g *grid) widest(texts []string) (n int) {
	for _, s := range texts {
		n = max(n, g.width(s))
	}
	return n
}

var asciiFor = strings.NewReplacer("–", "-", "—", "-", "−", "-", "…", "...", "\u00a0", " ", "·", ".",
	"æ", "ae", "ø", "o", "å", "aa", "Æ", "Ae", "Ø", "O", "Å", "Aa", "á", "a", "é", "e", "ö", "o", "ä", "a", "ü", "u")

// plain writes a text with the letters the screen has.
func (g *grid) plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if !g.ascii {
		return s
	}
	var b strings.Builder
	for cluster := range width.Clusters(asciiFor.Replace(s)) {
		if cluster[0] > 126 {
			cluster = "?"
		}
		b.WriteByte(cluster[0])
	}
	return b.String()
}

// fit cuts a text to n columns and shows that it was cut, on a screen.
func (g *grid) fit(s string, n int) string {
	s = g.plain(s)
	if g.whole() || width.Of(s) <= n {
		return s
	}
	mark := g.plain("…")
	if n <= width.Of(mark) {
		return s[:width.Index(s, max(n, 0))]
	}
	return strings.TrimRight(s[:width.Index(s, n-width.Of(mark))], " ") + mark
}

// fold breaks a text into lines of w columns, at most n of them where n is not 0. A
// word that is longer is cut into pieces on a screen.
func (g *grid) fold(s string, w, n int) []string {
	var words []string
	for word := range strings.FieldsSeq(g.plain(s)) {
		for width.Of(word) > g.w {
			end := width.Index(word, g.w)
			words, word = append(words, word[:end]), word[end:]
		}
		words = append(words, word)
	}
	lines := width.Fold(words, func(line string) bool { return width.Of(line) <= w })
	if n > 0 && len(lines) > n {
		lines = append(lines[:n-1], g.fit(strings.Join(lines[n-1:], " "), w))
	}
	return lines
}

// dots are the bits of a Braille character by column and row.
var dots = [2][4]rune{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

// dot sets one of the two by four dots of a character; where two lines share
// a character the later one gives it its colour.
func (g *grid) dot(x, y, color int) {
	cx, cy := x/2, y/4
	if x < 0 || y < 0 || cx >= g.w {
		return
	}
	c := g.at(cx, cy)
	if c.r < 0x2800 || c.r > 0x28FF {
		g.set(cx, cy, cell{r: 0x2800})
	}
	c.r |= dots[x%2][y%4]
	c.color, c.bold, c.faint = color, false, false
}

// stroke draws a line of dots between two points; every is 1 for all dots, 2
// for every other.
func (g *grid) stroke(x0, y0, x1, y1, every int, put func(x, y int)) {
	dx, dy := abs(x1-x0), -abs(y1-y0)
	sx, sy := cmp.Compare(x1, x0), cmp.Compare(y1, y0)
	for e, k := dx+dy, 0; ; k++ {
		if k%every == 0 {
			put(x0, y0)
		}
		if x0 == x1 && y0 == y1 {
			return
		}
		if e2 := 2 * e; e2 >= dy {
			e += dy
			x0 += sx
			if e2 <= dx {
				e += dx
				y0 += sy
			}
		} else {
			e += dx
			y0 += sy
		}
	}
}

func abs(x int) int { return max(x, -x) }

// inks are colours of the 256 that show on dark and light screens; the order
// is that of hues.
var inks = []int{33, 208, 36, 170, 178, 74, 0, 245}

// String writes the screen, without spaces at the ends of lines.
func (g *grid) String(color bool) string {
	var b strings.Builder
	for _, row := range g.rows {
		end := len(row)
		for end > 0 && row[end-1].r == ' ' {
			end--
		}
		last := ""
		for _, c := range row[:end] {
			if c.r == 0 {
				continue
			}
			if style := c.ansi(); color && c.r != ' ' && style != last {
				if last != "" {
					b.WriteString("\x1b[0m")
				}
				b.WriteString(style)
				last = style
			}
			b.WriteRune(c.r)
			b.WriteString(c.marks)
		}
		if last != "" {
			b.WriteString("\x1b[0m")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (c cell) ansi() string {
	var codes []string
	if c.bold {
		codes = append(codes, "1")
	}
	if c.faint {
		codes = append(codes, "2")
	}
	if c.color > 0 {
		if n := inks[(c.color-1)%len(inks)]; n > 0 {
			codes = append(codes, "38;5;"+strconv.Itoa(n))
		}
	}
	if codes == nil {
		return ""
	}
	return "\x1b[" + strings.Join(codes, ";") + "m"
}
