package engine

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/sqltext"
)

// shared finds a file of published figures beside the repository; they are not
// part of it.
func shared(t *testing.T, path string) string {
	t.Helper()
	path = filepath.Join("..", "..", "shared", path)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("published figures are not here: %v", err)
	}
	return path
}

// centralities runs a query of centrality and share in per cent, and compares it
// with what table 5.1 prints, to 0.1.
func centralities(t *testing.T, db *DB, text string, printed [4]float64) {
	t.Helper()
	rows := query(t, db, text)
	if len(rows) != 4 {
		t.Fatalf("centralities: %v", rows)
	}
	for i, row := range rows {
		share, _ := strconv.ParseFloat(row[1], 64)
		if row[0] != fmt.Sprint(i+1) || math.Abs(share-printed[i]) > 0.1 {
			t.Errorf("centrality %s: %.3f per cent, table 5.1 prints %.1f", row[0], share, printed[i])
		}
	}
}

// Table 5.1: immigrants on 1 January 2013, from Statistics Norway's stocks by
// country, region and year.
func TestImmigrantsByCentrality(t *testing.T) {
	t.Parallel()
	stock := shared(t, "data/ssb/immigrants_country_municipality_2006_2022.csv.gz")
	region := shared(t, "data/ssb/region_to_2013_code.csv")
	db := empty(t)
	centralities(t, db, fmt.Sprintf(`
		SELECT centrality, 100 * sum(persons::INTEGER) / sum(sum(persons::INTEGER)) OVER () AS share
		FROM read_csv(%s, header = true, all_varchar = true) s
		JOIN read_csv(%s, header = true, all_varchar = true) r USING (region)
		JOIN municipality ON municipality_code = code2013
		WHERE year = '2013' GROUP BY centrality ORDER BY centrality`, sqltext.QuoteText(stock), sqltext.QuoteText(region)),
		[4]float64{5.8, 4.0, 12.1, 78.1})
}

// Table 5.1: the population on 1 January 2013, from StatBank table 07459. The
// file lacks Sandefjord, Andebu and Stokke, all of centrality 4, which take what
// is left of the national total, 5 051 275.
func TestPopulationByCentrality(t *testing.T) {
	long.Test(t)
	t.Parallel()
	path := shared(t, "data/ssb/population_municipality_age_2010_2014.tsv.gz")
	centralities(t, empty(t), fmt.Sprintf(`
		WITH people AS (
		  SELECT left(region, 4) AS municipality_code, TRY_CAST("Persons 2013" AS INTEGER) AS persons
		  FROM read_csv(%s, delim = '\t', header = true, encoding = 'latin-1', all_varchar = true)
		),
		known AS (SELECT centrality, sum(persons) AS persons FROM people JOIN municipality USING (municipality_code) GROUP BY centrality)
		SELECT centrality, 100 * (persons + CASE centrality WHEN 4 THEN 5051275 - (SELECT sum(persons) FROM known) ELSE 0 END) / 5051275
		FROM known ORDER BY centrality`, sqltext.QuoteText(path)),
		[4]float64{9.2, 6.1, 17.0, 67.7})
}

// RELINNTj and LEDj computed from country figures equal the series in sql/data,
// which were computed elsewhere: GDP and population from Penn World Table 10.01
// (cgdpe, pop), unemployment from the IMF, else the ILO, else the World Bank. The
// IMF gives registered unemployment for Croatia, where the ILO comes first.
func TestMacroFromCountries(t *testing.T) {
	long.Test(t)
	t.Parallel()
	file := func(name string) string { return sqltext.QuoteText(shared(t, "data/macro/"+name)) }
	db := fresh(t)
	run(t, db, fmt.Sprintf(`
		CREATE TEMP TABLE series AS FROM read_pwt(%s) UNION ALL FROM read_weo(%s) WHERE country_code <> 'HRV' UNION ALL
		FROM read_country_series(%s, 'unemployment_rate', 'ILO') UNION ALL FROM read_wdi(%s);
		INSERT INTO country_year BY NAME SELECT * EXCLUDE (unemployment_source, gdp_source)
		FROM country_year_of(series, ['IMF', 'ILO', 'World Bank', 'Penn World Table']) WHERE year BETWEEN 1990 AND 2013`,
		file("pwt101.csv.gz"), file("imf_weo_lur.csv"), file("gapminder_aged_15plus_unemployment_rate_percent.csv"), file("API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_36.csv")))
	// Printed to four and two decimals.
	same(t, "macro_year", query(t, db, `
		SELECT year, round(relinnt1, 4), round(relinnt2, 4), round(relinnt3, 4), round(lednor, 2), round(led1, 2), round(led2, 2) FROM macro_year ORDER BY year`),
		query(t, db, "SELECT year, relinnt1, relinnt2, relinnt3, lednor, led1, led2 FROM macro ORDER BY year"))
	// They come from the countries, not from the series they are compared with.
	if n := query(t, db, "SELECT count(*) FROM country_group_year WHERE relinnt IS NOT NULL"); n[0][0] != "72" {
		t.Errorf("%s group-years, want 3 x 24", n[0][0])
	}
	run(t, db, "DELETE FROM macro")
	if n := query(t, db, "SELECT count(*) FROM macro_year WHERE relinnt1 + relinnt2 + relinnt3 + lednor + led1 + led2 > 0"); n[0][0] != "24" {
		t.Errorf("%s years without the shipped series, want 24", n[0][0])
	}
}
