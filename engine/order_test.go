package engine

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/reference"
	"utvandring/udf/sqltext"
)

// ages has a row for each age group, its position, a text and the day on which it was
// written down, and bands for each duration band.
const ages = `
	CREATE TYPE level AS ENUM ('low', 'middle', 'high');
	CREATE TABLE ages AS SELECT unnest(enum_range(NULL::age_group))::age_group AS age_group, unnest(range(1, 7)) AS n;
	ALTER TABLE ages ADD COLUMN day DATE; UPDATE ages SET day = DATE '2013-01-01' + n::INTEGER;
	CREATE TABLE bands AS SELECT unnest(enum_range(NULL::duration_band))::duration_band AS duration_band;
	CREATE TABLE schools (level level, inside ENUM('10', '9', '11+'), name VARCHAR, place VARCHAR);
	INSERT INTO schools VALUES ('low', '10', 'a', 'Oslo'), ('middle', '9', 'b', 'Bodø'), ('high', '11+', 'c', 'Ålesund');
	CREATE TABLE limits AS SELECT '18-34' AS least, '35-62'::age_group AS most;
	CREATE TABLE texts AS SELECT '18-34' AS age_group, '18-34' AS g;
	SET VARIABLE least = '18-34'`

// withAges is scratch with these, in which nothing was said of groups.
func withAges(t *testing.T) *DB {
	db := scratch(t)
	forget := func() { db.enums, db.values, db.orderSaid = nil, nil, false }
	forget()
	run(t, db, ages)
	t.Cleanup(func() {
		run(t, db, "DROP TABLE schools; DROP TYPE level; DROP MACRO IF EXISTS late; DROP MACRO IF EXISTS late_text; DROP MACRO TABLE IF EXISTS older")
		forget()
	})
	return db
}

