package main

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/plot"
	"utvandring/udf/long"
)

// These tests read the numbers back from the picture, as a reader does: from the ticks
// of its axes and where the lines, bars and marks are. What was drawn is compared with
// what was asked for in SQL, for each type of number and each kind of chart.

// numericTypes are all that DuckDB has, with values that are exact in them, the ends of
// their range among them. The empty value is NULL.
var numericTypes = map[string][][]string{
	"TINYINT":        {{"-41", "-26", "", "-1", "5", "0"}, {"-128", "127", "-3", "", "77", "-100"}},
	"SMALLINT":       {{"-41", "-26", "", "-1", "5", "0"}, {"-3000", "32767", "-32768", "", "2048", "-2048"}},
	"INTEGER":        {{"-41", "-26", "", "-1", "5", "0"}, {"-3000", "2147483647", "-2147483648", "", "1", "-70000"}},
	"BIGINT":         {{"-41", "-26", "", "-1", "-5", "-3000"}, {"9007199254740993", "-9223372036854775808", "9223372036854775807", "", "0", "1"}},
	"HUGEINT":        {{"-41", "-26", "", "-1", "-5", "-3000"}, {"-170141183460469231731687303715884105728", "170141183460469231731687303715884105727", "", "-18446744073709551616", "-85070591730234615865843651857942052864", "0"}},
	"UTINYINT":       {{"41", "26", "", "1", "0", "255"}, {"128", "127", "", "1", "2", "3"}},
	"USMALLINT":      {{"41", "26", "", "1", "0", "5"}, {"32768", "65535", "", "1", "2", "3"}},
	"UINTEGER":       {{"41", "26", "", "1", "0", "5"}, {"2147483648", "4294967295", "", "1", "2", "3"}},
	"UBIGINT":        {{"41", "26", "", "1", "0", "5"}, {"9223372036854775808", "18446744073709551615", "", "1", "2", "3"}},
	"UHUGEINT":       {{"41", "26", "", "1", "0", "5"}, {"18446744073709551616", "340282366920938463463374607431768211455", "", "170141183460469231731687303715884105728", "2", "3"}},
	"BIGNUM":         {{"-41", "-26", "", "-1", "5", "0"}, {"-340282366920938463463374607431768211456", "680564733841876926926749214863536422912", "", "3", "1", "0"}},
	"DECIMAL(4,2)":   {{"-0.5", "-0.25", "", "-0.01", "1.75", "0"}, {"-99.99", "99.99", "", "12.34", "-12.34", "1"}},
	"DECIMAL(9,3)":   {{"-0.5", "-0.25", "", "-0.001", "1.75", "0"}, {"-999999.999", "999999.999", "", "1234.5", "-3000", "-65536"}},
	"DECIMAL(18,6)":  {{"-0.5", "-0.25", "", "-0.000001", "1.75", "0"}, {"-999999999999.999999", "999999999999", "", "-4294967296", "1", "-3000"}},
	"DECIMAL(38,10)": {{"-0.5", "-0.25", "", "-0.0000000001", "1.75", "-3"}, {"-9999999999999999999999999999.9999999999", "-1", "", "-1234567890123456789012345678.5", "18446744073709551616", "0"}},
	"DECIMAL(38,0)":  {{"-41", "-26", "", "-1", "5", "-3000"}, {"-99999999999999999999999999999999999999", "1", "", "5", "-18446744073709551616", "0"}},
	"FLOAT":          {{"-0.5", "-0.25", "", "nan", "1.75", "inf"}, {"-3e38", "3e38", "", "1e30", "-inf", "0"}},
	"DOUBLE":         {{"-0.5", "-0.25", "", "nan", "1.75", "inf"}, {"-1e299", "5e298", "", "1e300", "-inf", "0"}},
}

