package demo

// liveImmigrants is the history of the immigrants of a country group, a block of each pool of
// its countries: year by year those who are here live through it, and then as many arrive as
// are needed for the published stock on the next 1 January, where they are needed.
func (s *setting) liveImmigrants(pools [][]*origin, seed uint64) []*block {
	blocks, goals := make([]*block, len(pools)), make([]*goal, len(pools))
	turns := &turns{byRegion: make([]owed, len(s.regions))}
	for n, origins := range pools {
		id := uint64(origins[0].country)
		b := &block{
			setting: s, random: newRandom(seed, id), seed: seed, id: id, origins: origins, group: origins[0].group,
			settled: make([]float64, len(s.regions)), present: make([]float64, len(origins)), turns: turns,
		}
		b.taste = [2][]float64{s.tasteOf(0), s.tasteOf(1)}
		b.rates.place, b.rates.mobility = make([][stages]float64, len(s.regions)), make([]float64, len(origins))
		blocks[n], goals[n] = b, newGoal(len(s.regions), len(origins))
	}
	for year := firstYear; year <= lastYear; year++ {
		for n, b := range blocks {
			b.setYear(year)
			b.live(year)
			b.arriveAll(year, goals[n])
		}
	}
	return blocks
}

// arriveAll brings a year's immigrants of all origins of a block.
func (b *block) arriveAll(year int, goal *goal) {
	goal.set(b.setting, b.origins, year+1)
	lack := make([]int, len(b.origins))
	for i, o := range b.origins {
		lack[i] = b.round(o.stock[year+1-firstYear]*b.scale - b.present[i])
	}
	for i := range b.origins {
		b.arrive(year, i, lack[i], goal)
	}
	goal.learn(b.geography, b.settled)
}

// arrive brings so many immigrants of an origin that lack of them are here at
// the end of the year, to the regions where most are wanting.
func (b *block) arrive(year, origin, lack int, goal *goal) {
	for lack > 0 {
		lack -= b.arriveUnit(year, origin, goal)
	}
}

// arriveUnit brings one unit to where it is wanted and returns how many of it are
// here at the end of the year.
func (b *block) arriveUnit(year, origin int, goal *goal) int {
	k := &b.origins[origin].kind
	day := b.dayIn(year, comingMonths)
	u := b.unit()
	sex := b.sexOf(k.men)
	if b.group == 1 && u >= k.alone { // of two who come together, the woman decides
		sex = female
	}
	age := b.arrivalAge(k, sex)
	region := b.pick(goal.weights(origin, b.settled, b.taste[phase(age, u < k.alone)]))
	if b.chance(k.reunion) {
		if n := b.joinHome(year, region, origin); n > 0 {
			return n
		}
	}
	muni := b.settle(b.random, region, b.group)
	h := home{muni: muni, last: day}
	switch {
	case u < k.alone:
		county := b.regions[region].county
		alone := uint8(female)
		if b.inTurn(&b.turns.men[county], min(max(k.men+b.Men[county][period(year)], 0), 1)) {
			alone = male
		}
		if alone != sex {
			age = b.arrivalAge(k, alone)
		}
		b.comer(&h, origin, alone, age, year, day, muni)
	case u < k.alone+k.couple+k.family:
		b.comer(&h, origin, male, age+2, year, day, muni)
		b.comer(&h, origin, female, max(age, 18), year, day, muni)
		if u >= k.alone+k.couple {
			b.childrenOf(&h, origin, age, 1+b.below(2), year, day, muni)
		}
	default:
		b.comer(&h, origin, b.sexOf(.15), age, year, day, muni)
		b.childrenOf(&h, origin, age, 1+b.below(2), year, day, muni)
	}
	size := int(h.nAdult + h.nKid)
	i := b.newHome(h)
	// Those who stay shorter than planned: gone before the year is.
	left := january1(year+1) - 1 - (day + 60)
	if left > 0 && b.chance(b.firstYearChance(&b.homes[i], year)*float64(left)/365) {
		b.leaveOn(i, year, b.between(day+60, january1(year+1)-1))
		return 0
	}
	return size
}

// oldestComer is how old they are at most who come to work or to their family.
const oldestComer = 56

// elderly is the share of pensioners and of parents of those who are here, by country group.
var elderly = [3]float64{.015, .015, .045}

func (b *block) arrivalAge(k *kind, sex uint8) int {
	if b.inTurn(&b.turns.old[sex], elderly[b.group]) {
		return 50 + b.below(22)
	}
	age := 99
	for age > oldestComer {
		age = int(k.youngest + b.gamma2(k.older*b.rates.older[sex]))
	}
	return age
}

// comer is an immigrant of a given age who arrives with the home.
func (b *block) comer(h *home, origin int, sex uint8, age, year int, day int32, muni uint16) {
	born := year - 1 - age
	who := b.newPerson(sex, b.birthIn(born, day-1), born, b.origins[origin].country, true)
	p := &b.people[who]
	p.first, p.firstYear, p.origin = day, int16(year), uint8(origin)
	if age < 17 {
		h.kids[h.nKid] = who
		h.nKid++
	} else {
		h.adults[h.nAdult] = who
		h.nAdult++
	}
	b.note(comes, who, day, muni, b.origins[origin].country, false)
}

func (b *block) childrenOf(h *home, origin, parentAge, n, year int, day int32, muni uint16) {
	oldest := min(parentAge-20, 16)
	for range n {
		if oldest < 0 {
			return
		}
		b.comer(h, origin, b.sexOf(.51), b.below(oldest+1), year, day, muni)
	}
}

// joinHome brings husband or wife, and maybe children, to somebody who came
// alone some years before, and returns how many: none where nobody was found.
func (b *block) joinHome(year, region, origin int) int {
	for range 6 * min(len(b.origins), 12) {
		if len(b.active) == 0 {
			return 0
		}
		h := &b.homes[b.active[b.below(len(b.active))]]
		if h.gone || h.nAdult != 1 || h.nKid > 0 || h.last >= january1(year) || b.municipalities[h.muni].region != region && b.chance(.7) {
			continue
		}
		p := b.people[h.adults[0]]
		age := p.age(year)
		if !p.immigrant || int(p.origin) != origin || age < 20 || age > 45 || year-int(p.firstYear) > 8 {
			continue
		}
		day := b.dayIn(year, comingMonths)
		before := h.nAdult + h.nKid
		b.comer(h, origin, 1-p.sex, max(18, age-2+b.below(5)), year, day, h.muni)
		if b.chance(.35) {
			b.childrenOf(h, origin, age-1, 1+b.below(2), year, day, h.muni)
		}
		h.last = day
		return int(h.nAdult + h.nKid - before)
	}
	return 0
}
