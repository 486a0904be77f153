package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/disclosure"
)

// CellCounts are the counts of cells. Those that end in _macro are a part of the one
// before them.
var CellCounts = []string{"residents", "emigrations", "emigrations_macro", "immigrations", "immigrations_macro", "births", "deaths", "moves_in", "moves_out"}

var protectColumns = []Column{{"_row", Integer}, {"grouping", Text}, {"_place", Integer}, {"_values", Doubles}}

// _protect(cells, dims, counts, method, base, threshold, zeros) are the figures of all
// groupings by dims: a row of cells that belongs to the group, the grouping and its place
// among them, and a value a count, NULL where it is hidden or not among the cells, then
// the frequency and the place again. cells has the counts as DOUBLE, all else as VARCHAR, and _row.
var _ = add(Function{
	Name:   "_protect",
	Args:   7,
	Result: protectColumns,
	Run: prefixed("protect", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readProtect(ctx, args)
		if err != nil {
			return nil, err
		}
		if err := p.refuse(); err != nil {
			return nil, err
		}
		t := Rows(protectColumns)
		for place, set := range subsets(p.dims) {
			var names []string
			for _, d := range set {
				names = append(names, p.names[d])
			}
			grouping := p.margin(set, false)
			first := make([]int, grouping.Groups)
			for row := len(grouping.Group) - 1; row >= 0; row-- {
				first[grouping.Group[row]] = row
			}
			columns := make([][]float64, len(p.counts))
			for i, c := range p.counts {
				columns[i] = p.figures(c, set)
			}
			residents, emigrations := slices.Index(p.counts, "residents"), slices.Index(p.counts, "emigrations")
			for g, row := range first {
				values := make([]float64, len(columns)+2)
				for i, column := range columns {
					values[i] = nan
					if column != nil {
						values[i] = column[g]
					}
				}
				values[len(columns)] = nan
				if residents >= 0 && emigrations >= 0 && values[residents] > 0 {
					values[len(columns)] = 100 * values[emigrations] / values[residents]
				}
				values[len(columns)+1] = float64(place)
				t.Append(p.rows[row], strings.Join(names, ","), place, values)
			}
		}
		return t, nil
	}),
})

var protectAuditColumns = []Column{{"count", Text}, {"verdict", Text}, {"figures", Integer}, {"small", Integer}, {"hidden", Integer}, {"secondary", Integer},
	{"hidden_share", Double}, {"smallest_width", Integer}, {"mean_change", Double}, {"largest_change", Integer}, {"total_change", Integer}, {"decided", Text}}

// _protect_audit(cells, dims, counts, method, base, threshold, zeros) is what the audit
// says of the same figures, a row a count that was decided.
var _ = add(Function{
	Name:   "_protect_audit",
	Args:   7,
	Result: protectAuditColumns,
	Run: prefixed("protect_audit", func(ctx context.Context, args []Value) (*Table, error) {
		p, err := readProtect(ctx, args)
		if err != nil {
			return nil, err
		}
		t := Rows(protectAuditColumns)
		for i, c := range p.decided {
			d := p.decisions[i]
			a := d.Audit(p.published(c))
			verdict, decided := "protected", "rounded"
			if len(a.Problems) > 0 {
				verdict = "not protected: " + strings.Join(a.Problems, "; ")
			}
			switch {
			case d.Hidden != nil && d.Hidden.Exact:
				decided = "over all margins"
			case d.Hidden != nil:
				decided = "over all sums"
			}
			unless := func(not bool, n int) any {
				if not {
					return nil
				}
				return n
			}
			rounded := d.Hidden == nil
			t.Append(c, verdict, a.Figures, a.Small, unless(rounded, a.Hidden), unless(rounded, a.Secondary), a.Share, unless(rounded || a.Hidden == 0, a.Width),
				a.Mean, unless(!rounded, a.Largest), unless(!rounded, a.Whole), decided)
		}
		return t, nil
	}),
})

// _protect_cells(cells, counts, first, base) are the rounded counts of each cell: _row, and
// a value a count. Margins of the sets of columns in first, each a text with commas, are to be near the truth
// before others. cells as _protect, without two of the same keys.
var _ = add(Function{
	Name:   "_protect_cells",
	Args:   4,
	Result: []Column{{"_row", Integer}, {"_values", Doubles}},
	Run: prefixed("protect", func(ctx context.Context, args []Value) (*Table, error) {
		frame, err := args[0].Frame()
		if err != nil {
			return nil, fmt.Errorf("the list of cells %w", err)
		}
		p := &protector{}
		if p.counts, err = args[1].Texts(); err != nil {
			return nil, err
		}
		first, err := args[2].Texts()
		if err != nil {
			return nil, err
		}
		base, err := args[3].Int()
		if err != nil {
			return nil, err
		}
		for _, name := range frame.Names {
			if name != "_row" && !slices.Contains(p.counts, name) {
				p.names = append(p.names, name)
			}
		}
		counts, err := p.read(frame, p.counts)
		if err != nil {
			return nil, err
		}
		if len(p.rows) != frame.Len() {
			return nil, errors.New("two cells have the same keys")
		}
		for _, set := range first {
			var dims []int
			for name := range strings.SplitSeq(set, ",") {
				if at := slices.Index(p.names, name); at >= 0 {
					dims = append(dims, at)
				}
			}
			p.first = append(p.first, dims)
		}
		if err := p.decide(ctx, counts, disclosure.Method{Base: int(base)}); err != nil {
			return nil, err
		}
		values := make([][]float64, len(p.rows))
		for row := range values {
			values[row] = make([]float64, len(p.counts))
		}
		for i, c := range p.counts {
			d, divided := p.of(c)
			for row := range values {
				n := d.Rounded[row]
				if divided && !strings.HasSuffix(c, "_macro") {
					n += d.Rounded[row+len(p.rows)]
				}
				values[row][i] = float64(n)
			}
		}
		return NewTable(p.rows, values), nil
	}),
})
