package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"utvandring/udf/sqltext"
)

// SetDivision writes the setting: from the next Refresh on, everything is counted
// in the division into municipalities of that year. It returns how many there are.
func (db *DB) SetDivision(ctx context.Context, year int) (municipalities int, err error) {
	if err := db.refuseProtected("division"); err != nil {
		return 0, err
	}
	err = db.atHome(ctx, func() error {
		if err := db.knowsDivision(ctx, year); err != nil {
			return err
		}
		if db.ReadOnly {
			return errors.New("division: the database is open for reading only")
		}
		if err := db.Exec(ctx, "INSERT OR REPLACE INTO study VALUES ('division', $1::INTEGER)", year); err != nil {
			return err
		}
		row := db.conn.Row(ctx, "SELECT count(*) FROM municipality_life WHERE $1 BETWEEN first_year AND last_year", year)
		return Plain(row.Scan(&municipalities))
	})
	return municipalities, err
}

// Division tells in which division everything is counted, and which it will be from
// the next Refresh on.
func (db *DB) Division(ctx context.Context) (string, error) {
	var text []string
	err := db.atHome(ctx, func() (err error) {
		text, err = db.conn.Texts(ctx, `
		SELECT 'counted in the division of ' || year || ', ' || (SELECT count(*) FROM municipality) || ' municipalities' ||
		       CASE WHEN year::VARCHAR <> _setting('division') THEN '; of ' || _setting('division') || ' from the next .refresh on' ELSE '' END
		FROM _division`)
		return err
	})
	return strings.Join(text, ""), Plain(err)
}

// knowsDivision refuses years whose division does not follow from municipality_change. Before
// its first change nothing was different.
func (db *DB) knowsDivision(ctx context.Context, year int) error {
	var first, last int
	err := db.conn.Row(ctx, `
		SELECT coalesce(least(min(year) - 1, in_force), in_force), coalesce(greatest(max(year), in_force), in_force)
		FROM (SELECT coalesce(max(year), 2013) AS in_force FROM _division) LEFT JOIN municipality_change ON true GROUP BY in_force`).Scan(&first, &last)
	if err == nil && (year < first || year > max(last, time.Now().Year())) {
		return leftOut{"", fmt.Sprintf("division: the changes of municipalities are known for %d to %d (table municipality_change), not for %d", first, last, year)}
	}
	return Plain(err)
}

// divide makes table municipality the list of the division that the study is in, and reads codes
// in it. It is a part of refresh: until then, counts and list are those of before.
func (db *DB) divide(ctx context.Context) error {
	if err := db.checkStudy(ctx); err != nil {
		return err
	}
	var other bool
	var year int
	row := db.conn.Row(ctx, "SELECT _setting('division') IS DISTINCT FROM (SELECT max(year)::VARCHAR FROM _division), _setting('division')::INTEGER")
	if err := row.Scan(&other, &year); err != nil {
		return Plain(err)
	}
	changed, err := db.changed(ctx, strings.Join(db.fingerprintsOf(settled, true), " UNION ALL "))
	if err != nil {
		return err
	}
	has := func(tables ...string) bool {
		return slices.ContainsFunc(tables, func(table string) bool { return slices.Contains(changed, table) })
	}
	switch {
	case other:
		err = db.newDivision(ctx, year)
	case has("municipality_centrality") && !has("municipality"):
		err = db.Exec(ctx, levelAnew)
	}
	if err != nil {
		return err
	}
	read, err := db.has(ctx, "_code_reading")
	if err != nil || read && !has("municipality", "municipality_change", "study") {
		return err // they were read so for the last count
	}
	return db.fillTables(ctx, "", isCodes)
}