// Groups compare in the order of their type, which is that in which the report's
// tables have them (annex A), whatever they are compared with.
func TestGroupsCompareAsTheyRead(t *testing.T) {
	t.Parallel()
	db := withAges(t)
	all := []string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"}
	for condition, want := range some(map[string][]string{
		"age_group >= '18-34'":                                                              all[2:],
		"age_group < '18-34'":                                                               all[:2],
		"age_group>'18-34'":                                                                 all[3:],
		"'18-34' <= ages.age_group":                                                         all[2:],
		"(age_group) <= ('18-34')":                                                          all[:3],
		"NOT age_group >= '18-34'":                                                          all[:2],
		`"age_group" >= '71+' OR "ages"."age_group" <= '0-6'`:                               {all[0], all[5]},
		"age_group BETWEEN '7-17' AND '35-62'":                                              all[1:4],
		"age_group NOT BETWEEN '7-17' AND '35-62' AND n > 1":                                all[4:],
		"age_group IN ('7-17', '35-62')":                                                    {all[1], all[3]},
		"greatest(age_group, '18-34') = '18-34'":                                            all[:3],
		"least(age_group, '18-34') = '18-34'":                                               all[2:],
		"CASE WHEN age_group >= '18-34' THEN n > 4 ELSE true END":                           {all[0], all[1], all[4], all[5]},
		"age_group >= getvariable('least')":                                                 all[2:],
		"age_group >= (SELECT least FROM limits)":                                           all[2:],
		"age_group >= (SELECT min(least) FROM limits WHERE least >= '0-6')":                 all[2:],
		"EXISTS (FROM limits WHERE age_group >= least AND age_group <= most)":               all[2:4],
		"EXISTS (FROM limits WHERE least < age_group)":                                      all[3:],
		"EXISTS (FROM limits WHERE age_group BETWEEN least AND most)":                       all[2:4],
		"EXISTS (FROM limits WHERE '18-34' BETWEEN age_group AND most)":                     all[:3],
		"age_group >= ALL (SELECT '18-34')":                                                 all[2:],
		"age_group > ANY (SELECT least FROM limits WHERE most >= '35-62')":                  all[3:],
		"age_group < ANY (VALUES ('7-17'), ('18-34'))":                                      all[:2],
		"EXISTS (FROM texts WHERE ages.age_group >= texts.age_group)":                       all[2:],
		"EXISTS (FROM (SELECT ages.age_group AS o), texts WHERE o >= texts.g)":              all[2:],
		"EXISTS (FROM (SELECT ages.age_group AS g) o, texts t WHERE t.g < o.g)":             all[3:],
		"EXISTS (FROM (SELECT ages.age_group AS g) WHERE g >= getvariable('least'))":        all[2:],
		"EXISTS (FROM (SELECT ages.age_group AS g) WHERE g >= (SELECT least FROM limits))":  all[2:],
		"EXISTS (FROM (SELECT ages.age_group AS g), limits WHERE g BETWEEN least AND most)": all[2:4],
		// Several at once, one within another, and beside what is grouped by and so cannot be asked about.
		"EXISTS (FROM (SELECT ages.age_group AS g) o, texts t WHERE t.g <= o.g AND o.g < (SELECT t.g FROM (SELECT '63-70' AS g) t WHERE t.g > o.g OR o.g > t.g))":           all[2:4],
		"EXISTS (SELECT h < k AS b, count(*) FROM (SELECT ages.age_group AS g, n AS h, 9 AS k), (SELECT '18-34' AS l, '63-70' AS m) WHERE l <= g AND g < m GROUP BY h < k)": all[2:4],
		"len([g for g in [age_group] if g >= '18-34']) > 0":                                             all[2:],
		"age_group >= ALL (['18-34', '7-17'])":                                                          all[2:],
		"age_group > ANY (['18-34', '35-62'])":                                                          all[3:],
		"(n, age_group) >= (3, '18-34')":                                                                all[2:],
		"list_contains(list_filter(['7-17', '18-34']::age_group[], lambda g: g >= '18-34'), age_group)": {all[2]},
		"(SELECT g >= l AS later FROM (SELECT ages.age_group AS g), (SELECT '18-34' AS l))":             all[2:],
		"age_group >= '18-34' AND day >= '2013-01-05' AND n < '6'":                                      all[3:5],
		"age_group >= '18-34'::age_group":                                                               all[2:],
		"age_group::VARCHAR >= '18-34' AND n < 3":                                                       {all[1]}, // as it says
	}, 3) {
		got := runColumn(t, db, "SELECT age_group FROM ages WHERE "+condition+" ORDER BY n")
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", condition, got, want)
		}
	}
	for query, want := range map[string][]string{
		"SELECT duration_band FROM bands WHERE duration_band > '6-9' ORDER BY 1":                    {"10", "11-15", "16+"},
		"SELECT duration_band FROM bands WHERE duration_band <= '10' ORDER BY 1":                    {"0-2", "3-5", "6-9", "10"},
		"SELECT level FROM schools WHERE level >= 'middle' ORDER BY 1":                              {"middle", "high"},
		"SELECT inside FROM schools WHERE inside < '11+' ORDER BY 1":                                {"10", "9"},
		"SELECT name FROM schools WHERE name >= 'b' AND place < 'P' ORDER BY 1":                     {"b"},
		"SELECT max(level) FROM schools HAVING max(level) >= 'middle' AND min(level) < 'middle'":    {"high"},
		"SELECT level FROM schools QUALIFY max(level) OVER () > 'middle' ORDER BY 1":                {"low", "middle", "high"},
		"SELECT count(*) FILTER (level < 'high') FROM schools":                                      {"2"},
		"SELECT a.level FROM schools a JOIN schools b ON a.level > b.level AND b.level >= 'middle'": {"high"},
		"SELECT g FROM (SELECT level AS g FROM schools) WHERE g > 'low' ORDER BY g":                 {"middle", "high"},
		"WITH x(l) AS (VALUES ('middle')) SELECT level FROM schools, x WHERE level >= l ORDER BY 1": {"middle", "high"},
		"SELECT level > 'low' FROM schools ORDER BY level":                                          {"false", "true", "true"},
		"SELECT left(place, 1) FROM schools WHERE left(place, 1) >= 'O' AND length(place) > 4":      {"Å"},
	} {
		if got := runColumn(t, db, query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	// What is kept, prepared or changed.
	for _, statement := range []string{
		"CREATE VIEW adults AS SELECT age_group FROM ages WHERE age_group >= '18-34'",
		"CREATE MACRO older(g) AS TABLE SELECT age_group FROM ages WHERE age_group > g",
		"PREPARE renamed AS SELECT g FROM (SELECT age_group AS g, n FROM ages) WHERE n > ? AND g > ? ORDER BY n LIMIT ?",
		"PREPARE between AS SELECT g FROM (SELECT age_group AS g, n FROM ages) WHERE g BETWEEN $least AND $most ORDER BY n",
		"CREATE TABLE young AS SELECT age_group FROM ages WHERE age_group < '18-34'",
		"PREPARE up AS SELECT age_group FROM ages WHERE age_group <= $1 ORDER BY n",
		"DELETE FROM schools WHERE level > 'low'",
		"UPDATE ages SET n = 0 WHERE age_group BETWEEN '0-6' AND '7-17'",
		"INSERT INTO young SELECT age_group FROM ages WHERE age_group > '63-70'",
	} {
		runStatement(t, db, statement)
	}
	for query, want := range map[string][]string{
		"FROM adults ORDER BY 1":                            all[2:],
		"FROM older('18-34') ORDER BY 1":                    all[3:],
		"FROM young ORDER BY 1":                             {all[0], all[1], all[5]},
		"EXECUTE up('18-34')":                               all[:3],
		"EXECUTE renamed(0, '7-17', 2)":                     all[2:4],
		"EXECUTE between(most := '35-62', least := '7-17')": all[1:4],
		"SELECT level FROM schools":                         {"low"},
		"SELECT age_group FROM ages WHERE n = 0 ORDER BY 1": all[:2],
	} {
		if got := runColumn(t, db, query); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	if notes := db.TakeNotes(); len(notes) != 1 || !strings.HasSuffix(notes[0], " is compared in the order of its groups (0-6, 7-17, 18-34, 35-62, 63-70, 71+), not in that of letters as texts are; this is said once") {
		t.Errorf("notes: %q", notes)
	}
}

// The groups of dimensions of one's own have an order and values as well.
func TestOwnGroups(t *testing.T) {
	t.Parallel()
	db := alone(t, sharedOwn)
	run(t, db, "SET VARIABLE least = '9'")
	for condition, want := range map[string][]string{
		"age_1 >= '9'":                      {"9", "10-21", "22", "23", "24", "25+"},
		"age_1 BETWEEN '9' AND '22'":        {"9", "10-21", "22"},
		"age_1 < '10-21'":                   {"0-8", "9"},
		"age_1 > getvariable('least')":      {"10-21", "22", "23", "24", "25+"},
		"region = 'east' AND age_1 = '0-8'": {"0-8"},
	} {
		if got := runColumn(t, db, "SELECT DISTINCT age_1 FROM population_cell WHERE "+condition+" ORDER BY 1"); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", condition, got, want)
		}
	}
	if notes := db.TakeNotes(); len(notes) != 1 || !strings.HasPrefix(notes[0], "age_1 is compared in the order of its groups (0-8, 9, 10-21, 22, 23, 24, 25+), not") {
		t.Errorf("%q", notes)
	}
	runStatement(t, db, "FROM cell WHERE region = 'est' OR age_1 = '8'")
	if notes, want := db.TakeNotes(), []string{"region has no value 'est' (it has 'east')", "age_1 has no value '8' (it has '0-8', '9', '10-21', '22', '23', '24', '25+')"}; !slices.Equal(notes, want) {
		t.Errorf("%q", notes)
	}
}

// A column keeps the name that it has as the statement is written.
func TestGroupsKeepNames(t *testing.T) {
	t.Parallel()
	db := withAges(t)
	runStatement(t, db, "CREATE TABLE made AS SELECT age_group >= '18-34', n AS m, age_group FROM ages").Close()
	runStatement(t, db, "CREATE OR REPLACE TEMP VIEW seen AS FROM (SELECT max(age_group) >= '18-34', 1 FROM ages)").Close()
	runStatement(t, db, "CREATE VIEW named(a) AS SELECT age_group >= '18-34' FROM ages").Close()
	for table, want := range map[string][]string{
		"made": {"(age_group >= '18-34')", "m", "age_group"}, "seen": {"(max(age_group) >= '18-34')", "1"}, "named": {"a"},
	} {
		if got := runColumn(t, db, "SELECT column_name FROM (DESCRIBE "+table+")"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", table, got, want)
		}
	}
	for _, limit := range []int{0, 10} {
		r, err := db.Run(context.Background(), "SELECT age_group >= '18-34', n AS m FROM ages", limit)
		if err != nil {
			t.Fatal(err)
		}
		if r.Columns[0].Name != "(age_group >= '18-34')" || r.Columns[1].Name != "m" {
			t.Errorf("limit %d: %s, %s", limit, r.Columns[0].Name, r.Columns[1].Name)
		}
		r.Close()
	}
}

// What has no place in the order is an error that says so; other errors are those of
// the statement as it is written.
func TestGroupsNotInOrder(t *testing.T) {
	t.Parallel()
	db := withAges(t)
	ctx := context.Background()
	for statement, want := range map[string]string{
		"SELECT n FROM ages\nWHERE age_group >= '18-35'":                 "age_group has no value '18-35' (it has '0-6', '7-17', '18-34', '35-62', '63-70', '71+')\nLINE 2: WHERE age_group >= '18-35'\n                           ^",
		"SELECT 1 FROM schools WHERE level BETWEEN 'low' AND 'hihg'":     "level has no value 'hihg' (it has 'low', 'middle', 'high')\nLINE 1: SELECT 1 FROM schools WHERE level BETWEEN 'low' AND 'hihg'\n                                                            ^",
		"CREATE TABLE x AS SELECT * FROM ages WHERE age_group > 'all'":   "age_group has no value 'all'",
		"SELECT n FROM ages WHERE age_group >= '18'":                     "age_group has no value '18' (it has '0-6',",
		"SELECT g FROM (SELECT age_group AS g FROM ages) WHERE g > '18'": "g has no value '18'",
		"FROM ages WHERE age_group > '7-17' AND day < '2013-13-01'":      "date field value out of range: \"2013-13-01\"\nLINE 1: FROM ages WHERE age_group > '7-17' AND day < '2013-13-01'\n                                                     ^",
		"SELECT nn FROM ages WHERE age_group >= '18-34'":                 "there is no column \"nn\" here (nearest: \"n\")\nLINE 1: SELECT nn FROM ages WHERE age_group >= '18-34'\n               ^",
		"SELECT n FROM agess WHERE age_group >= '18-34'":                 "there is no table or view \"agess\" (did you mean \"ages\"?)\nLINE 1: SELECT n FROM agess WHERE age_group >= '18-34'\n                      ^",
		"SELECT error('mine') FROM ages WHERE age_group >= '18-34'":      "mine",
		"FROM ages, bands WHERE age_group > duration_band":               `"duration_band" has a value that the type it is compared with has not`,
		"SELECT 1 FROM ages WHERE age_group COLLATE nocase >= '18-34'":   "ollation",
	} {
		_, err := db.Run(ctx, statement, 0)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\n%v\nwant\n%s", statement, err, want)
		}
	}
	var n int
	if err := db.Conn().Row(ctx, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'x'").Scan(&n); err != nil || n != 0 {
		t.Error("a failed statement has made a table", n, err)
	}
}

