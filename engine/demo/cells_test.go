package demo

import (
	"encoding/csv"
	"fmt"
	"math"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// TestCellsAgree sets two counts of one register against each other: the SQL over the
// loaded tables, which the program runs so that these tests need no database, and the naive
// one in Go over the columns, which shares no code with it. It proves the loading and the
// counting at once.
func TestCellsAgree(t *testing.T) {
	long.Test(t) // a register of 150 000 people, counted twice
	const scale, seed = 0.03, 4
	const end = "the cells end here"
	program := exec.CommandContext(t.Context(), "go", "run", "utvandring/cmd/utvandring", "-no-init", "-csv", "-noheader",
		"-c", fmt.Sprintf(".demo %g %d", scale, seed), "-c", `
		SELECT year, county,
		       -- Ringsaker's code, read before 1992, may be Hamar's, so that no centrality is given;
		       -- the invented people live in Ringsaker.
		       coalesce(centrality, CASE WHEN year < 1992 AND county = 'Hedmark' THEN (SELECT centrality FROM municipality WHERE municipality_code = '0412') END),
		       country_group, sex, age_group, duration_group, sum(residents) AS r, sum(emigrations) AS e, sum(emigrations_macro) AS m
		FROM cell WHERE year <= 2013 GROUP BY ALL HAVING r > 0 OR e > 0 OR m > 0 -- and not only immigrations`,
		"-c", ".print "+end, "-c", "SELECT id, value, coalesce(largest, value) FROM report_fact WHERE id LIKE 'f%' AND value IS NOT NULL", ":memory:")
	var errs strings.Builder
	program.Stderr = &errs
	out, err := program.Output()
	if err != nil {
		t.Fatal(err, errs.String())
	}
	cells, facts, _ := strings.Cut(string(out), end+"\n")
	rows := func(text string) [][]string {
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}

	g, err := New(Options{Scale: scale, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	naive := count(t, g, false)
	want, immigrants := map[string]string{}, 0
	naive.each(func(year, county, central, group, sex, age, duration int, c *cell) {
		if group == 3 || year > lastYear {
			return
		}
		key := strings.Join([]string{
			strconv.Itoa(year), naive.counties[county], strconv.Itoa(central + 1), strconv.Itoa(group + 1), [2]string{"female", "male"}[sex],
			[6]string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"}[age], [5]string{"0-2", "3-5", "6-10", "11-15", "16+"}[duration],
		}, ",")
		want[key] = fmt.Sprintf("%d,%d,%d", c.residents, c.emigrations, c.macro)
		if year == lastYear {
			immigrants += int(c.residents)
		}
	})
	n := 0
	for _, row := range rows(cells) {
		n++
		key, got := strings.Join(row[:7], ","), strings.Join(row[7:], ",")
		if got != want[key] {
			t.Fatalf("%s: residents, emigrations, without same-year movers %s, counted naively %s", key, got, want[key])
		}
	}
	if n != len(want) || n < 10_000 {
		t.Errorf("%d groups in the cells, %d counted naively", n, len(want))
	}

	values := map[string][]float64{}
	for _, f := range naive.facts() {
		if len(f.values) > 0 {
			values[f.id] = f.values
		}
	}
	n = 0
	for _, row := range rows(facts) {
		n++
		id := row[0]
		least, err1 := strconv.ParseFloat(row[1], 64)
		most, err2 := strconv.ParseFloat(row[2], 64)
		want := slices.Clone(values[id])
		if slices.Contains([]string{"f07", "f08", "f10", "f16", "f17", "f18"}, id) {
			for i := range want {
				want[i] *= 593321 / float64(immigrants) // numbers of persons, put at national size
			}
		}
		if err1 != nil || err2 != nil || len(want) == 0 || math.Abs(slices.Min(want)-least) > 1e-9*math.Abs(least) || math.Abs(slices.Max(want)-most) > 1e-9*math.Abs(most) {
			t.Errorf("report_fact %s: %s to %s, counted naively %v", id, row[1], row[2], want)
		}
	}
	if n != len(values) {
		t.Errorf("report_fact has %d values, counted naively %d", n, len(values))
	}
}
