package demo

// kinds of immigrants of a group: women of the report's six age groups, then men.
const kinds = 12

// kindAt is the index of a kind.
func kindAt(sex uint8, age int) int {
	k := 5
	for i, top := range [...]int{6, 17, 34, 62, 70} {
		if age <= top {
			k = i
			break
		}
	}
	return k + 6*int(sex)
}

// rates are the chances of leaving in the year at hand, worked out once a year
// and block.
type rates struct {
	duration [longest + 1]float64 // of half a year
	place    [][stages]float64    // by region and stage
	mobility []float64            // by origin
	age      [2][111]float64
	sameYear float64
	level    [kinds]float64
	older    [2]float64    // age at arrival, by sex
	sex      [2][4]float64 // by centrality
}

func (b *block) setYear(year int) {
	y := max(year-registerYear, 0) // before the register begins, its first year's
	for k := range kinds {
		b.rates.level[k] = b.Level[b.group][k][y]
	}
	for sex := range b.rates.age {
		for age := range b.rates.age[sex] {
			b.rates.age[sex][age] = b.ageFactor(uint8(sex), age) * b.rates.level[kindAt(uint8(sex), max(age, 18))]
		}
	}
	curve := &b.Duration[b.group]
	for d := range b.rates.duration {
		b.rates.duration[d] = curve[min(d, longest)] / 2
	}
	b.rates.sameYear = curve[0] * b.ShortStay
	for sex := range b.rates.older {
		b.rates.older[sex] = b.Older[b.group][sex][y]
	}
	for i, o := range b.origins {
		b.rates.mobility[i] = o.kind.mobility * b.mobility(b.countries[o.country], year)
	}
	for sex := range b.rates.sex {
		for central, line := range b.SexCentral[sex] {
			b.rates.sex[sex][central] = line[min(max(year, centralFrom), lastYear)-centralFrom]
		}
	}
	for r := range b.regions {
		for s := range stages {
			b.rates.place[r][s] = b.placeFactor(&b.regions[r], b.group, s, year)
		}
	}
}

// leaveChance is the chance that a home leaves Norway in the year.
func (b *block) leaveChance(h *home, year int) float64 {
	if h.nAdult == 0 {
		return 0 // children stay until they are grown up
	}
	youngest := b.youngest(h, year)
	sum := 0.0
	for _, who := range h.adults[:h.nAdult] {
		sum += b.readiness(h, who, youngest, year)
	}
	return min(sum/float64(h.nAdult)*b.householdFactor(h, youngest, year), .9)
}

// youngest is the age of a home's youngest child, 99 of none.
func (b *block) youngest(h *home, year int) int {
	youngest := 99
	for _, who := range h.kids[:h.nKid] {
		youngest = min(youngest, year-1-int(b.people[who].birthYear))
	}
	return youngest
}

// readiness is the chance that an adult of a home alone with children so old would leave.
func (b *block) readiness(h *home, who int32, youngest, year int) float64 {
	p := &b.people[who]
	age := min(max(p.age(year), 0), 110)
	if !p.immigrant {
		if b.group == 3 {
			return b.Native.leaves(p.sex, age, year) * b.Native.County[b.municipalities[h.muni].county]
		}
		return descendantLeaves(age, year)
	}
	d := year - 1 - int(p.firstYear)
	where := b.municipalities[h.muni].region
	place, region := &b.rates.place[where], &b.regions[where]
	// With d completed years on 1 January, half of the year is spent past d+1.
	rate := b.rates.duration[min(d, longest)]*place[stage(d)] + b.rates.duration[min(d+1, longest)]*place[stage(d+1)]
	switch { // first as people of their country, later as all of the group
	case d < 6:
		rate *= b.rates.mobility[p.origin]
	case d >= 10:
		rate *= b.Tilt[b.group][kindAt(p.sex, max(age, 18))]
	}
	if p.sex == female {
		rate *= b.Women[region.county]
	}
	return rate * b.rates.sex[p.sex][region.central] * b.Phase[region.county][phaseOfLife(age, youngest)] * b.rates.age[p.sex][age]
}

// together is the chance that all of a household leave when one adult does, by country group:
// who has come to work goes home before the family more often.
var together = [4]float64{.92, .60, .92, .92}

// first is the index of the adult of two who leaves alone: the readier more often.
func (b *block) first(h *home, year int) int {
	youngest := b.youngest(h, year)
	x, y := b.readiness(h, h.adults[0], youngest, year), b.readiness(h, h.adults[1], youngest, year)
	if b.unit()*(x+y) < x {
		return 0
	}
	return 1
}

// phaseOfLife is that of an adult whose home's youngest child is so old, 99 of none.
func phaseOfLife(age, youngest int) int {
	switch {
	case youngest < 7:
		return 0
	case youngest < 99:
		return 1
	}
	return max(kindAt(female, age), 2)
}

func (b *block) householdFactor(h *home, youngest, year int) float64 {
	f := 1.0
	if h.back {
		f = cameBack
	}
	if h.nKid == 0 {
		if h.nAdult > 1 {
			f *= asCouple
		}
		return f
	}
	came, level := 0, 0.0
	for _, who := range h.kids[:h.nKid] {
		p := &b.people[who]
		if p.immigrant && b.group < 3 {
			came++
			k := kindAt(p.sex, min(year-1-int(p.birthYear), 17))
			level += b.rates.level[k]
		}
	}
	if came > 0 {
		return f * level / float64(came)
	}
	if b.group == 3 {
		f *= b.Native.Family
	}
	if youngest < 7 {
		return f * b.Kids[0]
	}
	return f * b.Kids[1]
}

// firstYearChance is the yearly chance to leave of those just arrived.
func (b *block) firstYearChance(h *home, year int) float64 {
	p := &b.people[h.adults[0]]
	place := &b.rates.place[b.municipalities[h.muni].region]
	f := b.rates.mobility[p.origin]
	if h.nKid > 0 {
		f *= 0.5
	}
	return min(b.rates.sameYear*b.rates.age[p.sex][min(max(p.age(year), 0), 110)]*place[0]*f, .9)
}

// destination is where a home that moves within Norway, or returns, goes.
func (b *block) destination(year int) uint16 {
	if b.group == 3 {
		return b.settle(b.random, b.pick(b.peopleTo), 3)
	}
	if b.toYear != year {
		b.toYear = year
		share := b.settlement.share[min(year+1, lastYear+1)-firstYear][b.group]
		weights := make([]float64, len(share))
		for r, x := range share {
			weights[r] = x * b.drawn[r]
		}
		b.to = cumulate(weights)
	}
	return b.settle(b.random, b.pick(b.to), b.group)
}
