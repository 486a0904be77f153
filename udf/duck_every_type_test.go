package udf_test

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/long"
)

// everyType has the values at the edges of each type, in SQL and apart by
// semicolons, and what number they are: number is SQL for it, "" where they are
// none.
var everyType = []struct{ sqlType, values, number string }{
	{"BOOLEAN", `true; false`, "x::INTEGER"},
	{"TINYINT", `-128; -1; 0; 127`, "x"},
	{"SMALLINT", `-32768; -1; 0; 32767`, "x"},
	{"INTEGER", `-2147483648; -1; 0; 2147483647`, "x"},
	{"BIGINT", `-9223372036854775808; -1; 0; 9007199254740993; 9223372036854775807`, "x"},
	{"HUGEINT", `'-170141183460469231731687303715884105728'; -18446744073709551617; -18446744073709551616; -3000; -41; -1; 0; 1; 18446744073709551615; 18446744073709551616; '170141183460469231731687303715884105727'`, "x"},
	{"UTINYINT", `0; 255`, "x"},
	{"USMALLINT", `0; 65535`, "x"},
	{"UINTEGER", `0; 4294967295`, "x"},
	{"UBIGINT", `0; 9223372036854775808; 18446744073709551615`, "x"},
	{"UHUGEINT", `0; 18446744073709551616; '340282366920938463463374607431768211455'`, "x"},
	{"BIGNUM", `0; 1; -1; 255; -256; '170141183460469231731687303715884105728'; '-123456789012345678901234567890'`, "x"},
	// A DECIMAL is stored in 2, 4, 8 or 16 bytes.
	{"DECIMAL(1,0)", `-9; 0; 9`, "x"},
	{"DECIMAL(4,1)", `-0.5; -999.9; 0; 999.9`, "x"},
	{"DECIMAL(4,4)", `-0.9999; -0.0001; 0.25`, "x"},
	{"DECIMAL(9,2)", `-9999999.99; -0.25; 0; 0.01; 9999999.99`, "x"},
	{"DECIMAL(18,3)", `'-999999999999999.999'; -0.001; 0; '999999999999999.999'`, "x"},
	{"DECIMAL(38,0)", `'-99999999999999999999999999999999999999'; -1; 0; '99999999999999999999999999999999999999'`, "x"},
	{"DECIMAL(38,2)", `-0.5; -0.25; 0; 184467440737095516.16; '-999999999999999999999999999999999999.99'`, "x"},
	{"DECIMAL(38,38)", `'-0.99999999999999999999999999999999999999'; '0.00000000000000000000000000000000000001'`, "x"},
	{"FLOAT", `'nan'; 'inf'; '-inf'; '1e-45'; -3.4028235e38; 0.1; 16777216; 1e15; 1e16; 1e-4; 1e-5`, "x"},
	{"DOUBLE", `'nan'; 'inf'; '-inf'; '5e-324'; 2.2250738585072014e-308; -1.7976931348623157e308; 0.1; 9007199254740993; 1e15; 1e16; 1e-4; 1e-5; 1e300`, "x"},
	{"VARCHAR", `''; 'twelve bytes'; 'thirteen byte'; 'æ'; ' a'; 'null'; 'it''s'; repeat('long ', 1000)`, ""},
	{"BLOB", `''; 'abc'; '\x00\xFF''"\x5C'; repeat('b', 5000)::BLOB`, ""},
	{"BIT", `'0'; '1'; '10101010'; '101010101'; '0000000000000000000000000000000000000000000000000000000000000000000000001'`, ""},
	{"UUID", `'00000000-0000-0000-0000-000000000000'; '7fffffff-ffff-ffff-ffff-ffffffffffff'; '80000000-0000-0000-8000-000000000000'; 'ffffffff-ffff-ffff-ffff-ffffffffffff'`, ""},
	{"words_1", `'word 1'; 'word 100'`, ""},
	{"words_2", `'word 1'; 'word 256'; 'word 300'`, ""},
	{"words_4", `'word 1'; 'word 65536'; 'word 70000'`, ""},
	{"DATE", `'-infinity'; 'infinity'; '5877642-06-25 (BC)'; '0001-01-01 (BC)'; '1969-12-31'; '1970-01-01'; '2000-02-29'; '5881580-07-10'`, "epoch(x)"},
	{"TIME", `'00:00:00'; '23:59:59.999999'; '24:00:00'`, ""},
	{"TIME_NS", `'00:00:00'; '00:00:00.000000001'; '23:59:59.999999999'`, ""},
	{"TIMETZ", `'00:00:00+15:59:59'; '12:30:00.5-03:30'; '24:00:00-15:59:59'`, ""},
	{"TIMESTAMP", `'-infinity'; 'infinity'; '290309-12-22 (BC) 00:00:00'; '1969-12-31 23:59:59.999999'; '1970-01-01'; '294247-01-10 04:00:54.775806'`, "epoch_us(x) / 1e6"},
	{"TIMESTAMP_S", `'-infinity'; 'infinity'; '1969-12-31 23:59:59'; '1970-01-01'; '294247-01-10 04:00:54'`, "epoch_us(x) / 1e6"},
	{"TIMESTAMP_MS", `'-infinity'; 'infinity'; '1969-12-31 23:59:59.999'; '1970-01-01'; '294247-01-10 04:00:54.775'`, "epoch_us(x) / 1e6"},
	{"TIMESTAMP_NS", `'-infinity'; 'infinity'; '1677-09-22'; '1969-12-31 23:59:59.999999999'; '1970-01-01'; '2262-04-11 23:47:16.854775806'`, "epoch_ns(x) / 1e9"},
	{"TIMESTAMPTZ", `'-infinity'; 'infinity'; '290309-12-22 (BC) 00:00:00+00'; '1969-12-31 23:59:59.999999+00'; '2013-07-01 12:00:00+02'`, "epoch_us(x) / 1e6"},
	{"INTERVAL", `'0 days'; '14 months'; '-14 months'; '1 day -1 second'; '-1 day 36:00:00'; '1 microsecond'; '-25:00:01.5'; '178956970 years 7 months'`, ""},
	{"INTEGER[]", `[]; [1, NULL, -2147483648]; [NULL]`, ""},
	{"HUGEINT[3]", `[-1, NULL, 1]`, ""},
	{"DOUBLE[][]", `[]; [[]]; [NULL::DOUBLE[]]; [['nan'::DOUBLE, 1, NULL], []]`, ""},
	{"DECIMAL(38,2)[2][]", `[]; [[-0.5, NULL]]; [[1, 2], NULL, [3, 4]]`, ""},
	{"STRUCT(a INTEGER, \"b c\" VARCHAR)", `{'a': 1, 'b c': 'it''s'}; {'a': NULL, 'b c': NULL}`, ""},
	{"STRUCT(b STRUCT(a HUGEINT[], n DECIMAL(4,1)), a DATE)", `{'b': {'a': [-1, NULL], 'n': -0.5}, 'a': '2013-01-01'}; {'b': NULL, 'a': NULL}`, ""},
	{"STRUCT(a INTEGER, b VARCHAR)[]", `[]; [{'a': 1, 'b': 'x'}, NULL, {'a': NULL, 'b': ''}]`, ""},
	{"MAP(VARCHAR, INTEGER[])", `MAP {}; MAP {'a': [1], 'b': NULL, '': []}`, ""},
	{"MAP(INTEGER, STRUCT(a words_2))[]", `[]; [MAP {1: {'a': 'word 300'}}, NULL]`, ""},
	{"UNION(n HUGEINT, t VARCHAR, l INTEGER[])", `union_value(n := -41::HUGEINT); union_value(t := 'x, y'); union_value(t := NULL::VARCHAR); union_value(l := [1, NULL])`, ""},
	{"UNION(a INTEGER, b DATE)[]", `[union_value(a := 1)::UNION(a INTEGER, b DATE), NULL, union_value(b := DATE '2013-01-01')::UNION(a INTEGER, b DATE)]`, ""},
	{"JSON", `'{"a": [1, 2.50, null]}'; 'null'; '"x"'`, ""},
}

