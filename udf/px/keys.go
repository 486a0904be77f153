package px

import (
	"slices"
	"strings"

	"utvandring/udf/cube"
)

// keyed are cells with KEYS: rows that begin with categories of the stub, and a zero for
// every row that is not there.
type keyed struct {
	keys  []int            // the dimensions that rows begin with
	order []int            // the same as they stand in a row
	look  []map[string]int // the categories of each of keys
	rest  int              // cells of a row

	rows   map[int]int // by the combination of their categories: where they begin
	value  []float64
	status []string
	at     []int // the cell that comes next, by dimension
}

// openKeyed reads which variables have KEYS.
func (t *Table) openKeyed() error {
	k := &keyed{rows: map[int]int{}, rest: t.cells.want, at: make([]int, len(t.Dimensions))}
	stub := 0
	if r := t.get("STUB", "", ""); r != nil {
		stub = len(slices.DeleteFunc(r.texts(), func(s string) bool { return s == "" }))
	}
	for i, name := range t.names[:stub] {
		r := t.get("KEYS", name, "")
		if r == nil {
			continue
		}
		look, words := map[string]int{}, t.get("VALUES", name, "").texts()
		if strings.EqualFold(r.first(), "CODES") {
			words = t.Dimensions[i].Codes
		}
		for at, w := range words {
			look[w] = at
		}
		k.keys, k.look = append(k.keys, i), append(k.look, look)
		if n := len(words); n > 0 {
			k.rest /= n
		}
	}
	if k.keys == nil {
		return nil
	}
	if t.cells.want > cube.Most {
		return cube.Faultf(t.cells.begin, "DATA", "the dimensions make %d cells, and with KEYS no more than %d are read", t.cells.want, cube.Most)
	}
	// Some write the keys in the order in which the KEYS stand in the header.
	for _, r := range t.records {
		if r.keyword == "KEYS" && r.language == "" && len(r.about) > 0 {
			if at := slices.Index(t.names, r.about[0]); slices.Contains(k.keys, at) && !slices.Contains(k.order, at) {
				k.order = append(k.order, at)
			}
		}
	}
	t.cells.keyed = k
	return nil
}

// load reads all rows.
func (k *keyed) load(t *Table) error {
	c := &t.cells
	words := make([]string, len(k.keys))
	for row := 0; ; row++ {
		token, quoted, ok, err := c.token()
		if err != nil {
			return err
		}
		if !ok {
			return nil
		}
		line := c.line
		for i := range words {
			if i > 0 {
				if token, quoted, ok, err = c.token(); err != nil {
					return err
				}
			}
			if !ok || !quoted {
				return cube.Faultf(line, "DATA", "key missing in a row")
			}
			words[i] = decoded(string(token), c.encoding)
		}
		if row == 0 {
			switch {
			case k.fit(words, k.keys):
				k.order = k.keys
			case k.fit(words, k.order):
				t.Warnings = append(t.Warnings, cube.Faultf(c.begin, "DATA", "keys stand in the order of the KEYS lines, not of STUB"))
			default:
				k.order = k.keys
			}
		}
		at := 0
		for i, dimension := range k.keys {
			word := words[slices.Index(k.order, dimension)]
			n, ok := k.look[i][word]
			if !ok {
				return cube.Faultf(line, "DATA", "unknown key %q of %s", word, t.names[dimension])
			}
			at = at*len(t.Dimensions[dimension].Codes) + n
		}
		if _, twice := k.rows[at]; twice {
			return cube.Faultf(line, "DATA", "a second row with the keys %q", words)
		}
		k.rows[at] = len(k.value)
		for given := range k.rest {
			token, quoted, ok, err := c.token()
			if err != nil {
				return err
			}
			var value float64
			var status string
			if ok {
				value, status, ok = cell(token, quoted)
				if !ok && !quoted {
					return c.notNumber(token)
				}
				// A number in quotes is rather the key of the next row.
				ok = ok && !(quoted && status == "" && value == value)
			}
			if !ok {
				return cube.Faultf(line, "DATA", "%d values in a row, %d expected", given, k.rest)
			}
			k.value, k.status = append(k.value, value), append(k.status, status)
		}
	}
}

// fit tells whether words are categories of dimensions in this order.
func (k *keyed) fit(words []string, order []int) bool {
	for i, dimension := range order {
		if _, ok := k.look[slices.Index(k.keys, dimension)][words[i]]; !ok {
			return false
		}
	}
	return true
}

func (t *Table) readKeyed(value []float64, status []string) (n int, err error) {
	c, k := &t.cells, t.cells.keyed
	if c.given == 0 && k.value == nil {
		if err := k.load(t); err != nil {
			return 0, err
		}
		t.ended()
	}
	for ; n < len(value) && c.given < c.want; n++ {
		row, cell := 0, 0
		for i, at := range k.at {
			if slices.Contains(k.keys, i) {
				row = row*len(t.Dimensions[i].Codes) + at
			} else {
				cell = cell*len(t.Dimensions[i].Codes) + at
			}
		}
		value[n], status[n] = 0, ""
		if begin, ok := k.rows[row]; ok {
			value[n], status[n] = k.value[begin+cell], k.status[begin+cell]
		}
		for i := len(k.at) - 1; i >= 0; i-- {
			if k.at[i]++; k.at[i] < len(t.Dimensions[i].Codes) {
				break
			}
			k.at[i] = 0
		}
		c.given++
	}
	return n, nil
}
