package px

import (
	"slices"
	"strconv"
	"strings"

	"utvandring/udf/cube"
)

// properties are the words for what other formats have too; other keywords stand as they
// are, in small letters.
var properties = map[string]string{
	"LAST-UPDATED": "updated", "NOTE": "note", "NOTEX": "note", "VALUENOTE": "note", "VALUENOTEX": "note", "CELLNOTE": "note", "CELLNOTEX": "note",
}

// Metadata is what the header says, in its order, all languages.
func (t *Table) Metadata() []cube.Metadata {
	list := []cube.Metadata{{Property: "encoding", Value: t.encoding}}
	contents := t.get("CONTVARIABLE", "", "").first()
	variables := map[string][]string{} // by language
	for _, r := range t.records {
		if r.fault != "" || slices.Contains([]string{"VALUES", "CODES", "STUB", "HEADING"}, r.keyword) {
			continue
		}
		m := cube.Metadata{Property: properties[r.keyword], Language: r.language, Value: r.said(), Line: r.line}
		if m.Property == "" {
			m.Property = strings.ToLower(r.keyword)
		}
		about := r.about
		if _, ok := variables[r.language]; !ok {
			variables[r.language] = t.variables(r.language)
		}
		if len(about) > 0 && slices.Contains(variables[r.language], about[0]) {
			m.Dimension, about = about[0], about[1:]
		} else if len(about) > 0 && slices.Contains(ofContents, r.keyword) {
			m.Dimension = contents
		}
		m.Element = strings.Join(about, ", ")
		list = append(list, m)
	}
	for i, d := range t.Dimensions {
		list = append(list, cube.Metadata{Property: "dimension", Dimension: d.Name, Value: strconv.Itoa(len(d.Codes)), Line: t.lineOf(t.names[i])})
	}
	return list
}

// said are the values as one text.
func (r *record) said() string {
	var b strings.Builder
	for i, v := range r.values {
		switch {
		case v.kind == tlist:
			b.WriteString("TLIST(" + v.text + ")")
			continue
		case i > 0 && v.kind != word && r.values[i-1].kind != word:
			b.WriteString(", ")
		}
		b.WriteString(v.text)
	}
	return b.String()
}
