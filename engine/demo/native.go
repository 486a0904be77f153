package demo

// The rest of the population: born in Norway, most of them, to parents born in
// Norway. They are here for the totals (report, sections 3.2.1 and 5.1), so
// their lives are simpler: an age pyramid in 1990, births, deaths, moves, and
// about nine thousand emigrations a year, most of whom come back.

const (
	homesInBlock  = 4096
	nativeReturns = .90  // share of those who leave
	nativeWait    = .30  // of whom this share a year, from the next on
	abroad1990    = 2.85 // who were abroad in 1990 and would return, by those who left in a year
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
	// Half of those who leave have children.
	if b.chance(b.Native.leaves(uint8(slot/100), slot%100, registerYear) * (1 + b.Native.Family) / 2 * abroad1990) {
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

// native is what calibration finds of those born in Norway: how readily they leave by
// county, age and sex, and with children rather than without.
type native struct {
	County [19]float64
	Age    [len(nativeAges) + 1]float64
	Sex    [2]float64
	Family float64
}

// nativeAges are the last ages of the classes of native.Age.
var nativeAges = [...]int{24, 29, 34, 39, 44, 49, 54, 59, 64}

// nativeAge is the index of an age's class.
func nativeAge(age int) int { return int(nativeClasses[min(age, len(nativeClasses)-1)]) }

var nativeClasses = func() (class [111]uint8) {
	for age := range class {
		for class[age] < uint8(len(nativeAges)) && age > nativeAges[class[age]] {
			class[age]++
		}
	}
	return class
}()

// leaves is the yearly chance that somebody's home leaves, in a county where as many
// leave as in the country.
func (n *native) leaves(sex uint8, age, year int) float64 {
	return nativeLevel * nativeYear[year-registerYear] * n.Sex[sex] * n.Age[nativeAge(age)]
}

const nativeLevel = .00222

// nativeYear goes half of the way, before 2005 more, with the published emigrations of
// Norwegian citizens, among whom are some immigrants: 11 223 in 1997, 11 923 in 2000, 9 081 in
// 2005, 8 457 in 2008, 9 583 in 2011 and 10 680 in 2013 (Statistics Norway, emigration by
// citizenship); less in 2013, when more children born here left with parents who had immigrated.
var nativeYear = func() (level [years]float64) {
	for y := range level {
		level[y] = interpolate([]int{1997, 2000, 2005, 2008, 2011, 2013}, []float64{1.12, 1.12, 1.01, .99, 1.02, .99}, registerYear+y)
	}
	return level
}()

// descendantLeaves is the yearly chance of somebody born in Norway to immigrants, who
// leave more readily than others born there.
func descendantLeaves(age, year int) float64 {
	level := 1.5 * nativeLevel * (1 + .002*float64(year-2000)) // somewhat more of late
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
