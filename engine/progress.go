package engine

import "utvandring/udf"

// Progress is how much of the running statement is done, in per cent; known is
// false where neither the function that runs nor DuckDB can tell, or nothing runs.
func (db *DB) Progress() (percent float64, known bool) {
	if percent, known := udf.Progress(); known {
		return percent, known
	}
	return db.conn.Progress()
}
