package sheet

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"utvandring/udf/doubt"
	"utvandring/udf/later"
)

// Type is that of a column of a Table.
type Type byte

// The types of columns, from the narrowest.
const (
	Integers Type = iota
	Numbers
	Truths
	Dates
	Moments
	Texts
)

// Table is a grid read as a table.
type Table struct {
	Names []string
	Types []Type
	Rows  [][]Cell // each as long as Names; of the kind of the column's type, or empty
	Doubt []string // what is to be said of columns of texts that may be a thousand times the numbers they are read as
}

// Table reads the grid as one: titles above the headings and notes below the lines are left
// out, and what is a number or a date but was typed as text becomes one, where the whole
// column is such. header says whether there are headings; nil: as it looks.
func (g *Grid) Table(header *bool) (*Table, error) {
	rows, top := g.Rows, 0
	widest := 0
	for _, r := range rows {
		widest = max(widest, filled(r))
	}
	if widest == 0 {
		return nil, fmt.Errorf("is empty")
	}
	if header == nil || *header {
		for top < len(rows) && (filled(rows[top]) == 0 || filled(rows[top]) < min(2, widest) || 2*filled(rows[top]) < widest) {
			top++
		}
	} else {
		for filled(rows[top]) == 0 {
			top++
		}
	}
	width := 0
	for _, r := range rows[top:] {
		width = max(width, len(r))
	}
	t := &Table{}
	end := top
	if header == nil || *header {
		end = top + g.headings(top)
		t.Names = g.names(top, end, width)
	} else {
		for j := range width {
			t.Names = append(t.Names, letters(j))
		}
	}
	body := rows[end:]
	for i, r := range body { // notes stand below an empty line
		if filled(r) == 0 && !slices.ContainsFunc(body[i:], func(r []Cell) bool { return filled(r) > 1 }) && widest > 1 {
			body = body[:i]
			break
		}
	}
	for _, r := range body {
		if filled(r) > 0 {
			t.Rows = append(t.Rows, append(slices.Clone(r), make([]Cell, max(width-len(r), 0))...)[:width])
		}
	}
	unique(t.Names)
	for j := range t.Names {
		typ, note := settle(t.Rows, j)
		if t.Types = append(t.Types, typ); note != "" {
			t.Doubt = append(t.Doubt, t.Names[j]+": "+note)
		}
	}
	return t, nil
}

// Append adds the rows of a table with the same columns.
func (t *Table) Append(o *Table) error {
	if !slices.Equal(t.Names, o.Names) {
		return fmt.Errorf("the columns are %s, and %s", strings.Join(t.Names, ", "), strings.Join(o.Names, ", "))
	}
	for j, name := range t.Names {
		a, b := t.Types[j], o.Types[j]
		isEmpty := func(rows [][]Cell) bool {
			return !slices.ContainsFunc(rows, func(r []Cell) bool { return r[j].Kind != Empty })
		}
		switch {
		case a == b || isEmpty(o.Rows):
		case isEmpty(t.Rows):
			t.Types[j] = b
		case max(a, b) == Numbers || min(a, b) == Dates && max(a, b) == Moments:
			t.Types[j] = max(a, b)
		default:
			return fmt.Errorf("column %s is not of the same type in both", name)
		}
	}
	t.Rows = append(t.Rows, o.Rows...)
	return nil
}

// filled is how many cells of a row hold something.
func filled(row []Cell) (n int) {
	for _, c := range row {
		if c.Kind != Empty {
			n++
		}
	}
	return n
}

// headings is how many lines of headings there are from a row on: as far as cells that are
// merged there go, or one more than headings that are merged across.
func (g *Grid) headings(top int) int {
	n := 1
	for _, m := range g.Merged {
		if m.Top == top {
			n = max(n, m.Bottom-m.Top+1)
			if m.Right > m.Left {
				n = max(n, 2)
			}
		}
	}
	return min(n, len(g.Rows)-top)
}

