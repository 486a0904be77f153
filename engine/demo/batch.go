package demo

// Batch is a part of the register, by columns. Days are counted from 1 January
// 1970; NoDay and NoCountry stand for NULL.
type Batch struct {
	Person struct {
		ID        []int64
		Sex       []uint8 // 0 female, 1 male
		Birth     []int32
		Country   []uint16 // index in Generator.Countries
		Immigrant []bool
		First     []int32
		Death     []int32
		Reason    []uint8 // index in Reasons
	}
	// Citizenship of immigrants: Norwegian or not, from when and until when.
	Citizenship struct {
		ID        []int64
		Norwegian []bool
		From, To  []int32
	}
	Residence struct {
		ID           []int64
		Municipality []uint16 // index in Generator.Municipalities
		From, To     []int32
	}
	Migration struct {
		ID         []int64
		Day        []int32
		Emigration []bool
		Admin      []bool
		Country    []uint16
	}
}

// batch writes a block's people as the register holds them, numbered from 0.
// People who left for good before the register begins are not in it.
func (b *block) batch() *Batch {
	// Events by person, their order in time kept: a counting sort.
	start := make([]int32, len(b.people)+1)
	for _, e := range b.events {
		start[e.who+1]++
	}
	for i := range b.people {
		start[i+1] += start[i]
	}
	sorted := make([]event, len(b.events))
	at := make([]int32, len(b.people))
	for _, e := range b.events {
		sorted[start[e.who]+at[e.who]] = e
		at[e.who]++
	}
	out := &Batch{}
	out.grow(len(b.people), len(b.events))
	begin := january1(registerYear)
	late := newRandom(b.seed, lateBlock+b.id)
	id := int64(0)
	for i := range b.people {
		events := sorted[start[i]:start[i+1]]
		if len(events) == 0 {
			continue
		}
		end := events[len(events)-1]
		if (end.kind == leaves || end.kind == ends) && end.day <= begin {
			continue
		}
		death := NoDay
		if end.kind == ends {
			death = end.day
		}
		p := &b.people[i]
		out.Person.ID = append(out.Person.ID, id)
		out.Person.Sex = append(out.Person.Sex, p.sex)
		out.Person.Birth = append(out.Person.Birth, p.birth)
		out.Person.Country = append(out.Person.Country, p.country)
		out.Person.Immigrant = append(out.Person.Immigrant, p.immigrant)
		out.Person.First = append(out.Person.First, p.first)
		out.Person.Death = append(out.Person.Death, death)
		reason := b.reasonFor(late, p, events)
		out.Person.Reason = append(out.Person.Reason, reason)
		b.history(out, id, events, i)
		if p.immigrant {
			b.citizenship(out, id, late, p, reason, events)
		}
		id++
	}
	return out
}

// history writes a person's spells and migrations.
func (b *block) history(out *Batch, id int64, events []event, salt int) {
	for j, e := range events {
		if e.kind == comes || e.kind == leaves {
			out.Migration.ID = append(out.Migration.ID, id)
			out.Migration.Day = append(out.Migration.Day, e.day)
			out.Migration.Emigration = append(out.Migration.Emigration, e.kind == leaves)
			out.Migration.Admin = append(out.Migration.Admin, e.admin)
			out.Migration.Country = append(out.Migration.Country, e.country)
		}
		if e.kind == leaves || e.kind == ends {
			continue
		}
		to := NoDay
		if j+1 < len(events) {
			to = events[j+1].day
		}
		if to == e.day {
			continue // a spell of no day: born or moved and gone on one day
		}
		out.Residence.ID = append(out.Residence.ID, id)
		out.Residence.Municipality = append(out.Residence.Municipality, b.code(e.muni, e.day, salt))
		out.Residence.From = append(out.Residence.From, e.day)
		out.Residence.To = append(out.Residence.To, to)
	}
}

func (out *Batch) grow(people, events int) {
	out.Person.ID = make([]int64, 0, people)
	out.Person.Sex = make([]uint8, 0, people)
	out.Person.Birth = make([]int32, 0, people)
	out.Person.Country = make([]uint16, 0, people)
	out.Person.Immigrant = make([]bool, 0, people)
	out.Person.First = make([]int32, 0, people)
	out.Person.Death = make([]int32, 0, people)
	out.Person.Reason = make([]uint8, 0, people)
	out.Residence.ID = make([]int64, 0, events)
	out.Residence.Municipality = make([]uint16, 0, events)
	out.Residence.From = make([]int32, 0, events)
	out.Residence.To = make([]int32, 0, events)
}

// add appends a block's people, numbered from next, and returns the number
// after the last.
func (out *Batch) add(part *Batch, next int64) int64 {
	n := int64(len(part.Person.ID))
	for _, ids := range []struct{ to, from *[]int64 }{
		{&out.Person.ID, &part.Person.ID}, {&out.Residence.ID, &part.Residence.ID}, {&out.Migration.ID, &part.Migration.ID}, {&out.Citizenship.ID, &part.Citizenship.ID},
	} {
		for _, id := range *ids.from {
			*ids.to = append(*ids.to, id+next)
		}
	}
	out.Person.Sex = append(out.Person.Sex, part.Person.Sex...)
	out.Person.Birth = append(out.Person.Birth, part.Person.Birth...)
	out.Person.Country = append(out.Person.Country, part.Person.Country...)
	out.Person.Immigrant = append(out.Person.Immigrant, part.Person.Immigrant...)
	out.Person.First = append(out.Person.First, part.Person.First...)
	out.Person.Death = append(out.Person.Death, part.Person.Death...)
	out.Person.Reason = append(out.Person.Reason, part.Person.Reason...)
	out.Citizenship.Norwegian = append(out.Citizenship.Norwegian, part.Citizenship.Norwegian...)
	out.Citizenship.From = append(out.Citizenship.From, part.Citizenship.From...)
	out.Citizenship.To = append(out.Citizenship.To, part.Citizenship.To...)
	out.Residence.Municipality = append(out.Residence.Municipality, part.Residence.Municipality...)
	out.Residence.From = append(out.Residence.From, part.Residence.From...)
	out.Residence.To = append(out.Residence.To, part.Residence.To...)
	out.Migration.Day = append(out.Migration.Day, part.Migration.Day...)
	out.Migration.Emigration = append(out.Migration.Emigration, part.Migration.Emigration...)
	out.Migration.Admin = append(out.Migration.Admin, part.Migration.Admin...)
	out.Migration.Country = append(out.Migration.Country, part.Migration.Country...)
	return next + n
}
