package demo

import (
	"context"
	"errors"
	"testing"
	"time"

	"utvandring/udf/parallel"
)

// tally is a naive count of a register, independent of the SQL that counts it
// for users: person by person, date by date.
type tally struct {
	counties              []string
	cells                 []cell     // by at()
	arrivals              [2014]int  // immigrations of immigrants by year
	sameYear              [2014]int  // emigrations of immigrants who also immigrated that year
	admin                 [2014]int  // of immigrants, written out
	age2039               [2]int     // immigrants who emigrated 2009-2013 aged 20-39, by sex, no same-year movers,
	emigrant              [2]int     // of so many
	duration              [3][26]int // emigrants 2009-2013, no same-year movers, by country group and completed years
	people, spells, moves int
	registers             int // counted together, of
	world                 *world
	kinds                 [3][kinds][counted]kindCount
	flow                  [256][2014]int              // emigrations of immigrants by country and year
	others                [2][len(nativeAges) + 1]int // emigrations of others 2000-2007 from 20 years on, by sex and age,
	children              [2]int                      // and of those under 16, of so many
}

type cell struct{ residents, emigrations, macro int32 }

// kindCount is what a panel is made of: residents, those with 0-2 and 3-9 years,
// and emigrations without same-year movers.
type kindCount struct{ residents, few, some, macro int32 }

const (
	counted = years + 1 // the year after the last has residents
	groups  = 4         // three of immigrants; the others
)

func at(year, county, central, group, sex, age, duration int) int {
	return ((((((year-registerYear)*19+county)*4+central)*groups+group)*2+sex)*6+age)*stages + duration
}

// each calls f for all cells.
func (t *tally) each(f func(year, county, central, group, sex, age, duration int, c *cell)) {
	i := 0
	for y := range counted {
		for k := range 19 {
			for c := range 4 {
				for g := range groups {
					for s := range 2 {
						for a := range 6 {
							for d := range stages {
								if t.cells[i] != (cell{}) {
									f(registerYear+y, k, c, g, s, a, d, &t.cells[i])
								}
								i++
							}
						}
					}
				}
			}
		}
	}
}

type date struct{ y, m, d int }

// dates of all days from 1850, so that counting is not all calendar.
var dates = func() []date {
	start := time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []date
	for d := start; d.Year() < 2016; d = d.AddDate(0, 0, 1) {
		all = append(all, date{d.Year(), int(d.Month()), d.Day()})
	}
	return all
}()

func civil(day int32) date { return dates[day-january1(1850)] }

// completed years from a day to a later day.
func completed(from, to int32) int {
	a, b := civil(from), civil(to)
	n := b.y - a.y
	if b.m < a.m || b.m == a.m && b.d < a.d {
		n--
	}
	return n
}

func groupIn(n int, tops ...int) int {
	for i, top := range tops {
		if n <= top {
			return i
		}
	}
	return len(tops)
}

func ageGroup(age int) int    { return groupIn(age, 6, 17, 34, 62, 70) }
func durationGroup(d int) int { return groupIn(d, 2, 5, 10, 15) }

// count counts a register; immigrantsOnly leaves the others out.
func count(tb testing.TB, g *Generator, immigrantsOnly bool) *tally {
	tb.Helper()
	if immigrantsOnly {
		immigrants, _ := g.tasks()
		return countTasks(tb, g, immigrants)
	}
	return countTasks(tb, g, nil)
}

// countTasks counts some blocks of a register, or all.
func countTasks(tb testing.TB, g *Generator, tasks []func() []*block) *tally {
	tb.Helper()
	now := make([]uint16, len(g.setting.codes))
	for i := range g.setting.municipalities {
		now[i] = uint16(i)
		for _, f := range g.setting.municipalities[i].former {
			now[f.code] = uint16(i)
		}
	}
	parts := make(chan *Batch, 4)
	made := parallel.Start(func() error {
		defer close(parts)
		if tasks == nil {
			return g.Generate(context.Background(), func(b *Batch) error { parts <- b; return nil })
		}
		for _, task := range tasks {
			for _, b := range task() {
				parts <- b.batch()
			}
		}
		return nil
	})
	var tallies [2]*tally
	err := parallel.For(tb.Context(), len(tallies), func() func(int) error {
		return func(i int) error {
			tallies[i] = &tally{counties: g.setting.counties, cells: make([]cell, counted*19*4*groups*2*6*stages)}
			for b := range parts {
				tallies[i].batch(g, b, now)
			}
			return nil
		}
	})
	if err := errors.Join(err, made()); err != nil {
		tb.Fatal(err)
	}
	tallies[0].add(tallies[1])
	tallies[0].registers, tallies[0].world = 1, g.setting.world
	return tallies[0]
}

