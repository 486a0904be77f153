package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"utvandring/udf/sqltext"
)

// A version may have a name for something that the user has given to something else in a file
// of an earlier one. What the earlier one shipped is written down in the file.

// shippedNames are all names of this version that are not private.
func shippedNames() []string {
	return mapped(Entries(), func(e Entry) string { return strings.ToLower(e.Name) })
}

// moveAside gives the user's tables and views whose names this version needs others, and takes
// down what it did. Macros cannot be renamed: their text is told.
func (db *DB) moveAside(ctx context.Context) error {
	db.Moved = nil
	theirs, err := db.conn.Texts(ctx, "SELECT unnest(names) FROM _prepared")
	if err != nil {
		return nil // an earlier version still, which wrote none
	}
	mine := slices.DeleteFunc(shippedNames(), func(name string) bool { return slices.Contains(theirs, name) })
	if len(mine) == 0 {
		return nil
	}
	there, err := db.kinds(ctx)
	if err != nil {
		return err
	}
	macros := map[string]string{}
	var name, text string
	if err := db.each(ctx, `
		SELECT lower(function_name), any_value('(' || array_to_string(parameters, ', ') || ') AS ' || CASE WHEN function_type = 'table_macro' THEN 'TABLE ' ELSE '' END || macro_definition)
		FROM duckdb_functions() WHERE NOT internal AND database_name = current_database() AND schema_name = 'main' AND macro_definition IS NOT NULL GROUP BY ALL`,
		[]any{&name, &text}, func() { macros[name] = text }); err != nil {
		return err
	}
	for _, name := range mine {
		e, _ := Lookup(name)
		isMacro := strings.HasSuffix(e.Kind, "macro")
		if text, ok := macros[name]; ok && isMacro {
			db.Moved = append(db.Moved, fmt.Sprintf("macro %[1]s is the program's own now; yours was: CREATE MACRO %[1]s%[2]s", name, text))
		}
		kind := there[name]
		if kind == "" || isMacro || e.Kind == "type" {
			continue
		}
		other := name + "_own"
		for there[other] != "" || slices.Contains(mine, other) || slices.Contains(theirs, other) {
			other += "_own"
		}
		if err := db.Exec(ctx, fmt.Sprintf("ALTER %s %s RENAME TO %s", kind, sqltext.QuoteName(name), sqltext.QuoteName(other))); err != nil {
			return fmt.Errorf("%s %s is yours, and this version has something of that name: give it another with the version that made it (%w)", kind, name, err)
		}
		there[other] = kind
		db.Moved = append(db.Moved, fmt.Sprintf("%s %s is the program's own now; yours is %s", e.Kind, name, other))
	}
	return nil
}
