package engine

import (
	"context"
	"testing"

	"utvandring/udf/long"
	"utvandring/udf/refusal"
)

// Two counties by two durations, two years; emigrations_macro is always 1 less.
// By hand, with the standard both counties together (old: 130 residents, 7
// emigrations; new: 70, 13):
//
//	A: direct 0.65*4/80 + 0.35*4/20 = 0.1025; expected 80*7/130 + 20*13/70 = 8.021978
//	B: direct 0.65*3/50 + 0.35*9/50 = 0.102; expected 50*7/130 + 50*13/70 = 11.978022
//
// The emigrations from 'none', where nobody lives, are in emigrations and
// frequency only.
const counties = `(VALUES
	('A', 2000, 'old', 30, 1), ('A', 2001, 'old', 50, 3), ('A', 2000, 'new', 20, 4),
	('B', 2000, 'old', 50, 3), ('B', 2001, 'new', 50, 9), ('B', 2001, 'none', 0, 2), ('C', 2001, 'old', 10, 1), ('D', 2001, 'old', 0, 0)
) t(county, year, duration, residents, emigrations)`

func withCounties(where, query string) string {
	return "WITH c AS (SELECT *, emigrations - 1 AS emigrations_macro FROM " + counties + " WHERE " + where + ") " + query
}

func TestStandardisedByHand(t *testing.T) {
	t.Parallel()
	db := empty(t)
	same(t, "A and B", query(t, db, withCounties("county < 'C'", `SELECT county, residents, emigrations, round(frequency, 9), round(standardised, 9), round(expected, 6), round(ratio, 6), covered
		FROM frequency_standardised(c, 'county', 'duration')`)), [][]string{
		{"A", "100", "8", "8.0", "10.25", "8.021978", "0.99726", "1.0"},
		{"B", "100", "14", "14.0", "10.2", "11.978022", "1.001835", "1.0"},
	})
	// NULL is a stratum as any other, also for decompose.
	same(t, "NULL as a stratum", query(t, db, withCounties("county < 'C'", `, n AS (SELECT * REPLACE (nullif(duration, 'new') AS duration) FROM c) FROM frequency_standardised(n, 'county', 'duration')`)),
		query(t, db, withCounties("county < 'C'", `FROM frequency_standardised(c, 'county', 'duration')`)))
	same(t, "NULL as a level", query(t, db, withCounties("true", `, n AS (SELECT * REPLACE (nullif(duration, 'new') AS duration) FROM c) SELECT round(effect, 9) FROM decompose(n, 'county', 'duration', 'A', 'B')`)),
		query(t, db, withCounties("true", `SELECT round(effect, 9) FROM decompose(c, 'county', 'duration', 'A', 'B')`)))
	same(t, "level", query(t, db, withCounties("county < 'C'", `SELECT ratio_low < 0.5, ratio_low > 0.4305 FROM frequency_standardised(c, 'county', 'duration', level := 0.9) WHERE county = 'A'`)), [][]string{{"true", "true"}})
	// C has nobody new: the standard's 13/70 stands in. (0.65*0.1 + 13/70*0.35 with the
	// standard of A and B.) D has nobody at all.
	same(t, "C and D", query(t, db, withCounties("true", `, s AS (FROM c WHERE county < 'C'), g AS (FROM c WHERE county >= 'C')
		SELECT county, frequency, round(standardised, 9), round(covered, 9), expected > 0, ratio IS NULL FROM frequency_standardised(g, ['county'], ['duration'], standard := s)`)), [][]string{
		{"C", "10.0", "13.0", "0.65", "true", "false"}, {"D", "", "", "0.0", "false", "true"},
	})
	// Exact interval of the ratio of A: 8 emigrations, 3.4538 to 15.7632 (Garwood), over 8.021978.
	same(t, "interval", query(t, db, withCounties("county < 'C'", `SELECT round(ratio_low, 4), round(ratio_high, 4) FROM frequency_standardised(c, 'county', 'duration') WHERE county = 'A'`)),
		[][]string{{"0.4305", "1.965"}})
	same(t, "macro", query(t, db, withCounties("county < 'C'", `SELECT emigrations FROM frequency_standardised(c, 'county', 'duration', count := 'macro')`)), [][]string{{"5"}, {"11"}})
}

