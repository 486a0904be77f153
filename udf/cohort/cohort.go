// Package cohort keeps the yearly account of the immigrants of one country group
// by sex, age and duration of residence, so that emigration frequencies drive the
// stocks of later years:
//
//	residents next 1 January = residents − emigrations − other exits + arrivals,
//	all a year older and a year longer in the country
//
// The account is a table of what was observed: residents, how many of them
// emigrated and how many stayed to the next 1 January, and how many of the
// residents had arrived since the last. Observed cells give the profile within a
// group of ages and the rate of other exits (deaths mostly); frequencies from a
// model move the level. With the observed frequencies the observed stocks come
// back exactly.
//
// The report (section 4.10) calls a calculation in which the number of immigrants
// answers "more satisfactory" and leaves it to a later extension.
package cohort

import (
	"fmt"
	"math"
)

// The account has single years of age, the last one open, and of duration.
const (
	oldest  = 71 // and older
	longest = 10 // years and more
	ages    = oldest + 1
	spans   = longest + 1
	cells   = 2 * ages * spans
)

// Kinds is the number of groups of sex and age that have a frequency: women of
// the six age groups, then men.
const Kinds = 12

// Row is one cell of the account on 1 January of a year.
type Row struct {
	Year          int64
	Male          bool
	Age, Duration int
	Residents     float64
	Emigrations   float64 // of these residents during the year
	Stayers       float64 // of these residents, still there a year later; NaN = not known
	Arrivals      float64 // of these residents, not there a year earlier
}

// Account is the observed cells of consecutive years.
type Account struct {
	first int64
	years []year
}

type year struct{ residents, emigrations, stayers, arrivals [cells]float64 }

// New reads the account. Rows may come in any order; a cell without a row is
// empty. A year without any row is an error.
func New(rows []Row) (*Account, error) {
	if len(rows) == 0 {
		return nil, fmt.Errorf("the cohort account has no rows")
	}
	a := &Account{first: rows[0].Year}
	last := rows[0].Year
	for _, r := range rows {
		a.first, last = min(a.first, r.Year), max(last, r.Year)
	}
	if last-a.first > 1000 {
		return nil, fmt.Errorf("the cohort account goes from %d to %d", a.first, last)
	}
	a.years = make([]year, last-a.first+1)
	count := make([]int, len(a.years))
	for _, r := range rows {
		if r.Age < 0 || r.Duration < 0 {
			return nil, fmt.Errorf("the cohort account of %d has age %d and duration %d", r.Year, r.Age, r.Duration)
		}
		if r.Residents < 0 || r.Emigrations < 0 || r.Stayers < 0 || r.Arrivals < 0 {
			return nil, fmt.Errorf("the cohort account of %d has a negative number at age %d and duration %d", r.Year, r.Age, r.Duration)
		}
		if math.IsNaN(r.Residents) || math.IsNaN(r.Emigrations) || math.IsNaN(r.Arrivals) {
			return nil, fmt.Errorf("the cohort account of %d has a NULL at age %d and duration %d", r.Year, r.Age, r.Duration)
		}
		c := Cell(r.Male, r.Age, r.Duration)
		y := &a.years[r.Year-a.first]
		y.residents[c] += r.Residents
		y.emigrations[c] += r.Emigrations
		y.stayers[c] += r.Stayers
		y.arrivals[c] += r.Arrivals
		count[r.Year-a.first]++
	}
	for i, n := range count {
		if n == 0 {
			return nil, fmt.Errorf("year %d is missing in the cohort account (%d to %d)", a.first+int64(i), a.first, last)
		}
	}
	return a, nil
}

// Has reports whether the account has a year.
func (a *Account) Has(y int64) bool { return y >= a.first && y < a.first+int64(len(a.years)) }

// Years is the first and the last year.
func (a *Account) Years() (first, last int64) { return a.first, a.first + int64(len(a.years)) - 1 }

// Cell numbers the cells of the account.
func Cell(male bool, age, duration int) int {
	c := min(age, oldest)*spans + min(duration, longest)
	if male {
		c += ages * spans
	}
	return c
}

// KindOf is the group of sex and age (age group 0 to 5) of a cell.
func KindOf(male bool, age int) int {
	k := 0
	for _, upTo := range []int{6, 17, 34, 62, 70} {
		if age > upTo {
			k++
		}
	}
	if male {
		k += Kinds / 2
	}
	return k
}

// split is the inverse of Cell.
func split(c int) (male bool, age, duration int) { return c >= ages*spans, c / spans % ages, c % spans }

// kinds has the group of every cell.
var kinds = func() (k [cells]int) {
	for c := range k {
		male, age, _ := split(c)
		k[c] = KindOf(male, age)
	}
	return k
}()

// Frequencies are the emigration frequencies of the groups in a year of the account, NaN
// where nobody lives.
func (a *Account) Frequencies(y int64) [Kinds]float64 {
	at := &a.years[y-a.first]
	var e, n [Kinds]float64
	for c := range cells {
		e[kinds[c]] += at.emigrations[c]
		n[kinds[c]] += at.residents[c]
	}
	for k := range e {
		if e[k] /= n[k]; n[k] == 0 {
			e[k] = math.NaN()
		}
	}
	return e
}
