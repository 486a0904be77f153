package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// What asRead cannot mend it leaves as DuckDB compares it: coalesce(age_group, '0-6')
// is text, and so is what a macro of the user's compares. textOrder finds these in the
// bound statement, where the groups that become texts are cast.

// textOrder notes the comparisons by order of a statement in which groups are compared
// as texts, though nobody has cast them. read is the statement as it will be run.
func (db *DB) textOrder(ctx context.Context, statement, read string) (notes []string) {
	if db.Notes == NotesOff || !db.mayOrderTexts(ctx, db.meant(statement)) {
		return nil
	}
	read = db.meant(read)
	tree := db.bound(ctx, read)
	if tree == nil {
		return nil
	}
	text := planned(read)
	mixed := map[string]node{} // by the names they are given: texts that groups have become
	walk(tree, func(n node) bool {
		if g := n.becomesText(text); n.text("alias") != "" && n.asText() == nil && g != nil {
			mixed[n.text("alias")] = g
		}
		return false
	})
	elsewhere := sync.OnceValue(func() bool { return db.castsElsewhere(ctx, read) })
	walk(tree, func(n node) bool {
		sides := n.ordered()
		for i, side := range sides {
			g := side.becomesText(text)
			if g == nil && side.text("expression_class") == "BOUND_REF" {
				g = mixed[side.text("alias")]
			}
			if g == nil {
				continue
			}
			if elsewhere() {
				return true
			}
			var other node
			if len(sides) == 2 && n.nodes("orders") == nil {
				other = sides[1-i]
			}
			if note := db.asTextNote(ctx, g, other); !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
		return false
	})
	slices.Sort(notes)
	return notes
}

// asTextNote says that a group is compared as text, with another expression or, where that
// is nil, with its like.
func (db *DB) asTextNote(ctx context.Context, group, other node) string {
	name, with, of, example := group.text("alias"), "", "its values", "'x'"
	if text, ok := other.constant(); ok {
		example = sqltext.QuoteText(text)
		with = " with " + example
	}
	labels := group.labels()
	remedy := "cast the texts to its type"
	for t, values := range db.groups(ctx).values {
		if slices.Equal(values, labels) && (of == "its values" || t == name) {
			of, remedy = "its groups", "write the type to the texts, as in "+example+"::"+t
		}
	}
	if name == "" {
		name = "a group"
	}
	compared := "compared as text" + with
	if other == nil {
		compared = "put in order as text"
		remedy = "put the group itself in order, or " + remedy
	}
	return fmt.Sprintf("%s is %s, not in the order of %s (%s); %s", name, compared, of, strings.Join(labels, ", "), remedy)
}

// mayOrderTexts reports whether a statement has a text in it that may be a group, or
// comes from elsewhere. What is compared with it may be in a macro.
func (db *DB) mayOrderTexts(ctx context.Context, statement string) bool {
	switch sqltext.FirstWord(statement) {
	case "INSERT":
		if len(statement) > 100_000 {
			return false // data
		}
	case "SELECT", "FROM", "WITH", "(", "VALUES", "CREATE", "COPY", "UPDATE", "DELETE", "MERGE", "PIVOT", "UNPIVOT", "SUMMARIZE":
	default:
		return false
	}
	if castWhole.MatchString(statement) {
		return false // coalesce(…)::VARCHAR: this is what is meant, and DuckDB leaves the cast out
	}
	code := sqltext.Code(statement)
	// What is sorted may become text by a value of its own: coalesce(age_group, 'all').
	sorts := slices.ContainsFunc(code, func(t sqltext.Token) bool { return t.Is("ORDER") || putsInOrder[strings.ToLower(t.Ident())] })
	return slices.ContainsFunc(code, func(t sqltext.Token) bool {
		text, ok := t.Literal()
		return ok && (sorts || db.groups(ctx).member[text]) || t.Is("getvariable")
	})
}

// putsInOrder are the aggregates that compare by order, and the functions beside them.
var putsInOrder = wordSet("greatest least min max arg_min arg_max min_by max_by argmin argmax arg_min_null arg_max_null")

var castWhole = later.Compile(`(?i)\)\s*::\s*(varchar|text|string)\b`)

var byOrder = []string{"COMPARE_LESSTHAN", "COMPARE_GREATERTHAN", "COMPARE_LESSTHANOREQUALTO", "COMPARE_GREATERTHANOREQUALTO"}

// ordered are the expressions that a comparison, a condition of a join, a function such
// as greatest or max, or ORDER BY put in order; nil of others.
func (n node) ordered() (expressions []node) {
	for _, order := range n.nodes("orders") {
		expressions = append(expressions, n.read(order.node("expression")))
	}
	switch name := n.text("name"); {
	case expressions != nil:
		return expressions
	case n.text("expression_class") == "BOUND_AGGREGATE" && putsInOrder[name]:
		children := n.nodes("children")
		if len(children) > 1 && strings.HasPrefix(name, "arg") { // arg_max(what, by)
			return children[1:2]
		}
		return children[:1] // max(what, n)
	case slices.Contains(byOrder, n.text("type")), slices.Contains(byOrder, n.text("comparison")):
		return []node{n.node("left"), n.node("right")}
	case n.text("expression_class") == "BOUND_FUNCTION" && (name == "greatest" || name == "least") && n.isText():
		return n.nodes("children")
	}
	return nil
}

// becomesText is the group that an expression is as text, as a whole or in one of its
// cases, though the statement does not cast it; nil where it is none.
func (n node) becomesText(statement string) node {
	var parts []node
	switch n.text("expression_class") {
	case "BOUND_CAST":
		child := n.asText()
		if child == nil || castAt(statement, n.at()) {
			return nil
		}
		return child
	case "BOUND_OPERATOR":
		if n.text("type") == "OPERATOR_COALESCE" {
			parts = n.nodes("children")
		}
	case "BOUND_CASE":
		for _, check := range n.nodes("case_checks") {
			parts = append(parts, check.node("then_expr"))
		}
		parts = append(parts, n.node("else_expr"))
	case "BOUND_FUNCTION":
		if name := n.text("name"); name == "greatest" || name == "least" {
			parts = n.nodes("children")
		}
	}
	for _, p := range parts {
		if g := p.becomesText(statement); g != nil {
			return g
		}
	}
	return nil
}

// castAt reports whether a cast is written at a place: one that DuckDB adds stands where
// the expression does.
func castAt(statement string, at int) bool {
	return slices.ContainsFunc(sqltext.Code(statement), func(t sqltext.Token) bool {
		return t.At == at && (t.Is("::") || t.Is("CAST") || t.Is("TRY_CAST"))
	})
}

// castsElsewhere reports whether a macro or view of the user's that a statement reads
// casts itself: then it says what it means.
func (db *DB) castsElsewhere(ctx context.Context, statement string) bool {
	var names []string
	for _, t := range sqltext.Code(statement) {
		if name := t.Ident(); name != "" {
			if _, ours := Lookup(name); !ours {
				names = append(names, sqltext.QuoteText(strings.ToLower(name)))
			}
		}
	}
	list := strings.Join(names, ", ")
	definitions, err := db.conn.Texts(ctx, "SELECT sql FROM duckdb_views() WHERE NOT internal AND lower(view_name) IN ("+list+
		") UNION ALL SELECT macro_definition FROM duckdb_functions() WHERE NOT internal AND macro_definition IS NOT NULL AND lower(function_name) IN ("+list+")")
	return err != nil || slices.ContainsFunc(definitions, func(d string) bool {
		return slices.ContainsFunc(sqltext.Code(d), func(t sqltext.Token) bool { return t.Is("::") || t.Is("CAST") || t.Is("TRY_CAST") })
	})
}