// The interval of a directly standardised frequency, with R's qgamma: Down's syndrome of
// sixth and later children in Michigan by age of the mother (the data of Fay and Feuer 1997,
// table II), and nothing but zeros. Of one stratum it is the exact Poisson interval.
func TestStandardisedInterval(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, `CREATE TABLE births AS SELECT 'sixth' AS g, unnest(range(6)) AS age, unnest([0, 8, 63, 112, 262, 295]) AS emigrations,
			unnest([327, 30666, 123419, 149919, 104088, 34392]) AS residents, 0 AS emigrations_macro;
		CREATE TABLE everybody AS SELECT unnest(range(6)) AS age, unnest([319933, 931318, 786511, 488235, 237863, 61313]) AS residents, 0 AS emigrations, 0 AS emigrations_macro`)
	for arguments, want := range map[string][]string{
		"":                   {"75.52900745", "67.70212042", "188.30017273"},
		", level := 0.9":     {"75.52900745", "68.91069169", "173.08169095"},
		", count := 'macro'": {"0.0", "0.0", "127.74993921"},
	} {
		same(t, arguments, query(t, db, "SELECT round(1000 * standardised, 8), round(1000 * standardised_low, 8), round(1000 * standardised_high, 8) FROM frequency_standardised(births, 'g', 'age', standard := everybody"+arguments+")"), [][]string{want})
	}
	same(t, "one stratum", query(t, db, `SELECT bool_and(abs(standardised_low - 100 * exact.low / n) < 1e-12 AND abs(standardised_high - 100 * exact.high / n) < 1e-12), count(*)
		FROM frequency_standardised(births, 'age', 'g') JOIN (SELECT age, residents AS n, _limits(emigrations, emigrations, {level: 0.95})[1] AS exact FROM births) USING (age)`), [][]string{{"true", "6"}})
	// Where the standard's frequency stands in it is taken as known: 100 * 0.35 * 13/70 of C.
	same(t, "C", query(t, db, withCounties("true", `, s AS (FROM c WHERE county < 'C'), g AS (FROM c WHERE county = 'C')
		SELECT round(standardised_low - 6.5, 6), round(standardised_high - 6.5, 6) FROM frequency_standardised(g, 'county', 'duration', standard := s)`)),
		[][]string{{"0.164566", "36.215682"}}) // 6.5 times 0.0253178 and 5.5716434 (Garwood)
}

// The standard's columns stand in another order, and the groups are called by a name of the
// computation's own. By hand, of 260 residents of the standard in (duration, sex), 100 of
// (1, 1), 70 of (1, 2), 50 of (2, 1) and 40 of (2, 2) with the frequencies 3, 6/0.7, 10 and 10:
//
//	A: direct (100*0.1 + 70*0.2 + 50*0.05 + 40*0.2)/260; expected 10*0.03 + 20*6/70 + 40*0.1 + 5*0.1
//	B: direct (100*0.05 + 6 + 5 + 40*0.2)/260, covered 140/260; expected 40*0.03 + 30*0.1
//
// C lives where the standard knows of no residents: it has the standard's 18/260, and no interval.
func TestStandardisedByAnotherPopulation(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, `CREATE TABLE c AS FROM (VALUES ('A', 1, 1, 10, 1), ('A', 1, 2, 20, 4), ('A', 2, 1, 40, 2), ('A', 2, 2, 5, 1),
			('B', 1, 1, 40, 2), ('B', 2, 2, 30, 6), ('C', 3, 1, 5, 1)) t(stratum, duration, sex, residents, emigrations);
		CREATE TABLE s AS FROM (VALUES (100, 1, 1, 3), (50, 1, 2, 5), (70, 2, 1, 6), (40, 2, 2, 4), (0, 1, 3, 0)) t(residents, sex, duration, emigrations)`)
	want := [][]string{
		{"A", "13.269231", "6.514286", "1.22807", "1.0", "true"},
		{"B", "9.230769", "4.2", "1.904762", "0.538462", "true"},
		{"C", "6.923077", "", "", "0.0", "false"},
	}
	for _, over := range []string{"['duration', 'sex']", "['sex', 'duration']"} {
		same(t, over, query(t, db, `SELECT stratum, round(standardised, 6), round(expected, 6), round(ratio, 6), round(covered, 6), standardised BETWEEN standardised_low AND standardised_high IS NOT NULL
			FROM frequency_standardised(c, 'stratum', `+over+`, standard := s)`), want)
	}
	err := db.Exec(context.Background(), "WITH s AS (SELECT * REPLACE (sex || ' of ' || duration AS sex) FROM s) FROM frequency_standardised(c, 'stratum', 'sex', standard := s)")
	refusal.Says(t, err, "frequency_standardised: standard has nobody in any stratum where somebody of cells lives")
}