// newDivision makes table municipality the list of a year.
func (db *DB) newDivision(ctx context.Context, year int) error {
	if err := db.knowsDivision(ctx, year); err != nil {
		return err
	}
	// Columns of one's own; the rest follows from other tables, and of the county where the
	// codes do not begin with it.
	own, err := db.furtherColumns(ctx, "municipality")
	if err != nil {
		return err
	}
	inherit, keep := "", ""
	for _, c := range sqltext.QuoteAll(append([]string{"county_code"}, namesOf(own)...), sqltext.QuoteName) {
		inherit += fmt.Sprintf(", CASE WHEN count(DISTINCT %[1]s) = 1 AND count(%[1]s) = count(*) THEN any_value(%[1]s) END AS %[1]s", c)
	}
	for _, c := range own {
		keep += fmt.Sprintf(", CASE WHEN m.municipality_code IS NULL THEN part_of.%[1]s ELSE m.%[1]s END AS %[1]s", sqltext.QuoteName(c.name))
	}
	return db.Exec(ctx, strings.NewReplacer("/*inherit*/", inherit, "/*keep*/", keep).Replace(divided))
}

// levelAnew takes the levels of the division in force from municipality_centrality, where that has
// changed since the count and what was changed in table municipality itself need not stay.
const levelAnew = "UPDATE municipality SET centrality = own.centrality FROM " + ownLevels + " own WHERE own.municipality_code = municipality.municipality_code AND own.division = (SELECT max(year) FROM _division)"

// ownLevels are the levels of municipality_centrality, one a municipality and division.
const ownLevels = `(
	SELECT municipality_code, division, CASE WHEN min(centrality) = max(centrality) THEN min(centrality)
	       ELSE error('municipality_centrality has levels ' || min(centrality) || ' and ' || max(centrality) || ' of ' || municipality_code || ' in ' || division || ': delete one') END AS centrality
	FROM municipality_centrality WHERE centrality IS NOT NULL GROUP BY municipality_code, division)`

// divided replaces table municipality. Centrality is inherited from the nearest
// division that has it, where all parts agree; columns of one's own from the list so far, in
// which a code that goes on keeps what it had.
const divided = `
	CREATE OR REPLACE TEMP TABLE _municipality AS
	WITH now AS (SELECT _setting('division')::INTEGER AS year, _setting('county_code_length')::INTEGER AS county_code_length),
	near AS (SELECT arg_min(division, (abs(division - year), -division)) AS division, any_value(year) AS year FROM municipality_centrality, now WHERE division <> year),
	part AS MATERIALIZED (
	  SELECT l.municipality_code, make_date(near.division, 1, 1) AS on_date, near.year AS to_year, c.centrality
	  FROM near JOIN municipality_life l ON near.division BETWEEN l.first_year AND l.last_year
	  LEFT JOIN municipality_centrality c ON c.municipality_code = l.municipality_code AND c.division = near.division
	),
	inherited AS (
	  SELECT municipality_code, CASE WHEN count(DISTINCT centrality) = 1 AND count(centrality) = count(*) THEN min(centrality) END AS centrality
	  FROM (SELECT unnest(municipality_in(municipality_code, on_date, to_year)) AS municipality_code, centrality FROM part)
	  GROUP BY ALL
	),
	part_of AS (
	  SELECT municipality_code/*inherit*/
	  FROM (SELECT * REPLACE (unnest(municipality_in(municipality_code, make_date((SELECT max(year) FROM _division), 1, 1), (SELECT year FROM now))) AS municipality_code) FROM municipality)
	  GROUP BY ALL
	),
	coded AS (
	  SELECT coalesce(bool_and(county_code = left(municipality_code, county_code_length)), true) AS begins_with_county FROM municipality, now
	),
	home AS MATERIALIZED (
	  SELECT l.municipality_code,
	         coalesce(CASE WHEN NOT begins_with_county THEN coalesce(m.county_code, part_of.county_code) END, left(l.municipality_code, county_code_length)) AS county_code
	  FROM now CROSS JOIN coded JOIN municipality_life l ON now.year BETWEEN l.first_year AND l.last_year
	  LEFT JOIN municipality m USING (municipality_code) LEFT JOIN part_of USING (municipality_code)
	),
	name AS (
	  SELECT municipality_code, arg_max(municipality, first_year) AS municipality FROM municipality_name, now WHERE first_year <= now.year GROUP BY ALL
	),
	county AS (
	  SELECT county_code, arg_min(county, (later, county)) AS county
	  FROM (SELECT county_code, county, 0 AS later FROM municipality UNION ALL SELECT county_code, county, 1 FROM county_name) GROUP BY ALL
	)
	SELECT l.municipality_code, coalesce(name.municipality, m.municipality, l.municipality_code) AS municipality,
	       l.county_code, coalesce(county.county, l.county_code) AS county,
	       coalesce(own.centrality, i.centrality) AS centrality/*keep*/
	FROM now CROSS JOIN home l
	LEFT JOIN municipality m USING (municipality_code)
	LEFT JOIN part_of USING (municipality_code)
	LEFT JOIN name USING (municipality_code)
	LEFT JOIN county ON county.county_code = l.county_code
	LEFT JOIN ` + ownLevels + ` own ON own.municipality_code = l.municipality_code AND own.division = now.year
	LEFT JOIN inherited i ON i.municipality_code = l.municipality_code;
	DELETE FROM municipality;
	INSERT INTO municipality BY NAME FROM _municipality ORDER BY municipality_code;
	DROP TABLE _municipality;
	DELETE FROM _division;
	INSERT INTO _division SELECT _setting('division')::INTEGER`

