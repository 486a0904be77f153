package demo

// Whose turn it is: chances that add up to as many as should happen.

// turns are what inTurn and due keep of a country group.
type turns struct {
	all      owed
	byRegion []owed
	byStage  [stages + 1]owed // the last of those born in Norway
	old      [2]float64       // arrivals, by sex
	men      [19]float64      // who come alone, by county
}

// owed are chances to leave less departures, by who a home's adults are, and with children
// or without.
type owed [2][7][kinds]float64

// inTurn happens with a chance, but so often in all as the chances add up to: they are
// summed, and what takes the sum past a whole number happens.
func (b *block) inTurn(sum *float64, chance float64) bool {
	if *sum == 0 {
		*sum = b.unit()
	}
	if *sum += chance; *sum < 1 {
		return false
	}
	*sum--
	return true
}

// due tells whether a home leaves that does so with a chance. Of homes of immigrants alike
// in a country group, in a region and after a duration, those that come next leave more
// readily where fewer have left than their chances add up to, and less where more have. So
// everybody's chance is as given, and as many leave of a kind, of women in couples, too, as
// should, everywhere: a small register's years differ from one another by what happened in
// them, as a large one's do.
func (b *block) due(h *home, chance float64, year int) bool {
	if b.turns == nil || h.nAdult == 0 {
		return b.chance(chance)
	}
	kind := func(who int32) int {
		p := &b.people[who]
		return kindAt(p.sex, min(max(p.age(year), 0), 110))
	}
	first, other, since := kind(h.adults[0]), 0, stages
	if h.nAdult > 1 {
		other = 1 + kind(h.adults[1])%6
	}
	if p := &b.people[h.adults[0]]; p.immigrant {
		since = stage(year - 1 - int(p.firstYear))
	}
	region := b.municipalities[h.muni].region
	var sums [3]*float64
	for i, o := range [...]*owed{&b.turns.all, &b.turns.byRegion[region], &b.turns.byStage[since]} {
		sums[i] = &o[min(h.nKid, 1)][other][first]
	}
	leaves := b.chance(chance * min(max(1+2*(*sums[0]+*sums[1]+*sums[2]), 0), 5))
	for _, x := range sums {
		*x += chance
		if leaves {
			*x--
		}
	}
	return leaves
}