// On the demo register, against sums written out for one county, and identities:
// the standard itself has the ratio 1 and its own frequency, where it has
// residents in every stratum.
func TestStandardisedSecondComputation(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	same(t, "Oslo", query(t, db, `SELECT round(standardised, 9), round(expected, 6) FROM frequency_standardised(cell, 'county', ['duration_group', 'sex']) WHERE county = 'Oslo'`), query(t, db, `
		WITH k AS (SELECT duration_group, sex, sum(residents) AS n, sum(emigrations) AS e, sum(residents) FILTER (county = 'Oslo') AS no, sum(emigrations) FILTER (county = 'Oslo') AS eo FROM cell GROUP BY ALL)
		SELECT round(100 * sum(n * eo / no) / sum(n), 9), round(sum(no * e / n), 6) FROM k WHERE n > 0`))
	same(t, "everybody", query(t, db, `
		WITH c AS (SELECT *, 'all' AS everybody FROM cell)
		SELECT abs(standardised - frequency) < 1e-9, abs(ratio - 1) < 1e-12, abs(covered - 1) < 1e-12 FROM frequency_standardised(c, 'everybody', ['duration_group', 'sex'])`),
		[][]string{{"true", "true", "true"}})
	same(t, "expected adds up", query(t, db, `SELECT abs(sum(expected) - sum(emigrations)) < 1e-6 FROM frequency_standardised(cell, 'county', ['duration_group', 'sex'])`), [][]string{{"true"}})
}

// The example of TestKitagawaByHand in udf/decompose, per 100, with an emigration
// from a duration without residents: 2 of B's 100 residents.
func TestDecomposeByHand(t *testing.T) {
	t.Parallel()
	db := empty(t)
	same(t, "A to B", query(t, db, withCounties("true", `SELECT component, factor, round(effect, 9), round(share, 6), frequency_from, frequency_to FROM decompose(c, 'county', 'duration', 'A', 'B')`)), [][]string{
		{"composition", "duration", "4.05", "0.675", "8.0", "14.0"},
		{"rates", "", "-0.05", "-0.008333", "8.0", "14.0"},
		{"no residents", "", "2.0", "0.333333", "8.0", "14.0"},
	})
	// 0.65*0.01 and 0.35*-0.02 of TestKitagawaByHand.
	same(t, "rates", query(t, db, withCounties("duration <> 'none'", `SELECT factor, level, round(effect, 9) FROM decompose_rates(c, 'county', ['duration'], 'A', 'B') ORDER BY level`)), [][]string{
		{"duration", "new", "-0.7"}, {"duration", "old", "0.65"},
	})
	same(t, "years and lists", query(t, db, withCounties("duration <> 'none'", `SELECT abs(sum(effect) - any_value(frequency_to - frequency_from)) < 1e-12, any_value(frequency_from), any_value(frequency_to) FROM decompose(c, 'year', ['duration'], [2000, 2001], 2000)`)),
		query(t, db, withCounties("duration <> 'none'", `SELECT true, 100 * sum(emigrations) / sum(residents), 100 * sum(emigrations) FILTER (year = 2000) / sum(residents) FILTER (year = 2000) FROM c`)))
}

