package engine

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"utvandring/udf/refusal"
	"utvandring/udf/sqltext"
)

// The layouts of the publishers, in a few lines of each. GDP and population come in millions: the
// IMF has GDP in billions, the World Bank in dollars.
func TestReadCountrySeries(t *testing.T) {
	t.Parallel()
	db, dir := empty(t), t.TempDir()
	for _, c := range []struct{ file, text, query, want string }{
		{"pwt1001.csv", "\ufeffcountrycode,country,year,rgdpe,pop,cgdpe,cgdpo\nNOR,Norway,2012,,5.0,300,400\nNOR,Norway,2013,,5.1,,410\n", "FROM read_pwt(FILE)",
			"NOR 2012 gdp_ppp 300.0 Penn World Table, cgdpe pwt1001|NOR 2012 population 5.0 Penn World Table, pop pwt1001|NOR 2013 population 5.1 Penn World Table, pop pwt1001"},
		{"pwt.csv", "countrycode,country,year,pop,cgdpe,cgdpo\nNOR,Norway,2012,5.0,300,400\n", "FROM read_pwt(FILE, gdp := 'cgdpo', vintage := '10.01')",
			"NOR 2012 gdp_ppp 400.0 Penn World Table, cgdpo 10.01|NOR 2012 population 5.0 Penn World Table, pop 10.01"},
		{"wdi.csv", "\ufeff\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2026-04-08\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1990\",\"1991\",\n" +
			"\"Norway\",\"NOR\",\"Unemployment, total\",\"SL.UEM.TOTL.ZS\",\"\",\"5.4\",\n\"Norway\",\"NOR\",\"Cars\",\"IS.VEH\",\"1\",\"2\",\n", "FROM read_wdi(FILE)",
			"NOR 1991 unemployment_rate 5.4 World Bank, SL.UEM.TOTL.ZS 2026-04-08"},
		{"weo.tsv", "WEO Country Code\tISO\tWEO Subject Code\tCountry\tUnits\t2012\t2013\tEstimates Start After\n142\tNOR\tPPPGDP\tNorway\tbn\t\"1,325.5\"\tn/a\t2012\n142\tSWE\tPPPGDP\tSweden\tbn\t1\u00a0025.5\t--\t2012\n142\tNOR\tLUR\tNorway\t%\t3.2\t3.5\t2012\n142\tNOR\tNGDP\tNorway\tbn\t1\t2\t2012\n",
			"FROM read_weo(FILE, vintage := '2014-04')", "NOR 2012 gdp_ppp 1325500.0 IMF, PPPGDP 2014-04|SWE 2012 gdp_ppp 1025500.0 IMF, PPPGDP 2014-04|NOR 2012 unemployment_rate 3.2 IMF, LUR 2014-04|NOR 2013 unemployment_rate 3.5 IMF, LUR 2014-04"},
		{"wdi_gdp.csv", "\ufeff\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2026-04-08\",\n\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1990\",\n" +
			"\"Norway\",\"NOR\",\"GDP, PPP\",\"NY.GDP.MKTP.PP.CD\",\"80500000000\",\n\"Norway\",\"NOR\",\"Population, total\",\"SP.POP.TOTL\",\"4241473\",\n", "FROM read_wdi(FILE)",
			"NOR 1990 gdp_ppp 80500.0 World Bank, NY.GDP.MKTP.PP.CD 2026-04-08|NOR 1990 population 4.241473 World Bank, SP.POP.TOTL 2026-04-08"},
		{"weo.csv", "year,country,lur\n2013,nor,3.5\n2014,nor,\n2015,nor,NaN\n", "FROM read_weo(FILE)", "NOR 2013 unemployment_rate 3.5 IMF, LUR "},
		{"oecd.csv", "DATAFLOW,REF_AREA,FREQ,MEASURE,TIME_PERIOD,OBS_VALUE\nX,NOR,A,UNE_LF_M,2013,3.4\nX,NOR,M,UNE_LF_M,2013-01,3.6\nX,NOR,A,EMP,2013,60\n",
			"FROM read_country_series(FILE, 'unemployment_rate', 'OECD', vintage := '2014', subject := 'UNE_LF_M')", "NOR 2013 unemployment_rate 3.4 OECD 2014"},
		{"old_oecd.csv", "\"LOCATION\",\"INDICATOR\",\"FREQUENCY\",\"TIME\",\"Value\"\n\"NOR\",\"HUR\",\"A\",\"2013\",3.4\n", "FROM read_country_series(FILE, 'unemployment_rate', 'OECD')", "NOR 2013 unemployment_rate 3.4 OECD "},
	} {
		put(t, dir, c.file, c.text)
		var got []string
		for _, row := range query(t, db, strings.ReplaceAll(c.query, "FILE", sqltext.QuoteText(filepath.Join(dir, c.file)))+" ORDER BY year, variable, country_code") {
			got = append(got, strings.Join(row, " "))
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.file, text, c.want)
		}
	}
	// 3,5 is no 35.
	for _, comma := range []string{"3,5", "0,125", "-,5", "1234,567", "1 234,5"} {
		put(t, dir, "comma.csv", "LOCATION;TIME;Value\nNOR;2012;3\nNOR;2013;"+comma+"\n")
		_, err := db.Run(context.Background(), "FROM read_country_series("+sqltext.QuoteText(filepath.Join(dir, "comma.csv"))+", 'unemployment_rate', 'OECD')", 0)
		refusal.Says(t, err, `"`+comma+`", a decimal comma`)
	}
}

