package engine

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// DuckDB compares an ENUM with a text, and with another ENUM, as texts, so that
// age_group >= '18-34' would take '7-17' in. Every other type takes the text as one of
// its own values, as in event_date >= '2013-01-01'. So that an ENUM does too, a
// statement is run with the type written out that it means:
//
//	age_group >= cast_to_type('18-34', age_group)
//
// which is the text itself where the other side is text. There is no such thing to do
// for = and IN: there, text and value are the same.

// asRead is a statement in which what is compared by order compares as it reads, and
// the comparisons for which it was changed: left the operand that has the type, right
// that which got it.
func (db *DB) asRead(ctx context.Context, statement string) (string, []comparison) {
	var changed []comparison
	inserted := map[int]string{}
	casts := sync.OnceValue(func() bool { return db.castsToText(ctx, statement) })
	all := slices.DeleteFunc(comparisons(statement), func(c comparison) bool { return !c.ordered })
	meant, ask := make([]comparison, len(all)), map[int]comparison{}
	for i, c := range all {
		if to, of, ok := db.castable(ctx, c); ok {
			meant[i] = comparison{left: to, right: of}
		} else if c.untyped() && (casts() || c.left.parameter() || c.right.parameter()) {
			ask[i] = c
		}
	}
	for i, m := range db.planned(ctx, statement, ask) {
		meant[i] = m
	}
	for _, m := range meant {
		to, of := m.left, m.right
		if to == nil {
			continue
		}
		insert := func(o operand, before, after string) {
			from, end := o[0].At, o[len(o)-1].End()
			if inserted[from] == "" && inserted[end] == "" {
				inserted[from], inserted[end] = before, after
			}
		}
		switch query := of.query(); {
		case query != nil:
			insert(query, "SELECT cast_to_type(_value, "+to.text(statement)+") FROM (", " _any(_value))")
		case of.quantified():
			for _, o := range of.literals() {
				insert(o, "cast_to_type(", ", "+to.text(statement)+")")
			}
		default:
			insert(of, "cast_to_type(", ", "+to.text(statement)+")")
		}
		changed = append(changed, comparison{left: to, right: of})
	}
	var b strings.Builder
	at := 0
	for _, next := range slices.Sorted(maps.Keys(inserted)) {
		b.WriteString(statement[at:next])
		b.WriteString(inserted[next])
		at = next
	}
	b.WriteString(statement[at:])
	return b.String(), changed
}

// noteOrder says once in a session that a group is compared in its order, where that is
// another than that of letters: DuckDB would compare texts. It fails nothing, as that is
// what is meant.
func (db *DB) noteOrder(ctx context.Context, statement string, changed []comparison) {
	if db.orderSaid || db.Notes == NotesOff || db.Notes == NotesError {
		return
	}
	for _, c := range changed {
		labels := db.groups(ctx).values[c.left.column()]
		if len(labels) > 1 && !slices.IsSorted(labels) {
			db.orderSaid = true
			db.note(fmt.Sprintf("%s is compared in the order of its groups (%s), not in that of letters as texts are; this is said once", c.left.text(statement), strings.Join(labels, ", ")))
			return
		}
	}
}

// keepNames gives the columns of CREATE TABLE x AS, or of a view, the names that they have
// in the statement as it is written.
func (db *DB) keepNames(ctx context.Context, statement, read string) string {
	code := sqltext.Code(statement)
	if name, _ := created(code); name == "" {
		return read
	}
	as := slices.IndexFunc(code, func(t sqltext.Token) bool { return t.Is("AS") || t.Is("(") })
	if as < 0 || !code[as].Is("AS") || as+1 == len(code) || !strings.HasPrefix(read, statement[:code[as+1].At]) {
		return read
	}
	var names [2][]string
	for i, text := range []string{statement, read} {
		query, err := db.conn.Statement(ctx, text[code[as+1].At:])
		if err != nil {
			return read
		}
		names[i] = query.Names()
		query.Close()
	}
	if slices.Equal(names[0], names[1]) {
		return read
	}
	return read[:code[as].At] + "(" + strings.Join(sqltext.QuoteAll(names[0], sqltext.QuoteName), ", ") + ") " + read[code[as].At:]
}

