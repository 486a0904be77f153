package engine

import (
	"strconv"
	"strings"

	"utvandring/udf/sqltext"
)

// keepPrepared remembers what PREPARE name AS has prepared.
func (db *DB) keepPrepared(statement string) {
	if name, text := prepares(statement); text != "" {
		if db.prepared == nil {
			db.prepared = map[string]string{}
		}
		db.prepared[strings.ToLower(name)] = text
	}
}

// prepares gives the name and the statement of PREPARE name AS statement, nothing of
// another.
func prepares(statement string) (name, text string) {
	if sqltext.FirstWord(statement) != "PREPARE" {
		return "", ""
	}
	code := operand(sqltext.Code(statement))
	for i := 2; i < len(code); i++ {
		switch {
		case code[i].Is("("):
			if i = closing(code, i); i < 0 {
				return "", ""
			}
		case code[i].Is("AS") && i+1 < len(code):
			return code[1].Ident(), statement[code[i+1].At:]
		}
	}
	return "", ""
}

// meant is the statement that another one runs: for EXECUTE what was prepared, with the
// values it is given; for EXPLAIN ANALYZE what it explains; for others themselves.
func (db *DB) meant(statement string) string {
	switch sqltext.FirstWord(statement) {
	case "EXPLAIN":
		if code := sqltext.Code(statement); len(code) > 2 && code[1].Is("ANALYZE") {
			return statement[code[2].At:]
		}
	case "EXECUTE":
		code := operand(sqltext.Code(statement))
		if len(code) < 2 {
			break
		}
		text, ok := db.prepared[strings.ToLower(code[1].Ident())]
		if !ok {
			break
		}
		values := map[string]string{}
		if len(code) > 3 && code[2].Is("(") {
			for i, value := range sqltext.Items(code[3:]) {
				name := strconv.Itoa(i + 1)
				if len(value) > 2 && (value[1].Is(":=") || value[1].Is("=>")) {
					name, value = strings.ToLower(value[0].Ident()), value[2:]
				}
				if len(value) > 0 {
					values[name] = "(" + operand(value).text(statement) + ")"
				}
			}
		}
		return withValues(text, values)
	}
	return statement
}

// withValues puts values in the place of the parameters of a statement: ?, $1, $name.
// What has no value is NULL.
func withValues(statement string, values map[string]string) string {
	var b strings.Builder
	at, number := 0, 0
	for _, t := range sqltext.Code(statement) {
		if t.Kind != sqltext.Parameter {
			continue
		}
		name := strings.ToLower(strings.TrimLeft(t.Text, "$#?"))
		if name == "" {
			number++
			name = strconv.Itoa(number)
		}
		value, ok := values[name]
		if !ok {
			value = "NULL"
		}
		b.WriteString(statement[at:t.At])
		b.WriteString(value)
		at = t.End()
	}
	b.WriteString(statement[at:])
	return b.String()
}
