package equation

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/nearest"
)

// Panel is what estimation and simulation read: one row a year, years
// ascending. A year without a row is there with nothing in it, so that the row above
// is always the year before. The columns are not copied where every year has its row.
type Panel struct {
	Index *Index // what Year numbers; nil: years
	Year  []int64
	Names []string
	Data  [][]float64 // one slice of len(Year) per name
	Null  [][]bool    // true where the value is NULL; a nil column has none
	// Other names what stands beside them and holds no numbers, with what it holds
	// ("text, not a number: …"), so that a formula that uses it can be told so. May be nil.
	Other map[string]string
	// Read is what is to be said where a formula uses a column, by its Key: that it was
	// text and was read as numbers. May be nil.
	Read map[string]string

	byKey  map[string]int
	absent []bool // years without a row; nil: there are none
}

// NewPanel checks that the columns fit together and that the years ascend, and gives
// every year between the first and the last a row: a lag reaches the row above, so a
// gap would be a silent shift. null may be nil. It is an error when there is no row, lengths differ, or two names are
// the same without case. A column year is added if there is none, so that formulas can
// say (year >= 2004).
func NewPanel(year []int64, names []string, data [][]float64, null [][]bool) (*Panel, error) {
	return NewIndexedPanel(nil, year, names, data, null)
}

// NewIndexedPanel is NewPanel with another index than years; no column year is added.
func NewIndexedPanel(index *Index, year []int64, names []string, data [][]float64, null [][]bool) (*Panel, error) {
	if len(year) == 0 {
		return nil, fmt.Errorf("the panel is empty")
	}
	if len(names) != len(data) || null != nil && len(null) != len(data) {
		return nil, fmt.Errorf("the panel has %d names and %d columns", len(names), len(data))
	}
	for t := 1; t < len(year); t++ {
		switch last := year[t-1]; {
		case year[t] == last:
			return nil, fmt.Errorf("%s %s occurs more than once in the panel (one row a %[1]s: aggregate or filter first)", index.unit(), index.Words(last))
		case year[t] < last:
			return nil, fmt.Errorf("%s %s comes after %s in the panel (order the rows by %[1]s)", index.unit(), index.Words(year[t]), index.Words(last))
		case year[t]-last > widest:
			return nil, fmt.Errorf("the panel has no rows between %s and %s, which is too long to be a gap", index.Words(last), index.Words(year[t]))
		}
	}
	p := &Panel{Index: index, Year: year, Names: names, Data: data, Null: null, byKey: make(map[string]int, len(names)+1)}
	for i, n := range names {
		if len(data[i]) != len(year) || null != nil && null[i] != nil && len(null[i]) != len(year) {
			return nil, fmt.Errorf("column %q of the panel has %d values for %d %ss", n, len(data[i]), len(year), index.unit())
		}
		if j, ok := p.byKey[Key(n)]; ok {
			return nil, fmt.Errorf("the panel has two columns %q and %q (names compare without case)", names[j], n)
		}
		p.byKey[Key(n)] = i
	}
	if year[len(year)-1]-year[0] != int64(len(year)-1) {
		p.fillYears()
	}
	if _, ok := p.byKey["year"]; !ok && index == nil {
		p.addYear()
	}
	return p, nil
}

// With is the panel with values (by name and row; NaN: none) where it has none itself. Years
// without a row stay without.
func (p *Panel) With(names []string, values [][]float64) *Panel {
	q := *p
	q.Names, q.Data, q.byKey = slices.Clone(p.Names), slices.Clone(p.Data), maps.Clone(p.byKey)
	q.Null = make([][]bool, len(p.Names))
	copy(q.Null, p.Null)
	for n, name := range names {
		i, ok := q.byKey[Key(name)]
		if !ok {
			i = len(q.Names)
			q.byKey[Key(name)] = i
			q.Names, q.Data, q.Null = append(q.Names, name), append(q.Data, nil), append(q.Null, nil)
		}
		data, null := make([]float64, len(p.Year)), make([]bool, len(p.Year))
		for t, v := range values[n] {
			data[t] = v
			if ok && !p.Missing(i, t) {
				data[t] = p.Data[i][t]
			} else if p.Absent(t) {
				data[t] = math.NaN()
			}
			null[t] = math.IsNaN(data[t])
		}
		q.Data[i], q.Null[i] = data, null
	}
	return &q
}

// widest is how many years may be missing together.
const widest = 10_000

