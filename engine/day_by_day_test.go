package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"utvandring/udf/long"
)

// judge counts a register the slow way: every day of every life, by the rules in the
// comments of sql/count and of person_year, without any SQL but the list of candidates
// that municipality_in gives (which has a test of its own).
type judge struct {
	first, last int
	ages, stays []int
	candidates  map[string][]string // by code and year
	changes     map[string]bool     // "old new year"
	cells       map[string]*[judgedDays + 1]int
	outcomes    map[string]int
}

type judgedSpell struct {
	from, to int // days since 1970; to excluded
	value    string
}

type judgedPerson struct {
	id                      int
	sex, reason             string
	immigrant               bool
	born, came, died        int // never: notADay
	homes, statuses         []judgedSpell
	emigrations, immigrants []int
}

const notADay = 1 << 30

func dayOf(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func dateOfDay(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

// on is what holds on a day: of several spells the one that begins last, then ends last,
// then has the lower value.
func on(spells []judgedSpell, day int) string {
	best := -1
	for i, s := range spells {
		if s.from > day || day >= s.to {
			continue
		}
		if best < 0 || s.from > spells[best].from || s.from == spells[best].from && (s.to > spells[best].to || s.to == spells[best].to && s.value < spells[best].value) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return spells[best].value
}

func (p *judgedPerson) home(day int) string {
	if day < p.born || day >= p.died {
		return ""
	}
	return on(p.homes, day)
}

func completed(since, day int) int {
	a, b := dateOfDay(since), dateOfDay(day)
	years := b.Year() - a.Year()
	if b.Month() < a.Month() || b.Month() == a.Month() && b.Day() < a.Day() {
		years--
	}
	return years
}

func label(cuts []int, years int) string {
	at := -1
	for i, c := range cuts {
		if years >= c {
			at = i
		}
	}
	switch {
	case at < 0:
		return ""
	case at == len(cuts)-1:
		return fmt.Sprintf("%d+", cuts[at])
	case cuts[at+1] == cuts[at]+1:
		return fmt.Sprint(cuts[at])
	}
	return fmt.Sprintf("%d-%d", cuts[at], cuts[at+1]-1)
}

func (j *judge) of(code string, year int) []string { return j.candidates[fmt.Sprint(code, " ", year)] }

func (j *judge) place(code string, year int) (municipality, county string) {
	c := j.of(code, year)
	if len(c) == 1 {
		municipality = c[0]
	}
	if len(c) > 0 && c[0][:2] == c[len(c)-1][:2] {
		county = c[0][:2]
	}
	return municipality, county
}

const (
	judgedResidents = iota
	judgedEmigrations
	judgedImmigrations
	judgedBirths
	judgedDeaths
	judgedMovesIn
	judgedMovesOut
	judgedDays
)

// count adds to the group of the person on a day, living under the code of place day.
func (j *judge) count(p *judgedPerson, what, day int, code string, placeDay, statusDay int) {
	year := dateOfDay(day).Year()
	if year < j.first || year > j.last {
		return
	}
	municipality, county := j.place(code, dateOfDay(placeDay).Year())
	stay := ""
	if p.came <= day {
		stay = label(j.stays, completed(p.came, day))
	}
	key := strings.Join([]string{fmt.Sprint(year), municipality, county, fmt.Sprint(p.immigrant), p.sex, p.reason,
		label(j.ages, completed(p.born, day)), stay, on(p.statuses, statusDay)}, "|")
	if j.cells[key] == nil {
		j.cells[key] = new([judgedDays + 1]int)
	}
	j.cells[key][what]++
}

func (j *judge) life(p *judgedPerson) {
	begins := func(day int) (code string, ok bool) {
		for _, s := range p.homes {
			if s.from == day && s.to >= s.from && (!ok || s.value < code) {
				code, ok = s.value, true
			}
		}
		return code, ok
	}
	counted := func(days []int) (list []int) {
		for _, d := range days {
			if p.born <= d && d < p.died {
				list = append(list, d)
			}
		}
		return list
	}
	emigrations, immigrations := counted(p.emigrations), counted(p.immigrants)
	for _, d := range emigrations {
		j.count(p, judgedEmigrations, d, p.home(d-1), d-1, d-1)
	}
	for _, d := range immigrations {
		j.count(p, judgedImmigrations, d, p.home(d), d, d)
	}
	deathCounted := false
	if p.died != notADay {
		if code := p.home(p.died - 1); code != "" {
			deathCounted = true
			j.count(p, judgedDeaths, p.died, code, p.died-1, p.died-1)
		} else if code, ok := begins(p.died); ok {
			deathCounted = true
			j.count(p, judgedDeaths, p.died, code, p.died, p.died-1)
		}
	}
	if code := p.home(p.born); code != "" {
		if !slices.Contains(p.immigrants, p.born) {
			j.count(p, judgedBirths, p.born, code, p.born, p.born)
		}
	} else if code, ok := begins(p.born); ok && p.died == p.born {
		j.count(p, judgedBirths, p.born, code, p.born, p.born)
	}
	changed := map[int]bool{} // moves and what may be one
	for day := dayOf(j.first-1, 1, 1); day <= dayOf(j.last+1, 1, 1); day++ {
		before, now := p.home(day-1), p.home(day)
		if before == "" || now == "" || before == now || slices.Contains(emigrations, day) {
			continue
		}
		date := dateOfDay(day)
		if date.YearDay() == 1 && j.changes[fmt.Sprint(before, " ", now, " ", date.Year())] {
			continue
		}
		s, t := j.of(before, dateOfDay(day-1).Year()), j.of(now, date.Year())
		if len(s) == 1 && slices.Equal(s, t) {
			continue
		}
		changed[day] = true
		if len(s) > 0 && len(t) > 0 && !slices.ContainsFunc(s, func(c string) bool { return slices.Contains(t, c) }) {
			j.count(p, judgedMovesOut, day, before, day-1, day-1)
			j.count(p, judgedMovesIn, day, now, day, day-1)
		}
	}
	for year := j.first; year <= j.last; year++ {
		a, b := dayOf(year, 1, 1), dayOf(year+1, 1, 1)
		for day := a; day < b; day++ {
			if code := p.home(day); code != "" {
				j.count(p, judgedDays, day, code, day, day)
			}
		}
		here := p.home(a)
		if here == "" {
			continue
		}
		j.count(p, judgedResidents, a, here, a, a)
		if year == j.last {
			continue
		}
		within := func(d int) bool { return a < d && d <= b }
		gone := slices.ContainsFunc(emigrations, within)
		there := p.home(b)
		outcome := "lost"
		switch {
		case deathCounted && within(p.died):
			outcome = "dies"
		case there != "":
			s, t := j.of(here, year), j.of(there, year+1)
			_, cs := j.place(here, year)
			_, ct := j.place(there, year+1)
			switch {
			case len(s) == 1 && slices.Equal(s, t):
				outcome = "stays"
			case len(s) > 0 && len(t) > 0 && !slices.ContainsFunc(s, func(c string) bool { return slices.Contains(t, c) }):
				outcome = map[bool]string{true: "other municipality", false: "other county"}[cs == ct]
				if cs == "" || ct == "" {
					outcome = "unknown"
				}
			default:
				throughout := !gone
				for day := a; day <= b; day++ {
					throughout = throughout && p.home(day) != "" && !(day > a && changed[day])
				}
				outcome = map[bool]string{true: "stays", false: "unknown"}[throughout]
			}
		case gone:
			outcome = "emigrates"
		}
		j.outcomes[fmt.Sprint(p.id, " ", year, " ", outcome)]++
	}
}

// Random lives, with all that a real register has: spells that overlap or are empty, that
// go on after death or begin before birth, events without residence, codes that were
// divided, are unknown or of another year, and days that matter.
func TestRandomStudiesDayByDay(t *testing.T) {
	long.Test(t)
	t.Parallel()
	db := fresh(t)
	for seed := uint64(1); seed <= 2; seed++ {
		r := rand.New(rand.NewPCG(seed, 12))
		j := &judge{first: 2000, last: 2005, candidates: map[string][]string{}, changes: map[string]bool{}, cells: map[string]*[judgedDays + 1]int{}, outcomes: map[string]int{}}
		cuts := func() (list []int) {
			at := r.IntN(3)
			for range 2 + r.IntN(5) {
				list = append(list, at)
				at += 1 + r.IntN(9)
			}
			return list
		}
		j.ages, j.stays = cuts(), cuts()
		codes := []string{"0301", "0716", "0704", "0718", "0720", "1159", "1160", "1214", "1503", "1505", "3024", "9999", "0219"}
		day := func() int {
			y := 1997 + r.IntN(10)
			switch r.IntN(4) {
			case 0:
				return dayOf(y, 1, 1) - r.IntN(2)
			case 1:
				return dayOf(y, 2, 27) + r.IntN(4)
			}
			return dayOf(y, 1, 1) + r.IntN(366)
		}
		var people []*judgedPerson
		insert := insertion{}
		text := func(day int) string {
			if day == notADay {
				return "NULL"
			}
			return "'" + dateOfDay(day).Format(time.DateOnly) + "'"
		}
		for id := 1; id <= 300; id++ {
			p := &judgedPerson{id: id, sex: []string{"female", "male"}[r.IntN(2)], immigrant: r.IntN(2) == 0, born: day() - 365*r.IntN(40), came: notADay, died: notADay}
			if r.IntN(3) == 0 {
				p.reason = []string{"work", "family, and more"}[r.IntN(2)]
			}
			if r.IntN(3) > 0 {
				p.came = max(p.born, day())
			}
			if r.IntN(3) == 0 {
				p.died = max(p.born, day())
			}
			insert.add("person (person_id, sex, birth_date, birth_country, immigrant, first_immigration, death_date, reason)", "%d, '%s', %s, 'SWE', %t, %s, %s, nullif('%s', '')",
				id, p.sex, text(p.born), p.immigrant, text(p.came), text(p.died), p.reason)
			at := day()
			for range r.IntN(5) {
				s := judgedSpell{at, at + r.IntN(720) - 20, codes[r.IntN(len(codes))]}
				if r.IntN(5) == 0 {
					s.to = notADay
				}
				p.homes = append(p.homes, s)
				insert.add("residence", "%d, '%s', %s, %s", id, s.value, text(s.from), text(s.to))
				switch r.IntN(4) {
				case 0:
					at = day() // may overlap, or leave a gap
				default:
					at = s.to
				}
				if at == notADay {
					break
				}
			}
			for range r.IntN(4) {
				s := judgedSpell{day(), 0, []string{"at work", "a, b", "at school"}[r.IntN(3)]}
				s.to = s.from + r.IntN(920) - 20
				if r.IntN(4) == 0 {
					s.to = notADay
				}
				p.statuses = append(p.statuses, s)
				insert.add("condition", "%d, '%s', %s, %s", id, s.value, text(s.from), text(s.to))
			}
			for range r.IntN(4) {
				d := day()
				if len(p.homes) > 0 && r.IntN(2) == 0 {
					d = p.homes[r.IntN(len(p.homes))].from
				}
				direction, list := "emigration", &p.emigrations
				if r.IntN(2) == 0 {
					direction, list = "immigration", &p.immigrants
				}
				if slices.Contains(*list, d) {
					continue
				}
				*list = append(*list, d)
				insert.add("migration", "%d, %s, '%s', false, NULL", id, text(d), direction)
			}
			people = append(people, p)
		}
		join := func(cuts []int) string {
			return strings.Trim(strings.Join(strings.Fields(fmt.Sprint(cuts)), ", "), "[]")
		}
		run(t, db, fmt.Sprintf(`
			DELETE FROM person; DELETE FROM residence; DELETE FROM migration; DELETE FROM dimension WHERE dimension LIKE 'own_%%'; DELETE FROM register_period;
			ALTER TABLE person ADD COLUMN IF NOT EXISTS death_date DATE; ALTER TABLE person ADD COLUMN IF NOT EXISTS reason VARCHAR;
			CREATE OR REPLACE TABLE condition (person_id BIGINT, condition VARCHAR, from_date DATE, to_date DATE);
			INSERT INTO register_period VALUES (2000, 2005);
			INSERT INTO dimension VALUES ('own_age', 'age', '%s'), ('own_reason', 'person', 'reason'), ('own_stay', 'duration', '%s'), ('own_condition', 'status', 'condition.condition');
			%s`, join(j.ages), join(j.stays), insert.String()))
		refresh(t, db)
		for _, row := range query(t, db, "SELECT code, year, array_to_string(municipality_in(code, make_date(year, 6, 1), 2013), ' ') FROM (SELECT DISTINCT municipality_code AS code FROM residence), range(1995, 2008) y(year)") {
			j.candidates[row[0]+" "+row[1]] = strings.Fields(row[2])
		}
		for _, row := range query(t, db, "SELECT old_code, new_code, year FROM municipality_change") {
			j.changes[strings.Join(row, " ")] = true
		}
		for _, p := range people {
			j.life(p)
		}
		var want [][]string
		for key, c := range j.cells {
			row := strings.Split(key, "|")
			for _, n := range c {
				row = append(row, fmt.Sprint(n))
			}
			want = append(want, row)
		}
		if len(want) < 300 || len(j.outcomes) < 100 {
			t.Fatalf("only %d groups and %d outcomes", len(want), len(j.outcomes))
		}
		slices.SortFunc(want, slices.Compare)
		for _, cells := range []string{"population_cell", "population_cell_live"} {
			got := query(t, db, `SELECT year, municipality_code, county_code, immigrant, sex, own_reason, own_age, own_stay, own_condition,
				sum(residents), sum(emigrations), sum(immigrations), sum(births), sum(deaths), sum(moves_in), sum(moves_out), round(sum(person_years) * 365.25, 6)::BIGINT FROM `+cells+` GROUP BY ALL`)
			slices.SortFunc(got, slices.Compare)
			same(t, fmt.Sprint(cells, ", seed ", seed, ", ages ", j.ages, ", stays ", j.stays), got, want)
		}
		for _, account := range []string{"cohort", "emigrant_cell"} {
			want := query(t, db, "FROM "+account+"_live ORDER BY ALL")
			if len(want) < 5 {
				t.Fatalf("only %d rows of %s", len(want), account)
			}
			same(t, fmt.Sprint(account, ", seed ", seed), query(t, db, "FROM "+account+" ORDER BY ALL"), want)
		}
		var outcomes [][]string
		for key := range j.outcomes {
			outcomes = append(outcomes, []string{key})
		}
		got := query(t, db, "SELECT person_id || ' ' || year || ' ' || outcome FROM transition")
		slices.SortFunc(outcomes, slices.Compare)
		slices.SortFunc(got, slices.Compare)
		same(t, fmt.Sprint("transition, seed ", seed), got, outcomes)
	}
}