// names joins the headings over each column: "2010 men".
func (g *Grid) names(top, end, width int) []string {
	names := make([]string, width)
	for j := range names {
		var parts []string
		for i := top; i < end; i++ {
			if s := strings.Join(strings.Fields(g.over(i, j).String()), " "); s != "" {
				parts = append(parts, s)
			}
		}
		if names[j] = strings.Join(parts, " "); names[j] == "" {
			names[j] = letters(j)
		}
	}
	return names
}

// over is what stands in a cell, or in the cells merged across of which it is one.
func (g *Grid) over(row, column int) Cell {
	for _, m := range g.Merged {
		if m.Top == row && m.Left < column && column <= m.Right {
			column = m.Left
			break
		}
	}
	if column >= len(g.Rows[row]) {
		return Cell{}
	}
	return g.Rows[row][column]
}

// letters is the name of a column in Excel.
func letters(j int) string {
	name := ""
	for j++; j > 0; j = (j - 1) / 26 {
		name = string(rune('A'+(j-1)%26)) + name
	}
	return name
}

// unique gives a name that has been used a number.
func unique(names []string) {
	for i, name := range names {
		free := name
		for n := 1; slices.ContainsFunc(names[:i], func(s string) bool { return strings.EqualFold(s, free) }); n++ {
			free = fmt.Sprintf("%s_%d", name, n)
		}
		names[i] = free
	}
}

// settle finds the type of a column and turns its cells into it. Marks for what is missing
// are empty where the others are numbers or dates, and stay in a column of texts.
func settle(rows [][]Cell, j int) (typ Type, note string) {
	turned := make([]Cell, len(rows))
	var kinds [Fault + 1]int
	timed, broken := false, false
	seen := doubt.Numbers{}
	for i, r := range rows {
		c := r[j]
		if c.Kind == Text {
			seen.See(strings.TrimSpace(c.Text))
			c = typed(c.Text)
		}
		if c.Kind == Fault {
			c = Cell{}
		}
		turned[i] = c
		kinds[c.Kind]++
		broken = broken || c.Kind == Number && (c.Number != math.Trunc(c.Number) || math.Abs(c.Number) > 1<<53)
		timed = timed || c.Kind == Moment && !c.Time.Equal(c.Time.Truncate(24*time.Hour))
	}
	some := len(rows) - kinds[Empty]
	typ = Texts
	switch {
	case some == 0:
	case kinds[Number] == some && broken:
		typ, note = Numbers, cmp.Or(seen.Note(","), seen.Note("."))
	case kinds[Number] == some:
		typ = Integers
	case kinds[Truth] == some:
		typ = Truths
	case kinds[Moment] == some && timed:
		typ = Moments
	case kinds[Moment] == some:
		typ = Dates
	}
	for i, r := range rows {
		if typ != Texts || r[j].Kind == Fault {
			r[j] = turned[i]
		} else if c := r[j]; c.Kind != Empty {
			r[j] = Cell{Kind: Text, Text: c.String()}
		}
	}
	return typ, note
}

var (
	mark      = later.Compile(`^(?:\.{1,6}|:|…|NA|N/A|n/a|#N/A|NaN|NULL)$`)
	digits    = later.Compile(`^[+-]?(?:0|[1-9]\d{0,14})(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?$`)
	thousands = later.Compile(`^[+-]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?$`)
)

// typed reads a text as the number or date that it is; a mark is empty. A number with a
// zero before it is a code.
func typed(s string) Cell {
	t := strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2212", "-").Replace(s))
	if mark.MatchString(t) || t == "" {
		return Cell{}
	}
	if thousands.MatchString(t) {
		t = strings.ReplaceAll(t, " ", "")
	}
	if digits.MatchString(t) {
		if x, err := strconv.ParseFloat(strings.Replace(t, ",", ".", 1), 64); err == nil {
			return Cell{Kind: Number, Number: x}
		}
	}
	for _, layout := range []string{"2006-01-02", "02.01.2006", "2.1.2006", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "02.01.2006 15:04:05", "02.01.2006 15:04"} {
		if at, err := time.Parse(layout, t); err == nil {
			return Cell{Kind: Moment, Time: at}
		}
	}
	return Cell{Kind: Text, Text: s}
}
