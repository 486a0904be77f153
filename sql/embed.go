// Package sql holds the public surface of utvandring as text: every table,
// view and macro in a numbered .sql file, applied in the order of the numbers,
// and the reference data they start from as CSV. It knows nobody.
package sql

import "embed"

// Files has the .sql files (NN_name.sql, report/NN_name.sql) and data/TABLE.csv.
//
//go:embed *.sql report/*.sql data/*.csv
var Files embed.FS
