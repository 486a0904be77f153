package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

// runAll gives the values of a query as our text, "NULL" for NULL.
func runAll(t *testing.T, db *DB, query string) (names []string, rows [][]string) {
	t.Helper()
	result, err := db.Run(context.Background(), query, 0)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer result.Close()
	for _, c := range result.Columns {
		names = append(names, c.Name)
	}
	for row := range result.Rows() {
		var texts []string
		for i := range result.Columns {
			if text := row.Text(i); row.Null(i) {
				texts = append(texts, "NULL")
			} else {
				texts = append(texts, text)
			}
		}
		rows = append(rows, texts)
	}
	return names, rows
}

// The independent source is DuckDB's own cast to VARCHAR, over a table it has
// for the purpose: the smallest and the largest value of every type, and NULL.
func TestTextIsCast(t *testing.T) {
	db := fresh(t)
	if err := db.Exec(context.Background(), "SET TimeZone = 'Europe/Oslo'"); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		// A geometry is shown as the bytes it is; of the last possible
		// TIMESTAMP WITH TIME ZONE the cast gets a millisecond wrong.
		"SELECT * EXCLUDE (geometry, timestamp_tz) FROM test_all_types()",
		`SELECT unnest([0, 1, -1.5, 0.1, 1e15, 1e16, 123456789012345678, 1e-4, 1e-5, 0.00012345, 1/3, 1e300, 'nan', '-inf']::DOUBLE[]) AS d`,
		`SELECT unnest([0, 1, -1.5, 0.1, 1e7, 1e15, 1e16, 1e-4, 1e-5, 16777216, 3.4e38]::FLOAT[]) AS f`,
		`SELECT unnest([0, 0.01, -0.01, 1.5, 99.99, -99.99]::DECIMAL(4,2)[]) AS a, unnest([0, 1, -1]::DECIMAL(38,0)[]) AS b, 12345678901234567890.12::DECIMAL(30,2) AS c`,
		`SELECT unnest(['a', '', ' ', 'a b', ' a', 'null', 'it''s', 'a,b', 'a:b', 'a=b', '(a', '[a]', '{', '\', '"', 'æ', 'a-b', '1', 'a;b', E'a\nb', E'\t']) AS s, [s] AS l, {'k': s, 'a b': s} AS st, MAP {s: s} AS m, row(s, 1) AS r`,
		`SELECT [DATE '2020-01-01', NULL] AS a, [TIMESTAMP '2020-01-01 10:00:00.5'] AS b, [TIME '10:00:00'] AS c, [INTERVAL 1 DAY] AS d, [uuid '47183823-2574-4bfd-b411-99ed177d3e43'] AS e, [true] AS f, ['ab'::BLOB] AS g, [[1], NULL, []] AS h, [1.50::DECIMAL(4,2)] AS i, [1e20] AS j`,
		`SELECT unnest([DATE '0001-01-01', DATE '0044-03-15 (BC)', DATE '1900-02-28', DATE '2000-02-29', DATE '9999-12-31', DATE '10000-01-01', 'infinity', '-infinity']) AS d`,
		`SELECT unnest([TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '2013-01-01 00:00:00', 'infinity', TIMESTAMP '0044-03-15 (BC) 10:00:00.25']) AS t, '2013-01-01 00:00:00.000000001'::TIMESTAMP_NS AS ns, '1960-01-01 00:00:00.7'::TIMESTAMP_MS AS ms, '1960-01-01 00:00:00'::TIMESTAMP_S AS s`,
		`SELECT unnest([INTERVAL 0 DAY, INTERVAL 14 MONTH, INTERVAL '-14 months', INTERVAL '1 day -1 second', INTERVAL '-1 day 36:00:00', INTERVAL 1 MICROSECOND, INTERVAL '-25:00:01.5']) AS i`,
		`SELECT union_value(a := 1) AS u, [union_value(b := 'x, y')] AS l, NULL::UNION(a INTEGER) AS n`,
		`SELECT '1010'::BIT AS a, ''::BLOB AS b, 170141183460469231731687303715884105727 AS c, '-170141183460469231731687303715884105728'::HUGEINT AS d, 123456789012345678901234567890::BIGNUM AS e, -5::BIGNUM AS f`,
		`SELECT unnest([TIMESTAMPTZ '2013-07-01 00:00:00+00', TIMESTAMPTZ '1943-01-01 12:00:00+00', 'infinity', '-infinity']) AS t`,
	} {
		names, got := runAll(t, db, query)
		_, want := runAll(t, db, "SELECT COLUMNS(*)::VARCHAR FROM ("+query+")")
		if len(got) == 0 || len(got) != len(want) {
			t.Fatalf("%s: %d rows, want %d", query, len(got), len(want))
		}
		for i := range want {
			for j := range want[i] {
				if got[i][j] != want[i][j] {
					t.Errorf("%s: row %d, %s: %s, DuckDB casts to %s", query[:20], i+1, names[j], got[i][j], want[i][j])
				}
			}
		}
	}
}

// Minus nothing is nothing, however deep.
func TestNoMinusZero(t *testing.T) {
	db := open(t, "", Options{})
	_, rows := runAll(t, db, "SELECT '-0.0'::DOUBLE, '-0.0'::FLOAT, ['-0.0'::DOUBLE], {a: round(-0.004::DOUBLE, 2)}, MAP {'a': '-0.0'::FLOAT}, -0.004::DECIMAL(4,2), -5e-324::DOUBLE")
	same(t, "minus nothing", rows, [][]string{{"0.0", "0.0", "[0.0]", "{'a': 0.0}", "{a=0.0}", "0.00", "-5e-324"}})
}

