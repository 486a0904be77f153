package engine

import (
	"context"
	"fmt"
	"strings"

	"utvandring/udf/sqltext"
)

// sourceTable says where the register of a database comes from: a row for
// invented people, no table for real ones. It is in the database, because a file
// with invented people must say so on every machine, and it is written where they
// are made, so that nobody can make them without it.
const sourceTable = "_register_source"

// markSynthetic notes that the people of the register are invented.
func (db *DB) markSynthetic(ctx context.Context, scale float64, seed uint64) error {
	text := fmt.Sprintf("Synthetic demo register (%g of national size, seed %d), not real people.", scale, seed)
	return db.Exec(ctx, "CREATE OR REPLACE TABLE "+sourceTable+" AS SELECT "+sqltext.QuoteText(text)+" AS description")
}

// Source is what must stand under every figure about the register: that its people are
// invented, that it was changed since it was counted, or nothing.
func (db *DB) Source(ctx context.Context) (string, error) {
	var parts []string
	marked, err := db.conn.HasTable(ctx, db.catalog, sourceTable)
	if err != nil {
		return "", err
	}
	if marked {
		if parts, err = db.conn.Texts(ctx, "SELECT description FROM "+db.at(sourceTable)); err != nil {
			return "", err
		}
	}
	if stale := db.Stale(ctx, true); stale != "" {
		parts = append(parts, strings.ToUpper(stale[:1])+stale[1:]+".")
	}
	if text := db.ProtectedText(); text != "" {
		parts = append(parts, strings.ToUpper(text[:1])+text[1:]+".")
	}
	return strings.Join(parts, " "), nil
}

// ProtectionLine is the first line of a report: whether its figures are protected.
func (db *DB) ProtectionLine() string {
	if text := db.ProtectedText(); text != "" {
		return strings.ToUpper(text[:1]) + text[1:] + ". Loss: " + db.ProtectionLoss + "."
	}
	return "Not protected: figures are as counted, and small ones may tell about single people (.protect on)."
}