func (t *tally) add(u *tally) {
	for i := range t.cells {
		t.cells[i].residents += u.cells[i].residents
		t.cells[i].emigrations += u.cells[i].emigrations
		t.cells[i].macro += u.cells[i].macro
	}
	for y := range t.arrivals {
		t.arrivals[y] += u.arrivals[y]
		t.sameYear[y] += u.sameYear[y]
		t.admin[y] += u.admin[y]
	}
	for s := range 2 {
		t.age2039[s] += u.age2039[s]
		t.emigrant[s] += u.emigrant[s]
	}
	for g := range t.kinds {
		for k := range t.kinds[g] {
			for y := range t.kinds[g][k] {
				n, m := &t.kinds[g][k][y], &u.kinds[g][k][y]
				n.residents += m.residents
				n.few += m.few
				n.some += m.some
				n.macro += m.macro
			}
		}
	}
	for i := range t.flow {
		for y := range t.flow[i] {
			t.flow[i][y] += u.flow[i][y]
		}
	}
	for s := range t.others {
		for a := range t.others[s] {
			t.others[s][a] += u.others[s][a]
		}
	}
	for i := range t.children {
		t.children[i] += u.children[i]
	}
	for g := range 3 {
		for d := range 26 {
			t.duration[g][d] += u.duration[g][d]
		}
	}
	t.registers += u.registers
	t.people += u.people
	t.spells += u.spells
	t.moves += u.moves
}

func (t *tally) batch(g *Generator, b *Batch, now []uint16) {
	t.people += len(b.Person.ID)
	t.spells += len(b.Residence.ID)
	t.moves += len(b.Migration.ID)
	s, m := 0, 0
	for i, id := range b.Person.ID {
		s0, m0 := s, m
		for s < len(b.Residence.ID) && b.Residence.ID[s] == id {
			s++
		}
		for m < len(b.Migration.ID) && b.Migration.ID[m] == id {
			m++
		}
		t.person(g, b, i, s0, s, m0, m, now)
	}
}

func (t *tally) person(g *Generator, b *Batch, i, s0, s1, m0, m1 int, now []uint16) {
	immigrant, sex := b.Person.Immigrant[i], int(b.Person.Sex[i])
	group := 3
	if immigrant {
		group = g.setting.groupOf[b.Person.Country[i]]
	}
	birth, first := b.Person.Birth[i], b.Person.First[i]
	since := func(day int32) int {
		if first == NoDay || day < first {
			return 0
		}
		return completed(first, day)
	}
	for k := s0; k < s1; k++ {
		muni := &g.setting.municipalities[now[b.Residence.Municipality[k]]]
		from, to := b.Residence.From[k], b.Residence.To[k]
		for y := max(registerYear, civil(from).y); y <= lastYear+1; y++ {
			d := january1(y)
			if to != NoDay && to <= d {
				break
			}
			if from <= d {
				age := completed(birth, d)
				t.cells[at(y, muni.county, muni.central, group, sex, ageGroup(age), durationGroup(since(d)))].residents++
				if immigrant {
					n := &t.kinds[group][6*sex+ageGroup(age)][y-registerYear]
					n.residents++
					if d := since(d); d <= 2 {
						n.few++
					} else if d <= 9 {
						n.some++
					}
				}
			}
		}
	}
	for k := m0; k < m1; k++ {
		day := b.Migration.Day[k]
		y := civil(day).y
		if y < registerYear {
			continue
		}
		both := false
		for l := m0; l < m1; l++ {
			both = both || civil(b.Migration.Day[l]).y == y && b.Migration.Emigration[l] != b.Migration.Emigration[k]
		}
		if !b.Migration.Emigration[k] {
			if immigrant {
				t.arrivals[y]++
			}
			continue
		}
		var muni *municipality
		for l := s0; l < s1; l++ {
			if b.Residence.To[l] == day {
				muni = &g.setting.municipalities[now[b.Residence.Municipality[l]]]
			}
		}
		age := completed(birth, day)
		c := &t.cells[at(y, muni.county, muni.central, group, sex, ageGroup(age), durationGroup(since(day)))]
		c.emigrations++
		if !both {
			c.macro++
			if immigrant {
				t.kinds[group][6*sex+ageGroup(age)][y-registerYear].macro++
			}
		}
		if !immigrant {
			if y >= 2000 && y <= 2007 {
				if age < 16 {
					t.children[0]++
				}
				t.children[1]++
				if age >= 20 {
					t.others[sex][nativeAge(age)]++
				}
			}
			continue
		}
		t.flow[b.Person.Country[i]][y]++
		if b.Migration.Admin[k] {
			t.admin[y]++
		}
		if both {
			t.sameYear[y]++
		} else if y >= 2009 {
			t.duration[group][min(since(day), 25)]++
			t.emigrant[sex]++
			if age >= 20 && age < 40 {
				t.age2039[sex]++
			}
		}
	}
}

// panel is what the equations read, of so many registers of a scale counted together.
func (t *tally) panel(registers float64) *panel {
	p := &panel{}
	for g := range t.kinds {
		for k := range t.kinds[g] {
			for y := range years {
				n := t.kinds[g][k][y]
				r := float64(n.residents)
				p.emi[g][k][y] = float64(n.macro) / r
				p.anko[g][k][y] = float64(n.few) / r
				p.anme[g][k][y] = float64(n.some) / r
				p.beh[g][y] += r / registers
			}
		}
	}
	return p
}
