package demo

// A year in the life of the homes of a block.

// live lets every home in Norway live through a year, then brings back those
// who return in it.
func (b *block) live(year int) {
	for _, i := range b.active[:len(b.active):len(b.active)] {
		b.liveHome(i, year) // which may add homes behind these
	}
	kept := b.active[:0]
	for _, i := range b.active {
		if !b.homes[i].gone {
			kept = append(kept, i)
		}
	}
	b.active = kept
	for _, i := range b.returns[year-firstYear] {
		b.comeBack(i, year)
	}
}

func (b *block) liveHome(i int32, year int) {
	h := &b.homes[i]
	if h.gone || h.last >= january1(year) {
		return // left in the year it came, or arrived just now
	}
	for k := int(h.nKid) - 1; k >= 0; k-- {
		who := h.kids[k]
		if year-int(b.people[who].birthYear) >= 19+int(who)%4 {
			h.removeKid(k)
			b.newHome(home{adults: [2]int32{who}, nAdult: 1, muni: h.muni, last: h.last})
			h = &b.homes[i]
		}
	}
	if h.nAdult == 0 && h.nKid == 0 {
		h.gone = true
		return
	}
	if b.due(h, b.leaveChance(h, year), year) {
		b.leave(i, year)
		return
	}
	quiet := true
	for a := int(h.nAdult) - 1; a >= 0; a-- {
		p := &b.people[h.adults[a]]
		if b.chance(dies[p.sex][min(max(p.age(year), 0), 110)]) {
			day := b.between(january1(year), january1(year+1)-1)
			b.note(ends, h.adults[a], day, h.muni, 0, false)
			h.removeAdult(a)
			h.last = day
			quiet = false
		}
	}
	if h.nAdult == 0 {
		h.gone = h.nKid == 0
		return
	}
	if !quiet {
		return
	}
	if mother := b.bearing(h, year); mother >= 0 {
		b.bear(h, year, mother)
		return
	}
	if b.chance(b.moveChance(h, year)) {
		b.move(h, year)
	}
}

// bearing is the woman of the home who has a child this year, or -1.
func (b *block) bearing(h *home, year int) int32 {
	if h.nKid == uint8(len(h.kids)) {
		return -1
	}
	for _, who := range h.adults[:h.nAdult] {
		p := &b.people[who]
		if p.sex != female {
			continue
		}
		age := p.age(year)
		if age < 18 || age >= 45 {
			return -1
		}
		rate := bears[age]
		if p.immigrant {
			rate *= b.origins[p.origin].kind.births
		}
		if h.nAdult == 1 && b.group < 3 {
			rate *= 0.4
		}
		if b.chance(rate) {
			return who
		}
		return -1
	}
	return -1
}

// bear: a child born in Norway is no immigrant, whoever its parents are.
func (b *block) bear(h *home, year int, mother int32) {
	day := b.between(january1(year), january1(year+1)-1)
	kid := b.newPerson(b.sexOf(.514), day, year, norway, false)
	b.note(born, kid, day, h.muni, 0, false)
	h.kids[h.nKid] = kid
	h.nKid++
	h.last = day
}

func (b *block) moveChance(h *home, year int) float64 {
	p := &b.people[h.adults[0]]
	s := 2
	if p.firstYear < noYear {
		s = stage(year - 1 - int(p.firstYear))
	}
	rate := moves(p.age(year), s)
	if !p.immigrant {
		rate *= 1.6 // immigrants who stay that long have settled where their people are
	}
	if h.nKid > 0 {
		rate *= 0.7
	}
	return rate
}

func (b *block) move(h *home, year int) {
	to := b.destination(year)
	if to == h.muni {
		return
	}
	day := b.dayIn(year, movingMonths)
	from := b.municipalities[h.muni].region
	h.each(func(who int32) {
		b.note(shifts, who, day, to, 0, false)
		if b.settled != nil && b.people[who].immigrant {
			b.settled[from]--
			b.settled[b.municipalities[to].region]++
		}
	})
	h.muni, h.last = to, day
}

// leave takes a home, or one adult of it, out of the country.
func (b *block) leave(i int32, year int) {
	h := &b.homes[i]
	day := b.dayIn(year, leavingMonths)
	if h.nAdult > 1 && !b.chance(together[b.group]) {
		a := b.first(h, year)
		who := h.adults[a]
		h.removeAdult(a)
		h.last = day
		i = b.newHome(home{adults: [2]int32{who}, nAdult: 1, muni: h.muni, last: h.last, back: h.back, gone: true})
	}
	b.leaveOn(i, year, day)
}

func (b *block) leaveOn(i int32, year int, day int32) {
	h := &b.homes[i]
	to, admin := b.whereTo(h, year)
	written := to
	if admin && b.chance(.8) {
		written = NoCountry
	}
	h.each(func(who int32) { b.note(leaves, who, day, h.muni, written, admin) })
	h.gone, h.away, h.last = true, to, day
	chance, wait := nativeReturns, nativeWait
	if b.group < 3 {
		chance, wait = comesBack[b.group], 0.35
	}
	if !b.chance(chance) {
		return
	}
	back := year + 1
	for !b.chance(wait) && back <= lastYear {
		back++
	}
	if back <= lastYear {
		b.returns[back-firstYear] = append(b.returns[back-firstYear], i)
	}
}

// goesOn is the chance that an immigrant who leaves goes on to another country, by group:
// who has come to work goes home.
var goesOn = [3]float64{.16, .02, .16}

// whereTo is the country a home leaves for, and whether the register had to
// find it out by itself.
func (b *block) whereTo(h *home, year int) (country uint16, admin bool) {
	p := &b.people[h.adults[0]]
	onward := b.onward[b.pick(b.abroad[max(year-registerYear, 0)])]
	if !p.immigrant {
		country = onward
		if p.country != norway && b.chance(.7) {
			country = p.country
		}
		return country, b.chance(.03)
	}
	share := writtenOut[max(year-registerYear, 0)] * b.origins[p.origin].kind.written
	if b.group == 1 && year >= 2010 {
		share *= 0.5 // those from the EEA no longer need a permit that can run out
	}
	if h.nKid > 0 {
		share *= 0.8
	}
	country = p.country
	if b.chance(goesOn[b.group]) {
		country = onward
	} else if b.chance(.06) {
		country = NoCountry
	}
	return country, b.chance(share)
}

func (b *block) comeBack(i int32, year int) {
	h := &b.homes[i]
	day := b.dayIn(year, comingMonths)
	h.muni = b.destination(year)
	if b.group == 3 {
		b.bornAbroad(h, year)
	}
	h.each(func(who int32) {
		p := &b.people[who]
		if p.first == NoDay {
			p.first, p.firstYear = day, int16(year)
		}
		b.note(comes, who, day, h.muni, h.away, false)
	})
	h.gone, h.back, h.last = false, true, day
	b.active = append(b.active, i)
}

// bornAbroad gives a returning woman a child born while she was away: born
// abroad and yet no immigrant.
func (b *block) bornAbroad(h *home, year int) {
	if h.away == NoCountry || h.nKid == uint8(len(h.kids)) {
		return
	}
	from := h.last/365 + 1971
	for _, who := range h.adults[:h.nAdult] {
		p := &b.people[who]
		age := p.age(year)
		if p.sex == female && age >= 22 && age < 42 && int(from) < year-1 && b.chance(.12*float64(year-1-int(from))) {
			born := year - 1
			h.kids[h.nKid] = b.newPerson(b.sexOf(.514), b.birthIn(born, january1(year)-1), born, h.away, false)
			h.nKid++
			return
		}
	}
}
