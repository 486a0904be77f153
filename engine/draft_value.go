package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"utvandring/udf/later"
	"utvandring/udf/sqltext"
)

// looked is how many rows of a file a draft looks at.
const looked = 1_000_000

// values are the different values of a column, most frequent first, as many as could be
// codes.
func (d *drafter) values(f *draftFile, column, condition string) ([]string, error) {
	return d.db.conn.Texts(d.ctx, fmt.Sprintf(`
		SELECT v FROM (SELECT trim(%s::VARCHAR) AS v FROM (FROM %s%s LIMIT %d)) WHERE v <> '' GROUP BY v ORDER BY count(*) DESC, v LIMIT 400`,
		sqltext.QuoteName(column), f.source, whereOf(condition), looked))
}

// absent are the marks of registers and programs for a value that is not there.
var absent = []string{"NA", ".", "..", ":", "-", "NULL", "null", "N/A", "n/a", "NaN", "nan", "#N/A", "None"}

// view writes the view of a table over a file.
func (d *drafter) view(t draftTable, f *draftFile, r *recordType) (string, error) {
	found, _ := t.match(f.header)
	condition := r.condition(t.table)
	var selected, notes, nulls []string
	for i, c := range t.columns {
		var expression, note string
		switch at := found[i]; {
		case r != nil && (c.kind == asDirection || c.name == "administrative" && at < 0):
			expression, note = r.direction(c)
			f.used[r.column] = true
		case at >= 0:
			column := f.header[at]
			f.used[column] = true
			values, err := d.values(f, column, condition)
			if err != nil {
				return "", err
			}
			for _, mark := range absent {
				if slices.Contains(values, mark) && c.kind != asIs && !slices.Contains(nulls, mark) {
					nulls = append(nulls, mark)
				}
			}
			values = slices.DeleteFunc(values, func(v string) bool { return slices.Contains(absent, v) })
			if expression, note, err = d.expression(f, c, column, values, condition); err != nil {
				return "", err
			}
		case c.spare:
			continue
		default:
			expression, note = unfinished, "no column was recognised as it"
		}
		if !equalFold(expression, c.name) {
			expression += " AS " + c.name
		}
		selected = append(selected, expression)
		notes = append(notes, note)
	}
	var lines strings.Builder
	for i, column := range selected {
		lines.WriteString(map[bool]string{true: "\nSELECT ", false: "\n       "}[i == 0] + column)
		if i < len(selected)-1 {
			lines.WriteByte(',')
		}
		if notes[i] != "" {
			lines.WriteString("  -- " + oneLine(notes[i]))
		}
	}
	read := f.read
	if len(nulls) > 0 && strings.HasPrefix(read, "read_csv(") {
		read = strings.TrimSuffix(read, ")") + ", nullstr = ['', " + strings.Join(sqltext.QuoteAll(nulls, sqltext.QuoteText), ", ") + "])"
	}
	text := fmt.Sprintf("\nCREATE VIEW %s AS%s\nFROM %s", t.table, lines.String(), read)
	if condition != "" {
		text += "\nWHERE " + condition
	}
	return text + ";\n", nil
}

// expression reads a column, and says in a note what it could not tell.
func (d *drafter) expression(f *draftFile, c draftColumn, column string, values []string, condition string) (expression, note string, err error) {
	x := nameOf(column)
	switch c.kind {
	case asSex, asTruth, asDirection:
		if strings.HasPrefix(f.read, "read_parquet(") {
			x += "::VARCHAR" // codes may be numbers there
		}
		expression, note = recode(x, c.kind, values)
		return expression, note, nil
	case asCountry:
		return d.country(x, values)
	case asMunicipality:
		expression, note = municipalityOf(x, values)
		return expression, note, nil
	case asDay, asEnd, asYear:
		format, note, err := d.format(f, column, values, condition)
		if err != nil || format == "" {
			if c.kind == asYear && note != "" {
				return x, "", err
			}
			return unfinished, fmt.Sprintf("%s: %s", column, note), err
		}
		switch {
		case c.kind == asYear:
			return fmt.Sprintf("year(day_in(%s, '%s')::DATE)", x, format), note, nil
		case c.kind == asDay && format == iso:
			return x, note, nil
		case c.kind == asDay:
			return fmt.Sprintf("day_in(%s, '%s')", x, format), note, nil
		}
		inclusive, why, err := d.inclusive(f, column, format, condition)
		return fmt.Sprintf("end_in(%s, '%s', inclusive := %s)", x, format, inclusive), why, err
	}
	return x, "", nil
}

// recode writes the codes of a column in our words. What is none of them stays as it
// is, so that .load refuses it.
func recode(x string, kind draftKind, values []string) (expression, note string) {
	words := draftWords[kind]
	if kind == asTruth && slices.ContainsFunc(values, func(v string) bool { return equalFold(v, "b") }) {
		words, note = maps.Clone(words), "B: immigrants"
		maps.Copy(words, categories)
	}
	if kind == asSex && slices.Contains(values, "0") { // of 0 and 1, 1 is a woman as often
		words = maps.Clone(words)
		delete(words, "1")
	}
	slices.Sort(values)
	same := true
	var unknown []string
	var b strings.Builder
	b.WriteString("CASE " + x)
	for _, v := range values {
		word := words[strings.ToLower(v)]
		if word == "" {
			unknown = append(unknown, v)
			continue
		}
		same = same && word == v
		fmt.Fprintf(&b, " WHEN %s THEN '%s'", sqltext.QuoteText(v), word)
	}
	if len(unknown) > 0 {
		note = fmt.Sprintf("%s what is %s?", unfinished, firstOf(unknown))
	}
	if len(unknown) == len(values) {
		return unfinished, strings.TrimPrefix(note, unfinished+" ")
	}
	if same && len(unknown) == 0 {
		return x, note
	}
	return b.String() + " ELSE " + x + " END", note
}

