package demo

const (
	female = 0
	male   = 1

	norway = uint16(0)
	// NoCountry stands for NULL in a country column.
	NoCountry = ^uint16(0)
	// NoDay stands for NULL in a date column.
	NoDay = int32(-1 << 31)
	// noYear is later than any year.
	noYear = int16(1 << 14)
)

// person is somebody in a block, alive or not.
type person struct {
	birth     int32
	first     int32 // day of the first immigration, NoDay before it
	birthYear int16
	firstYear int16
	country   uint16
	sex       uint8
	immigrant bool
	origin    uint8 // index in block.origins, of an immigrant
}

// home is a household: those who move, leave and return together. A child that
// grows up gets a home of its own.
type home struct {
	adults [2]int32
	kids   [6]int32
	last   int32 // day of its latest event
	muni   uint16
	away   uint16 // country, while abroad
	nAdult uint8
	nKid   uint8
	back   bool // has returned at least once
	gone   bool // abroad or nobody left
}

type eventKind uint8

const (
	born   eventKind = iota // residence begins without an immigration
	comes                   // immigration
	shifts                  // to another municipality
	leaves                  // emigration
	ends                    // death
)

// event is something the register notes. The events of a person come in order
// of time.
type event struct {
	who     int32
	day     int32
	muni    uint16
	country uint16
	kind    eventKind
	admin   bool
}

// block is a part of the population that lives its history independently of
// the others: the immigrants of one country, or of several
// small ones, or some thousand other households.
type block struct {
	*setting
	random
	seed, id uint64 // of random
	people   []person
	homes    []home
	active   []int32 // homes with somebody in Norway
	events   []event
	// returns has, for each year, the homes that come back in it.
	returns [lastYear + 1 - firstYear][]int32
	group   int // of the immigrants' countries; 3 in blocks without
	origins []*origin
	// Immigrants by region and by origin, for the target of the year's end.
	settled, present []float64
	taste            [2][]float64 // by phase and region, see phase
	rates            rates
	turns            *turns    // of the country group; nil in blocks without immigrants
	toYear           int       // the year of to,
	to               []float64 // cumulative shares of those who move within Norway
}

// setting is what all blocks share and none changes.
type setting struct {
	*geography
	*world
	*settlement
	*behaviour
	scale float64
	// Cumulative shares of non-immigrants by region: of the first homes, and of
	// those who move.
	peopleFrom, peopleTo []float64
	drawn                []float64 // by region, how much likelier people move there than they lived there in 1990
}

func (b *block) note(kind eventKind, who, day int32, muni, country uint16, admin bool) {
	b.events = append(b.events, event{who, day, muni, country, kind, admin})
	if b.settled == nil || !b.people[who].immigrant {
		return
	}
	switch kind {
	case comes, born:
		b.settled[b.municipalities[muni].region]++
		b.present[b.people[who].origin]++
	case leaves, ends:
		b.settled[b.municipalities[muni].region]--
		b.present[b.people[who].origin]--
	}
}

// each calls f for everybody in a home, adults first.
func (h *home) each(f func(who int32)) {
	for _, p := range h.adults[:h.nAdult] {
		f(p)
	}
	for _, p := range h.kids[:h.nKid] {
		f(p)
	}
}

func (h *home) removeAdult(i int) {
	h.nAdult--
	h.adults[i] = h.adults[h.nAdult]
}

func (h *home) removeKid(i int) {
	h.nKid--
	h.kids[i] = h.kids[h.nKid]
}

// newHome takes a home into the block and returns its index.
func (b *block) newHome(h home) int32 {
	b.homes = append(b.homes, h)
	i := int32(len(b.homes) - 1)
	if !h.gone {
		b.active = append(b.active, i)
	}
	return i
}

// newPerson takes a person of a given age on 1 January of year into the block.
func (b *block) newPerson(sex uint8, birth int32, birthYear int, country uint16, immigrant bool) int32 {
	b.people = append(b.people, person{
		birth: birth, first: NoDay, birthYear: int16(birthYear), firstYear: noYear,
		country: country, sex: sex, immigrant: immigrant,
	})
	return int32(len(b.people) - 1)
}

// birthIn draws a birthday in a year, at most until a day.
func (b *block) birthIn(year int, until int32) int32 {
	return b.between(january1(year), min(january1(year+1)-1, until))
}

func (b *block) sexOf(men float64) uint8 {
	if b.chance(men) {
		return male
	}
	return female
}

// age in completed years on 1 January.
func (p *person) age(year int) int { return year - 1 - int(p.birthYear) }