// Where groups have become texts, that is said, with the type; not where it is written.
func TestGroupsAsText(t *testing.T) {
	t.Parallel()
	db := withAges(t)
	ctx := context.Background()
	run(t, db, `CREATE MACRO late(g, b) AS g > b; CREATE MACRO late_text(g, b) AS g::VARCHAR > b`)
	as := func(column, with, typ string) []string {
		labels := strings.Join(db.groups(ctx).values[typ], ", ")
		if with == "" {
			return []string{column + " is compared as text, not in the order of its groups (" + labels + "); write the type to the texts, as in 'x'::" + typ}
		}
		return []string{column + " is compared as text with '" + with + "', not in the order of its groups (" + labels + "); write the type to the texts, as in '" + with + "'::" + typ}
	}
	inOrder := func(column, typ string) []string {
		return []string{column + " is put in order as text, not in the order of its groups (" + strings.Join(db.groups(ctx).values[typ], ", ") +
			"); put the group itself in order, or write the type to the texts, as in 'x'::" + typ}
	}
	const adult = "SELECT n FROM ages WHERE "
	db.orderSaid = true
	runStatement(t, db, "PREPARE late AS SELECT n FROM ages WHERE coalesce(age_group, '0-6') >= $1").Close()
	for statement, want := range some(map[string][]string{
		adult + "late(age_group, '18-34')":                                                        as("age_group", "18-34", "age_group"),
		adult + "coalesce(age_group, '0-6') >= '18-34'":                                           as("age_group", "18-34", "age_group"),
		adult + "ifnull(ages.age_group, '0-6') < '18-34'":                                         as("age_group", "18-34", "age_group"),
		adult + "CASE WHEN n > 2 THEN age_group ELSE '0-6' END BETWEEN '7-17' AND '7-17'":         as("age_group", "7-17", "age_group"),
		adult + "if(n > 2, age_group, '0-6') >= getvariable('least')":                             as("age_group", "18-34", "age_group"),
		"SELECT coalesce(age_group, '0-6') >= '18-34' AS adult, count(*) FROM ages GROUP BY ALL":  as("age_group", "18-34", "age_group"),
		"SELECT n FROM (SELECT coalesce(age_group, '0-6') AS g, n FROM ages) WHERE g >= '18-34'":  as("age_group", "18-34", "age_group"),
		"SELECT n FROM ages JOIN (SELECT '18-34' AS l) ON coalesce(age_group, '0-6') >= l":        as("age_group", "", "age_group"),
		"CREATE OR REPLACE VIEW v AS SELECT n FROM ages WHERE late(age_group, '18-34')":           as("age_group", "18-34", "age_group"),
		"CREATE OR REPLACE TABLE t AS SELECT n FROM bands, ages WHERE late(duration_band, '6-9')": as("duration_band", "6-9", "duration_band"),
		"UPDATE ages SET n = n WHERE late(age_group, '18-34')":                                    as("age_group", "18-34", "age_group"),
		"EXECUTE late('18-34')": as("age_group", "18-34", "age_group"),
		// 7-17 after 63-70, and 6-10 for the longest.
		"SELECT coalesce(age_group, 'all') AS g, sum(n) FROM ages GROUP BY ROLLUP (age_group) ORDER BY g":                    inOrder("age_group", "age_group"),
		"SELECT ifnull(age_group, '0-6') AS g, n FROM ages ORDER BY ALL":                                                     inOrder("age_group", "age_group"),
		"SELECT g FROM (SELECT coalesce(age_group, '0-6') AS g, n FROM ages) ORDER BY n, g DESC LIMIT 2":                     inOrder("age_group", "age_group"),
		"SELECT row_number() OVER (ORDER BY coalesce(age_group, '0-6')) FROM ages":                                           inOrder("age_group", "age_group"),
		"SELECT max(CASE WHEN n > 1 THEN age_group ELSE '0-6' END) FROM ages":                                                inOrder("age_group", "age_group"),
		"SELECT arg_max(n, coalesce(age_group, '0-6')) FROM ages":                                                            inOrder("age_group", "age_group"),
		"SELECT arg_max(coalesce(age_group, '0-6'), n) FROM ages":                                                            nil,
		"SELECT coalesce(age_group, 'all') AS g, sum(n) FROM ages GROUP BY ROLLUP (age_group) ORDER BY age_group NULLS LAST": nil,
		"SELECT age_group::VARCHAR AS g, 'x' FROM ages ORDER BY g":                                                           nil,
		"SELECT max(age_group), 'x' FROM ages ORDER BY 1":                                                                    nil,

		adult + "coalesce(age_group, '0-6'::age_group) >= '18-34'":    nil,
		adult + "late(age_group, '18-34'::age_group)":                 nil,
		adult + "late_text(age_group, '18-34')":                       nil,
		adult + "coalesce(age_group::VARCHAR, '0-6') >= '18-34'":      nil,
		adult + "coalesce(age_group, '0-6')::TEXT >= '18-34'":         nil,
		adult + "CAST(age_group AS VARCHAR) >= '18-34'":               nil,
		adult + "coalesce(age_group, 'none') = '18-34' AND n > 1":     nil,
		adult + "age_group >= '18-34' AND age_group || 'x' > '18-34'": nil,
	}, 7) {
		runStatement(t, db, statement).Close()
		if got := db.TakeNotes(); !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want\n%q", statement, got, want)
		}
	}
}

