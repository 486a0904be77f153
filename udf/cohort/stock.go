package cohort

import (
	"fmt"
	"math"
	"slices"
)

// Stock is the residents on 1 January of one year in a number of runs side by side
// (lanes), observed or simulated.
type Stock struct {
	account         *Account
	year            int64
	lanes           int
	residents, next []float64 // by cell, a value a lane
	leave, factor   []float64 // of a group
}

// NewStock is a stock of lanes runs, of nobody yet.
func (a *Account) NewStock(lanes int) *Stock {
	return &Stock{
		account: a, lanes: lanes, residents: make([]float64, cells*lanes), next: make([]float64, cells*lanes),
		leave: make([]float64, Kinds*lanes), factor: make([]float64, Kinds*lanes),
	}
}

// Observe makes it the observed stock of a year in every lane.
func (s *Stock) Observe(y int64) error {
	if !s.account.Has(y) {
		first, last := s.account.Years()
		return fmt.Errorf("year %d is not in the cohort account (%d to %d)", y, first, last)
	}
	s.year = y
	s.fill(s.residents, &s.account.years[y-s.account.first].residents)
	return nil
}

func (s *Stock) fill(to []float64, from *[cells]float64) {
	for c, n := range from {
		lanes := to[c*s.lanes : (c+1)*s.lanes]
		for l := range lanes {
			lanes[l] = n
		}
	}
}

// Part says by Cell which sum its residents go to; -1: to none.
type Part [cells]int32

// PartBy makes a part of the sex, age and duration of the cells.
func PartBy(of func(male bool, age, duration int) int) *Part {
	p := &Part{}
	for c := range p {
		p[c] = int32(of(split(c)))
	}
	return p
}

// Sum adds the residents to out, which has the sums, a value a lane each.
func (s *Stock) Sum(p *Part, out [][]float64) {
	for c, at := range p {
		if at < 0 {
			continue
		}
		from, to := s.residents[c*s.lanes:(c+1)*s.lanes], out[at][:s.lanes]
		for l, n := range from {
			to[l] += n
		}
	}
}

// Advance makes it the stock a year later, when the groups emigrate with the frequencies
// simulated, a value a lane, where observed ones were observed (NaN: what the account
// implies).
//
// Within a group the emigration rate of every cell is scaled by simulated /
// observed; a negative frequency, which a linear model may give, makes nobody
// leave. Other exits keep their observed rates and arrivals their number. A
// cell that had no residents has the group's frequency and no other exits.
func (s *Stock) Advance(simulated [Kinds][]float64, observed [Kinds]float64) error {
	if !s.account.Has(s.year + 1) {
		_, last := s.account.Years()
		return fmt.Errorf("year %d is not in the cohort account (it ends in %d): arrivals are needed", s.year+1, last)
	}
	now := &s.account.years[s.year-s.account.first]
	s.fill(s.next, &s.account.years[s.year+1-s.account.first].arrivals)
	implied := s.account.Frequencies(s.year)
	for k := range observed {
		if math.IsNaN(observed[k]) {
			observed[k] = implied[k]
		}
		leave, factor := s.leave[k*s.lanes:(k+1)*s.lanes], s.factor[k*s.lanes:(k+1)*s.lanes]
		for l, f := range simulated[k] {
			if math.IsNaN(f) {
				return fmt.Errorf("no emigration frequency of group %d in %d", k+1, s.year)
			}
			leave[l] = max(0, f)
			factor[l] = 1 - leave[l]/observed[k]
		}
	}
	for c := range cells {
		from := s.residents[c*s.lanes : (c+1)*s.lanes]
		if !slices.ContainsFunc(from, func(n float64) bool { return n != 0 }) {
			continue
		}
		male, age, duration := split(c)
		at := Cell(male, age+1, duration+1) * s.lanes
		to := s.next[at : at+s.lanes]
		k := kinds[c]
		leave, factor := s.leave[k*s.lanes:(k+1)*s.lanes], s.factor[k*s.lanes:(k+1)*s.lanes]
		all, stayers, rate := now.residents[c], now.stayers[c], now.emigrations[c]/now.residents[c]
		switch {
		case all == 0:
			for l, n := range from {
				to[l] += max(0, n*(1-leave[l]))
			}
		case math.IsNaN(stayers):
			return fmt.Errorf("the cohort account does not know who stayed in %d", s.year)
		case observed[k] == 0:
			for l, n := range from {
				to[l] += max(0, n*stayers/all-n*leave[l])
			}
		default:
			// Written so that the observed frequency gives the observed stayers to
			// the last digit.
			for l, n := range from {
				to[l] += max(0, n*stayers/all+n*rate*factor[l])
			}
		}
	}
	s.residents, s.next = s.next, s.residents
	s.year++
	return nil
}
