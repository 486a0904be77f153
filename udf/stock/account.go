package stock

import "slices"

// Account is what is counted of people by single years of age and duration; a group may be
// there several times, to be added up.
type Account struct {
	Year, Account, Age, Duration []int32
	Counts                       [4][]int32
}

// What Cohort counts, of people on a 1 January by which they have immigrated: residents;
// who of them emigrates in the year, without same-year movers; who is resident next 1
// January; who was not resident a year earlier. Ages and durations from Oldest and
// Longest on are one.
const (
	cohortResidents = iota
	cohortEmigrations
	cohortStayers
	cohortArrivals
)

// Where the groups of Cohort end.
const Oldest, Longest = 71, 10

// emigrant is a group of those who emigrate: age and duration are completed years on the
// day, duration None before the immigration.
type emigrant struct{ year, account, age, duration int32 }

// accounts are those of a worker.
type accounts struct {
	account   int32                  // that of the person in hand
	cohort    [][][4]int32           // by account and year; then by age and duration
	emigrants map[emigrant]*[2]int32 // all, and without same-year movers
}

// cohortOf is what is counted of the person in hand, who has come by 1 January of a year.
func (w *Worker) cohortOf(year int) *[4]int32 {
	t := w.tally
	if w.cohort == nil {
		w.cohort = make([][][4]int32, (int(slices.Max(t.study.Accounts))+1)*t.years)
	}
	groups := &w.cohort[int(w.account)*t.years+year]
	if *groups == nil {
		*groups = make([][4]int32, (Oldest+1)*(Longest+1))
	}
	on := t.calendar.first + year
	age, duration := min(on-w.birth.firstJanuary(), Oldest), min(on-w.arrival.firstJanuary(), Longest)
	return &(*groups)[age*(Longest+1)+duration]
}

// accompanies counts the years of somebody who has immigrated.
func (w *Worker) accompanies(p Row) {
	if w.came == Never || w.account < 0 {
		return
	}
	c := &w.tally.calendar
	var before *[4]int32 // what is counted of the year before, if resident
	end := -1            // the year after the last of the stay before
	for _, s := range w.life.spells {
		first, until := c.nextJanuary(max(s.from, p.From, w.came)), c.nextJanuary(min(s.until, p.Died))
		for year := first; year < until; year++ {
			of := w.cohortOf(year)
			of[cohortResidents]++
			if year > first || year == end {
				before[cohortStayers]++
			} else {
				of[cohortArrivals]++
			}
			before, end = of, year+1
		}
	}
}

// emigrates counts an emigration in both accounts.
func (w *Worker) emigrates(p Row, day int32, mover bool) {
	if w.account < 0 {
		return
	}
	c := &w.tally.calendar
	year := c.yearOf(day)
	e := emigrant{int32(year), w.account, int32(w.birth.completed(c, day)), None}
	if w.came <= day {
		e.duration = int32(w.arrival.completed(c, day))
	}
	of := w.emigrants[e]
	if of == nil {
		of = new([2]int32)
		w.emigrants[e] = of
	}
	of[0]++
	if mover {
		return
	}
	of[1]++
	january := c.january[year]
	if _, resident := on(w.life.spells, january); resident && w.came <= january && p.From <= january && january < p.Died {
		w.cohortOf(year)[cohortEmigrations]++
	}
}

// Cohort is the account of those who have immigrated.
func (t *Tally) Cohort() *Account {
	a := &Account{}
	for _, w := range t.workers {
		for i, groups := range w.cohort {
			for n, counts := range groups {
				if counts != [4]int32{} {
					a.add(t, emigrant{int32(i % t.years), int32(i / t.years), int32(n / (Longest + 1)), int32(n % (Longest + 1))}, counts[:])
				}
			}
		}
	}
	return a
}

// Emigrants are those who emigrate: all, and without same-year movers.
func (t *Tally) Emigrants() *Account {
	a := &Account{}
	for _, w := range t.workers {
		for e, counts := range w.emigrants {
			a.add(t, e, counts[:])
		}
	}
	return a
}

func (a *Account) add(t *Tally, e emigrant, counts []int32) {
	a.Year = append(a.Year, int32(t.study.First)+e.year)
	a.Account = append(a.Account, e.account)
	a.Age = append(a.Age, e.age)
	a.Duration = append(a.Duration, e.duration)
	for i, n := range counts {
		a.Counts[i] = append(a.Counts[i], n)
	}
}
