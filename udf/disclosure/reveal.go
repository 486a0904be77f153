package disclosure

import (
	"cmp"
	"math"
	"slices"
)

// revealWork limits how long more is looked for that can be shown, in numbers of tableaus
// that pivots go through: a measure that is the same on every machine.
const revealWork = 2_000_000_000

// revealed is a group of cells, of whatever margins have it.
type revealed struct {
	rows          []int32
	cells         []int32 // of these, the ones that may differ, by their place among such
	count         int
	small, hidden bool
}

// revealer looks for hidden figures that can be shown.
type revealer struct {
	s       *Suppression
	groups  []*revealed
	rows    []int32 // the cells that may differ
	program *program
}

// reveal shows again, one after the other and the large ones first, what need not be hidden:
// where all small counts keep, or get, a table that eases them and in which the figure is
// what it is. Elimination alone knows no bounds, and boxes hide more than they must.
func (s *Suppression) reveal(margins []Margin) {
	for work, cost := 0, math.Inf(1); work < revealWork && s.cost(margins) < cost && !s.Table.stopped(0, 1); {
		cost = s.cost(margins)
		r := &revealer{s: s}
		r.gather(margins)
		if !r.begin() {
			return
		}
		for _, g := range r.groups {
			if g.hidden && !g.small && work+r.program.work < revealWork && !s.Table.stopped(0, 1) {
				r.try(g)
			}
		}
		work += r.program.work
	}
}

// gather finds the groups, each once, and which are hidden.
func (r *revealer) gather(margins []Margin) {
	rows, place := r.s.free()
	r.rows = rows
	known := map[string]*revealed{}
	var key []byte
	for m := range margins {
		hidden := r.s.Hidden(&margins[m])
		rows := make([][]int32, margins[m].Groups)
		for row, g := range margins[m].Group {
			rows[g] = append(rows[g], int32(row))
		}
		for g, of := range rows {
			key = key[:0]
			for _, row := range of {
				key = append(key, byte(row), byte(row>>8), byte(row>>16), byte(row>>24))
			}
			group := known[string(key)]
			if group == nil {
				group = &revealed{rows: of}
				for _, row := range of {
					group.count += r.s.Table.Counts[row]
					if place[row] >= 0 {
						group.cells = append(group.cells, place[row])
					}
				}
				group.small = r.s.Small(group.count)
				known[string(key)] = group
				r.groups = append(r.groups, group)
			}
			group.hidden = group.hidden || hidden[g] || group.small
		}
	}
	slices.SortStableFunc(r.groups, func(a, b *revealed) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(len(b.rows), len(a.rows)))
	})
}

// begin begins the program with what is shown.
func (r *revealer) begin() (ok bool) {
	var shown known
	var groups [][]int32
	var counts []int
	for _, g := range r.groups {
		if g.hidden || len(g.cells) == 0 {
			continue
		}
		if rest := shown.rest(vectorOf(len(r.rows), g.cells)); rest.lead() < len(rest) {
			shown.add(rest)
			groups, counts = append(groups, g.cells), append(counts, g.count)
		}
	}
	r.program, ok = newProgram(len(r.rows), groups, counts)
	return ok
}

func sumOf(counts []int, rows []int32) (n int) {
	for _, row := range rows {
		n += counts[row]
	}
	return n
}

// try shows a group if that can be.
func (r *revealer) try(group *revealed) {
	var kept [][]int
	for _, other := range r.s.Alternatives {
		if sumOf(other, group.rows) == group.count {
			kept = append(kept, other)
		}
	}
	p, ok := r.program, true
	if len(group.cells) > 0 {
		p, ok = p.with(group.cells, group.count)
		defer func() { r.program.work = p.work }()
	}
	if !ok {
		return
	}
	group.hidden = false
	for _, g := range r.groups {
		if !g.small || r.eased(g, kept) {
			continue
		}
		for _, sign := range []float64{-1, 1} {
			if p.optimum(g.cells, sign) {
				if other := r.corner(p); other != nil && r.s.eases(g.count, sumOf(other, g.rows)) {
					kept = append(kept, other)
					break
				}
			}
		}
		if !r.eased(g, kept) {
			group.hidden = true
			return
		}
	}
	r.s.Alternatives, r.program = kept, p
}

func (r *revealer) eased(g *revealed, by [][]int) bool {
	return slices.ContainsFunc(by, func(other []int) bool { return r.s.eases(g.count, sumOf(other, g.rows)) })
}

// corner is the table of the corner in which a program is, nil where it is none of whole
// numbers, or not of the figures shown.
func (r *revealer) corner(p *program) []int {
	corner, whole := p.corner()
	if !whole {
		return nil
	}
	other := r.s.with(r.rows, corner)
	for _, g := range r.groups {
		if !g.hidden && sumOf(other, g.rows) != g.count {
			return nil // rounding errors
		}
	}
	return other
}
