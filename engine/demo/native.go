package demo

// The rest of the population: born in Norway, most of them, to parents born in
// Norway. They are here for the totals (report, sections 3.2.1 and 5.1), so
// their lives are simpler: an age pyramid in 1990, births, deaths, moves, and
// about nine thousand emigrations a year, most of whom come back.

const (
	homesInBlock  = 4096
	nativeReturns = .82
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
	b := &block{setting: s, random: newRandom(seed, id), group: 3}
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

func (b *block) firstHome(first *slots) {
	slot := b.pick(first.cumulative)
	h := home{muni: b.settle(b.random, b.pick(b.peopleFrom), 3), last: january1(registerYear) - 1}
	if slot >= 100 {
		b.nativeAdult(&h, male, slot-100)
		b.newHome(h)
		return
	}
	b.nativeAdult(&h, female, slot)
	if slot >= 23 && slot <= 80 && b.chance(pairedShare) {
		b.nativeAdult(&h, male, slot+2)
	}
	for age := max(18, slot-17); age < min(slot, 45) && h.nKid < 4; age++ {
		if b.chance(bears[age] * 1.12) {
			year := registerYear - 1 - (slot - age)
			kid := b.newPerson(b.sexOf(.514), b.birthIn(year, january1(registerYear)-1), year, norway, false)
			b.note(born, kid, b.people[kid].birth, h.muni, 0, false)
			h.kids[h.nKid] = kid
			h.nKid++
		}
	}
	b.newHome(h)
}

// register1964 is when the central population register began.
const register1964 = -1919

func (b *block) nativeAdult(h *home, sex uint8, age int) {
	year := registerYear - 1 - age
	who := b.newPerson(sex, b.birthIn(year, january1(registerYear)-1), year, norway, false)
	since := b.between(max(b.people[who].birth, register1964), january1(registerYear)-1)
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