// No definition of ours and no statement that we show compares groups as texts, or is
// changed, or has a note.
func TestShownStatementsNeedNothing(t *testing.T) {
	t.Parallel()
	db := empty(t)
	ctx := context.Background()
	statements := map[string]string{}
	for _, e := range Entries() {
		statements[e.Name] = e.SQL
		statements["examples of "+e.Name] = strings.Join(e.Examples(), "\n")
	}
	if len(statements) < 200 {
		t.Fatalf("%d statements", len(statements))
	}
	files, err := filepath.Glob("../testdata/scripts/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range append(files, "../README.md") {
		text := reference.ReadFile(t, name)
		statements[name] = string(text)
	}
	for name, text := range some(statements, 16) {
		for _, piece := range sqltext.Split(text) {
			if _, changed := db.asRead(ctx, piece.Text); len(changed) > 0 {
				t.Errorf("%s: %s compares groups with text", name, piece.Text)
			}
			if err := db.examine(ctx, piece.Text); err != nil {
				t.Error(err)
			}
		}
		if notes := db.TakeNotes(); notes != nil {
			t.Errorf("%s: %q", name, notes)
		}
	}
}

// Whatever a statement is, it is only added to.
func FuzzAsRead(f *testing.F) {
	for _, s := range []string{
		"a >= '18-34'", "a BETWEEN 'x' AND", "CASE a WHEN 'x' THEN", "greatest(a, 'x'", "(((", "END >= 'x'", "a >= ALL (['x'])", ">= 'x'", "'x' <",
		"(a, b) < ('x', 1)", "UPDATE t SET a = 'x' WHERE a > 'y'", "age_group > x[1].y(2)::z", "IN (", "IS NOT DISTINCT FROM 'a'", "t(sex, county) = 'x'", "]) >= 'x' [(",
	} {
		f.Add(s)
	}
	db := &DB{enums: &groups{map[string][]string{"age_group": {"18-34"}}, map[string]bool{"18-34": true}}}
	f.Fuzz(func(t *testing.T, statement string) {
		read, _ := db.asRead(context.Background(), statement)
		for i, at := 0, 0; i < len(statement); i++ {
			next := strings.IndexByte(read[at:], statement[i])
			if next < 0 {
				t.Fatalf("%q became %q", statement, read)
			}
			at += next + 1
		}
		comparisons(statement)
		defines(statement, "county")
	})
}

