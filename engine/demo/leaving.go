package demo

// rates are the chances of leaving in the year at hand, worked out once a year
// and block.
type rates struct {
	duration [longest + 1]float64 // duration × period, of half a year
	place    [][3]float64         // by region and stage
	age      [2][111]float64
	sameYear float64
}

func (b *block) makeRates() {
	b.rates.place = make([][3]float64, len(b.regions))
	for sex := range b.rates.age {
		for age := range b.rates.age[sex] {
			b.rates.age[sex][age] = b.ageFactor(uint8(sex), age)
		}
	}
}

func (b *block) setYear(year int) {
	level := b.periodFactor(b.group, year)
	curve := &b.behaviour.duration[b.group]
	for d := range b.rates.duration {
		b.rates.duration[d] = level * curve[min(d, longest)] / 2
	}
	b.rates.sameYear = level * curve[0] * b.shortStay
	for r := range b.regions {
		for s := range 3 {
			b.rates.place[r][s] = b.placeFactor(&b.regions[r], b.group, s, year)
		}
	}
}

// leaveChance is the chance that a home leaves Norway in the year.
func (b *block) leaveChance(h *home, year int) float64 {
	if h.nAdult == 0 {
		return 0 // children stay until they are grown up
	}
	sum := 0.0
	for _, who := range h.adults[:h.nAdult] {
		p := &b.people[who]
		age := min(max(p.age(year), 0), 110)
		if !p.immigrant {
			sum += nativeLeaves(age, year) * descendant(b.group)
			continue
		}
		d := year - 1 - int(p.firstYear)
		place := &b.rates.place[b.municipalities[h.muni].region]
		// With d completed years on 1 January, half of the year is spent past d+1.
		rate := b.rates.duration[min(d, longest)]*place[stage(d)] + b.rates.duration[min(d+1, longest)]*place[stage(d+1)]
		sum += b.origins[p.origin].kind.mobility * b.rates.age[p.sex][age] * rate
	}
	return min(sum/float64(h.nAdult)*b.householdFactor(h, year), .9)
}

func (b *block) householdFactor(h *home, year int) float64 {
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
	youngest := 99
	for _, who := range h.kids[:h.nKid] {
		youngest = min(youngest, year-1-int(b.people[who].birthYear))
	}
	if youngest < 7 {
		return f * b.kids[0]
	}
	return f * b.kids[1]
}

// firstYearChance is the yearly chance to leave of those just arrived.
func (b *block) firstYearChance(h *home, year int) float64 {
	p := &b.people[h.adults[0]]
	place := &b.rates.place[b.municipalities[h.muni].region]
	f := b.origins[p.origin].kind.mobility
	if h.nKid > 0 {
		f *= 0.5
	}
	return min(b.rates.sameYear*b.rates.age[p.sex][min(max(p.age(year), 0), 110)]*place[0]*f, .9)
}

// destination is where a home that moves within Norway, or returns, goes.
func (b *block) destination(h *home, year int) uint16 {
	if b.group == 3 {
		return b.settle(b.random, b.pick(b.peopleTo), 3)
	}
	share := b.settlement.share[min(year+1, lastYear+1)-firstYear][b.group]
	if b.toYear != year {
		b.toYear, b.to = year, cumulate(share)
	}
	return b.settle(b.random, b.pick(b.to), b.group)
}