// chartKinds are all kinds of chart in each of their forms: how the values are laid out
// in rows of SQL, what is said to .plot, and how they are read from the picture.
// v1 … v6 are the values; lo and hi of an interval are v-1 and v+1 of the type's own.
var chartKinds = []struct {
	name, sql, words string
	read             func(*picture) map[string]float64
	place            func(i int) string
}{
	{"line", "SELECT 2000 + i AS year, v AS net FROM t", "kind=line zero=no", (*picture).lines, year},
	{"lines", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=line", (*picture).lines, yearAndSex},
	{"lines over another x", "SELECT i // 2 AS age, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=line zero=yes", (*picture).lines, ageAndSex},
	{"panels", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=line facet=sex", (*picture).lines, yearAndSex},
	{"line over names", "SELECT 'c' || i AS county, v AS net FROM t", "kind=line sort=none", (*picture).lines, county},
	{"areas", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=area", (*picture).areas, yearAndSex},
	{"bars", "SELECT 'c' || i AS county, v AS net FROM t", "kind=bar", (*picture).bars, county},
	{"bars beside each other", "SELECT 'c' || i // 2 AS county, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=bar sort=name", (*picture).bars, countyAndSex},
	{"bars over years", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=bar", (*picture).bars, yearAndSex},
	{"stacks", "SELECT 'c' || i // 2 AS county, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=stack", (*picture).stacks, countyAndSex},
	{"stacks over years", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=stack", (*picture).stacks, yearAndSex},
	{"points", "SELECT 2000 + i // 2 AS year, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=point", (*picture).marks, yearAndSex},
	{"scatter", "SELECT 2000 + i AS year, 1.5 * i AS unemployment_rate, v AS frequency FROM t", "kind=scatter", (*picture).marks, unemployed},
	{"estimates", "SELECT 'c' || i AS parameter, v AS estimate, 0 AS std_error FROM t", "kind=coefficient", (*picture).marks, county},
	{"points over names", "SELECT 'c' || i // 2 AS county, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex, v AS net FROM t", "kind=point", (*picture).marks, countyAndSex},
}

func sex(i int) string          { return []string{"female", "male"}[i%2] }
func year(i int) string         { return strconv.Itoa(2000 + i) }
func unemployed(i int) string   { return strconv.FormatFloat(1.5*float64(i), 'f', -1, 64) }
func county(i int) string       { return fmt.Sprintf("c%d", i) }
func yearAndSex(i int) string   { return year(i/2) + " " + sex(i) }
func ageAndSex(i int) string    { return strconv.Itoa(i/2) + " " + sex(i) }
func countyAndSex(i int) string { return county(i/2) + " " + sex(i) }

func TestFiguresShowTheRows(t *testing.T) {
	s := emptySession(t)
	n, every := 0, long.Runs(1, 11) // of which there is neither a multiple of kinds nor of types
	for _, kind := range chartKinds {
		for _, typ := range slices.Sorted(maps.Keys(numericTypes)) {
			for _, values := range numericTypes[typ] {
				if n++; n%every > 0 {
					continue
				}
				var rows []string
				want := map[string]float64{}
				for i, v := range values {
					rows = append(rows, fmt.Sprintf("(%d, nullif('%s', '')::%s)", i, v, typ))
					if x, err := strconv.ParseFloat(v, 64); err == nil && math.Abs(x) < 1e300 {
						want[kind.place(i)] = x
					}
				}
				query := "WITH t(i, v) AS (VALUES " + strings.Join(rows, ", ") + ") " + kind.sql + " ORDER BY i"
				p := draw(t, s, query, kind.words)
				compare(t, kind.name+" of "+typ, p, kind.read(p), want)
			}
		}
	}
}

// The ends of intervals, of each kind that shows them.
func TestFiguresShowIntervals(t *testing.T) {
	s := emptySession(t)
	for _, typ := range long.Rows([]string{"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL(4,2)", "DECIMAL(9,3)", "DECIMAL(18,6)", "DECIMAL(38,10)", "FLOAT", "DOUBLE", "BIGNUM"}, 4) {
		for _, kind := range []struct {
			name, x, words string
			read           func(*picture) map[string]float64
			place          func(i int) string
		}{
			{"band", "2000 + i AS year", "kind=line", (*picture).bands, year},
			{"bars", "'c' || i AS county", "kind=bar", (*picture).whiskers, county},
			{"bars over years", "2000 + i AS year", "kind=bar", (*picture).whiskers, year},
			{"points", "2000 + i AS year", "kind=point", (*picture).whiskers, year},
			{"points over names", "'c' || i AS county", "kind=point", (*picture).whiskers, county},
		} {
			query := "SELECT " + kind.x + fmt.Sprintf(", v::%[1]s AS net, lo::%[1]s AS low, hi::%[1]s AS high ", typ) +
				"FROM (VALUES (0, -41, -44, -33), (1, -26, -30, -25), (2, NULL, NULL, NULL), (3, -1, -5, 4), (4, 7, 6, 12)) t(i, v, lo, hi) ORDER BY i"
			want := map[string]float64{}
			for i, ends := range map[int][2]float64{0: {-44, -33}, 1: {-30, -25}, 3: {-5, 4}, 4: {6, 12}} {
				want[kind.place(i)+" low"], want[kind.place(i)+" high"] = ends[0], ends[1]
			}
			p := draw(t, s, query, kind.words)
			compare(t, kind.name+" of intervals of "+typ, p, kind.read(p), want)
		}
	}
}

func compare(t *testing.T, name string, p *picture, got, want map[string]float64) {
	t.Helper()
	for place, x := range want {
		if y, ok := got[place]; !ok || math.Abs(x-y) > 1e-6*p.value.span() {
			t.Errorf("%s: %s is drawn at %v, %v; want %v", name, place, y, ok, x)
		}
	}
	for place, y := range got {
		if _, ok := want[place]; !ok {
			t.Errorf("%s: %s is drawn at %v and has no number", name, place, y)
		}
	}
}

// draw goes the way of .plot, up to the scene.
func draw(t *testing.T, s *session, query, options string) *picture {
	t.Helper()
	s.settings.mode.Cuts = false
	if err := s.statement(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	args, err := splitWords(options)
	if err != nil {
		t.Fatal(err)
	}
	spec, err := plot.ParseSpec(args)
	if err != nil {
		t.Fatal(err)
	}
	table, spec, err := s.toPlot(context.Background(), spec)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	chart, err := plot.NewChart(table, spec)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return readPicture(t, chart.Scene(800, 500), "female", "male")
}
