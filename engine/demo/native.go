package demo

// The rest of the population: born in Norway, most of them, to parents born in
// Norway. They are here for the totals (report, sections 3.2.1 and 5.1), so
// their lives are simpler: an age pyramid in 1990, births, deaths, moves, and
// about nine thousand emigrations a year, most of whom come back.

const (
	homesInBlock  = 4096
	nativeReturns = .90 // share of those who leave
	nativeWait    = .30 // of whom this share a year, from the next on
)

// Non-immigrants on 1 January 1990 by five-year age group, thousands: the
// population of Norway (4 233 116) less the immigrants.
var pyramid = [...]float64{276, 250, 257, 308, 318, 306, 293, 286, 296, 222, 191, 187, 202, 203, 180, 145, 94, 46, 20}

const pairedShare = .62 // women from 23 to 80 who live with a man

// slots are the kinds of first home: a woman of an age, or a man alone.
type slots struct {
	cumulative []float64
	total      float64 // homes at national size
}

func newSlots() *slots {
	weights := make([]float64, 200)
	for age := 18; age < 95; age++ {
		n := pyramid[min(age/5, len(pyramid)-1)] * 1000 / 5
		// Women outlive men.
		women := n * (.485 + .0022*max(float64(age)-45, 0))
		weights[age] = women
		alone := n - women
		if age >= 25 && age <= 82 {
			alone -= pairedShare * women
		}
		weights[100+age] = max(alone, n*.08)
	}
	s := &slots{cumulative: cumulate(weights)}
	s.total = s.cumulative[len(weights)-1]
	return s
}

// liveOthers is the history of some thousand first homes and all who are born
// into them.
func (s *setting) liveOthers(first *slots, homes int, seed, id uint64) *block {
	b := &block{setting: s, random: newRandom(seed, id), seed: seed, id: id, group: 3}
	b.people = make([]person, 0, homes*4)
	b.homes = make([]home, 0, homes*3)
	b.events = make([]event, 0, homes*6)
	for range homes {
		b.firstHome(first)
	}
	for year := registerYear; year <= lastYear; year++ {
		b.live(year)
	}
	return b
}

// firstHome is a home of 1 January 1990, and sometimes one beside it that is abroad
// then and will be back.
func (b *block) firstHome(first *slots) {
	slot := b.pick(first.cumulative)
	b.newHome(b.makeHome(slot, january1(registerYear)-1))
	if b.chance(nativeLeaves(slot%100, registerYear) * nativeReturns / nativeWait) {
		b.homeAbroad(slot)
	}
}

// makeHome makes the people of a home who had come by a day.
func (b *block) makeHome(slot int, until int32) home {
	h := home{muni: b.settle(b.random, b.pick(b.peopleFrom), 3), last: until}
	if slot >= 100 {
		b.nativeAdult(&h, male, slot-100, until)
		return h
	}
	b.nativeAdult(&h, female, slot, until)
	if slot >= 23 && slot <= 80 && b.chance(pairedShare) {
		b.nativeAdult(&h, male, slot+2, until)
	}
	for age := max(18, slot-17); age < min(slot, 45) && h.nKid < 4; age++ {
		if b.chance(bears[age] * 1.12) {
			year := registerYear - 1 - (slot - age)
			if january1(year) > until {
				break
			}
			kid := b.newPerson(b.sexOf(.514), b.birthIn(year, until), year, norway, false)
			b.note(born, kid, b.people[kid].birth, h.muni, 0, false)
			h.kids[h.nKid] = kid
			h.nKid++
		}
	}
	return h
}

// homeAbroad is a home that left in the years before 1990 and comes back later:
// without them nobody would return in 1990, and few in the years after.
func (b *block) homeAbroad(slot int) {
	left := registerYear - 1
	for !b.chance(nativeWait) {
		left--
	}
	if left < registerYear-12 || slot%100-(registerYear-left) < 18 {
		return // who left so long ago has come back, or was a child
	}
	day := b.dayIn(left, leavingMonths)
	h := b.makeHome(slot, day-1)
	h.gone, h.last = true, day
	i := b.newHome(h)
	to, admin := b.whereTo(&b.homes[i], registerYear)
	b.homes[i].away = to
	h.each(func(who int32) { b.note(leaves, who, day, h.muni, to, admin) })
	back := registerYear
	for !b.chance(nativeWait) {
		back++
	}
	if back <= lastYear {
		b.returns[back-firstYear] = append(b.returns[back-firstYear], i)
	}
}

// register1964 is when the central population register began.
const register1964 = -1919

func (b *block) nativeAdult(h *home, sex uint8, age int, until int32) {
	year := registerYear - 1 - age
	who := b.newPerson(sex, b.birthIn(year, until), year, norway, false)
	since := b.between(max(b.people[who].birth, register1964), until)
	b.note(born, who, since, h.muni, 0, false)
	h.adults[h.nAdult] = who
	h.nAdult++
}

// nativeLeaves is the yearly chance that a home of non-immigrants leaves.
func nativeLeaves(age, year int) float64 {
	level := nativeLevel * (1 + .002*float64(year-2000)) // somewhat more of late
	switch {
	case age < 22:
		return level * 1.2
	case age < 35:
		return level * 2.2
	case age < 50:
		return level * 1.0
	case age < 67:
		return level * 0.6
	}
	return level * 0.2
}

const nativeLevel = .00222

// descendant is how much readier those born in Norway to immigrants are to
// leave than others born there.
func descendant(group int) float64 {
	if group < 3 {
		return 1.5
	}
	return 1
}