// The stated rule: the first source that has a value; GDP and population of one source;
// gaps filled between years and told, never beyond the last.
func TestCountryYearOf(t *testing.T) {
	t.Parallel()
	ctx, db := context.Background(), scratch(t)
	run(t, db, `CREATE TEMP TABLE s AS FROM (VALUES
		('NOR', 2000, 'unemployment_rate', 3.0, 'IMF, LUR', 'v1'), ('NOR', 2003, 'unemployment_rate', 6.0, 'IMF, LUR', 'v1'), ('NOR', 2001, 'unemployment_rate', 9.9, 'ILO', NULL),
		('NOR', 2007, 'unemployment_rate', 8.0, 'IMF, LUR', 'v1'),
		('SWE', 2000, 'gdp_ppp', 100.0, 'PWT', '10'), ('SWE', 2000, 'population', 8.0, 'IMF, LP', 'v1'), ('SWE', 2000, 'population', 9.0, 'PWT', '10'), ('SWE', 2001, 'population', 8.1, 'IMF, LP', 'v1'),
		('WLD', 2000, 'population', 6000.0, 'PWT', '10'), ('SWE', 2000, 'unemployment_rate', 1.0, 'another', NULL)) t(country_code, year, variable, value, source, vintage)`)
	same(t, "filled", query(t, db, "FROM country_year_of(s, ['IMF', 'ILO', 'PWT'], fill := 2)"), [][]string{
		{"NOR", "2000", "3.0", "", "", "IMF, LUR, v1", ""},
		{"NOR", "2001", "9.9", "", "", "ILO", ""},
		{"NOR", "2002", "7.95", "", "", "filled", ""}, // half way from 9.9 to 6
		{"NOR", "2003", "6.0", "", "", "IMF, LUR, v1", ""},
		{"NOR", "2007", "8.0", "", "", "IMF, LUR, v1", ""}, // three years are more than two
		{"SWE", "2000", "", "100.0", "9.0", "", "PWT, 10"},
		{"SWE", "2001", "", "", "8.1", "", "IMF, LP, v1"},
	})
	same(t, "not filled", query(t, db, "SELECT count(*) FROM country_year_of(s, ['IMF'])"), [][]string{{"5"}})
	_, err := db.Run(ctx, "WITH d AS (FROM s UNION ALL FROM s) FROM country_year_of(d, ['PWT'])", 0)
	refusal.Says(t, err, "country_year_of: PWT, 10 has 2 values of")
	_, err = db.Run(ctx, "WITH d AS (FROM s UNION ALL SELECT * REPLACE (value + 1 AS value, '9' AS vintage) FROM s WHERE source = 'PWT' AND variable = 'gdp_ppp') FROM country_year_of(d, ['PWT'])", 0)
	refusal.Says(t, err, "country_year_of: PWT, 10 and PWT, 9 have 2 values of gdp_ppp for SWE in 2000")
	t.Cleanup(func() { run(t, db, "DELETE FROM country_year") })
	run(t, db, "INSERT INTO country_year (country_code, year, population) VALUES ('NOR', 2001, 4.5), ('NOR', 2004, 4.6)")
	same(t, "gaps", query(t, db, "SELECT from_year, to_year, years FROM country_year_gap(2000, 2005) WHERE country_code = 'NOR' AND variable = 'population'"),
		[][]string{{"2000", "2000", "1"}, {"2002", "2003", "2"}, {"2005", "2005", "1"}})
}