func BenchmarkAsRead(b *testing.B) {
	db := open(b, "", Options{})
	for name, statement := range map[string]string{
		"plain":  "FROM frequency_by_county_sex WHERE year = 2013",
		"filter": "SELECT county, sum(emigrations) AS n FROM cell WHERE sex = 'female' AND county IN ('Oslo', 'Hordaland') AND year BETWEEN 2004 AND 2013 GROUP BY ALL ORDER BY n",
		"insert": "INSERT INTO t VALUES " + strings.Repeat("(1, 'a text', '2013-01-01', 1.25), ", 30000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(statement)))
			for b.Loop() {
				db.asRead(context.Background(), statement)
				db.examine(context.Background(), statement)
				db.TakeNotes()
			}
		})
	}
}

// runStatement runs a statement of the user's.
func runStatement(t *testing.T, db *DB, statement string) *Result {
	t.Helper()
	r, err := db.Run(context.Background(), statement, 0)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	t.Cleanup(r.Close)
	return r
}

// rowsOf gives the rows of a query of the user's.
func rowsOf(t *testing.T, db *DB, query string) (rows [][]string) {
	t.Helper()
	result := runStatement(t, db, query)
	for row := range result.Rows() {
		cells := make([]string, len(result.Columns))
		for i := range cells {
			if cells[i] = row.Text(i); row.Null(i) {
				cells[i] = "NULL"
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// runColumn gives the first column of a query of the user's.
func runColumn(t *testing.T, db *DB, query string) (texts []string) {
	t.Helper()
	for row := range runStatement(t, db, query).Rows() {
		texts = append(texts, row.Text(0))
	}
	return texts
}
