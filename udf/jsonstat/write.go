package jsonstat

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/cube"
)

// Write writes a dataset of JSON-stat 2.0 with all digits. A number that is not there is
// null, its mark in status.
func Write(to io.Writer, t *cube.Filled) error {
	w := bufio.NewWriterSize(to, 1<<16)
	text := func(v any) {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.Encode(v) // texts and lists of texts cannot fail
		w.WriteString(strings.TrimSuffix(b.String(), "\n"))
	}
	var ids, times, metrics []string
	var sizes []int
	for i, d := range t.Dimensions {
		sorted := slices.Sorted(slices.Values(d.Codes))
		if len(slices.Compact(sorted)) != len(d.Codes) {
			return fmt.Errorf("JSON-stat cannot hold %s: two of its categories have one code", d.Name)
		}
		ids, sizes = append(ids, d.Name), append(sizes, len(d.Codes))
		if unit, _ := d.Periods(); unit != "" {
			times = append(times, d.Name)
		}
		if i == t.Measures {
			metrics = append(metrics, d.Name)
		}
	}
	w.WriteString(`{"version":"2.0","class":"dataset","label":`)
	text(t.Title)
	if t.Source != "" {
		w.WriteString(`,"note":`)
		text([]string{t.Source})
	}
	w.WriteString(",\n\"id\":")
	text(ids)
	w.WriteString(`,"size":`)
	text(sizes)
	role := map[string][]string{}
	if times != nil {
		role["time"] = times
	}
	if metrics != nil {
		role["metric"] = metrics
	}
	if len(role) > 0 {
		w.WriteString(`,"role":`)
		text(role)
	}
	w.WriteString(",\n\"dimension\":{")
	for i, d := range t.Dimensions {
		if i > 0 {
			w.WriteString(",")
		}
		w.WriteString("\n")
		text(d.Name)
		w.WriteString(`:{"label":`)
		text(d.Name)
		w.WriteString(`,"category":{"index":`)
		text(d.Codes)
		w.WriteString(`,"label":{`)
		for j, code := range d.Codes {
			if j > 0 {
				w.WriteString(",")
			}
			text(code)
			w.WriteString(":")
			text(d.Labels[j])
		}
		w.WriteString("}}}")
	}
	w.WriteString("\n},\n\"value\":[")
	for i, v := range t.Value {
		if i > 0 {
			w.WriteString(",")
		}
		if v == "" {
			v = "null"
		}
		w.WriteString(v)
	}
	w.WriteString("]")
	if t.Status != nil {
		w.WriteString(",\n\"status\":{")
		first := true
		for i, s := range t.Status {
			if s == "" {
				continue
			}
			if !first {
				w.WriteString(",")
			}
			first = false
			w.WriteString(`"` + strconv.Itoa(i) + `":`)
			text(s)
		}
		w.WriteString("}")
	}
	w.WriteString("}\n")
	return w.Flush()
}
