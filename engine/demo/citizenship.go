package demo

// Citizenship: immigrants are foreign citizens when they come, and some become
// Norwegian. Like the reason they came for it decides nothing in a life; those who will
// leave soon do not apply, so that few leave once they are Norwegian (report, section
// 2.2). Who never was a foreign citizen has no spell.

// entitled is the residence after which one can apply, in days: seven years by law, less
// for spouses and children.
const entitled = 6 * 365

// naturalises is the yearly chance of those who can apply, by country group and reason
// for immigration (the last: came before 1990, or from the Nordic countries). Published
// are (table 2 of "Overgang til norsk statsborgerskap", 24 May 2012) a year 3 520 new
// citizens in 1986-1990, 7 256 in 1991-1995, 10 205 in 1996-2000, 9 711 in 2001-2005 and
// 12 463 in 2006-2011; at national size the register has about 3 500, 5 200, 6 500, 8 200
// and 11 900.
var naturalises = [3][reasons + 1]float64{
	{.02, .02, .1, .02, .02},
	{.05, .10, .4, .05, .20},
	{.20, .34, .50, .20, .45},
}

// citizenship writes an immigrant's spells.
func (b *block) citizenship(out *Batch, id int64, r random, p *person, reason uint8, events []event) {
	since := b.naturalisation(r, p, naturalises[b.group][reason], events)
	spell := func(norwegian bool, from, to int32) {
		out.Citizenship.ID = append(out.Citizenship.ID, id)
		out.Citizenship.Norwegian = append(out.Citizenship.Norwegian, norwegian)
		out.Citizenship.From = append(out.Citizenship.From, from)
		out.Citizenship.To = append(out.Citizenship.To, to)
	}
	spell(false, p.first, since)
	if since != NoDay {
		spell(true, since, NoDay)
	}
}

// naturalisation is the day somebody becomes a Norwegian citizen, or NoDay.
func (b *block) naturalisation(r random, p *person, chance float64, events []event) int32 {
	for j, e := range events {
		if e.kind == leaves || e.kind == ends {
			continue
		}
		from, to := max(e.day, p.first+entitled), january1(lastYear+1)
		leaver := false
		if j+1 < len(events) {
			to = events[j+1].day
		}
		for _, later := range events[j+1:] {
			leaver = leaver || later.kind == leaves && later.day < from+10*365
		}
		for day := from; day < to; day += 365 {
			c := chance
			if leaver {
				c *= .15
			}
			if r.chance(c) {
				if on := r.between(day, day+364); on < to {
					return on
				}
			}
		}
	}
	return NoDay
}
