package udf

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/decompose"
	"utvandring/udf/nearest"
)

type difference struct {
	over   []string
	cells  []decompose.Cell
	result *decompose.Result
}

func readDifference(args []Value) (*difference, error) {
	by, err := args[0].Text()
	if err != nil {
		return nil, fmt.Errorf("by %w", err)
	}
	d := &difference{}
	if d.over, err = args[1].Texts(); err != nil {
		return nil, fmt.Errorf("over %w", err)
	}
	if len(d.over) == 0 {
		return nil, errors.New("over is an empty list: name the factors of the composition, such as ['age_group', 'sex']")
	}
	for i, factor := range d.over {
		if strings.EqualFold(factor, by) {
			return nil, fmt.Errorf("over has %s, which is the column of the two groups: leave it out", factor)
		}
		if slices.ContainsFunc(d.over[:i], func(s string) bool { return strings.EqualFold(s, factor) }) {
			return nil, fmt.Errorf("over has %s twice", factor)
		}
	}
	rows, err := cellFrame(args[4])
	if err != nil {
		return nil, err
	}
	var members [2]func(group string) bool
	for side, name := range []string{"from", "to"} {
		if members[side], err = readGroup(args[2+side], name, by, rows); err != nil {
			return nil, err
		}
	}
	if d.cells, err = readCells(rows, by, d.over, members); err != nil {
		return nil, err
	}
	d.result, err = decompose.Difference(len(d.over), d.cells)
	var none decompose.NoResidents
	if errors.As(err, &none) {
		return nil, fmt.Errorf("nobody lives in the group %s, so that it has no frequency", []string{"from", "to"}[none])
	}
	return d, err
}

// readGroup reads from or to: a value of the column by, a list of values taken
// together, or NULL for everybody.
func readGroup(v Value, name, by string, rows *Frame) (func(string) bool, error) {
	if v.Null() {
		return func(string) bool { return true }, nil
	}
	wanted, err := v.Labels()
	if err != nil {
		return nil, fmt.Errorf("%s %w", name, err)
	}
	if len(wanted) == 0 {
		return nil, fmt.Errorf("%s is an empty list: give a %s, a list of them, or NULL for everybody", name, by)
	}
	at, ok := rows.Find(by)
	if !ok {
		return nil, fmt.Errorf("the cells have no column %s", by)
	}
	groups, _, err := rows.Texts(at)
	if err != nil {
		return nil, err
	}
	known := slices.Compact(slices.Sorted(slices.Values(groups)))
	for _, w := range wanted {
		if !slices.Contains(known, w) {
			if hint := nearest.Hint(w, known); hint != "" {
				return nil, fmt.Errorf("%s: no %s %q in the cells%s", name, by, w, hint)
			}
			if len(known) > 24 {
				known = append(known[:24], "…")
			}
			return nil, fmt.Errorf("%s: no %s %q in the cells (there are %s)", name, by, w, strings.Join(known, ", "))
		}
	}
	return func(group string) bool { return slices.Contains(wanted, group) }, nil
}

// readCells sums the rows of both groups by the levels of the factors.
func readCells(rows *Frame, by string, over []string, members [2]func(string) bool) ([]decompose.Cell, error) {
	groups, err := cellLevels(rows, by)
	if err != nil {
		return nil, err
	}
	levels := make([][]string, len(over))
	for f, factor := range over {
		if levels[f], err = cellLevels(rows, factor); err != nil {
			return nil, err
		}
	}
	var counts [2][]float64
	for i, name := range []string{"residents", "emigrations"} {
		if counts[i], err = cellCounts(rows, name); err != nil {
			return nil, err
		}
	}
	var cells []decompose.Cell
	position := map[string]int{}
	key := make([]string, len(over))
	for row, group := range groups {
		for side, member := range members {
			if !member(group) {
				continue
			}
			for f := range over {
				key[f] = levels[f][row]
			}
			joined := strings.Join(key, "\x00")
			at, ok := position[joined]
			if !ok {
				at = len(cells)
				position[joined] = at
				cells = append(cells, decompose.Cell{Levels: slices.Clone(key)})
			}
			cells[at].Residents[side] += counts[0][row]
			cells[at].Emigrations[side] += counts[1][row]
		}
	}
	return cells, nil
}

// Labels reads a text or whole number, or a list of them, as SQL would write
// them: the values of a grouping column.
func (a Value) Labels() ([]string, error) {
	if a.v.Type().Element() == nil {
		s, err := a.label()
		return []string{s}, err
	}
	elements := a.Elements()
	labels := make([]string, len(elements))
	for i, e := range elements {
		var err error
		if labels[i], err = e.label(); err != nil {
			return nil, fmt.Errorf("element %d %w", i+1, err)
		}
	}
	return labels, nil
}

func (a Value) label() (string, error) {
	if s, err := a.Text(); err == nil || errors.Is(err, ErrNoValue) {
		return s, err
	}
	if b, err := a.Bool(); err == nil {
		return strconv.FormatBool(b), nil
	}
	n, err := a.Int()
	return strconv.FormatInt(n, 10), err
}