func TestDecomposeAddsUp(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	for _, call := range long.Rows([]string{
		`decompose(cell, 'county', ['duration_group', 'age_group', 'country_group', 'sex'], ['Aust-Agder', 'Vest-Agder'], 'Oslo')`,
		`decompose(cell, 'year', ['country_group', 'duration_group', 'age_group'], 2007, 2013)`,
		`decompose(cell, 'county', ['municipality', 'sex', 'duration_group', 'age_group', 'country_group'], NULL, 'Rogaland', count := 'macro')`,
		`decompose(cell, 'centrality', 'duration_group', 1, [3, 4])`,
		`decompose(population_cell, 'immigrant', ['age_group', 'sex'], false, true)`,
	}, 3) {
		rows := query(t, db, "SELECT count(*), abs(sum(effect) - any_value(frequency_to - frequency_from)) < 1e-12, abs(sum(share) - 1) < 1e-9 FROM "+call)
		if rows[0][1] != "true" || rows[0][2] != "true" || rows[0][0] < "2" {
			t.Errorf("%s: %v", call, rows)
		}
	}
	same(t, "frequencies", query(t, db, `SELECT DISTINCT frequency_from, frequency_to FROM decompose(cell, 'year', 'sex', 2007, 2013)`),
		query(t, db, `SELECT any_value(frequency) FILTER (year = 2007), any_value(frequency) FILTER (year = 2013) FROM frequency`))
	// Each factor divides the same component.
	same(t, "rates by level", query(t, db, `
		SELECT factor, round(sum(effect), 9) FROM decompose_rates(cell, 'year', ['duration_group', 'country_group'], 2007, 2013) GROUP BY factor ORDER BY factor`), query(t, db, `
		SELECT f, round(effect, 9) FROM decompose(cell, 'year', ['duration_group', 'country_group'], 2007, 2013), (VALUES ('country_group'), ('duration_group')) v(f) WHERE component = 'rates' ORDER BY f`))
}

func TestFrequencyInterval(t *testing.T) {
	t.Parallel()
	db := empty(t)
	// Garwood's limits of 10 events, 4.795 and 18.390, and of none, 0 and 3.689, per 200.
	same(t, "published", query(t, db, `
		WITH c AS (SELECT 2000 AS year, g AS kind, n AS residents, e AS emigrations, e AS emigrations_macro FROM (VALUES ('a', 200, 10), ('b', 200, 0), ('c', 0, 3)) v(g, n, e))
		SELECT year, kind, residents, emigrations, frequency, round(low, 4), round(high, 4) FROM frequency_interval(c, 'kind')`), [][]string{
		{"2000", "a", "200", "10", "5.0", "2.3977", "9.1952"}, {"2000", "b", "200", "0", "0.0", "0.0", "1.8444"}, {"2000", "c", "0", "3", "", "", ""},
	})
	// Clopper-Pearson limits of 5 out of 10.
	same(t, "binomial", query(t, db, `
		WITH c AS (SELECT 2000 AS year, 10 AS residents, 5 AS emigrations, 5 AS emigrations_macro)
		SELECT round(low, 2), round(high, 2) FROM frequency_interval(c, [], method := 'binomial')`), [][]string{{"18.71", "81.29"}})
	same(t, "agrees with frequency_of", query(t, demoRegister(t), `SELECT * EXCLUDE (low, high) FROM frequency_interval(cell, ['county', 'sex'])`),
		query(t, demoRegister(t), `FROM frequency_of(cell, ['county', 'sex'])`))
	same(t, "contains the frequency", query(t, demoRegister(t), `SELECT count(*) FROM frequency_interval(cell, ['county', 'sex'], level := 0.5) WHERE NOT (low <= frequency AND frequency <= high)`), [][]string{{"0"}})
}

// What is complete is covered exactly: a sum of these seven weights is not 1 in
// binary.
func TestCoveredIsExact(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	same(t, "covered", query(t, db, `
		WITH c AS (SELECT g, s, s * 10 + g AS residents, 1 AS emigrations, 1 AS emigrations_macro FROM range(3) a(g), range(1, 50) b(s))
		SELECT g, covered = 1 FROM frequency_standardised(c, 'g', 's')`), [][]string{{"0", "true"}, {"1", "true"}, {"2", "true"}})
	same(t, "a part", query(t, db, `
		WITH c AS (SELECT g, s, 10 AS residents, 1 AS emigrations, 1 AS emigrations_macro FROM range(2) a(g), range(1, 11) b(s) WHERE g = 0 OR s <= 3)
		SELECT g, covered FROM frequency_standardised(c, 'g', 's')`), [][]string{{"0", "1.0"}, {"1", "0.46153846153846156"}}) // 60 of 130
}