// castable tells which side of a comparison is to have the type of the other.
func (db *DB) castable(ctx context.Context, c comparison) (to, of operand, ok bool) {
	left, leftText := c.left.literal()
	right, rightText := c.right.literal()
	switch {
	case leftText && rightText:
		return nil, nil, false
	case rightText:
		return c.left, c.right, db.isOrdered(ctx, c.left.column()) || db.mayBeGroup(ctx, right)
	case leftText:
		return c.right, c.left, db.isOrdered(ctx, c.right.column()) || db.mayBeGroup(ctx, left)
	case c.right.query() != nil:
		return c.left, c.right, db.isOrdered(ctx, c.left.column())
	case c.right.quantified(), c.left.row() && c.right.row():
		if texts := c.right.literals(); len(texts) > 0 {
			text, _ := texts[0].literal()
			return c.left, c.right, db.isOrdered(ctx, c.left.column()) || db.mayBeGroup(ctx, text)
		}
		return nil, nil, false
	}
	a, b := c.left.column(), c.right.column()
	switch {
	case equalFold(a, b) || c.left.cast() || c.right.cast():
		return nil, nil, false
	case db.isOrdered(ctx, a):
		return c.left, c.right, c.right[0].Kind != sqltext.Number
	}
	return c.right, c.left, db.isOrdered(ctx, b) && c.left[0].Kind != sqltext.Number
}

// untyped reports whether neither side of a comparison says of what type it is.
func (c comparison) untyped() bool {
	return !slices.ContainsFunc([]operand{c.left, c.right}, func(o operand) bool {
		text, ok := o.literal()
		return ok && !number.MatchString(text) || o[0].Kind == sqltext.Number || o.cast() || o.quantified() || o.row()
	})
}

// parameter recognises $1, ? and their like.
func (o operand) parameter() bool { return len(o) == 1 && o[0].Kind == sqltext.Parameter }

// castsToText reports whether something is cast to text in a statement, as an ENUM is
// that is compared with a text.
func (db *DB) castsToText(ctx context.Context, statement string) bool {
	tree := db.bound(ctx, statement)
	return tree == nil && strings.Contains(db.plan(ctx, statement), " AS VARCHAR)") || walk(tree, func(n node) bool { return n.asText() != nil })
}

// planned is castable by the plan of the statement, for what names do not tell: that
// (SELECT age_group AS g …) has an ENUM g. It tells of each comparison that there is one in,
// as asRead has them.
func (db *DB) planned(ctx context.Context, statement string, ask map[int]comparison) map[int]comparison {
	meant := map[int]comparison{}
	for len(ask) > 0 {
		together := disjoint(ask)
		sides, ok := db.sidesCast(ctx, statement, ask, together)
		if !ok && len(together) > 1 { // one of them may be why
			for half := range slices.Chunk(together, (len(together)+1)/2) {
				part := map[int]comparison{}
				for _, i := range half {
					part[i] = ask[i]
				}
				maps.Copy(meant, db.planned(ctx, statement, part))
			}
		}
		for _, i := range together {
			c := ask[i]
			delete(ask, i)
			if !ok && len(together) > 1 {
				continue
			}
			const none = "none of its values"
			switch {
			case sides[2*i+1], !ok && db.enumOf(ctx, statement, c.left, c.right, none) != nil:
				meant[i] = comparison{left: c.left, right: c.right}
			case sides[2*i], !ok && db.enumOf(ctx, statement, c.right, c.left, none) != nil:
				meant[i] = comparison{left: c.right, right: c.left}
			}
		}
	}
	return meant
}

// disjoint are comparisons of which none has operands in another's, as many as are first in
// the statement. One at least.
func disjoint(ask map[int]comparison) (together []int) {
	begin := func(i int) int { return min(ask[i].left[0].At, ask[i].right[0].At) }
	end := func(i int) int {
		return max(ask[i].left[len(ask[i].left)-1].End(), ask[i].right[len(ask[i].right)-1].End())
	}
	at := 0
	for _, i := range slices.SortedFunc(maps.Keys(ask), func(a, b int) int { return cmp.Or(end(a)-end(b), begin(b)-begin(a), a-b) }) {
		if begin(i) >= at {
			together = append(together, i)
			at = end(i)
		}
	}
	return together
}

