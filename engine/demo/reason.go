package demo

import "strconv"

// Why immigrants came, as Statistics Norway tells it for those who came for the
// first time in 1990 or later and are not from the Nordic countries; nobody else has a
// reason. It decides nothing in a life: it is drawn last, given the country, the year,
// who came and how long they stayed, so that the years have the published shares.

const (
	ForWork = iota
	ForFamily
	ForRefuge
	ForEducation
	reasons

	// NoReason stands for NULL.
	NoReason = uint8(reasons)
)

// Reasons are the words of Batch.Person.Reason.
var Reasons = []string{"work", "family", "refuge", "education"}

// comers are the sorts of people that a reason depends on, each of those who left
// within five years (left) and of others.
const (
	child = iota // under 17
	youngWoman
	woman // of 30 years or more
	youngMan
	man
	comers
)

// suits is how much likelier than others of its country a sort of people is to have
// come for a reason: a third of those who came to their family are men, students are
// young, and who came to work or to study leaves first (report, section 2.2).
var (
	suits = [comers][reasons]float64{
		child: {0, 1, .6, 0}, youngWoman: {.5, 1.3, .8, 2}, woman: {.5, 1.2, .8, .3}, youngMan: {1.3, .3, 1.2, 1.7}, man: {1.5, .2, 1.2, .2},
	}
	suitsLeavers = [reasons]float64{1.2, .7, .3, 2}
)

// turnover is about how many of those who are here leave and are replaced in a year.
var turnover = [3]float64{.09, .09, .035}

// whyYear is what a year does to the chances of the reasons, 1990-2013.
type whyYear [years][reasons]float64

// readReasons gives each origin its mix of reasons, and finds what the years do to it:
// iterative proportional fitting to the first immigrations of each year by reason.
//
// reason_country.csv has persons by citizenship in 2007 and 2011 (tables 3 of
// "Innvandrere etter innvandringsgrunn", 2 October 2008 and 30 August 2012), the rest
// of the EEA, the USA, Canada and Oceania as groups 1 and 2, all others as group 3. For
// refugees of the years before, it has those with refugee background who had been here
// less than twenty years in 2010 (three of four of them refugees themselves, the others
// their family), and family immigrants of 1990-2007.
//
// reason_year.csv has first immigrations 1990-2007 and 2011 (tables 1 and 3); those of
// 2008-2010 are a third each of what is wanting to the 525 000 of 1990-2011, 30, 37, 21
// and 11 per cent (Reports 2013/34). Later years are as 2011.
func (w *world) readReasons() (*whyYear, error) {
	numbers := func(get func(string) string) (n [reasons]float64, err error) {
		for r := range n {
			if n[r], err = strconv.ParseFloat(get(Reasons[r]), 64); err != nil {
				break
			}
		}
		return n, err
	}
	mix := map[string][reasons]float64{}
	err := readCSV(data, "data/reason_country.csv", func(get func(string) string) (err error) {
		mix[get("birth_country")], err = numbers(get)
		return err
	})
	if err != nil {
		return nil, err
	}
	var published [years][reasons]float64
	err = readCSV(data, "data/reason_year.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		if err != nil {
			return err
		}
		n, err := numbers(get)
		for y := year - registerYear; y < years; y++ {
			published[y] = n
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range w.origins {
		o := &w.origins[i]
		code := w.countries[o.country]
		if isNordic(code) {
			continue
		}
		n, ok := mix[code]
		if !ok {
			n = mix["group "+strconv.Itoa(o.group+1)]
		}
		total := 0.0
		for _, x := range n {
			total += x
		}
		for r := range n {
			o.reason[r] = n[r]/total + .002 // no table is all there is
		}
	}
	return w.fitReasons(&published), nil
}

func (w *world) fitReasons(published *[years][reasons]float64) *whyYear {
	why := &whyYear{}
	for y := range why {
		why[y] = [reasons]float64{1, 1, 1, 1}
		for range 20 {
			var made [reasons]float64
			for i := range w.origins {
				o := &w.origins[i]
				if !o.hasReason() {
					continue
				}
				// About as many as come: the growth, and who takes the place of those who left.
				now, next := o.stock[registerYear+y-firstYear], o.stock[registerYear+y+1-firstYear]
				men := o.kind.men
				share := [comers]float64{child: .2, youngWoman: .45 * (1 - men), woman: .35 * (1 - men), youngMan: .45 * men, man: .35 * men}
				for c, part := range share {
					for leaver, s := range [2]float64{.75, .25} {
						chances, sum := o.reasonsOf(&why[y], c, leaver == 1)
						for r := range made {
							made[r] += (max(next-now, 0) + turnover[o.group]*now) * part * s * chances[r] / sum
						}
					}
				}
			}
			have, want := 0.0, 0.0
			for r := range made {
				have += made[r]
				want += published[y][r]
			}
			for r := range made {
				why[y][r] *= published[y][r] / want * have / made[r]
			}
		}
	}
	return why
}

// hasReason is false for those who need no permit to come.
func (o *origin) hasReason() bool { return o.reason != [reasons]float64{} }

// reasonsOf are the weights of the reasons for a sort of people, and their sum.
func (o *origin) reasonsOf(why *[reasons]float64, comer int, leaver bool) (weights [reasons]float64, sum float64) {
	for r := range weights {
		weights[r] = o.reason[r] * why[r] * suits[comer][r]
		if leaver {
			weights[r] *= suitsLeavers[r]
		}
		sum += weights[r]
	}
	return weights, sum
}

// reasonFor draws the reason of somebody with the given events.
func (b *block) reasonFor(r random, p *person, events []event) uint8 {
	year := int(p.firstYear)
	if !p.immigrant || year < registerYear || year > lastYear || !b.origins[p.origin].hasReason() {
		return NoReason
	}
	comer, age := child, year-int(p.birthYear)
	switch {
	case age >= 30 && p.sex == female:
		comer = woman
	case age >= 30:
		comer = man
	case age >= 17 && p.sex == female:
		comer = youngWoman
	case age >= 17:
		comer = youngMan
	}
	leaver := false
	for _, e := range events {
		if e.kind == leaves {
			leaver = e.day-p.first < 5*365
			break
		}
	}
	weights, left := b.origins[p.origin].reasonsOf(&b.why[year-registerYear], comer, leaver)
	left *= r.unit()
	for reason, w := range weights {
		if left -= w; left < 0 {
			return uint8(reason)
		}
	}
	return ForFamily
}