// What is not known is no zero, however it is added up.
func TestUnknownCountsAreNotZero(t *testing.T) {
	t.Parallel()
	ctx, db := context.Background(), scratch(t)
	same(t, "country_in", query(t, db, "SELECT country_in('', 'ssb'), country_in(' ', 'ssb'), country_in('0', 'ssb'), country_in(101, 'ssb')"), [][]string{{"", "", "NOR", "DNK"}})
	run(t, db, `CREATE TEMP TABLE c AS FROM (VALUES (2010, 'A', 'f', 100, 5), (2010, 'A', 'm', 50, 6), (2010, 'B', 'f', 80, NULL), (2010, 'B', 'm', NULL, 2))
		t(year, place, sex, residents, emigrations)`)
	same(t, "frequency_of", query(t, db, "FROM frequency_of(c, 'place')"), [][]string{{"2010", "A", "150", "11", "7.333333333333333"}, {"2010", "B", "", "", ""}})
	same(t, "frequency_period", query(t, db, "SELECT residents, emigrations, frequency, mean_frequency FROM frequency_period(c, 'sex', [[2010, 2010]])"), [][]string{{"180.0", "", "", ""}, {"", "8.0", "", ""}})
	same(t, "mean over a year that is not known", query(t, db, "WITH d AS (FROM c UNION ALL VALUES (2009, 'B', 'm', 80, 2)) SELECT mean_frequency FROM frequency_period(d, 'sex', [[2009, 2010]]) WHERE sex = 'm'"), [][]string{{""}})
	same(t, "composition", query(t, db, "SELECT place, sex, residents, share FROM composition(c, 'place', 'sex', [[2010, 2010]])"),
		[][]string{{"A", "f", "100.0", "0.6666666666666666"}, {"A", "m", "50.0", "0.3333333333333333"}, {"B", "f", "80.0", ""}, {"B", "m", "", ""}})
	run(t, db, `CREATE TEMP TABLE d AS SELECT * REPLACE (CASE sex WHEN 'f' THEN 'female' ELSE 'male' END AS sex), emigrations AS emigrations_macro, residents / 2 AS person_years, 1 AS country_group, '18-34'::age_group AS age_group, '0-2'::duration_group_macro AS duration_group_macro
		FROM c UNION ALL VALUES (2010, 'C', 'female', 80, 5, 5, NULL, 1, '18-34'::age_group, '3-9'::duration_group_macro)`)
	same(t, "rate_of", query(t, db, "SELECT place, events, person_years, rate, low IS NULL FROM rate_of(d, 'place')"),
		[][]string{{"A", "11", "75.0", "14.666666666666666", "false"}, {"B", "", "", "", "true"}, {"C", "5", "", "", "true"}})
	same(t, "panel_long", query(t, db, "SELECT place, residents, person_years, emigrations, emigrations_macro, frequency, emi, anko, anme FROM panel_long(d, 'place')"),
		[][]string{{"A", "150", "75.0", "11", "11", "7.333333333333333", "0.07333333333333333", "1.0", "0.0"}, {"B", "", "", "", "", "", "", "", ""}, {"C", "80", "", "5", "5", "6.25", "0.0625", "0.0", "1.0"}})
	for _, q := range []string{"frequency_standardised(c, 'place', 'sex')", "decompose(c, 'place', 'sex', 'A', 'B')", "panel_of(d, 1) SELECT emi_k3", "panel_of(d, 1) SELECT pop_m3", "panel_of(d, 2) SELECT beh1"} {
		_, err := db.Run(ctx, "FROM "+q, 0)
		refusal.Says(t, err, "a count is NULL, so that what it is part of is not known", q)
	}
	for q, want := range some(map[string]string{
		"frequency_of(n, 'place')": "frequency_of: a count is -1, and none is below 0", "frequency_period(n, [], [[2010, 2010]])": "a count is -1", "composition(n, [], 'sex', [[2010, 2010]])": "composition: a count is -1",
		"rate_of(n, 'sex', events := 'residents')": "rate_of: a count is -1", "rate_of(n, 'sex')": "rate_of: a count is -0.5", "panel_long(n, 'sex')": "panel_long: a count is -", "panel_of(n, 1) SELECT pop_m3": "panel_of: a count is -1",
		"frequency_standardised(n, 'place', 'sex')": "frequency_standardised: a count is -1", "decompose(n, 'place', 'sex', 'A', 'B')": "decompose: a count is -1",
		"panel_long(h, 'place')": "panel_long: counts add up to ", "panel_of(h, 1) SELECT pop_m3": "panel_of: counts add up to ", "frequency_standardised(h, 'place', 'sex')": "frequency_standardised: counts add up to ", "panel_long(h, 'residents')": "panel_long: residents is a count",
		"panel_long(l, [])": "does not take values of these types", "panel_of(l, 1) SELECT anko_m3": "does not take values of these types",
		"panel_of(s, 1) SELECT pop_m3": "panel_of: in 2010 there is sex NULL with age_group 18-34, which is none of the twelve series", "panel_of(a, 1) SELECT pop_m3": "with age_group 18+",
	}, 4) {
		_, err := db.Run(ctx, `WITH k AS (FROM d WHERE place = 'A'), n AS (SELECT * REPLACE (residents - 51 AS residents, person_years - 25.5 AS person_years) FROM k),
			h AS (SELECT * REPLACE (residents / 4 AS residents) FROM k), s AS (SELECT * REPLACE (nullif(sex, 'male') AS sex) FROM k), a AS (SELECT * REPLACE (replace(age_group::VARCHAR, '-34', '+') AS age_group) FROM k),
			l AS (SELECT * REPLACE (duration_group_macro || ' years' AS duration_group_macro) FROM k) FROM `+q, 0)
		refusal.Says(t, err, want, q)
	}
	same(t, "panel_of, of an order of one's own", query(t, db, "WITH k AS (SELECT * REPLACE ('male' AS sex, age_group::VARCHAR::ENUM('18-34', '0-6') AS age_group) FROM d WHERE place = 'A') SELECT pop_m3, pop_m1, pop_k3 FROM panel_of(k, 1) WHERE year = 2010"), [][]string{{"150", "0", "0"}})
	// Columns in an order of one's own: of the three, the second is within a place.
	run(t, db, "CREATE TEMP TABLE m AS FROM (VALUES (2010, 'A', '1', '2', 'A'), (2010, 'A', '1', '1', 'A'), (2010, 'A', 'A', '1', '1')) t(year, from_county, from_centrality, to_centrality, to_county)")
	same(t, "flow_of", query(t, db, "FROM flow_of(m, ['county', 'centrality'])"), [][]string{{"2010", "A", "1", "2", "A", "1"}, {"2010", "A", "A", "1", "1", "1"}})
	// Of what is added up already, the counts are added up and not the rows.
	same(t, "flow_of of flows", query(t, db, "WITH f AS (SELECT *, 3 AS moves FROM m UNION ALL BY NAME SELECT *, 2 AS moves FROM m) FROM flow_of(f, 'centrality')"), [][]string{{"2010", "1", "2", "5"}, {"2010", "A", "1", "5"}})
	same(t, "transition_of of transitions", query(t, db, "WITH p AS (FROM (VALUES (2010, 'A', 'stays', 4), (2010, 'B', 'stays', 3), (2010, 'B', 'dies', 1)) t(year, place, outcome, Persons)) FROM transition_of([], people := p)"), [][]string{{"2010", "dies", "1"}, {"2010", "stays", "7"}})
}