// sidesCast asks of comparisons, all at once, whether a text is cast to an ENUM that stands
// for their left side, 2i, or their right, 2i+1, of which the other is. It is not ok where
// the statement does not fit together so.
func (db *DB) sidesCast(ctx context.Context, statement string, ask map[int]comparison, together []int) (sides map[int]bool, ok bool) {
	const none = "none of its values: "
	var b strings.Builder
	at := 0
	for _, i := range together {
		for side, pair := range [][2]operand{{ask[i].left, ask[i].right}, {ask[i].right, ask[i].left}} {
			stands, of := pair[0], pair[1]
			if stands[0].At < at {
				return nil, false // a side within the other
			}
			b.WriteString(statement[at:stands[0].At])
			b.WriteString(castTo(none+strconv.Itoa(2*i+side), of.text(statement)))
			at = stands[len(stands)-1].End()
		}
	}
	b.WriteString(statement[at:])
	tree := db.bound(ctx, b.String())
	if tree == nil {
		return nil, false
	}
	sides = map[int]bool{}
	walk(tree, func(n node) bool {
		if n.text("expression_class") == "BOUND_CAST" {
			text, _ := n.node("child").constant()
			if number, ours := strings.CutPrefix(text, none); ours && n.labels() != nil {
				side, _ := strconv.Atoi(number)
				sides[side] = true
			}
		}
		return false
	})
	return sides, true
}

// query is what is in the parentheses of ANY (SELECT …), with the parenthesis at its
// end; nil where the operand is nothing else.
func (o operand) query() operand {
	if len(o) > 3 && o.quantified() && o[1].Is("(") && (o[2].Is("SELECT") || o[2].Is("FROM") || o[2].Is("WITH") || o[2].Is("VALUES")) {
		return o[2:]
	}
	return nil
}

// quantified recognises ALL (…) and ANY (…).
func (o operand) quantified() bool { return o[0].Is("ALL") || o[0].Is("ANY") || o[0].Is("SOME") }

// row recognises (a, b).
func (o operand) row() bool {
	return o[0].Is("(") && closing(o, 0) == len(o)-1 && len(o.elements(0)) > 1
}

// cast reports whether the operand has a type written out.
func (o operand) cast() bool {
	return slices.ContainsFunc(o, func(t sqltext.Token) bool { return t.Is("::") || t.Is("CAST") || t.Is("TRY_CAST") })
}

// literals are the texts in an operand that is no query.
func (o operand) literals() (texts []operand) {
	for i, t := range o {
		if t.Is("SELECT") || t.Is("FROM") {
			return nil
		}
		if _, ok := o[i : i+1].literal(); ok {
			texts = append(texts, o[i:i+1])
		}
	}
	return texts
}

// number is a text that is compared with numbers or groups, and date one that is
// rather compared with dates and times.
var (
	number = later.Compile(`^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$`)
	date   = later.Compile(`^\s*(\d{1,4}-\d{1,2}-\d{1,2}([ T].*)?|\d{1,2}:\d\d.*)\s*$`)
)

// mayBeGroup reports whether a text may be meant as the value of an ENUM. One that is
// none of them is an error then, which says so.
func (db *DB) mayBeGroup(ctx context.Context, text string) bool {
	return !number.MatchString(text) && !date.MatchString(text) || db.groups(ctx).member[text]
}

// isOrdered reports whether a column of this name is an ENUM: ours are named as their
// types.
func (db *DB) isOrdered(ctx context.Context, column string) bool {
	return column != "" && db.groups(ctx).values[strings.ToLower(column)] != nil
}

// groups are the ENUM types there are.
type groups struct {
	values map[string][]string // by the name of the type, in lower case
	member map[string]bool     // of any of them
}

// forgetGroups is called after statements, some of which may make or drop types.
func (db *DB) forgetGroups(statement string) {
	switch sqltext.FirstWord(statement) {
	case "CREATE", "DROP", "ALTER", "ATTACH", "DETACH", "USE", "IMPORT", "ROLLBACK", "EXECUTE":
		db.enums = nil
	}
}

