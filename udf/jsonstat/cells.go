package jsonstat

import (
	"math"
	"slices"
	"strconv"

	"utvandring/udf/cube"
)

// cells reads value and status together.
type cells struct {
	value    raw
	want     int // how many there are to be
	given    int
	dense    *iterator
	sparse   []cell // by their place
	oddities int

	one    string    // the status of all
	statum *iterator // of each in order
	status map[int]string
}

type cell struct {
	at    int
	value raw
}

// openCells looks at what there is of value and status, and where.
func (t *Table) openCells() error {
	c := &t.cells
	c.value = t.said["value"]
	sparse := c.value.isObject()
	var ok bool
	most := math.MaxInt32
	if sparse {
		most = cube.Most
	}
	if c.want, ok = cube.Size(t.Dimensions, most); !ok {
		return t.fault(t.dataset, "size", "makes more than the %d cells that are read", most)
	}
	switch {
	case c.value.isNull():
		return t.fault(t.dataset, "value", "missing: there are no values in the file")
	case c.value.isArray():
		c.dense = c.value.iterate()
	case sparse:
		for _, m := range c.value.members() {
			at, err := strconv.Atoi(m.key)
			if err != nil || at < 0 || at >= c.want {
				return t.fault(m.value, "value", "index %s outside 0..%d", m.key, c.want-1)
			}
			c.sparse = append(c.sparse, cell{at, m.value})
		}
		slices.SortStableFunc(c.sparse, func(a, b cell) int { return a.at - b.at })
	default:
		return t.fault(c.value, "value", "is neither an array nor an object")
	}
	switch status := t.said["status"]; {
	case status.isText():
		c.one = status.text()
	case status.isArray():
		if _, v, ok := status.iterate().next(); ok && len(status.elements()) == 1 && c.want != 1 {
			c.one = statusOf(v)
		} else {
			c.statum = status.iterate()
		}
	case status.isObject():
		c.status = map[int]string{}
		for _, m := range status.members() {
			if at, err := strconv.Atoi(m.key); err == nil {
				c.status[at] = statusOf(m.value)
			}
		}
	}
	return nil
}

func statusOf(v raw) string {
	if v.isNull() {
		return ""
	}
	return v.text()
}

// Read is part of cube.Cells.
func (t *Table) Read(value []float64, status []string) (n int, err error) {
	c := &t.cells
	for ; n < len(value); n++ {
		var v raw
		if c.dense != nil {
			_, next, ok := c.dense.next()
			if !ok {
				break
			}
			v = next
		} else {
			if c.given == c.want {
				break
			}
			for len(c.sparse) > 0 && c.sparse[0].at == c.given { // of two, the last counts
				v = c.sparse[0].value
				c.sparse = c.sparse[1:]
			}
		}
		at := c.given
		if c.given++; c.given > c.want {
			for ; ; c.given++ {
				if _, _, ok := c.dense.next(); !ok {
					return 0, t.fault(c.value, "value", "%d values, %d expected", c.given, c.want)
				}
			}
		}
		status[n] = c.one
		if c.statum != nil {
			_, s, _ := c.statum.next()
			status[n] = statusOf(s)
		} else if c.status != nil {
			status[n] = c.status[at]
		}
		value[n] = math.NaN()
		if v.isNull() {
			continue
		}
		x, ok := cube.Number(v)
		if ok {
			value[n] = x
			continue
		}
		if status[n] == "" {
			status[n] = v.text()
		}
		if c.oddities++; c.oddities == 1 {
			t.warn(v, "value", "value that is not a number: %s", v.text())
		}
	}
	if n < len(value) && c.given != c.want {
		return 0, t.fault(c.value, "value", "%d values, %d expected", c.given, c.want)
	}
	return n, nil
}
