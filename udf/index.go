package udf

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"utvandring/udf/equation"
	"utvandring/udf/later"
)

// index is what numbers the rows of a panel where that is not its column year: whole
// numbers, dates that are months apart, or texts such as 2003Q2 and 2003-04. Its
// periods are whole numbers, one apart. nil stands for years.
type index struct {
	equation.Index
	of    []int64 // by row of the frame
	whole bool    // the periods are the values themselves
	parse func(text string) (int64, error)
}

// equationIndex is what a panel is told of it.
func (x *index) equationIndex() *equation.Index {
	if x == nil {
		return nil
	}
	return &x.Index
}

// readIndex reads the index of a panel; options is the STRUCT of all options, among
// which its name may be.
func readIndex(f *Frame, options Value) (*index, error) {
	fields, err := options.Fields()
	if err != nil { // said where the options are read
		return nil, nil
	}
	at := fields.find("index")
	if at < 0 {
		return nil, nil
	}
	name, err := fields.Value(at).Text()
	if err != nil || name == "" || strings.EqualFold(name, "year") {
		return nil, nil
	}
	return readIndexNamed(f, name)
}

func readIndexNamed(f *Frame, name string) (x *index, err error) {
	column, ok := f.Find(name)
	if !ok {
		if f.Len() == 0 {
			return nil, nil
		}
		return nil, fmt.Errorf("the panel has no column %s, which is to be its index (it has %s)", name, strings.Join(f.Names, ", "))
	}
	x = &index{Index: equation.Index{Name: name}}
	texts := make([]string, f.Len())
	for row := range texts {
		v := f.Value(column, row)
		if v.Null() {
			return nil, fmt.Errorf("%s in row %d of the panel is NULL, and it is the index", name, row+1)
		}
		texts[row] = strings.TrimSuffix(v.written(), " 00:00:00")
	}
	if len(texts) == 0 {
		return x, nil
	}
	t := f.columns[column].Type()
	switch {
	case t.Numeric():
		x.numbers()
	case t.Temporal():
		err = x.dates(texts)
	case t.Name() == "VARCHAR" || t.Name() == "ENUM":
		err = x.texts(texts)
	default:
		err = fmt.Errorf("is %s, not a number, a date or text", typeName(t))
	}
	if err != nil {
		return nil, fmt.Errorf("column %s of the panel %w", name, err)
	}
	x.of = make([]int64, len(texts))
	for row, text := range texts {
		if x.of[row], err = x.parse(text); err != nil {
			return nil, fmt.Errorf("%s in row %d of the panel %w", name, row+1, err)
		}
	}
	return x, nil
}

// period reads an argument that says a period: a year, or what is written in the index.
func (x *index) period(v Value) (int64, error) {
	if x == nil || x.parse == nil {
		return v.Int()
	}
	if v.Null() {
		return 0, ErrNoValue
	}
	return x.parse(strings.TrimSuffix(v.written(), " 00:00:00"))
}

// span reads a period, or two with a - between them.
func (x *index) span(text string) (first, last int64, err error) {
	parse := wholePeriod
	if x != nil && x.parse != nil {
		parse = x.parse
	}
	if first, err = parse(strings.TrimSpace(text)); err == nil {
		return first, first, nil
	}
	for i := range text { // 2003-04-2004-03
		if text[i] == '-' && i > 0 {
			from, failed := parse(strings.TrimSpace(text[:i]))
			to, alsoFailed := parse(strings.TrimSpace(text[i+1:]))
			if failed == nil && alsoFailed == nil {
				return from, to, nil
			}
		}
	}
	return 0, 0, err
}

func (x *index) numbers() {
	x.parse, x.Say, x.whole = wholePeriod, func(n int64) string { return strconv.FormatInt(n, 10) }, true
}

func wholePeriod(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if x, failed := strconv.ParseFloat(text, 64); err != nil && failed == nil && x == float64(int64(x)) {
		return int64(x), nil // 12.0
	}
	if err != nil {
		return 0, fmt.Errorf("is %s, not a whole number", text)
	}
	return n, nil
}

const isoDay = "2006-01-02"

// dates numbers days that are 1, 3, 6 or 12 months apart: the same day of the month
// in all, or the last one.
func (x *index) dates(texts []string) error {
	day, last := 0, true
	var months []int64
	for i, text := range texts {
		d, err := time.Parse(isoDay, text)
		if err != nil {
			return fmt.Errorf("has %s: the days of an index are without a time, months apart", text)
		}
		if i == 0 {
			day = d.Day()
		}
		if last = last && d.AddDate(0, 0, 1).Day() == 1; !last && d.Day() != day {
			return fmt.Errorf("has %s and %s: the days of an index are the same in every month, or its last (another step can be numbered 1, 2, 3, …)", texts[0], text)
		}
		months = append(months, int64(d.Year())*12+int64(d.Month())-1)
	}
	step := int64(0)
	for _, m := range months {
		for a := m - months[0]; a != 0; {
			step, a = a, step%a
		}
	}
	step = max(step, -step)
	for _, s := range []int64{12, 6, 3, 1} {
		if step%s == 0 {
			step = s
			break
		}
	}
	rest := months[0] % step
	x.Say = func(n int64) string {
		m := n*step + rest
		d := time.Date(int(m/12), time.Month(m%12+1), day, 0, 0, 0, 0, time.UTC)
		if last {
			d = time.Date(int(m/12), time.Month(m%12+2), 0, 0, 0, 0, 0, time.UTC)
		}
		return d.Format(isoDay)
	}
	x.parse = func(text string) (int64, error) {
		d, err := time.Parse(isoDay, text)
		if err != nil {
			return 0, fmt.Errorf("is %q, and the index has days such as %s", text, texts[0])
		}
		n := (int64(d.Year())*12 + int64(d.Month()) - 1 - rest) / step
		if x.Say(n) != text {
			return 0, fmt.Errorf("is %s, and the index has days such as %s, %d months apart", text, texts[0], step)
		}
		return n, nil
	}
	return nil
}