// fillYears gives the years without a row one in which everything is NULL.
func (p *Panel) fillYears() {
	given := p.Year
	first, n := given[0], int(given[len(given)-1]-given[0])+1
	p.Year, p.absent = make([]int64, n), make([]bool, n)
	for t := range p.Year {
		p.Year[t], p.absent[t] = first+int64(t), true
	}
	for _, y := range given {
		p.absent[y-first] = false
	}
	data, null := make([][]float64, len(p.Data)), make([][]bool, len(p.Data))
	for i, x := range p.Data {
		data[i], null[i] = make([]float64, n), append([]bool(nil), p.absent...)
		for t := range data[i] {
			data[i][t] = math.NaN()
		}
		for k, y := range given {
			data[i][y-first] = x[k]
			null[i][y-first] = p.Null != nil && p.Null[i] != nil && p.Null[i][k]
		}
	}
	p.Data, p.Null = data, null
}

// Absent reports whether the panel has no row for the year of row t.
func (p *Panel) Absent(t int) bool { return p.absent != nil && p.absent[t] }

// WhyMissing says of a value that Missing reports why it is not there.
func (p *Panel) WhyMissing(name string, t int) string {
	if p.Absent(t) {
		return fmt.Sprintf("the panel has no row for %s", p.Say(p.Year[t]))
	}
	return fmt.Sprintf("%s is NULL in %s", name, p.Say(p.Year[t]))
}

func (p *Panel) addYear() {
	col := make([]float64, len(p.Year))
	for t, y := range p.Year {
		col[t] = float64(y)
	}
	p.byKey["year"] = len(p.Names)
	p.Names = append(p.Names[:len(p.Names):len(p.Names)], "year")
	p.Data = append(p.Data[:len(p.Data):len(p.Data)], col)
	if p.Null != nil {
		p.Null = append(p.Null[:len(p.Null):len(p.Null)], nil)
	}
}

// Column gives the index of a column by its name, without case; false where there is
// none.
func (p *Panel) Column(name string) (int, bool) {
	if i, ok := p.byKey[name]; ok { // as most names are written
		return i, true
	}
	i, ok := p.byKey[Key(name)]
	return i, ok
}

// Missing reports whether column i has no usable number in row t.
func (p *Panel) Missing(i, t int) bool {
	return p.Null != nil && p.Null[i] != nil && p.Null[i][t] || math.IsNaN(p.Data[i][t])
}

// Value is the number of column i in row t, NaN where it is missing or where there is
// no such column (-1) or row.
func (p *Panel) Value(i, t int) float64 {
	if i < 0 || t < 0 || t >= len(p.Year) || p.Missing(i, t) {
		return math.NaN()
	}
	return p.Data[i][t]
}

// Unknown is the error for a column of a formula that is not there, or not as
// numbers. It points at the place where the column stands with that lag.
func (p *Panel) Unknown(e *Equation, name string, lag int) error {
	at := -1
	right := false
	for _, side := range []Node{e.Left, e.Right} {
		Walk(side, func(n Node) {
			if c, ok := n.(*Column); ok && at < 0 && c.Lag == lag && Key(c.Name) == Key(name) {
				at, right = c.Pos, side == e.Right
			}
		})
	}
	var hints []string
	if len(p.Names) <= 6 {
		hints = append(hints, "it has "+strings.Join(p.Names, ", "))
	}
	if right && lag == 0 && plainName(name) { // what a parameter without its $ looks like
		hints = append(hints, "a parameter is written $"+name)
	}
	message := p.unknown(name, hints)
	if at < 0 {
		return errors.New(message)
	}
	return &Error{Text: e.Text, Pos: at, Msg: message}
}

func (p *Panel) unknown(column string, hints []string) string {
	for other, kind := range p.Other {
		if Key(other) == Key(column) {
			return fmt.Sprintf("column %q of the panel is %s", other, kind)
		}
	}
	if s := nearest.Name(column, p.Names); s != "" {
		hints = []string{fmt.Sprintf("did you mean %q?", s)}
	}
	message := fmt.Sprintf("column %q is not in the panel", column)
	if len(hints) > 0 {
		message += " (" + strings.Join(hints, "; ") + ")"
	}
	return message
}

// Index says what numbers the rows of a panel where that is no year: its periods are
// whole numbers, one apart, that stand for quarters, months or the like.
type Index struct {
	Name string             // the column
	Say  func(int64) string // a period as the user wrote it: 2003Q2
}

// Say is a year, or another period, in words.
func (p *Panel) Say(period int64) string { return p.Index.Words(period) }

// Words are Say, or the digits of a year where there is no index.
func (x *Index) Words(period int64) string {
	if x == nil {
		return strconv.FormatInt(period, 10)
	}
	return x.Say(period)
}

// Unit is what a row stands for: a year, or a period.
func (p *Panel) Unit() string { return p.Index.unit() }

// Units is the same of several: years, or periods.
func (p *Panel) Units() string { return p.Unit() + "s" }

func (x *Index) unit() string {
	if x == nil {
		return "year"
	}
	return "period"
}
