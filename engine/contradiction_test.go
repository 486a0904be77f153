package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"utvandring/udf/long"
)

// Residence that contradicts migration, by hand. The last year counted is 2013.
func TestContradictionsByHand(t *testing.T) {
	t.Parallel()
	db := undone(t)
	person := 0
	add := func(spells, events string) {
		t.Helper()
		person++
		text := fmt.Sprintf("INSERT INTO person VALUES (%d, 'female', '1980-01-01', 'POL', true, '2000-01-01')", person)
		for _, s := range strings.Fields(spells) {
			from, to, ended := strings.Cut(s, "/")
			to = "'" + to + "'"
			if !ended {
				to = "NULL"
			}
			text += fmt.Sprintf("; INSERT INTO residence VALUES (%d, '0301', '%s', %s)", person, from, to)
		}
		for _, e := range strings.Fields(events) {
			direction := map[byte]string{'+': "immigration", '-': "emigration"}[e[0]]
			text += fmt.Sprintf("; INSERT INTO migration VALUES (%d, '%s', '%s', false, 'POL')", person, e[1:], direction)
		}
		run(t, db, text)
	}
	add("2003-01-01/2005-06-01 2008-02-02", "+2003-01-01 -2005-06-01 +2008-02-02") // 1: in, out and in
	add("2003-01-01", "+2003-01-01 -2005-06-01")                                   // 2: stays
	add("2003-01-01", "+2003-01-01 -2005-06-01 +2007-02-01")                       // 3: stays until there is an immigration
	add("2003-01-01/2005-06-01 2008-03-01", "+2003-01-01 -2005-06-01")             // 4: back without an immigration
	add("1999-01-01/2000-01-15 2001-01-15/2002-02-02", "")                         // 5: the same, without any migration
	add("2003-01-01", "+2003-01-01 +2006-05-05")                                   // 6: immigrates once more
	add("2003-01-01/2005-01-01 2005-01-02", "+2003-01-01")                         // 7: moves, with the last day
	add("2003-01-01/2005-05-31", "+2003-01-01 -2005-06-01")                        // 8: emigrates, with the last day
	add("2003-01-01/2005-06-01 2005-06-01", "+2003-01-01 -2005-06-01 +2005-06-01") // 9: out and in on one day
	add("2003-01-01/2005-06-01 2005-06-01/2006-01-01", "+2003-01-01 -2005-06-01")  // 10: moves on the day of emigration
	add("2003-01-01/2004-01-01", "-2001-01-01")                                    // 11: has emigrated before there is residence
	add("2003-01-01/2005-06-01 2005-06-01", "+2003-01-01 +2005-06-01")             // 12: a move that is an immigration
	add("2003-01-01", "+2003-01-05")                                               // 13: immigrates after the residence has begun
	add("2003-01-01/2005-06-02", "+2003-01-01 -2005-06-01")                        // 14: resident on the day of emigration still
	same(t, "contradictions", query(t, db, "SELECT person_id, kind, event_date, first_year, last_year FROM register_contradiction ORDER BY person_id, kind"), [][]string{
		{"2", "resident after an emigration", "2005-06-01", "2006", "2013"},
		{"3", "resident after an emigration", "2005-06-01", "2006", "2007"},
		{"4", "resident again without an immigration", "2008-03-01", "2009", "2013"},
		{"5", "resident again without an immigration", "2001-01-15", "2002", "2002"},
		{"6", "immigration while resident", "2006-05-05", "2003", "2006"},
		{"7", "to_date is the last day", "2005-01-01", "2005", "2005"},
		{"8", "to_date is the last day", "2005-05-31", "", ""},
		{"10", "resident after an emigration", "2005-06-01", "", ""},
		{"11", "resident again without an immigration", "2003-01-01", "2003", "2003"},
		{"12", "immigration while resident", "2005-06-01", "2003", "2005"},
		{"13", "immigration while resident", "2003-01-05", "2003", "2003"},
		{"14", "resident after an emigration", "2005-06-01", "", ""},
	})
	same(t, "residents", query(t, db, "SELECT year, residents, immigrants FROM contradiction_year WHERE kind = 'resident after an emigration' AND year < 2009"),
		[][]string{{"2006", "2", "2"}, {"2007", "2", "2"}, {"2008", "1", "1"}})
	problems, err := db.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"residence: resident after an emigration": "(4; person 2: emigration 2005-06-01, resident from 2003-01-01, person 3: emigration 2005-06-01, resident from 2003-01-01, person 10: emigration 2005-06-01, " +
			"resident from 2003-01-01 to 2006-01-01; residents more than by migration: 2006 2, 2007 2, 2008 1, 2009 1, 2010 1, 2011 1, 2012 1, 2013 1): end the spell on the day of the emigration",
		"residence: resident again without an immigration":                                         "(3; person 4: from 2008-03-01, person 5: from 2001-01-15 to 2002-02-02, person 11: from 2003-01-01 to 2004-01-01; residents more than by migration: 2002 1, 2003 1, 2009 1",
		"migration: immigration while resident":                                                    "(3; person 6: immigration 2006-05-05, resident from 2003-01-01, ",
		"residence: to_date looks like the last day of residence, not like the first day after it": "(2; person 7: from 2003-01-01 to 2005-01-01, person 8: from 2003-01-01 to 2005-05-31; residents who are missing if it is: 2005 1): add a day",
	} {
		i := slices.IndexFunc(problems, func(p Problem) bool { return p.Text == text })
		if i < 0 || problems[i].Fatal || !strings.HasPrefix(problems[i].String(), text+" "+want) {
			t.Errorf("%s: %v", text, problems)
		}
	}
}