// groups reads the ENUM types when they are first asked for.
func (db *DB) groups(ctx context.Context) *groups {
	if db.enums != nil {
		return db.enums
	}
	g := &groups{map[string][]string{}, map[string]bool{}}
	add := func(name, value string) {
		name = strings.ToLower(name)
		g.values[name] = append(g.values[name], value)
		g.member[value] = true
	}
	var name, value string
	err := db.each(ctx, "SELECT type_name, unnest(labels) FROM duckdb_types() WHERE logical_type = 'ENUM'", []any{&name, &value}, func() { add(name, value) })
	if err != nil {
		return g // an aborted transaction
	}
	// The groups of dimensions of one's own are types without a name.
	own, err := db.conn.Texts(ctx, "SELECT column_name || ' ' || column_type FROM (DESCRIBE population_cell) WHERE starts_with(column_type, 'ENUM(')")
	if err != nil {
		return g
	}
	for _, column := range own {
		name, list, _ := strings.Cut(column, " ENUM(")
		if g.values[strings.ToLower(name)] == nil {
			for _, value := range enumValues(list) {
				add(name, value)
			}
		}
	}
	db.enums = g
	return g
}

// enumValues reads what stands in the parentheses of ENUM('a', 'b').
func enumValues(list string) (values []string) {
	for _, t := range sqltext.Code(list) {
		if t.Is(")") {
			break
		}
		if value, ok := (operand{t}).literal(); ok {
			values = append(values, value)
		}
	}
	return values
}

// notInType is DuckDB's error for a text that is none of the values of an ENUM.
var notInType = later.Compile(`(?s)^'(.*)' is none of the values of its type`)

// explainOrder puts an error about a text at its place in the statement as it was
// written, and says of which column it is no value.
func (db *DB) explainOrder(ctx context.Context, f *Fault, statement string, changed []comparison) {
	f.Source, f.Line = "", 0
	if m := notInType.FindStringSubmatch(f.Sentence); m != nil {
		for _, c := range changed {
			for _, o := range c.right.literals() {
				if text, _ := o.literal(); text == m[1] {
					f.Sentence = equality{}.noValue(c.left.text(statement), text, db.groups(ctx).values[strings.ToLower(c.left.column())])
					f.pointTo(statement, o[0].At)
					return
				}
			}
		}
		return
	}
	for _, t := range sqltext.Code(statement) {
		if text, ok := t.Literal(); ok && (strings.Contains(f.Sentence, "'"+text+"'") || strings.Contains(f.Sentence, `"`+text+`"`)) {
			f.pointTo(statement, t.At)
			return
		}
	}
}

// asWritten answers for a statement that failed as it is read. Where it fails as it is
// written too, that error has the right places in it. Where only the change made it
// fail, before it was run, it is run as it is written, with a note.
func (db *DB) asWritten(ctx context.Context, statement, read string, changed []comparison, limit int, err error) (*Result, error) {
	f, ok := err.(*Fault)
	if !ok {
		return nil, err
	}
	if written := db.unprepared(ctx, statement); written != nil {
		return nil, written
	}
	if notInType.MatchString(f.Sentence) || db.unprepared(ctx, read) == nil {
		if notInType.MatchString(f.Sentence) || strings.Contains(f.Source, "cast_to_type(") {
			db.explainOrder(ctx, f, statement, changed)
		}
		return nil, f
	}
	for _, c := range changed {
		text, _ := c.right.literal()
		if db.isOrdered(ctx, c.left.column()) || db.groups(ctx).member[text] {
			if err := db.note(c.left.text(statement) + " and " + c.right.text(statement) + " are compared as texts, not in the order of their groups; cast both to the type of the group, as in 'x'::age_group"); err != nil {
				return nil, err
			}
		}
	}
	return db.query(ctx, statement, limit)
}

// unprepared is the error that preparing a statement gives, nil where it gives none.
func (db *DB) unprepared(ctx context.Context, statement string) (fault error) {
	prepared, err := db.conn.Statement(ctx, statement)
	if err == nil {
		prepared.Close()
		return nil
	}
	fault = NewFault(err)
	if f, ok := fault.(*Fault); ok {
		explainArguments(f, statement)
		db.suggest(ctx, f)
	}
	return fault
}
