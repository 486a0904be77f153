package render

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/engine"
	"utvandring/engine/width"
)

func writeTable(out *bufio.Writer, r *engine.Result, o Options) {
	lines := boxLines
	if o.Screen != nil && o.Screen.ASCII {
		lines = asciiLines
	}
	writeGrid(out, r, o, lines)
}

func writeASCII(out *bufio.Writer, r *engine.Result, o Options) { writeGrid(out, r, o, asciiLines) }

func writeGrid(out *bufio.Writer, r *engine.Result, o Options, lines lineSet) {
	if isPlan(r) {
		for row := range r.Rows() {
			out.WriteString(strings.TrimRight(row.Text(1), "\n") + "\n")
		}
		return
	}
	g := layOut(r, o)
	// One row too wide for the screen reads better as a list.
	if o.Screen != nil && g.hidden > 0 && len(g.rows) == 1 {
		writeLine(out, r, o)
		return
	}
	if o.stopped() {
		return
	}
	if drawn := g.draw(out, o, lines); drawn < len(g.rows) {
		fmt.Fprintln(out, o.Locale.Text(fmt.Sprintf("stopped: %s of %s rows shown", locale.Thousands(strconv.Itoa(drawn), " "), locale.Thousands(strconv.Itoa(g.total), " "))))
		return
	}
	if o.Screen != nil {
		if note := g.note(o); note != "" {
			fmt.Fprintf(out, "%s\n", dim(note, o.Screen.Color))
		}
	}
}

// isPlan recognises what EXPLAIN gives: a text that is drawn already.
func isPlan(r *engine.Result) bool {
	return len(r.Columns) == 2 && r.Columns[0].Name == "explain_key" && r.Columns[1].Name == "explain_value"
}

// grid is a table laid out: the texts to show and how wide each column is.
type grid struct {
	header []string
	kinds  []string // the types under the names; nil where they are not shown
	right  []bool   // numbers stand to the right
	rows   [][]string
	widths []int
	split  int // where hidden rows are, as an index into rows; -1: none
	// values are the numbers of the columns that may be shown with fewer digits.
	values map[int][]float64
	digits int // they are shown with, where that is fewer than wanted

	total  int  // rows of the result
	cut    bool // it had more
	hidden int  // columns that do not fit
}

func layOut(r *engine.Result, o Options) *grid {
	g, say := &grid{split: -1, values: map[int][]float64{}}, o.speech(r, false)
	for _, c := range r.Columns {
		g.header = append(g.header, width.Visible(say.head(c.Name)))
		g.right = append(g.right, c.Type.Numeric())
		if o.Types {
			g.kinds = append(g.kinds, strings.ToLower(c.Type.Name()))
		}
	}
	first, last := g.rowsToShow(r, o)
	n := 0
	for row := range r.Rows() {
		if n++; n > first && n <= g.total-last {
			if last == 0 {
				break
			}
			continue
		}
		cells := make([]string, len(r.Columns))
		for i, c := range r.Columns {
			cells[i] = o.screenText(row, i, c.Type, say)
			if o.Shrink && c.Type.Floating() {
				g.values[i] = append(g.values[i], row.Float(i))
			}
		}
		g.rows = append(g.rows, cells)
	}
	if g.total == 0 {
		g.total = n
	}
	for i, c := range r.Columns {
		if c.Type.Floating() {
			g.alignPoints(i, o)
		}
	}
	g.measure(o)
	if o.stopped() {
		return g // which nobody draws
	}
	if o.Screen != nil && o.Screen.Width > 0 {
		if t := g.turned(o); t != nil {
			return t
		}
		g.shrink(o)
		g.fit(o.Screen.Width)
	}
	return g
}

// measure sets the columns as wide as they are.
func (g *grid) measure(o Options) {
	g.widths = make([]int, len(g.header))
	for i := range g.header {
		if !o.NoHeader {
			g.widths[i] = width.Of(g.header[i])
			if g.kinds != nil {
				g.widths[i] = max(g.widths[i], len(g.kinds[i]))
			}
		}
		for n, cells := range g.rows {
			if o.stoppedAt(n) {
				return
			}
			g.widths[i] = max(g.widths[i], width.Of(cells[i]))
		}
	}
}

// rowsToShow decides how many of the first and of the last rows are shown, and
// marks the place between them.
func (g *grid) rowsToShow(r *engine.Result, o Options) (first, last int) {
	if o.Screen == nil || o.Screen.MaxRows <= 0 {
		return 1<<62 - 1, 0
	}
	n, all := r.Load()
	g.total, g.cut = n, r.Cut() || !all
	limit := o.Screen.MaxRows
	switch {
	case n <= limit && !g.cut:
		return n, 0
	case g.cut:
		// The last rows of what was read are not the last of the result.
		g.split = min(limit, n)
		return limit, 0
	}
	g.split = (limit + 1) / 2
	return g.split, limit / 2
}

// alignPoints pads the numbers of a column so that their decimal points are
// below each other.
func (g *grid) alignPoints(column int, o Options) {
	after := func(s string) int {
		if s == "" || s[len(s)-1] < '0' || s[len(s)-1] > '9' {
			return -1 // NULL, inf, nan
		}
		if i := strings.IndexAny(s, ".,e"); i >= 0 {
			return len(s) - i
		}
		return 0
	}
	most := 0
	for _, cells := range g.rows {
		most = max(most, after(cells[column]))
	}
	for i, cells := range g.rows {
		if o.stoppedAt(i) {
			return
		}
		if n := after(cells[column]); n >= 0 {
			cells[column] += strings.Repeat(" ", most-n)
		}
	}
}

// note says what is not shown, and the number of rows where one would count.
func (g *grid) note(o Options) string {
	var parts []string
	switch shown := len(g.rows); {
	case g.cut:
		parts = append(parts, fmt.Sprintf("more than %s rows, the first %d shown", locale.Thousands(strconv.Itoa(g.total), " "), shown))
	case shown < g.total:
		parts = append(parts, fmt.Sprintf("%s rows (%d shown)", locale.Thousands(strconv.Itoa(g.total), " "), shown))
	case g.total == 0 || g.total > 10:
		parts = append(parts, fmt.Sprintf("%s rows", locale.Thousands(strconv.Itoa(g.total), " ")))
	}
	if g.hidden > 0 {
		n := len(g.header) - 1 + g.hidden
		parts = append(parts, fmt.Sprintf("%d columns (%d shown)", n, n-g.hidden))
	}
	if g.digits > 0 {
		parts = append(parts, fmt.Sprintf("numbers to %d digits", g.digits))
	}
	if len(parts) == 0 {
		return ""
	}
	for i := range parts {
		parts[i] = o.Locale.Text(parts[i])
	}
	note := strings.Join(parts, ", ")
	if o.Screen.Hint != "" && (g.hidden > 0 || g.digits > 0 || len(g.rows) < g.total || g.cut) {
		note += "; " + o.Locale.Text(o.Screen.Hint)
	}
	return note
}

func dim(s string, color bool) string {
	if !color {
		return s
	}
	return "\x1b[2m" + s + "\x1b[0m"
}
