package engine

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/sqltext"
)

// people is a small table of two counts with a part and a hierarchy.
const people = `CREATE TABLE c AS SELECT y AS year, 'c' || (m // 2) AS county, 'm' || m AS place, s AS sex,
	(7 * y + 5 * m + 11 * hash(s) % 3) % 6 + m AS residents, (3 * y + m + hash(s) % 5) % 5 AS emigrations, (y + m) % 2 * ((3 * y + m + hash(s) % 5) % 5) // 2 AS emigrations_macro
	FROM range(2000, 2003) t(y), range(6) u(m), (VALUES ('f'), ('m')) v(s)`

const protectedCounts = ", counts := ['residents', 'emigrations', 'emigrations_macro']"

// What is asked for by some dimensions agrees with what is asked for by others, and does not depend on
// the order of rows.
func TestProtectAgrees(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, people, "CREATE TABLE shuffled AS FROM c ORDER BY hash(place || sex || year)")
	for _, method := range []string{"'round'", "'suppress'", "'suppress', zeros := true", "'suppress', threshold := 4"}[:long.Runs(4, 1)] {
		options := protectedCounts + ", method := " + method
		whole := query(t, db, `SELECT county, sex, residents, emigrations, emigrations_macro, frequency FROM protect(c, ['year', 'county', 'place', 'sex']`+options+`) WHERE "grouping" = 'county,sex' ORDER BY ALL`)
		if len(whole) != 6 {
			t.Fatalf("%s: %v", method, whole)
		}
		for _, other := range []string{"c, ['sex', 'county']", "shuffled, ['county', 'sex']"} {
			same(t, method+": "+other, query(t, db, `SELECT county, sex, residents, emigrations, emigrations_macro, frequency FROM protect(`+other+options+`) WHERE "grouping" IN ('county,sex', 'sex,county') ORDER BY ALL`), whole)
		}
		same(t, method+": audit", query(t, db, "SELECT DISTINCT verdict FROM protect_audit(c, ['year', 'county', 'place', 'sex']"+options+")"), [][]string{{"protected"}})
	}
	// A count and its part are decided together, though only one is asked for: by two decisions
	// what is hidden could be computed.
	const place = `c, ['place'], method := 'suppress', threshold := 4, counts := `
	for _, count := range long.Rows([]string{"emigrations", "emigrations_macro"}, 2) {
		same(t, count+" alone", query(t, db, "SELECT place, "+count+" FROM protect("+place+"'"+count+"') ORDER BY place"),
			query(t, db, "SELECT place, "+count+" FROM protect("+place+"['emigrations', 'emigrations_macro']) ORDER BY place"))
	}
	same(t, "totals", query(t, db, `SELECT "grouping", residents FROM protect(c, []`+protectedCounts+`)`),
		query(t, db, `SELECT '', sum(residents) FROM protect(c, ['year', 'place']`+protectedCounts+`) WHERE "grouping" = 'year,place'`))
}

// Emigrations less those of the macro count are same-year movers: what is small among them is not to be had
// by taking one from the other.
func TestProtectedDifference(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, people)
	all := "FROM protect(c, ['year', 'county', 'place', 'sex']" + protectedCounts
	same(t, "rounded", query(t, db, "SELECT count(*) "+all+") WHERE emigrations - emigrations_macro IN (1, 2)"), [][]string{{"0"}})
	same(t, "hidden", query(t, db, "SELECT count(*) "+all+", method := 'suppress') WHERE emigrations - emigrations_macro IN (1, 2)"), [][]string{{"0"}})
	same(t, "rates", query(t, db, "SELECT count(*) "+all+", method := 'suppress') WHERE frequency IS NOT NULL AND (emigrations IS NULL OR residents IS NULL)"), [][]string{{"0"}})
	same(t, "rates of rounded counts", query(t, db, "SELECT count(*) "+all+") WHERE frequency IS DISTINCT FROM 100 * emigrations / nullif(residents, 0)"), [][]string{{"0"}})
}

