package scope

import (
	"path/filepath"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// Words that one table follows.
var beforeTable = strings.Fields("JOIN INTO UPDATE TABLE VIEW DESCRIBE SUMMARIZE SHOW PIVOT UNPIVOT COPY")

// Words that end the tables of a FROM clause.
var afterTables = strings.Fields(`WHERE GROUP HAVING ORDER LIMIT OFFSET SELECT WINDOW QUALIFY SET VALUES RETURNING UNION EXCEPT INTERSECT
	BY DO TO WHEN PIVOT UNPIVOT`)

// Words that stand between the tables of one, and are no alias.
var betweenTables = strings.Fields(`ON USING JOIN LEFT RIGHT FULL INNER OUTER CROSS NATURAL ASOF POSITIONAL SEMI ANTI TABLESAMPLE SAMPLE
	AT FROM AS WITH RENAME DROP ADD ALTER`)

// clauses reads the clauses of one query: its relations, and whether the cursor is
// where another comes. clause is the one that it begins in.
func (r *reader) clauses(begin, end int, innermost bool, clause string) {
	if clause == "FROM" {
		begin = r.tables(begin, end, innermost)
	}
	for i := begin; i < end; {
		t := r.at(i)
		switch {
		case t.Is("FROM") && !(r.is(i-1, "DISTINCT") && r.is(i-2, "IS", "NOT")):
			clause = "FROM"
			i = r.tables(i+1, end, innermost)
			continue
		case t.Is(",") && clause == "FROM":
			i = r.tables(i+1, end, innermost)
			continue
		case t.Is("WITH") && r.skip > i:
			i = r.skip
			continue
		case slices.ContainsFunc(beforeTable, t.Is) && !(t.Is("UPDATE") && r.is(i-1, "DO")) && !r.is(i+1, "(") && !(t.Is("VIEW") && r.is(begin, "CREATE")):
			if t.Is("JOIN") {
				clause = "FROM"
			}
			i = r.table(i+1, end, innermost)
			continue
		case t.Is("ON") && clause == "" && i >= 2 && r.is(begin, "CREATE"): // CREATE INDEX … ON t (
			i = r.table(i+1, end, innermost)
			continue
		case slices.ContainsFunc(afterTables, t.Is):
			clause = strings.ToUpper(t.Text)
		case t.Is("AS") && clause == "SELECT" && i+1 != r.cursor && r.at(i+1).Ident() != "":
			r.place.Names = append(r.place.Names, r.at(i+1).Ident())
		}
		i = r.next(i)
	}
}

// tables reads one table after another, with commas between them.
func (r *reader) tables(i, end int, innermost bool) int {
	for {
		i = r.table(i, end, innermost)
		if i >= end || !r.is(i, ",") {
			return i
		}
		i++
	}
}

// table reads a table with its alias; i is behind it.
func (r *reader) table(i, end int, innermost bool) int {
	if r.is(i, "LATERAL") {
		i++
	}
	if innermost && i == r.cursor {
		r.place.Expects = Table
	}
	if i >= end {
		return i
	}
	if i == r.cursor && r.isWord(i) { // nothing is written here yet
		return i
	}
	var rel Relation
	if r.at(i).Ident() != "" && r.is(i+1, ":") {
		rel.Name = r.at(i).Ident()
		i += 2
	}
	from, behind := i, 0
	switch t := r.at(i); {
	case t.Is("(") && !r.isQuery(i+1):
		inner := min(r.close[i], end)
		r.clauses(i+1, inner, false, "FROM")
		return min(inner+1, end)
	case t.Is("("):
		i = r.next(i)
		behind = i
	case t.Kind == sqltext.String:
		if text, ok := t.Literal(); ok && rel.Name == "" {
			rel.Name = strings.TrimSuffix(filepath.Base(text), filepath.Ext(text))
		}
		i++
	case t.Ident() != "" && !r.isWord(i):
		name := t.Ident()
		for i++; r.is(i, ".") && r.at(i+1).Ident() != "" && i+1 != r.cursor; i += 2 {
			name = r.at(i + 1).Ident()
		}
		if r.is(i, ".") { // its name is being written
			return i + 1
		}
		if rel.Name == "" {
			rel.Name = name
		}
		if r.is(i, "(") && !r.is(from-1, "INTO", "COPY", "ON") {
			i = r.next(i)
			behind = i
		}
	default:
		return i
	}
	i = min(i, end)
	// A relation that the cursor stands in cannot be described.
	if from >= r.cursor || behind <= r.cursor {
		rel.Source = r.between(from, i-1)
	}
	if r.is(i, "AS") {
		i++
	}
	if i < end && i != r.cursor && r.at(i).Ident() != "" && !r.isWord(i) {
		rel.Name = r.at(i).Ident()
		if i++; r.is(i, "(") {
			for _, t := range r.code[i+1 : min(r.close[i], len(r.code))] {
				if t.Ident() != "" {
					rel.Columns = append(rel.Columns, t.Ident())
				}
			}
			i = r.next(i)
		}
	}
	if rel.Source != "" {
		r.place.Relations = append(r.place.Relations, rel)
	}
	return min(i, end)
}

// isWord recognises a keyword that is no name of a table.
func (r *reader) isWord(i int) bool {
	t := r.at(i)
	return t.Kind == sqltext.Name && (slices.ContainsFunc(afterTables, t.Is) || slices.ContainsFunc(betweenTables, t.Is))
}