// direction tells from the type of a line which way somebody moves, or whether the
// register wrote them out.
func (r *recordType) direction(c draftColumn) (expression, note string) {
	x := nameOf(r.column)
	var b strings.Builder
	b.WriteString("CASE " + x)
	for _, code := range r.codes["migration"] {
		lower := strings.ToLower(code)
		value := "false"
		if c.kind == asDirection {
			value = "'immigration'"
			if strings.HasPrefix(lower, "u") || strings.HasPrefix(lower, "e") || lower == "out" {
				value = "'emigration'"
			}
		} else if strings.HasSuffix(lower, "adm") {
			value = "true"
		}
		fmt.Fprintf(&b, " WHEN %s THEN %s", sqltext.QuoteText(code), value)
	}
	b.WriteString(" END")
	if c.kind == asTruth && !strings.Contains(b.String(), "true") {
		return unfinished, "no column was recognised as it"
	}
	return b.String(), ""
}

// country finds the coding in which most of the values are countries. Letters are one
// where they are of several: a code that one coding has is none of another's.
func (d *drafter) country(x string, values []string) (expression, note string, err error) {
	if len(values) == 0 {
		return x, "", nil
	}
	rows, err := d.db.conn.Texts(d.ctx, fmt.Sprintf(`
		SELECT count(*) FILTER (known) || ' ' || coding FROM (
		  SELECT coding, v, coding IN ('iso3', 'letters') AND (v = 'NOR' OR v IN (SELECT country_code FROM country)) OR coding <> 'iso3' AND (SELECT count(*) > 0 FROM country_coding k
		         WHERE (k.coding = t.coding OR t.coding = 'letters' AND k.coding IN ('iso2', 'name')) AND k.code = CASE k.coding WHEN 'name' THEN lower(v) WHEN 'iso2' THEN upper(v) ELSE lpad(ltrim(v, '0'), 3, '0') END) AS known
		  FROM (SELECT unnest(%s) AS v), (SELECT unnest(['iso3', 'ssb', 'iso2', 'numeric', 'name', 'letters']) AS coding) AS t)
		GROUP BY coding ORDER BY count(*) FILTER (known) DESC, list_position(['iso3', 'ssb', 'iso2', 'numeric', 'name', 'letters'], coding)`, textList(values)))
	if err != nil {
		return "", "", err
	}
	var n, second int
	var coding, other string
	fmt.Sscan(rows[0], &n, &coding)
	if fmt.Sscan(rows[1], &second, &other); other == "letters" {
		fmt.Sscan(rows[2], &second, &other)
	}
	switch {
	case n*2 < len(values):
		return unfinished, fmt.Sprintf("in what coding are %s?", firstOf(values)), nil
	case n == second:
		note = fmt.Sprintf("%s or is it '%s'?", unfinished, other)
	case n < len(values):
		note = fmt.Sprintf("%d of %d codes are countries", n, len(values))
	}
	switch coding {
	case "iso3":
		return x, note, nil
	case "letters":
		return fmt.Sprintf("country_in(country_in(%s, 'iso2'), 'name')", x), note, nil
	}
	return fmt.Sprintf("country_in(%s, '%s')", x, coding), note, nil
}

// municipalityOf reads a code that has lost its zero, or has a name behind it.
func municipalityOf(x string, values []string) (expression, note string) {
	digits := func(v string) int { return len(v) - len(strings.TrimLeft(v, "0123456789")) }
	short, named := false, false
	for _, v := range values {
		n := digits(v)
		if n == 0 || n > 4 {
			return unfinished, fmt.Sprintf("how is %s a municipality's four digits?", v)
		}
		short = short || n < 4
		named = named || n < len(v)
	}
	switch {
	case named && short:
		return fmt.Sprintf("lpad(regexp_extract(%s::VARCHAR, '^[0-9]+'), 4, '0')", x), "the name behind the code is left out"
	case named:
		return fmt.Sprintf("left(%s, 4)", x), "the name behind the code is left out"
	case short:
		return fmt.Sprintf("lpad(%s::VARCHAR, 4, '0')", x), "zeros in front were lost"
	}
	return x, ""
}

// oneLine is a text that may stand in a comment to the end of the line.
func oneLine(text string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(text) }

// nameOf is a column as SQL names it, in quotes where it has to be.
func nameOf(column string) string {
	if plainColumn.MatchString(column) && !slices.Contains(reserved, strings.ToLower(column)) {
		return column
	}
	return sqltext.QuoteName(column)
}

var (
	plainColumn = later.Compile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	reserved    = strings.Fields("all and any as asc both case cast check column create default desc distinct do else end except false for from grant group having in initially into is join leading left like limit natural not null offset on only or order outer placing primary references returning right select some symmetric table then to trailing true union unique user using variadic when where window with")
)