func TestProtectRefuses(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, people, "CREATE TABLE halves AS SELECT 'a' AS a, 1.5 AS n", "CREATE TABLE big AS SELECT i AS a, i % 7 AS n FROM range(5000) t(i)")
	for call, want := range map[string]string{
		"c, ['county'], counts := ['resident']":                                   `no column resident (did you mean "residents"?)`,
		"c, ['conty'], counts := ['residents']":                                   `no column "conty"`,
		"c, ['county'], counts := ['residents'], method := 'hide'":                `method is 'round' or 'suppress', not "hide"`,
		"c, ['county'], counts := ['residents'], base := 1":                       "base is 1, not 2 to 1000",
		"c, ['county'], counts := ['residents'], threshold := 5":                  "threshold is 5, but method := 'round' goes by base, which is 3: base := 5",
		"c, ['county'], counts := ['residents'], base := 5, method := 'suppress'": "base is 5, but method := 'suppress' goes by threshold, which is 3: threshold := 5",
		"c, ['county'], counts := ['residents'], zeros := true":                   "zeros are hidden by method := 'suppress'",
		"halves, ['a'], counts := ['n']":                                          "n is 1.5 in some cell: counts are whole numbers",
		"big, ['a'], counts := ['n'], method := 'suppress', zeros := true":        "zeros can be hidden in tables of some hundred cells only",
		"c, ['county', 'county'], counts := ['residents']":                        "dims has county twice",
		"(FROM c WHERE false), ['county'], counts := ['residents']":               "",
		"c, ['residents'], counts := ['residents']":                               "dims has residents, which is counted",
	} {
		_, err := db.Run(context.Background(), "FROM protect("+call+")", 0)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", call, err, want)
		}
	}
}

// The tables that GaussSuppression and SmallCountRounding have protected, by what they needed for it.
func TestProtectAgainstReference(t *testing.T) {
	t.Parallel()
	dir := shared(t, "reference/files/D_disclosure")
	file, err := os.Open(filepath.Join(dir, "reference_log.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comma = '\t'
	log, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]float64{}
	for _, row := range log {
		known[row[0]+"/"+row[1]+"/"+row[2]], _ = strconv.ParseFloat(row[3], 64)
	}
	db := scratch(t)
	for _, cells := range [][2]string{
		{"cells2", "'county', 'age_group'"}, {"cells3", "'county', 'sex', 'age_group'"},
		{"cells4", "'county', 'municipality', 'sex', 'age_group', 'duration_group'"},
		{"cells6", "'county', 'centrality', 'country_group', 'sex', 'age_group', 'duration_group'"},
	}[:long.Runs(4, 1)] {
		file, dims := cells[0], cells[1]
		count := "n"
		if file == "cells6" {
			count = "emigrations"
		}
		run(t, db, fmt.Sprintf("CREATE OR REPLACE TABLE c AS SELECT %s, %s FROM read_csv(%s, all_varchar = true)", strings.ReplaceAll(dims, "'", ""), count, sqltext.QuoteText(filepath.Join(dir, file+".csv"))))
		audit := func(options string) []string {
			return query(t, db, fmt.Sprintf("SELECT verdict, secondary, largest_change, total_change, figures FROM protect_audit(c, [%s], counts := ['%s']%s)", dims, count, options))[0]
		}
		rounded := audit("")
		largest, _ := strconv.ParseFloat(rounded[2], 64)
		if total, _ := strconv.Atoi(rounded[3]); rounded[0] != "protected" || largest > known[file+"/PLSrounding base 3/maxdiff"]+1 || total > 3 || total < -3 {
			t.Errorf("%s rounded: %v", file, rounded)
		}
		for _, option := range []string{"3", "4", "3, zeros := true"} {
			hidden := audit(", method := 'suppress', threshold := " + option)
			secondary, _ := strconv.ParseFloat(hidden[1], 64)
			figures, _ := strconv.ParseFloat(hidden[4], 64) // those of municipalities twice, with and without their county
			method := file + "/SuppressSmallCounts maxN=" + map[string]string{"3": "2 protectZeros=FALSE/", "4": "3 protectZeros=FALSE/", "3, zeros := true": "2 protectZeros=TRUE/"}[option]
			limit := 1.5 * known[method+"secondary"] * figures / known[method+"published cells"]
			if hidden[0] != "protected" || secondary > limit {
				t.Errorf("%s hidden below %s: %v, at most %g secondary", file, option, hidden, limit)
			}
			if len(dims) > len("'county', 'sex', 'age_group'") || option == "3, zeros := true" {
				continue // deciding a second time takes as long again
			}
			same(t, file+": the total is shown", query(t, db, fmt.Sprintf("SELECT %s FROM protect(c, [], counts := ['%[1]s'], method := 'suppress', threshold := %s)", count, option)),
				query(t, db, "SELECT sum("+count+"::INTEGER) FROM c"))
		}
	}
}