var bare = regexp.MustCompile(`^(-?)\.`)

// Whatever the type, a value is the text that DuckDB casts it to, and a number
// the float64 that it casts it to or, of a time, the seconds since 1970 (infinite
// where it has none to give): read from a result and from the arguments of a
// function, at a row of a table, behind a filter, and within a list.
func TestEveryTypeIsCast(t *testing.T) {
	conn := connect(t)
	exec(t, conn, "SET TimeZone = 'UTC'")
	for bytes, n := range map[int]int{1: 100, 2: 300, 4: 70000} {
		exec(t, conn, fmt.Sprintf("CREATE TYPE words_%d AS ENUM (SELECT 'word ' || i FROM range(1, %d) r(i))", bytes, n+1))
	}
	for k, e := range everyType {
		number := "NULL"
		if e.number != "" {
			number = "(" + e.number + ")::DOUBLE"
		}
		list := "[CAST(" + strings.ReplaceAll(e.values, ";", " AS "+e.sqlType+"), CAST(") + " AS " + e.sqlType + "), NULL]"
		exec(t, conn, fmt.Sprintf("CREATE OR REPLACE TABLE v AS SELECT row_number() OVER () AS i, x FROM (SELECT unnest(%[1]s || [NULL] || %[1]s) AS x)", list))
		values := 0
		sources := []string{"v", "(FROM v WHERE i % 2 = 0)", "(SELECT unnest(list(x ORDER BY i)[2:]) AS x FROM v)", "(SELECT x FROM v, range(200) ORDER BY i)"}
		if !long.Asked() { // that of many rows for every fourth type
			sources = sources[k%4:][:1]
		}
		for _, rows := range sources {
			each(t, conn, "SELECT x, x::VARCHAR, "+number+", _text(x), _number(x) FROM "+rows, func(_ *duck.Result, row []duck.Vector, i int) {
				values++
				gotText, wantText, argumentText := text(&row[0], i), text(&row[1], i), text(&row[3], i)
				if strings.HasPrefix(e.sqlType, "DECIMAL") {
					// Where all digits are behind the point, DuckDB writes none before it.
					wantText = bare.ReplaceAllString(wantText, "${1}0.")
				}
				if gotText != wantText || argumentText != wantText {
					t.Errorf("%s: %s and as an argument %s, DuckDB casts to %s", e.sqlType, gotText, argumentText, wantText)
				}
				got, want, argument := row[0].Float(i), row[2].Float(i), row[4].Float(i)
				switch {
				case strings.HasPrefix(e.number, "epoch") && wantText == "infinity":
					want = math.Inf(1)
				case strings.HasPrefix(e.number, "epoch") && wantText == "-infinity":
					want = math.Inf(-1)
				}
				if !same(got, want) || !same(argument, want) {
					t.Errorf("%s: %s is %v and as an argument %v, DuckDB casts to %v", e.sqlType, wantText, got, argument, want)
				}
			})
		}
		if values == 0 {
			t.Errorf("%s: no values", e.sqlType)
		}
	}
}