// to_json is DuckDB's own. It writes a double of 1 as 1.0 as we do, but has no
// valid JSON for NaN and the infinite, and prints HUGEINT as a float.
func TestJSONIsValidAndExact(t *testing.T) {
	db := fresh(t)
	query := `SELECT 9007199254740993 AS big, 1.50::DECIMAL(9,2) AS money, 0.1 + 0.2::DOUBLE AS d, 1::DOUBLE AS one, 'a"\' || chr(10) || chr(1) AS s,
		{'b': 1, 'a': [true, NULL]} AS st, MAP {'x': 2, 'y': 3} AS m, DATE '2013-01-01' AS day, '{"q": [1, 2]}'::JSON AS j, NULL AS n, 'æ' AS ae,
		'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, 170141183460469231731687303715884105727 AS huge, uuid '47183823-2574-4bfd-b411-99ed177d3e43' AS u`
	want := []string{"9007199254740993", "1.50", "0.30000000000000004", "1.0", `"a\"\\\n\u0001"`, `{"b":1,"a":[true,null]}`, `{"x":2,"y":3}`, `"2013-01-01"`,
		`{"q": [1, 2]}`, "null", `"æ"`, `"NaN"`, `"-Infinity"`, "170141183460469231731687303715884105727", `"47183823-2574-4bfd-b411-99ed177d3e43"`}
	result, err := db.Run(context.Background(), query, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	for row := range result.Rows() {
		for i, c := range result.Columns {
			if got := string(row.AppendJSON(nil, i)); got != want[i] {
				t.Errorf("%s: %s, want %s", c.Name, got, want[i])
			}
		}
	}
	result, err = db.Run(context.Background(), "FROM test_all_types()", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	for row := range result.Rows() {
		for i, c := range result.Columns {
			if text := row.AppendJSON(nil, i); !json.Valid(text) {
				t.Errorf("%s: not JSON: %s", c.Name, text)
			}
		}
	}
}

func TestTypeNames(t *testing.T) {
	db := fresh(t)
	result, err := db.Run(context.Background(), "FROM test_all_types()", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	_, rows := runAll(t, db, "SELECT column_type FROM (DESCRIBE FROM test_all_types())")
	for i, c := range result.Columns {
		// The words of an ENUM would fill the screen, and NAME is a keyword.
		if got, want := fmt.Sprint(c.Type), strings.ReplaceAll(rows[i][0], `"name"`, "name"); got != want && got != "ENUM" {
			t.Errorf("%s: %s, DuckDB says %s", c.Name, got, want)
		}
	}
}

// The float64 of a number is the nearest there is, as reading its digits gives:
// DuckDB's own cast to DOUBLE, which is the second source, rounds twice or
// three times on the way from a wide HUGEINT or DECIMAL.
func TestFloatIsNearest(t *testing.T) {
	db := fresh(t)
	// Numbers of 1 to so many digits, of both signs, the same ones every time.
	random := func(sqlType string, digits, scale int) string {
		return fmt.Sprintf(`SELECT (if(hash(i, 1) %% 2 = 0, '', '-') || left(d, %[2]d) || '.' || right(d, %[3]d))::%[1]s AS x
			FROM (SELECT i, lpad(left((hash(i, 2)::UHUGEINT * hash(i, 3))::VARCHAR, (i %% %[4]d + 1)::INT), %[4]d, '0') AS d FROM range(1000) r(i))`, sqlType, digits-scale, scale, digits)
	}
	for _, query := range []string{
		// Net emigration is a difference of two sums, and these are HUGEINT.
		"SELECT (-41 + i)::HUGEINT AS x FROM range(50) r(i) UNION ALL SELECT (-3000)::HUGEINT",
		"SELECT unnest([-0.5, -0.25, 0.25, -3.75])::DECIMAL(38,2) AS x",
		`SELECT unnest(['-170141183460469231731687303715884105728', '170141183460469231731687303715884105727', '-18446744073709551616', '18446744073709551616', '-18446744073709551617', '-9223372036854775809',
		               '-9007199254740993', '9007199254740993', '36893488147419107329', '-36893488147419107329'])::HUGEINT AS x`,
		"SELECT unnest(['340282366920938463463374607431768211455', '18446744073709551616', '36893488147419107329', '0'])::UHUGEINT AS x",
		"SELECT unnest([-9223372036854775808, 9223372036854775807, 9007199254740993]) AS x",
		"SELECT 18446744073709551615 AS x",
		"SELECT unnest(['-' || repeat('9', 36) || '.99', repeat('9', 36) || '.99', '-0.01', NULL])::DECIMAL(38,2) AS x",
		"SELECT unnest(['0.' || repeat('3', 38), '-0.' || repeat('3', 38)])::DECIMAL(38,38) AS x",
		random("HUGEINT", 38, 0), "SELECT abs(x)::UHUGEINT AS x FROM (" + random("HUGEINT", 38, 0) + ")",
		random("DECIMAL(4,2)", 4, 2), random("DECIMAL(9,4)", 9, 4), random("DECIMAL(18,9)", 18, 9), random("DECIMAL(38,4)", 38, 4), random("DECIMAL(38,30)", 38, 30),
	} {
		result, err := db.Run(context.Background(), "SELECT x, x::VARCHAR::DOUBLE, x::DOUBLE FROM ("+query+")", 0)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		defer result.Close()
		for row := range result.Rows() {
			got, nearest, cast := row.Float(0), row.Float(1), row.Float(2)
			if row.Null(0) {
				if !math.IsNaN(got) {
					t.Errorf("%s: NULL is %v", query, got)
				}
			} else if got != nearest || math.Abs(got-cast) > 4e-16*math.Abs(got) {
				t.Errorf("%s: %s is %v, nearest is %v, DuckDB casts to %v", query, row.Text(0), got, nearest, cast)
			}
		}
	}
}
