package udf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/decompose"
	"utvandring/udf/nearest"
)

var (
	decomposeColumns = []Column{{"component", Text}, {"factor", Text}, {"effect", Double}, {"share", Double}, {"frequency_from", Double}, {"frequency_to", Double}}
	ratesColumns     = []Column{{"factor", Text}, {"level", Text}, {"effect", Double}, {"share", Double}}
)

// _decompose(by, over, from, to, cells) are the components of the difference of
// two frequencies, per 100 residents. cells has the columns by and over as
// VARCHAR, residents and emigrations.
var _ = add(Function{
	Name:   "_decompose",
	Args:   5,
	Result: decomposeColumns,
	Run: prefixed("decompose", func(_ context.Context, args []Value) (*Table, error) {
		d, err := readDifference(args)
		if err != nil {
			return nil, err
		}
		r := d.result
		difference := r.Frequency(1) - r.Frequency(0)
		// In the order of frequency_of, so that the last digit is the same.
		var frequency [2]float64
		for g := range frequency {
			frequency[g] = 100 * r.Emigrations[g] / r.Residents[g]
		}
		t := Rows(decomposeColumns)
		row := func(component string, factor any, effect float64) {
			t.Append(component, factor, 100*effect, shareOf(effect, difference), frequency[0], frequency[1])
		}
		for f, name := range d.over {
			row("composition", name, r.Composition[f])
		}
		row("rates", nil, r.Rates)
		if r.HasOutside {
			row("no residents", nil, r.Outside)
		}
		return t, nil
	}),
})

// _decompose_rates(by, over, from, to, cells) divides the component rates by the
// levels of each factor.
var _ = add(Function{
	Name:   "_decompose_rates",
	Args:   5,
	Result: ratesColumns,
	Run: prefixed("decompose_rates", func(_ context.Context, args []Value) (*Table, error) {
		d, err := readDifference(args)
		if err != nil {
			return nil, err
		}
		t := Rows(ratesColumns)
		for f, name := range d.over {
			var levels []string
			effect := map[string]float64{}
			for i, c := range d.cells {
				level := c.Levels[f]
				if _, known := effect[level]; !known {
					levels = append(levels, level)
				}
				effect[level] += d.result.RatesOf[i]
			}
			for _, level := range levels {
				var shown any = level
				if level == nullLevel {
					shown = nil
				}
				t.Append(name, shown, 100*effect[level], shareOf(effect[level], d.result.Frequency(1)-d.result.Frequency(0)))
			}
		}
		return t, nil
	}),
})

// shareOf is part/whole, NaN (NULL) where there is no difference to share.
func shareOf(part, whole float64) float64 {
	if whole == 0 {
		return nan
	}
	return part / whole
}

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
func (a Value) Labels() ([]string, error) { return a.each(Value.label) }

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
