package udf

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"utvandring/udf/disclosure"
	"utvandring/udf/nearest"
	"utvandring/udf/parallel"
)

// protector is cells, read and decided.
type protector struct {
	rows   []int64  // _row of each cell
	names  []string // of the dimensions, of which dims are asked for
	dims   []int
	codes  [][]int32
	counts []string // as asked for
	first  [][]int  // sets of dimensions whose margins are to be near the truth before others
	// decided are the counts that decisions were made for. One with a part _macro is
	// divided into that and the rest, each as cells of their own.
	decided   []string
	decisions []*disclosure.Protection
}

func readProtect(ctx context.Context, args []Value) (*protector, error) {
	frame, err := cellFrame(args[0])
	if err != nil {
		return nil, err
	}
	method, err := readMethod(args[3:])
	if err != nil {
		return nil, err
	}
	p := &protector{}
	if p.counts, err = args[2].Texts(); err != nil {
		return nil, fmt.Errorf("counts %w", err)
	}
	dims, err := args[1].Texts()
	if err != nil {
		return nil, fmt.Errorf("dims %w", err)
	}
	var keys, present []string
	for _, name := range frame.Names {
		lower := strings.ToLower(name)
		switch {
		case name == "_row":
		case slices.ContainsFunc(p.counts, func(s string) bool { return strings.EqualFold(s, name) }),
			slices.Contains(CellCounts, lower): // which comes along as the part of one that is asked for, or the whole
			present = append(present, lower)
		default:
			keys = append(keys, name)
		}
	}
	for i, c := range p.counts {
		p.counts[i] = strings.ToLower(c)
		if !slices.Contains(present, p.counts[i]) && !slices.Equal(p.counts, CellCounts) {
			return nil, fmt.Errorf("the cells have no column %s%s", c, nearest.Hint(c, slices.Concat(frame.Names, CellCounts)))
		}
	}
	if len(p.counts) == 0 {
		return nil, errors.New("counts is an empty list: name the columns that are counted, such as ['n']")
	}
	p.names = keys
	for _, d := range dims {
		at := slices.IndexFunc(keys, func(s string) bool { return strings.EqualFold(s, d) })
		switch {
		case slices.Contains(p.counts, strings.ToLower(d)):
			return nil, fmt.Errorf("dims has %s, which is counted", d)
		case at < 0:
			return nil, fmt.Errorf("the cells have no column %s%s", d, nearest.Hint(d, keys))
		case slices.Contains(p.dims, at):
			return nil, fmt.Errorf("dims has %s twice", d)
		}
		p.dims = append(p.dims, at)
	}
	if len(p.dims) > 10 {
		return nil, fmt.Errorf("dims has %d columns, which are %d groupings; up to 10 go together", len(p.dims), 1<<len(p.dims))
	}
	counts, err := p.read(frame, present)
	if err != nil {
		return nil, err
	}
	return p, p.decide(ctx, counts, method)
}

func readMethod(args []Value) (m disclosure.Method, err error) {
	method, err := args[0].Text()
	if err != nil {
		return m, fmt.Errorf("method %w", err)
	}
	switch method {
	case "round":
	case "suppress":
		m.Suppress = true
	default:
		return m, fmt.Errorf("method is 'round' or 'suppress', not %q", method)
	}
	whole := func(v Value, name string) int {
		n, e := v.Int()
		switch {
		case err != nil:
		case e != nil:
			err = fmt.Errorf("%s %w", name, e)
		case n < 2 || n > 1000:
			err = fmt.Errorf("%s is %d, not 2 to 1000: counts below it are protected", name, n)
		}
		return int(n)
	}
	m.Base, m.Threshold = whole(args[1], "base"), whole(args[2], "threshold")
	if err != nil {
		return m, err
	}
	// The limit of the other method says nothing: whoever gives it means counts
	// below it, and would get those below the default, 3.
	given, other, used, limit := m.Threshold, "threshold", m.Base, "base"
	if m.Suppress {
		given, other, used, limit = used, limit, given, other
	}
	if given > max(used, 3) {
		return m, fmt.Errorf("%s is %d, but method := '%s' goes by %s, which is %d: %s := %d protects counts below it", other, given, method, limit, used, limit, given)
	}
	if m.Zeros, err = args[3].Bool(); err != nil {
		return m, fmt.Errorf("zeros %w", err)
	}
	if m.Zeros && !m.Suppress {
		return m, errors.New("zeros are hidden by method := 'suppress'; rounding leaves them, and makes more of them")
	}
	return m, nil
}

// read takes the cells in the order of their keys, so that the order of the rows does not
// matter, those with the same keys together.
func (p *protector) read(frame *Frame, present []string) (map[string][]int, error) {
	ranks := make([][]int32, len(p.names))
	for d, name := range p.names {
		texts, err := cellLevels(frame, name)
		if err != nil {
			return nil, err
		}
		place := map[string]int32{}
		for i, level := range slices.Compact(slices.Sorted(slices.Values(texts))) {
			place[level] = int32(i)
		}
		ranks[d] = make([]int32, len(texts))
		for i, level := range texts {
			ranks[d][i] = place[level]
		}
	}
	order := make([]int, frame.Len())
	for i := range order {
		order[i] = i
	}
	compare := func(a, b int) int {
		for d := range ranks {
			if c := int(ranks[d][a]) - int(ranks[d][b]); c != 0 {
				return c
			}
		}
		return 0
	}
	slices.SortStableFunc(order, compare)
	at, ok := frame.Find("_row")
	if !ok {
		return nil, errors.New("the cells are not numbered")
	}
	numbers, _, err := frame.Float(at)
	if err != nil {
		return nil, err
	}
	counts := map[string][]int{}
	columns := make([][]float64, len(present))
	for i, name := range present {
		if columns[i], err = cellCounts(frame, name); err != nil {
			return nil, err
		}
		for _, x := range columns[i] {
			if x < 0 || x != math.Trunc(x) || x > 1<<31 {
				return nil, fmt.Errorf("%s is %v in some cell: counts are whole numbers, and not negative", name, x)
			}
		}
	}
	p.codes = make([][]int32, len(ranks))
	for i, row := range order {
		if i == 0 || compare(order[i-1], row) != 0 {
			p.rows = append(p.rows, int64(numbers[row]))
			for d := range ranks {
				p.codes[d] = append(p.codes[d], ranks[d][row])
			}
			for _, name := range present {
				counts[name] = append(counts[name], 0)
			}
		}
		for c, name := range present {
			counts[name][len(p.rows)-1] += int(columns[c][row])
		}
	}
	return counts, nil
}

