package jsonstat

import (
	"strconv"
	"strings"

	"utvandring/udf/cube"
)

// Metadata is what the dataset says of itself.
func (t *Table) Metadata() (list []cube.Metadata) {
	add := func(v raw, property, dimension, element, value string) {
		if value != "" {
			list = append(list, cube.Metadata{Property: property, Dimension: dimension, Element: element, Value: value, Line: t.line(v)})
		}
	}
	said := func(v raw, property, dimension, element string) {
		switch {
		case v.isArray():
			for _, e := range v.elements() {
				add(e, property, dimension, element, e.text())
			}
		case v.isObject(): // by category
			for _, m := range v.members() {
				for _, e := range append(m.value.elements(), m.value) {
					if e.isText() {
						add(e, property, dimension, m.key, e.text())
					}
				}
			}
		case !v.isNull():
			add(v, property, dimension, element, v.text())
		}
	}
	said(t.said["label"], "title", "", "")
	for _, name := range []string{"source", "updated", "note", "href", "version"} {
		said(t.said[name], name, "", "")
	}
	role := t.said["role"]
	if role == nil {
		role = t.dimension["role"]
	}
	for _, m := range role.members() {
		for _, e := range m.value.elements() {
			add(e, "role", e.text(), "", m.key)
		}
	}
	for _, d := range t.Dimensions {
		whole := t.dimension[d.Name]
		own := whole.object()
		add(whole, "dimension", d.Name, "", strconv.Itoa(len(d.Codes)))
		said(own["label"], "label", d.Name, "")
		said(own["note"], "note", d.Name, "")
		category := own["category"].object()
		said(category["note"], "note", d.Name, "")
		for _, m := range category["unit"].members() {
			for _, u := range m.value.members() {
				property := u.key
				if property == "label" || property == "base" {
					property = "units"
				}
				add(u.value, property, d.Name, m.key, u.value.text())
			}
		}
		for _, m := range category["child"].members() {
			var children []string
			for _, e := range m.value.elements() {
				children = append(children, e.text())
			}
			add(m.value, "child", d.Name, m.key, strings.Join(children, ", "))
		}
		extension := own["extension"].object()
		for _, name := range []string{"elimination", "eliminationValueCode"} {
			said(extension[name], strings.TrimSuffix(name, "ValueCode"), d.Name, "")
		}
	}
	return list
}
