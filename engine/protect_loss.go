package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"utvandring/udf/sqltext"
)

// measureLoss compares the emigrations and residents of the frequency views by county and
// each other dimension, before and after.
func (db *DB) measureLoss(ctx context.Context, p *DB, dir string) error {
	var parts []string
	for _, d := range reportDimensions[1:] {
		parts = append(parts, fmt.Sprintf("SELECT '%[1]s' AS dim, year, county, %[1]s::VARCHAR AS level, residents, emigrations FROM frequency_of(county_cell, ['county', '%[1]s'])", d.name))
	}
	query := strings.Join(parts, " UNION ALL ")
	file := sqltext.QuoteText(filepath.Join(dir, "loss.parquet"))
	if err := p.Exec(ctx, "COPY ("+query+") TO "+file+" (FORMAT parquet)"); err != nil {
		return err
	}
	if p.Protection == Suppressed {
		var figures, small, hidden int
		var share *float64
		row := db.conn.QueryRowContext(ctx, fmt.Sprintf(`
		SELECT count(*), count(*) FILTER (before BETWEEN 1 AND %d), count(*) FILTER (after IS NULL), sum(before) FILTER (after IS NULL) / nullif(sum(before), 0)
		FROM (SELECT t.residents AS a, r.residents AS b, t.emigrations AS c, r.emigrations AS d
		      FROM (`+query+`) t JOIN read_parquet(`+file+`) r
		        ON t.dim = r.dim AND t.year = r.year AND t.county IS NOT DISTINCT FROM r.county AND t.level IS NOT DISTINCT FROM r.level),
		     LATERAL (VALUES (a, b), (c, d)) v(before, after)`, protectBase-1))
		if err := row.Scan(&figures, &small, &hidden, &share); err != nil {
			return Plain(err)
		}
		if share != nil {
			p.loss = fmt.Sprintf("residents and emigrations by county and one more dimension, %d figures: %d are hidden, of which %d are small, with %.1f %% of the persons counted", figures, hidden, small, 100**share)
		} else {
			p.loss = fmt.Sprintf("residents and emigrations by county and one more dimension, %d figures: none is hidden", figures)
		}
		return nil
	}
	var figures int
	var mean, largest *float64
	var total *int64
	row := db.conn.QueryRowContext(ctx, `
		SELECT count(*), avg(abs(v.before - v.after)), max(abs(v.before - v.after)),
		       (SELECT sum(emigrations) FROM read_parquet(`+file+`) WHERE dim = 'sex')::BIGINT - (SELECT sum(emigrations) FROM county_cell)::BIGINT
		FROM (SELECT coalesce(t.residents, 0) AS a, coalesce(r.residents, 0) AS b, coalesce(t.emigrations, 0) AS c, coalesce(r.emigrations, 0) AS d
		      FROM (`+query+`) t FULL JOIN read_parquet(`+file+`) r
		        ON t.dim = r.dim AND t.year = r.year AND t.county IS NOT DISTINCT FROM r.county AND t.level IS NOT DISTINCT FROM r.level),
		     LATERAL (VALUES (a, b), (c, d)) v(before, after)`)
	if err := row.Scan(&figures, &mean, &largest, &total); err != nil {
		return Plain(err)
	}
	if mean != nil && largest != nil && total != nil {
		p.loss = fmt.Sprintf("residents and emigrations by county and one more dimension, %d figures: change %.2f in the mean and %.0f at most; all emigrations change by %+d", figures, *mean, *largest, *total)
	}
	return nil
}