// adoptMunicipalities says which division a list of municipalities that an extract
// brings is: that of the study where it has all of its municipalities, else the last
// one that it has all of. note says so where the study changes by it.
func (db *DB) adoptMunicipalities(ctx context.Context, ownChanges bool) (note string, err error) {
	var want int
	var found *int
	row := db.conn.Row(ctx, `
		WITH span AS (SELECT min(year) - 1 AS first_year, max(year) AS last_year FROM municipality_change),
		complete AS (
		  SELECT year FROM (SELECT unnest(range(first_year, last_year + 1)) AS year FROM span)
		  WHERE year NOT IN (
		    SELECT unnest(range(greatest(l.first_year, s.first_year), least(l.last_year, s.last_year) + 1))
		    FROM municipality_life l, span s WHERE l.municipality_code NOT IN (SELECT municipality_code FROM municipality)))
		SELECT _setting('division')::INTEGER,
		       CASE WHEN _setting('division')::INTEGER IN (FROM complete) THEN _setting('division')::INTEGER ELSE (SELECT max(year) FROM complete) END`)
	if err := row.Scan(&want, &found); err != nil {
		return "", Plain(err)
	}
	switch {
	case found != nil && *found != want:
		note = fmt.Sprintf("municipality: it is the list of %d, so that everything is counted in that division (.division YEAR for another)", *found)
		err = db.Exec(ctx, "INSERT OR REPLACE INTO study VALUES ('division', $1::INTEGER)", *found)
	case found == nil && !ownChanges:
		var foreign bool
		if err := db.conn.Row(ctx, "SELECT _setting('home_country') <> 'NOR'").Scan(&foreign); err != nil {
			return "", Plain(err)
		}
		if foreign {
			note = "municipality_change: Norway's changes are taken out; bring your own as municipality_change.csv"
			err = db.Exec(ctx, "DELETE FROM municipality_change; DELETE FROM municipality_name; DELETE FROM county_name")
		}
	}
	if err != nil {
		return "", err
	}
	return note, db.Exec(ctx, "DELETE FROM _division;"+thisDivision)
}

// thisDivision takes down that table municipality is the list of the study's
// division, and what it says of centrality, which other divisions inherit.
const thisDivision = `
	INSERT INTO _division SELECT _setting('division')::INTEGER;
	DELETE FROM municipality_centrality WHERE division IN (SELECT year FROM _division);
	INSERT INTO municipality_centrality SELECT municipality_code, year, centrality FROM municipality, _division WHERE centrality IS NOT NULL`
