// Package jsonstat reads and writes JSON-stat: version 1, where a bundle of datasets is an
// object of them, and version 2, where there are datasets and collections. What is wrong is
// an error that names line and keyword; what is odd and leaves the figures as they are is a
// warning.
package jsonstat

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"utvandring/udf/cube"
)

// MostBytes is how large a file may be: it is read whole.
const MostBytes = 512 << 20

// Table is an open dataset.
type Table struct {
	cube.Head
	file      raw // whole, for the lines
	dataset   raw
	said      object // what is in it
	dimension object
	cells     cells
}

// dataset is one of those in a file.
type dataset struct {
	name  string // in a bundle
	value raw
}

// Open reads a file up to the cells. which is the name of a dataset, or its number from 1;
// it may be "" where there is one only.
func Open(from io.Reader, which string) (*Table, error) {
	b, err := io.ReadAll(io.LimitReader(from, MostBytes+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MostBytes {
		return nil, cube.Faultf(0, "", "is larger than the %d MB that are read at once", MostBytes>>20)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		if b, err = charmap.ISO8859_1.NewDecoder().Bytes(b); err != nil {
			return nil, err
		}
	}
	if err := valid(b); err != nil {
		return nil, err
	}
	b = bytes.TrimSpace(b)
	all, err := datasets(b)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(all, which)
	if err != nil {
		return nil, err
	}
	t := &Table{file: b, dataset: chosen, said: chosen.object()}
	t.dimension = t.said["dimension"].object()
	if err := t.shape(); err != nil {
		return nil, err
	}
	return t, t.openCells()
}

// Is reports whether the beginning of a file is that of JSON-stat: an object with a class
// of it, or with a dimension.
func Is(begin []byte) bool {
	begin = bytes.TrimLeft(bytes.TrimPrefix(begin, []byte("\xef\xbb\xbf")), " \r\n\t")
	if len(begin) == 0 || begin[0] != '{' {
		return false
	}
	for _, class := range []string{"dataset", "collection", "dimension"} {
		if i := bytes.Index(begin, []byte(`"class"`)); i >= 0 {
			rest := bytes.TrimLeft(begin[i+len(`"class"`):], " \r\n\t:")
			if bytes.HasPrefix(rest, []byte(`"`+class+`"`)) {
				return true
			}
		}
	}
	return bytes.Contains(begin, []byte(`"dimension"`)) && (bytes.Contains(begin, []byte(`"category"`)) || bytes.Contains(begin, []byte(`"size"`)))
}

// datasets are those in a file, in its order.
func datasets(top raw) ([]dataset, error) {
	if !top.isObject() {
		return nil, cube.Faultf(1, "", "not JSON-stat: no object")
	}
	said := top.object()
	switch class := said["class"].text(); class {
	case "dataset":
		return []dataset{{"", top}}, nil
	case "collection":
		return collected(top, 0)
	case "dimension":
		return nil, cube.Faultf(1, "class", "dimension: there are no values in the file")
	}
	if said["value"] != nil && said["dimension"] != nil {
		return []dataset{{"", top}}, nil
	}
	var all []dataset
	for _, m := range top.members() {
		if m.value.object()["dimension"] != nil {
			all = append(all, dataset{m.key, m.value})
		}
	}
	if all == nil {
		return nil, cube.Faultf(1, "class", "not JSON-stat: no class, no dataset")
	}
	return all, nil
}

// collected are the datasets that a collection has in it, not those it only links to.
func collected(c raw, depth int) ([]dataset, error) {
	var all []dataset
	items := c.object()["link"].object()["item"].elements()
	for _, item := range items {
		switch said := item.object(); said["class"].text() {
		case "dataset":
			if said["value"] != nil {
				all = append(all, dataset{"", item})
			}
		case "collection":
			if depth < 10 {
				within, _ := collected(item, depth+1)
				all = append(all, within...)
			}
		}
	}
	if all == nil {
		return nil, cube.Faultf(1, "link", "collection of %d links and no embedded dataset", len(items))
	}
	return all, nil
}

// choose finds a dataset by name or number.
func choose(all []dataset, which string) (raw, error) {
	if which == "" && len(all) == 1 {
		return all[0].value, nil
	}
	for _, d := range all {
		if which != "" && d.name == which {
			return d.value, nil
		}
	}
	if n, err := strconv.Atoi(which); err == nil && n >= 1 && n <= len(all) {
		return all[n-1].value, nil
	}
	var list []string
	for i, d := range all {
		text := strconv.Itoa(i + 1)
		if d.name != "" {
			text = "'" + d.name + "'"
		}
		if label := d.value.object()["label"]; label.isText() {
			text += " (" + label.text() + ")"
		}
		if list = append(list, text); len(list) == 20 && len(all) > 20 {
			list = append(list, fmt.Sprintf("… %d more", len(all)-20))
			break
		}
	}
	if which == "" {
		return nil, cube.Faultf(0, "dataset", "there are several, name one (dataset := …): %s", strings.Join(list, ", "))
	}
	return nil, cube.Faultf(0, "dataset", "there is no %q, but %s", which, strings.Join(list, ", "))
}

// line is that of a value in the file.
func (t *Table) line(v raw) int {
	if len(v) == 0 {
		return 0
	}
	// v is a slice of the file: the room from its beginning on tells where that is.
	return 1 + bytes.Count(t.file[:cap(t.file)-cap(v)], []byte("\n"))
}

func (t *Table) fault(v raw, keyword, format string, args ...any) *cube.Fault {
	return cube.Faultf(t.line(v), keyword, format, args...)
}

func (t *Table) warn(v raw, keyword, format string, args ...any) {
	t.Warnings = append(t.Warnings, t.fault(v, keyword, format, args...))
}

// shape reads the dimensions.
func (t *Table) shape() error {
	dimension := t.said["dimension"]
	part := func(name string) raw { // version 1 has it in the dimension
		if v := t.said[name]; v != nil {
			return v
		}
		return t.dimension[name]
	}
	id, size := part("id"), part("size")
	switch {
	case !dimension.isObject():
		return t.fault(t.dataset, "dimension", "missing")
	case !id.isArray():
		return t.fault(dimension, "id", "missing")
	case !size.isArray():
		return t.fault(dimension, "size", "missing")
	}
	ids, sizes := id.elements(), size.elements()
	if len(ids) != len(sizes) {
		return t.fault(size, "size", "%d ids, %d sizes", len(ids), len(sizes))
	}
	for i, name := range ids {
		d := cube.Dimension{Name: name.text()}
		want, err := strconv.Atoi(sizes[i].text())
		if err != nil || want < 0 {
			return t.fault(size, "size", "%s is no number of categories", sizes[i].text())
		}
		own := t.dimension[d.Name]
		if own == nil {
			return t.fault(dimension, "dimension", "%q is missing", d.Name)
		}
		if slices.ContainsFunc(t.Dimensions, func(other cube.Dimension) bool { return other.Name == d.Name }) {
			return t.fault(id, "id", "%q stands there twice", d.Name)
		}
		keyword := `dimension "` + d.Name + `"`
		category := own.object()["category"].object()
		label := category["label"]
		switch index := category["index"]; {
		case index.isArray():
			for _, e := range index.elements() {
				d.Codes = append(d.Codes, e.text())
			}
		case index.isObject():
			var fault string
			if d.Codes, fault = indexed(index); fault != "" {
				t.warn(index, keyword, "%s", fault)
			}
		default:
			for _, m := range label.members() {
				d.Codes = append(d.Codes, m.key)
			}
		}
		if len(d.Codes) != want {
			return t.fault(own, keyword, "size %d, %d categories", want, len(d.Codes))
		}
		labels := map[string]string{}
		for _, m := range label.members() {
			labels[m.key] = m.value.text()
		}
		for _, code := range d.Codes {
			if l, ok := labels[code]; ok {
				d.Labels = append(d.Labels, l)
			} else {
				d.Labels = append(d.Labels, code)
			}
		}
		if code, twice := d.Twice(); twice {
			t.warn(own, keyword, "%q stands there twice", code)
		}
		t.Dimensions = append(t.Dimensions, d)
	}
	return nil
}

// indexed are the codes of an index that gives each its place.
func indexed(index raw) (codes []string, fault string) {
	type place struct {
		code string
		at   float64
	}
	var places []place
	for _, m := range index.members() {
		at, ok := cube.Number([]byte(m.value.text()))
		if !ok {
			fault = fmt.Sprintf("the index of %q is no number", m.key)
		}
		places = append(places, place{m.key, at})
	}
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.at, b.at) })
	for i, p := range places {
		if codes = append(codes, p.code); p.at != float64(i) && fault == "" {
			fault = fmt.Sprintf("index is not 0..%d", len(places)-1)
		}
	}
	return codes, fault
}