// What goes wrong is said with what to do.
func TestStandardiseErrors(t *testing.T) {
	t.Parallel()
	db := demoRegister(t)
	for call, want := range some(map[string]string{
		"decompose(cell, 'county', 'sex', 'Osloo', 'Agder')":                       `decompose: from: no county "Osloo" in the cells (did you mean "Oslo"?)`,
		"decompose(cell, 'county', 'sex', 'Oslo', [2007])":                         `decompose: to: no county "2007" in the cells (there are Akershus, `,
		"decompose(cell, 'county', ['sex', 'county'], 'Oslo', 'Troms')":            `decompose: over has county, which is the column of the two groups: leave it out`,
		"decompose(cell, 'county', ['sex', 'sex'], 'Oslo', 'Troms')":               `decompose: over has sex twice`,
		"decompose(cell, 'county', [], 'Oslo', 'Troms')":                           `decompose: over is an empty list`,
		"decompose(cell, 'county', NULL, 'Oslo', 'Troms')":                         `decompose: over is NULL`,
		"decompose(cell, 'county', 5, 'Oslo', 'Troms')":                            `decompose: over is a number, not text; it takes a column or a list of columns`,
		"decompose(cell, ['county', 'sex'], 'year', 'Oslo', 'Troms')":              `decompose: by is a list`,
		"decompose(cell, 'county', 'sex', [], 'Troms')":                            `decompose: from is an empty list: give a county`,
		"decompose(cell, 'county', ['sex', 'residents'], 'Oslo', 'Troms')":         `decompose: over has residents, which is counted`,
		"decompose(cell, 'county', 'sex', 'Oslo', 'Troms', count := NULL)":         `it is 'all' or 'macro'`,
		"frequency_standardised(cell, [], 'sex')":                                  `frequency_standardised: by is an empty list`,
		"frequency_standardised(cell, 'county', NULL)":                             `frequency_standardised: over is NULL`,
		"frequency_standardised(cell, 'sex', ['county', 'Births'])":                `frequency_standardised: over has Births, which is counted`,
		"decompose(cell, 'residents', 'sex', 1, 2)":                                `decompose: by has residents, which is counted`,
		"frequency_of(cell, 5)":                                                    `a name or a list of names is wanted here: what is given is a number, not text`,
		"decompose(cell, 'county', 'sx', 'Oslo', 'Troms')":                         `"sx"`,
		"decompose(cell, 'county', 'sex', 'Oslo', 'Troms', count := 'some')":       `it is 'all' or 'macro'`,
		"frequency_interval(cell, 'sex', level := 95)":                             `interval: level 95 is not between 0 and 1`,
		"frequency_interval(cell, 'sex', method := 'bayes')":                       `interval: method "bayes" is neither`,
		"frequency_interval(population_cell, 'municipality_code', method := NULL)": `interval: method is NULL`,
		"frequency_standardised(cell, 'county', 'sex', level := 0)":                `interval: level 0 is not between 0 and 1`,
		"frequency_standardised(cell, 'county', 'age')":                            `"age"`,
		"frequency_standardised(cell, 'county', 'sex', count := 'none')":           `it is 'all' or 'macro'`,
	}, 3) {
		err := db.Exec(context.Background(), "FROM "+call)
		refusal.Says(t, err, want, call)
	}
	err := db.Exec(context.Background(), "WITH c AS (FROM cell WHERE year = 1800) FROM decompose(c, 'county', 'sex', 'Oslo', 'Troms')")
	refusal.Says(t, err, "decompose: there are no cells")
	err = db.Exec(context.Background(), withCounties("true", "FROM decompose(c, 'county', 'duration', 'A', 'D')"))
	refusal.Says(t, err, "decompose: nobody lives in the group to")
}

func BenchmarkStandardise(b *testing.B) {
	db := benchmarkRegister(b)
	for name, query := range map[string]string{
		"standardised": "FROM frequency_standardised(cell, 'county', ['duration_group', 'country_group', 'age_group', 'sex'])",
		"decompose":    "FROM decompose(cell, 'county', ['duration_group', 'country_group', 'age_group', 'sex'], NULL, 'Oslo')",
		"interval":     "FROM frequency_interval(cell, ['county', 'sex'])",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				run(b, db, query)
			}
		})
	}
}