var periodText = later.Compile(`^(\d{4})(?:([-/: ]?)([A-Za-z])|([-/:]))(\d{1,2})$`)

// texts numbers 2003Q2, 2003-Q2, 2003K2, 2003M04, 2003-04 and the like, and years.
func (x *index) texts(texts []string) error {
	if _, err := wholePeriod(texts[0]); err == nil {
		x.numbers()
		return nil
	}
	example := periodText.FindStringSubmatch(texts[0])
	if example == nil {
		return fmt.Errorf("has %q: an index is whole numbers, dates, or texts such as 2003Q2 or 2003-04 (number other periods 1, 2, 3, …)", texts[0])
	}
	letter := strings.ToUpper(example[3])
	each := map[string]int64{"Q": 4, "K": 4, "M": 12, "": 12, "H": 2, "S": 2}[letter]
	if each == 0 {
		return fmt.Errorf("has %q: %s is not known as a part of the year; there are Q and K, M, H and S (number other periods 1, 2, 3, …)", texts[0], letter)
	}
	between, width := example[2]+example[3]+example[4], len(slices.MinFunc(texts, func(a, b string) int { return cmp.Compare(len(a), len(b)) }))-4
	width -= len(between)
	x.Say = func(n int64) string { return fmt.Sprintf("%04d%s%0*d", n/each, between, width, n%each+1) }
	x.parse = func(text string) (int64, error) {
		if m := periodText.FindStringSubmatch(text); m != nil {
			year, _ := strconv.ParseInt(m[1], 10, 64)
			part, _ := strconv.ParseInt(m[5], 10, 64)
			if n := year*each + part - 1; part >= 1 && part <= each && x.Say(n) == text {
				return n, nil
			}
		}
		return 0, fmt.Errorf("is %q, and the index is written as %s", text, texts[0])
	}
	return nil
}

// written is a value as it is shown.
func (a Value) written() string { return string(a.v.AppendText(nil, a.row)) }

// indexOption names the index. It is read by readIndex, before the panel and the options
// that are periods of it.
func indexOption[T any]() option[T] {
	return word("index", "year", nil, "the column that numbers the rows of the panel", func(*T) *string { return new(string) })
}

// periodOrZero is a year or another period of the index, or 0 where it is NULL.
func periodOrZero(name, help string, at func(*simulateProblem) *int64) option[simulateProblem] {
	return orNull(option[simulateProblem]{
		Option: Option{name, "ANY", "NULL", nil, help},
		read: func(s *simulateProblem, v Value) (err error) {
			if *at(s), err = s.index.period(v); err == nil && *at(s) == 0 {
				err = errPeriod0
			}
			if err != nil {
				err = fmt.Errorf("%s %w", name, err)
			}
			return err
		},
	})
}

// errPeriod0 is said where 0 would be taken for no period given.
var errPeriod0 = errors.New("is 0, which simulations do not tell from none given: number the periods from 1")

// samplePeriod is a year or another period of the index, or a nil pointer.
func samplePeriod(name, help string, at func(*surProblem) **int64) option[surProblem] {
	return orNull(option[surProblem]{
		Option: Option{name, "ANY", "NULL", nil, help},
		read: func(p *surProblem, v Value) error {
			n, err := p.index.period(v)
			if err != nil {
				return fmt.Errorf("%s %w", name, err)
			}
			*at(p) = &n
			return nil
		},
	})
}

// withPeriod declares beside the column year the period as the user writes it, one of
// which the macro shows: year, unless the index is another.
func withPeriod(columns []Column) []Column {
	return slices.Insert(slices.Clone(columns), yearColumn(columns), Column{"period", Text})
}

func yearColumn(columns []Column) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Name == "year" })
}

// addPeriods fills that column of a table in, whose columns are those before.
func (x *index) addPeriods(t *Table, columns []Column) *Table {
	at := yearColumn(columns)
	periods := make([]string, t.n)
	if x != nil {
		for row, n := range t.columns[at].([]int64) {
			periods[row] = x.Say(n)
		}
	}
	t.columns, t.null = slices.Insert(t.columns, at, any(periods)), slices.Insert(t.null, at, nil)
	return t
}
