package engine

import (
	"context"
	"slices"
	"strings"
)

// The frequency views of the report's dimensions are in sql/count/frequency.sql. Those
// with dimensions of one's own, a thousand with four, are not made: DuckDB asks what
// their names stand for.

// readOwn takes down by which dimensions of one's own the register is counted, and by which not. A
// database of an earlier version has none.
func (db *DB) readOwn(ctx context.Context) {
	names, _ := db.conn.Texts(ctx, "SELECT unnest(names) FROM "+db.at("_dimension"))
	db.own.Store(&names)
	db.left = nil
	var l leftOut
	db.each(ctx, "SELECT unnest(left_out), unnest(why) FROM "+db.at("_dimension"), []any{&l.dimension, &l.why}, func() { db.left = append(db.left, l) })
}

// Dimensions are all that the register is counted by: the report's, then one's own.
func (db *DB) Dimensions() []string {
	names := mapped(reportDimensions, func(d dimension) string { return d.name })
	if own := db.own.Load(); own != nil {
		names = append(names, *own...)
	}
	return names
}

const frequencyBy = "frequency_by_"

// FrequencyView gives the dimensions of a frequency view by its name, nil where it is none.
func (db *DB) FrequencyView(name string) []string {
	rest, ok := strings.CutPrefix(strings.ToLower(name), frequencyBy)
	if !ok {
		return nil
	}
	return inOrder(rest, db.Dimensions())
}

// inOrder takes "a_b" apart into some of the names, in their order; nil where it is none.
func inOrder(text string, names []string) []string {
	return apart(text, names, func(names []string, i int) []string { return names[i+1:] })
}

// apart takes it apart, where after names[i] those left may follow.
func apart(text string, names []string, left func(names []string, i int) []string) []string {
	for i, name := range names {
		rest, ok := strings.CutPrefix(text, name)
		if !ok {
			continue
		}
		if rest == "" {
			return []string{name}
		}
		if rest, ok = strings.CutPrefix(rest, "_"); !ok {
			continue
		}
		if others := apart(rest, left(names, i), left); others != nil {
			return append([]string{name}, others...)
		}
	}
	return nil
}

// reordered is the frequency view that has the dimensions of a name in another order, ""
// where there is none.
func (db *DB) reordered(name string) string {
	rest, ok := strings.CutPrefix(strings.ToLower(name), frequencyBy)
	all := db.Dimensions()
	found := apart(rest, all, func(names []string, i int) []string { return slices.Concat(names[:i], names[i+1:]) })
	if !ok || found == nil {
		return ""
	}
	slices.SortFunc(found, func(a, b string) int { return slices.Index(all, a) - slices.Index(all, b) })
	return frequencyBy + strings.Join(found, "_")
}

// FrequencyViews completes what begins like the name of a frequency view: the names
// with one dimension more.
func (db *DB) FrequencyViews(word string) []string {
	lower := strings.ToLower(word)
	rest, ok := strings.CutPrefix(lower, frequencyBy)
	if !ok {
		if own := db.own.Load(); word == "" || !strings.HasPrefix(frequencyBy, lower) || own == nil || len(*own) == 0 {
			return nil
		}
		rest = ""
	}
	names := db.Dimensions()
	head, first := "", 0
	// The longest beginning that is a set already, and what may follow it.
	for i := range rest {
		if rest[i] == '_' {
			if dims := inOrder(rest[:i], names); dims != nil {
				head, first = rest[:i+1], slices.Index(names, dims[len(dims)-1])+1
			}
		}
	}
	var views []string
	for _, name := range names[first:] {
		if strings.HasPrefix(head+name, rest) {
			views = append(views, frequencyBy+head+name)
		}
	}
	return views
}
