package udf_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"utvandring/udf/duck"
	"utvandring/udf/long"
)

// The independent source is DuckDB's own cast to VARCHAR, over a table it has
// for the purpose: the smallest and the largest value of every type, and NULL.
func TestTextIsCast(t *testing.T) {
	conn := connect(t)
	exec(t, conn, "SET TimeZone = 'Europe/Oslo'")
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
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
		// As a result and as an argument.
		n := 0
		each(t, conn, "SELECT COLUMNS(*), COLUMNS(*)::VARCHAR, _text(COLUMNS(*)) FROM ("+query+")", func(r *duck.Result, row []duck.Vector, i int) {
			n++
			for j := range len(row) / 3 {
				r.Columns[j].Type.In(oslo)
				got, want, argument := text(&row[j], i), text(&row[j+len(row)/3], i), text(&row[j+2*len(row)/3], i)
				if got != want || argument != want && !r.Columns[j].Type.Zoned() {
					t.Errorf("%s: %s: %s and as an argument %s, DuckDB casts to %s", query[:20], r.Columns[j].Name, got, argument, want)
				}
			}
		})
		if n == 0 {
			t.Errorf("%s: no rows", query)
		}
	}
}

// Minus nothing is nothing, however deep.
func TestNoMinusZero(t *testing.T) {
	conn := connect(t)
	want := []string{"0.0", "0.0", "[0.0]", "{'a': 0.0}", "{a=0.0}", "0.00", "-5e-324"}
	each(t, conn, "SELECT '-0.0'::DOUBLE, '-0.0'::FLOAT, ['-0.0'::DOUBLE], {a: round(-0.004::DOUBLE, 2)}, MAP {'a': '-0.0'::FLOAT}, -0.004::DECIMAL(4,2), -5e-324::DOUBLE", func(_ *duck.Result, row []duck.Vector, i int) {
		for j := range row {
			if got := text(&row[j], i); got != want[j] {
				t.Errorf("%s, want %s", got, want[j])
			}
		}
	})
}

// to_json is DuckDB's own. It writes a double of 1 as 1.0 as we do, but has no
// valid JSON for NaN and the infinite, and prints HUGEINT as a float.
func TestJSONIsValidAndExact(t *testing.T) {
	conn := connect(t)
	query := `SELECT 9007199254740993 AS big, 1.50::DECIMAL(9,2) AS money, 0.1 + 0.2::DOUBLE AS d, 1::DOUBLE AS one, 'a"\' || chr(10) || chr(1) AS s,
		{'b': 1, 'a': [true, NULL]} AS st, MAP {'x': 2, 'y': 3} AS m, DATE '2013-01-01' AS day, '{"q": [1, 2]}'::JSON AS j, NULL AS n, 'æ' AS ae,
		'nan'::DOUBLE AS nan, '-inf'::FLOAT AS inf, 170141183460469231731687303715884105727 AS huge, uuid '47183823-2574-4bfd-b411-99ed177d3e43' AS u`
	want := []string{"9007199254740993", "1.50", "0.30000000000000004", "1.0", `"a\"\\\n\u0001"`, `{"b":1,"a":[true,null]}`, `{"x":2,"y":3}`, `"2013-01-01"`,
		`{"q": [1, 2]}`, "null", `"æ"`, `"NaN"`, `"-Infinity"`, "170141183460469231731687303715884105727", `"47183823-2574-4bfd-b411-99ed177d3e43"`}
	each(t, conn, query, func(r *duck.Result, row []duck.Vector, i int) {
		for j, c := range r.Columns {
			if got := string(row[j].AppendJSON(nil, i)); got != want[j] {
				t.Errorf("%s: %s, want %s", c.Name, got, want[j])
			}
		}
	})
	each(t, conn, "FROM test_all_types()", func(r *duck.Result, row []duck.Vector, i int) {
		for j, c := range r.Columns {
			if text := row[j].AppendJSON(nil, i); !json.Valid(text) {
				t.Errorf("%s: not JSON: %s", c.Name, text)
			}
		}
	})
}

func TestTypeNames(t *testing.T) {
	conn := connect(t)
	var want []string
	each(t, conn, "SELECT column_type FROM (DESCRIBE FROM test_all_types())", func(_ *duck.Result, row []duck.Vector, i int) { want = append(want, text(&row[0], i)) })
	each(t, conn, "FROM test_all_types() LIMIT 1", func(r *duck.Result, _ []duck.Vector, _ int) {
		for j, c := range r.Columns {
			// The words of an ENUM would fill the screen, and NAME is a keyword.
			if got, want := c.Type.String(), strings.ReplaceAll(want[j], `"name"`, "name"); got != want && got != "ENUM" {
				t.Errorf("%s: %s, DuckDB says %s", c.Name, got, want)
			}
		}
	})
}

// The float64 of a number is the nearest there is, as reading its digits gives:
// DuckDB's own cast to DOUBLE, which is the second source, rounds twice or
// three times on the way from a wide HUGEINT or DECIMAL.
func TestFloatIsNearest(t *testing.T) {
	conn := connect(t)
	// Numbers of 1 to so many digits, of both signs, the same ones every time.
	random := func(sqlType string, digits, scale int) string {
		return fmt.Sprintf(`SELECT (if(hash(i, 1) %% 2 = 0, '', '-') || left(d, %[2]d) || '.' || right(d, %[3]d))::%[1]s AS x
			FROM (SELECT i, lpad(left((hash(i, 2)::UHUGEINT * hash(i, 3))::VARCHAR, (i %% %[4]d + 1)::INT), %[4]d, '0') AS d FROM range(%[5]d) r(i))`, sqlType, digits-scale, scale, digits, long.Runs(300, 60))
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
		each(t, conn, "SELECT x, x::VARCHAR::DOUBLE, x::DOUBLE, _number(x) FROM ("+query+")", func(_ *duck.Result, row []duck.Vector, i int) {
			got, nearest, cast, argument := row[0].Float(i), row[1].Float(i), row[2].Float(i), row[3].Float(i)
			switch {
			case row[0].Null(i):
				if !math.IsNaN(got) || !row[3].Null(i) {
					t.Errorf("%s: NULL is %v, as an argument %v", query, got, argument)
				}
			case got != nearest || got != argument || math.Abs(got-cast) > 4e-16*math.Abs(got):
				t.Errorf("%s: %s is %v and as an argument %v, nearest is %v, DuckDB casts to %v", query, text(&row[0], i), got, argument, nearest, cast)
			}
		})
	}
}
