package engine

import (
	"context"
	"encoding/json"

	"utvandring/udf/sqltext"
)

// node is an expression or operator of a statement that DuckDB has bound: names are
// looked up, views and macros written out, and every expression has its type.
type node map[string]any

// bound is a statement so, before it is optimized. It is nil where DuckDB does not tell:
// of what does not fit together, and of what reads CSV or JSON.
func (db *DB) bound(ctx context.Context, statement string) (tree any) {
	texts, err := db.conn.Texts(ctx, "SELECT json_serialize_plan("+sqltext.QuoteText(planned(statement))+", optimize := false)::VARCHAR")
	if err != nil || len(texts) == 0 || json.Unmarshal([]byte(texts[0]), &tree) != nil {
		return nil
	}
	if whole, ok := tree.(map[string]any); !ok || whole["error"] != false {
		return nil
	}
	return tree
}

// walk calls see with every node of a tree, until it says that this is enough.
func walk(tree any, see func(node) (enough bool)) bool {
	switch t := tree.(type) {
	case []any:
		for _, e := range t {
			if walk(e, see) {
				return true
			}
		}
	case map[string]any:
		if see(t) {
			return true
		}
		for _, e := range t {
			if walk(e, see) {
				return true
			}
		}
	}
	return false
}

func (n node) text(key string) string { text, _ := n[key].(string); return text }

func (n node) node(key string) node { of, _ := n[key].(map[string]any); return of }

func (n node) nodes(key string) (list []node) {
	of, _ := n[key].([]any)
	for _, e := range of {
		if m, ok := e.(map[string]any); ok {
			list = append(list, m)
		}
	}
	return list
}

// at is the byte of the statement where an expression stands, or of another text that it
// comes from; -1 where none is known.
func (n node) at() int {
	if at, ok := n["query_location"].(float64); ok && at < 1e15 {
		return int(at)
	}
	return -1
}

// read is what an expression of an operator refers to in the operators below it, or the
// expression itself: a projection's expression, or what an aggregation groups by.
func (n node) read(expression node) node {
	for below := n.nodes("children"); expression.text("expression_class") == "BOUND_REF" && len(below) == 1; below = below[0].nodes("children") {
		index, ok := expression["index"].(float64)
		of := append(below[0].nodes("groups"), below[0].nodes("expressions")...)
		if !ok || int(index) >= len(of) {
			return expression
		}
		expression = of[int(index)]
	}
	return expression
}

// labels are the values of the ENUM that an expression is, nil where it is none.
func (n node) labels() (labels []string) {
	of := n.node("return_type")
	if of.text("id") != "ENUM" {
		return nil
	}
	values, _ := of.node("type_info")["values"].([]any)
	for _, v := range values {
		label, _ := v.(string)
		labels = append(labels, label)
	}
	return labels
}

// isText reports whether an expression is text.
func (n node) isText() bool {
	if n.text("expression_class") == "BOUND_CONSTANT" {
		return n.node("value").node("type").text("id") == "VARCHAR"
	}
	return n.node("return_type").text("id") == "VARCHAR"
}

// constant is the text that an expression is.
func (n node) constant() (text string, ok bool) {
	if n.text("expression_class") == "BOUND_CAST" && n.isText() {
		return n.node("child").constant()
	}
	if n.text("expression_class") == "BOUND_CONSTANT" {
		text, ok = n.node("value")["value"].(string)
	}
	return text, ok
}

// asText is the ENUM that an expression casts to text, nil where it is no such thing.
func (n node) asText() node {
	if child := n.node("child"); n.text("expression_class") == "BOUND_CAST" && n.isText() && child.labels() != nil {
		return child
	}
	return nil
}
