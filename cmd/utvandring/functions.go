package main

import (
	"context"
	"strings"

	"utvandring/udf/later"
)

// function is a function or macro of the database, DuckDB's own among them.
type function struct {
	name, kind      string   // table_macro, scalar, …
	parameters      []string // their names
	call            string   // with types: "abs(x DOUBLE) → DOUBLE"
	about, examples string
}

// functions lists what functions there are, in the order of what help prints of them. DuckDB
// writes out each macro for the list, whoever asks for one: it is asked once between two
// statements, for every Tab and every .help.
func (s *session) functions(ctx context.Context) ([]function, error) {
	if s.listed != nil {
		return s.listed, nil
	}
	r, err := s.db.Query(ctx, `
		SELECT function_name || '(' || array_to_string(list_transform(list_zip(parameters, parameter_types),
		         lambda p: p[1] || coalesce(' ' || p[2], '')), ', ') || ')' || coalesce(' → ' || return_type, ''),
		       function_type, coalesce(comment, description, ''), array_to_string(examples, chr(10)), function_name, array_to_string(parameters, chr(31))
		FROM duckdb_functions() ORDER BY ALL`)
	if err != nil {
		return nil, err
	}
	for _, row := range textsOf(r) {
		f := function{call: row[0], kind: row[1], about: row[2], examples: row[3], name: row[4]}
		if row[5] != "" {
			f.parameters = strings.Split(row[5], "\x1f")
		}
		s.listed = append(s.listed, f)
	}
	return s.listed, nil
}

// namedFunctions are those that have a name and are no operator, as far as a person waits for them.
func (s *session) namedFunctions() (named []function) {
	ctx, cancel := awaited()
	defer cancel()
	listed, _ := s.functions(ctx)
	for _, f := range listed {
		if functionName.MatchString(f.name) {
			named = append(named, f)
		}
	}
	return named
}

var functionName = later.Compile(`^[a-zA-Z]\w*$`)