// Nothing is found in the demo register, whose residence follows its migrations.
func TestDemoIsWithoutContradiction(t *testing.T) {
	t.Parallel()
	same(t, "demo", query(t, demoRegister(t), "SELECT count(*) FROM register_contradiction"), [][]string{{"0"}})
}

// Against a second computation, which walks through the days of each of 600 lives of
// random spells and migrations.
func TestContradictionsByDays(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	random := rand.New(rand.NewPCG(1, 2))
	const days = 8 * 365
	first := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	date := func(day int) string { return first.AddDate(0, 0, day).Format("2006-01-02") }
	insert := insertion{}
	found := map[string]int{} // person and kind
	years := map[string]int{} // kind and year: persons
	for person := range 600 {
		insert.add("person", "%d, 'male', '1980-01-01', 'POL', true, '2000-01-01'", person)
		resident, starts, stops := make([]bool, days+3), map[int]bool{}, map[int]bool{}
		at := random.IntN(400)
		for at < days-400 {
			length := 1 + random.IntN(900)
			from, to := at, min(at+length, days-5)
			insert.add("residence", "%d, '0301', '%s', '%s'", person, date(from), date(to))
			for d := from; d < to; d++ {
				resident[d] = true
			}
			starts[from], stops[to] = true, true
			at = to + []int{0, 0, 1, 2, random.IntN(500)}[random.IntN(5)]
		}
		in, out := map[int]bool{}, map[int]bool{}
		migrate := func(of map[int]bool, direction string, day int) {
			if day >= 0 && day < days && !of[day] {
				of[day] = true
				insert.add("migration", "%d, '%s', '%s', false, NULL", person, date(day), direction)
			}
		}
		for d := range days {
			switch {
			case starts[d] && random.IntN(3) > 0:
				migrate(in, "immigration", d+[]int{0, 0, 0, 3, -1}[random.IntN(5)])
			case stops[d] && random.IntN(3) > 0:
				migrate(out, "emigration", d+[]int{0, 0, 0, 1, -1, -40}[random.IntN(6)])
			case random.IntN(2000) == 0:
				migrate(in, "immigration", d)
			case random.IntN(2000) == 0:
				migrate(out, "emigration", d)
			}
		}
		note := func(kind string, from, until int) { // [from, until)
			found[fmt.Sprint(person, " ", kind)]++
			for y := 2001; y < 2009; y++ {
				if day := int(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Sub(first).Hours() / 24); day >= from && day < until {
					years[fmt.Sprint(kind, " ", y, " ", person)] = 1
				}
			}
		}
		stays := slices.Clone(resident) // with gaps of a day closed
		for d := 1; d < days; d++ {
			stays[d] = resident[d] || resident[d-1] && resident[d+1]
		}
		begin := func(d int) int {
			for d > 0 && stays[d-1] {
				d--
			}
			return d
		}
		next := func(of map[int]bool, from, else_ int) int {
			for d := from; d < else_; d++ {
				if of[d] {
					return d
				}
			}
			return else_
		}
		end := func(d int) int {
			for stays[d] {
				d++
			}
			return d
		}
		last := func(of map[int]bool, to int) int {
			for d := to; d >= 0; d-- {
				if of[d] {
					return d
				}
			}
			return -1
		}
		for d := range days {
			if out[d] && stays[d] && !in[d] {
				note("resident after an emigration", d, next(in, d+1, end(d)))
			}
			if stays[d] && begin(d) == d {
				left := last(out, d)
				for before := d - 1; before >= 0; before-- {
					if stays[before] {
						left = max(left, before+1)
						break
					}
				}
				if left >= 0 && last(in, d) < left {
					note("resident again without an immigration", d, next(in, d+1, end(d)))
				}
			}
			if in[d] && d > 0 && stays[d-1] && last(out, d) <= begin(d-1) {
				note("immigration while resident", begin(d-1), d)
			}
			if stops[d] && !starts[d] && (starts[d+1] || out[d+1]) {
				note("to_date is the last day", d, d+1)
			}
		}
	}
	run(t, db, insert.String())
	var want, got []string
	for key, n := range found {
		want = append(want, fmt.Sprint(key, " ", n))
	}
	for _, row := range query(t, db, "SELECT person_id || ' ' || kind || ' ' || count(*) FROM register_contradiction GROUP BY person_id, kind") {
		got = append(got, row[0])
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 500 || !slices.Equal(got, want) {
		t.Errorf("%d of %d", len(got), len(want))
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s, want %s", got[i], want[i])
			}
		}
	}
	yearly := map[string]int{}
	for key := range years {
		yearly[key[:strings.LastIndex(key, " ")]]++
	}
	want, got = nil, nil
	for key, n := range yearly {
		want = append(want, fmt.Sprint(key, " ", n))
	}
	for _, row := range query(t, db, "SELECT kind || ' ' || year || ' ' || residents FROM contradiction_year") {
		got = append(got, row[0])
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("by year: %v, want %v", got, want)
	}
}

// A load checks what it has not committed yet, whose number of rows DuckDB does not know:
// the plan must be one for many rows all the same.
func TestContradictionsOfManyRows(t *testing.T) {
	t.Parallel()
	db := scratch(t)
	run(t, db, "BEGIN", "INSERT INTO person (person_id, sex, birth_date, birth_country, immigrant) VALUES (1, 'male', DATE '1980-01-01', 'NOR', false)",
		"INSERT INTO residence VALUES (1, '0301', DATE '1980-01-01', NULL)")
	if plan := db.plan(context.Background(), "FROM register_contradiction"); !strings.Contains(plan, "ASOF_JOIN") || strings.Contains(plan, "NESTED_LOOP_JOIN") {
		t.Error("the contradictions are looked for by comparing everything with everything: ", plan)
	}
	run(t, db, "ROLLBACK")
}
