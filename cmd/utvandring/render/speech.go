package render

import (
	"slices"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/engine"
)

// speech says a table in a language. In a document all is said. On a screen are the names
// of groups: with the other texts, days and the names of columns the next statement is
// written. A table as papers print it, which sur_table makes, is one everywhere.
type speech struct {
	in    locale.Locale
	heads bool
	texts []int // what is done with the texts of each column
	names []string
	known map[string]string // what has been said
}

const (
	asIs  = iota
	words // said
	figures
)

// groups are the columns of texts that are names of groups.
var groups = []string{"sex", "citizenship", "country", "county", "reason", "direction", "outcome", "verdict", "component", "factor", "scenario", "part", "population_group"}

// speech is nil where there is no language, or nothing to say.
func (o *Options) speech(r *engine.Result, document bool) *speech {
	if o.Locale == "" {
		return nil
	}
	s := &speech{in: o.Locale, heads: document || isPaper(r), known: map[string]string{}}
	right := o.atRight(r)
	for i, c := range r.Columns {
		does := asIs
		name := strings.ToLower(c.Name)
		for _, begin := range []string{"from_", "to_", "next_"} {
			name = strings.TrimPrefix(name, begin)
		}
		switch {
		case c.Type.Numeric():
		case right[i]:
			does = figures
		case s.heads || slices.Contains(groups, name):
			does = words
		}
		s.texts, s.names = append(s.texts, does), append(s.names, c.Name)
	}
	return s
}

// isPaper recognises what sur_table makes.
func isPaper(r *engine.Result) bool {
	return len(r.Columns) > 2 && r.Columns[0].Name == "parameter" && r.Columns[1].Name == "variable" && !r.Columns[2].Type.Numeric()
}

// head says the name of a column.
func (s *speech) head(name string) string {
	if s == nil || !s.heads {
		return name
	}
	return s.in.Text(name)
}

// cell says a text that stands in a column.
func (s *speech) cell(column int, text string) string {
	if s == nil || s.texts[column] == asIs || text == "" {
		return text
	}
	if s.texts[column] == figures {
		return s.in.Number(text)
	}
	key := s.names[column] + "\x00" + text
	said, ok := s.known[key]
	if !ok {
		said = s.in.Value(s.names[column], text)
		if len(s.known) < 10000 {
			s.known[key] = said
		}
	}
	return said
}