// decide decides over each count, of one with a part _macro over the part and the rest,
// though only one of the two is asked for: asked for later, the other is to agree with it.
func (p *protector) decide(ctx context.Context, counts map[string][]int, method disclosure.Method) error {
	var tables []*disclosure.Table
	divided := twice(p.codes)
	names := slices.Clone(p.counts)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		n, ok := counts[name]
		if !ok || strings.HasSuffix(name, "_macro") && counts[strings.TrimSuffix(name, "_macro")] != nil {
			continue
		}
		table := &disclosure.Table{Codes: p.codes, Counts: n}
		if part := counts[name+"_macro"]; part != nil {
			table = &disclosure.Table{Codes: divided, Counts: slices.Clone(part)}
			for i, whole := range n {
				if part[i] > whole {
					return fmt.Errorf("%s_macro is more than %s in some cell, of which it is a part", name, name)
				}
				table.Counts = append(table.Counts, whole-part[i])
			}
		}
		table.Stopped = func() bool { return ctx.Err() != nil }
		p.decided, tables = append(p.decided, name), append(tables, table)
	}
	p.decisions = make([]*disclosure.Protection, len(tables))
	return parallel.For(ctx, len(tables), func() func(int) error {
		return func(i int) (err error) {
			if p.decisions[i], err = disclosure.Protect(tables[i], method, p.first...); err != nil {
				err = fmt.Errorf("%s: %w", p.decided[i], err)
			}
			return err
		}
	})
}

// twice are the codes of cells and again of cells, told apart by a further dimension.
func twice(codes [][]int32) [][]int32 {
	var list [][]int32
	for _, c := range codes {
		list = append(list, slices.Concat(c, c))
	}
	n := len(codes[0])
	part := make([]int32, 2*n)
	for i := n; i < 2*n; i++ {
		part[i] = 1
	}
	return append(list, part)
}

// subsets are the subsets of a list, the small ones first, in its order.
func subsets(list []int) (sets [][]int) {
	for part := range 1 << len(list) {
		var set []int
		for i, x := range list {
			if part>>i&1 == 1 {
				set = append(set, x)
			}
		}
		sets = append(sets, set)
	}
	slices.SortStableFunc(sets, func(a, b []int) int { return len(a) - len(b) })
	return sets
}

// margin is a grouping of the cells, or of those of a count that is divided.
func (p *protector) margin(set []int, divided bool) disclosure.Margin {
	t := disclosure.Table{Codes: p.codes, Counts: make([]int, len(p.rows))}
	if divided {
		t = disclosure.Table{Codes: twice(p.codes), Counts: make([]int, 2*len(p.rows))}
	}
	return t.Margin(set)
}

// of gives the decision over a count, and whether the count is divided.
func (p *protector) of(count string) (d *disclosure.Protection, divided bool) {
	at := slices.Index(p.decided, count)
	if at < 0 {
		if at = slices.Index(p.decided, strings.TrimSuffix(count, "_macro")); at < 0 {
			return nil, false
		}
	}
	d = p.decisions[at]
	return d, len(d.Table.Counts) > len(p.rows)
}

// figures are the values of a count by some dimensions, in the order of the groups; nil
// where the cells do not have it.
func (p *protector) figures(count string, set []int) []float64 {
	d, divided := p.of(count)
	if d == nil {
		return nil
	}
	if divided && strings.HasSuffix(count, "_macro") {
		set = append(slices.Clone(set), len(p.codes)) // of whose groups the first half is the part
	}
	m := p.margin(set, divided)
	values, hidden := d.Figures(&m)
	list := make([]float64, 0, len(values))
	seen := make([]bool, m.Groups)
	for row := range p.rows { // of the part, where it is divided
		g := m.Group[row]
		if seen[g] {
			continue
		}
		seen[g] = true
		x := float64(values[g])
		if hidden != nil && hidden[g] {
			x = nan
		}
		list = append(list, x)
	}
	return list
}

// published are the margins in which a count is given out, divided and whole.
func (p *protector) published(count string) (list []disclosure.Margin) {
	_, divided := p.of(count)
	for _, set := range subsets(p.dims) {
		list = append(list, p.margin(set, divided))
		if divided {
			list = append(list, p.margin(append(slices.Clone(set), len(p.codes)), true))
		}
	}
	return list
}

// refuse looks at what is about to be given out.
func (p *protector) refuse() error {
	for i, c := range p.decided {
		if a := p.decisions[i].Audit(p.published(c)); len(a.Problems) > 0 {
			return fmt.Errorf("%s: the audit says that this does not protect: %s; nothing is given out", c, strings.Join(a.Problems, "; "))
		}
	}
	return nil
}
