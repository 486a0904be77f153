package sheet

import (
	"fmt"
	"strconv"
	"strings"
)

// Grid is the cells of a sheet by row and column, both from 0, without empty ends.
type Grid struct {
	Rows    [][]Cell
	Merged  []Range
	Unsaved int    // cells of formulas whose value the program that wrote them has not saved
	First   string // of these
}

// Range is a rectangle of cells, ends included, from 0.
type Range struct{ Top, Left, Bottom, Right int }

// place reads the name of a cell: B3 is row 2 and column 1.
func place(name string) (row, column int, ok bool) {
	name = strings.ReplaceAll(strings.ToUpper(name), "$", "")
	i := 0
	for ; i < len(name) && name[i] >= 'A' && name[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	return row - 1, column - 1, err == nil && i > 0 && row >= 1 && row <= 1<<20 && column <= 1<<14
}

// ParseRange reads A1:C9, or the name of one cell.
func ParseRange(s string) (Range, error) {
	from, to, two := strings.Cut(s, ":")
	if !two {
		to = from
	}
	top, left, ok := place(from)
	bottom, right, also := place(to)
	if !ok || !also || bottom < top || right < left {
		return Range{}, fmt.Errorf("%q is no range of cells like A1:C9", s)
	}
	return Range{top, left, bottom, right}, nil
}

// Within is the part of the grid in a range.
func (g *Grid) Within(r Range) *Grid {
	in := &Grid{}
	for i := r.Top; i <= r.Bottom && i < len(g.Rows); i++ {
		row := g.Rows[i]
		if len(row) > r.Right+1 {
			row = row[:r.Right+1]
		}
		in.Rows = append(in.Rows, row[min(r.Left, len(row)):])
	}
	for _, m := range g.Merged {
		if m.Top >= r.Top && m.Left >= r.Left && m.Bottom <= r.Bottom && m.Right <= r.Right {
			in.Merged = append(in.Merged, Range{m.Top - r.Top, m.Left - r.Left, m.Bottom - r.Top, m.Right - r.Left})
		}
	}
	return in
}
