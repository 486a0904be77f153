package demo

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// statement is what must be true of the years: low ≤ value ≤ high. Its value changes by
// gradient·change where the frequencies of kinds and years change by so many parts of
// themselves, and differs between registers by chance.
type statement struct {
	name      string
	value     float64
	variance  float64   // from register to register
	gradient  []float64 // by index of cells
	low, high float64
	weight    float64 // of what is missed, squared
}

const frequencies = 3 * kinds * years

// cellOf is the place of a frequency in a gradient.
func cellOf(group, kind, y int) int { return (group*kinds+kind)*years + y }

// rate is the emigration frequency of a filter, per cent, and how it hangs on kinds and
// years; number is how many emigrate in one register. Families leave together, so that the
// variance is taken as half as much again as that of single people.
func (t *tally) rate(f filter) statement {
	s := statement{gradient: make([]float64, frequencies)}
	registers := float64(t.registers)
	residents := float64(t.sum(f).residents) / registers
	t.chosen(f, func(y, g, sex, age int, x *cell) {
		n := float64(x.emigrations) / registers
		s.gradient[cellOf(g, 6*sex+age, y-registerYear)] += 100 * n / residents
		s.value += 100 * n / residents
	})
	s.variance = 1.5 * s.value * 100 / residents
	return s
}

func (t *tally) number(f filter) statement {
	residents := float64(t.sum(f).residents) / float64(t.registers)
	return statement{gradient: make([]float64, frequencies)}.plus(residents/100, t.rate(f))
}

// plus adds c times another.
func (s statement) plus(c float64, other statement) statement {
	s.value += c * other.value
	s.variance += c * c * other.variance
	s.gradient = slices.Clone(s.gradient)
	for i, d := range other.gradient {
		s.gradient[i] += c * d
	}
	return s
}

// statements are what the report's text and published flows say of the years, as far as
// the frequencies of kinds and years decide it. f, m and n are those of published_fact.csv.
func (t *tally) statements(tb testing.TB) (list []statement) {
	published := bounds(tb)
	within := func(id string, low, high float64, s statement) {
		s.name, s.low, s.high = id, low, high
		list = append(list, s.apart())
	}
	say := func(id string, s statement) { within(id, published[id].low, published[id].high, s) }
	positive := func(id string, s statement) { within(id, 0, math.Inf(1), s) }
	negative := func(id string, s statement) { within(id, math.Inf(-1), 0, s) }
	type choice = func(*filter)
	rate := func(from, to int, choices ...choice) statement {
		f := filter{from: from, to: to}
		for _, choose := range choices {
			choose(&f)
		}
		return t.rate(f)
	}
	// mean is that of the yearly frequencies.
	mean := func(from, to int, choices ...choice) statement {
		s := statement{gradient: make([]float64, frequencies)}
		for y := from; y <= to; y++ {
			s = s.plus(1/float64(to+1-from), rate(y, y, choices...))
		}
		return s
	}
	slope := func(from, to int, choices ...choice) statement {
		s := statement{gradient: make([]float64, frequencies)}
		n := float64(to + 1 - from)
		for y := from; y <= to; y++ {
			s = s.plus((float64(y)-float64(from+to)/2)/(n*(n*n-1)/12), rate(y, y, choices...))
		}
		return s
	}
	rise := func(choices ...choice) statement {
		return rate(2009, 2013, choices...).plus(-1, rate(2004, 2008, choices...))
	}
	number := func(year int, choices ...choice) statement {
		f := filter{from: year, to: year}
		for _, choose := range choices {
			choose(&f)
		}
		return t.number(f)
	}
	group := func(g int) choice { return func(f *filter) { f.group = []int{g} } }
	sex := func(s int) choice { return func(f *filter) { f.sex = []int{s} } }
	age := func(a int) choice { return func(f *filter) { f.age = []int{a} } }
	stay := func(d int) choice { return func(f *filter) { f.duration = []int{d} } }
	central := func(z int) choice { return func(f *filter) { f.central = []int{z} } }
	nordland := func(f *filter) { f.county = []string{"Nordland"} }

	// Levels.
	b := published["f09"]
	within("f09", wantNatives13*b.low/(1-b.low), wantNatives13*b.high/(1-b.high), number(2013))
	within("f62", published["f62"].low/10, published["f62"].high/10, rate(2011, 2011))
	say("f17", number(2013, central(4)))
	for y := 2000; y <= lastYear; y++ {
		if y <= 2007 {
			say("f16", number(y, central(4)))
		}
		for z := 1; z <= 3; z++ {
			say("f18", number(y, central(z)))
		}
		within("f21", 0, published["f21"].high, rate(y, y, central(3)))
	}
	say("f19", rate(2000, 2001, central(1)))
	say("f20", rate(2011, 2012, central(1)))
	say("f22", rate(2012, 2012, central(3)))
	for z := 1; z <= 3; z++ {
		say(fmt.Sprint("f", 21+2*z), rate(2000, 2000, central(z), stay(0)))
		say(fmt.Sprint("f", 22+2*z), rate(2012, 2013, central(z), stay(0)))
	}
	say("f29", rate(2000, 2001, central(4), stay(1)))
	say("f30", rate(2008, 2013, central(4), stay(1)))
	within("f31", published["f31"].low+.1, published["f31"].high, rate(2009, 2013, stay(0)))
	say("f32", rise(stay(0)))
	say("f35", rate(2004, 2013, stay(1)))
	say("f37", rate(2004, 2013, stay(3)))
	say("f38", rate(2004, 2008, group(1)))
	say("f38", rate(2009, 2013, group(1)))
	within("f38", 0, .8, rise(group(1)))
	say("f39", rate(2004, 2008, group(2)))
	say("f40", rate(2009, 2013, group(2)))
	say("f41", rate(2004, 2008, group(2), nordland))
	say("f42", rate(2009, 2013, group(2), nordland))
	say("f44", rise(group(3)))
	say("f45", rate(2004, 2013, age(1)))
	say("f46", rate(2004, 2013, age(2)))
	for y, n := range wantForeign {
		within("foreign citizens", .93*n, 1.12*n, number(y))
	}
	for y, n := range wantOld {
		old := number(y, age(6)).plus(.46, number(y, age(5))) // of those of 63-70 years .46 are over 66
		within("foreign citizens over 66", .92*n, 1.1*n, old)
	}
	for y, share := range wantForeignMen {
		negative("men", number(y, sex(male)).plus(-share-.03, number(y)))
		positive("men", number(y, sex(male)).plus(-share+.03, number(y)))
	}

	// What is higher than what.
	say("f12", rate(2000, 2013, sex(male)).plus(-1, rate(2000, 2013, sex(female))))
	positive("f13", rate(2000, 2013, age(3)).plus(-published["f13"].low, rate(2000, 2013, age(4))))
	positive("f14", rate(2000, 2013, age(1)).plus(-published["f14"].low, rate(2000, 2013, age(2))))
	positive("f15", rate(2000, 2013, age(5)).plus(-1, rate(2000, 2013, age(6))))
	negative("m04", mean(2000, 2013, age(1)).plus(-published["m04"].high, mean(2000, 2013, age(3))))
	positive("n16", mean(2011, 2013, group(2)).plus(-published["n16"].low, mean(2011, 2013, group(3))))
	negative("n16", mean(2011, 2013, group(2)).plus(-published["n16"].high, mean(2011, 2013, group(3))))
	for y := 2007; y <= 2009; y++ {
		positive("n15", rate(y, y, group(2)).plus(-1, rate(y, y, group(1))))
	}
	for z := 1; z <= 4; z++ {
		for y := 2002; y <= lastYear; y++ { // in the first years refugees waited far from the centre
			third := rate(y, y, central(z), group(3))
			positive("m18", rate(y, y, central(z), group(1)).plus(-1, third))
			positive("m18", rate(y, y, central(z), group(2)).plus(-1, third))
			if y > 2004 && z < 4 {
				positive("n28", rate(y, y, central(4), stay(0)).plus(-1, rate(y, y, central(z), stay(0))))
			}
		}
	}

	for y := 2000; y <= lastYear; y++ {
		gap := func(z int) statement {
			return rate(y, y, central(z), sex(male)).plus(-1, rate(y, y, central(z), sex(female)))
		}
		within("n35", -published["n35"].high, published["n35"].high, gap(3))
		if y == 2002 {
			negative("m24", gap(2))
		} else {
			positive("m24", gap(2))
		}
	}

	// How the years follow one another.
	within("m03", published["m03"].low+.03, published["m03"].high, slope(2008, 2013, sex(female)))
	say("n13", slope(2007, 2013, stay(1)))
	positive("n14", rate(2013, 2013, stay(0)).plus(-published["n14"].low, rate(2000, 2000, stay(0))))
	negative("n14", rate(2013, 2013, stay(0)).plus(-published["n14"].high, rate(2000, 2000, stay(0))))
	say("m37", rise(sex(male)))
	say("m38", rise(sex(female)))
	say("n50", rise(age(4)))
	say("n51", rise(age(5)))
	positive("n56", rise())
	for y := 1991; y <= lastYear; y++ {
		if y < 2006 || y > 2008 {
			positive("n12", rate(y, y).plus(-1, rate(2007, 2007)))
		}
		if y >= 2000 && y != 2008 && y != 2009 {
			positive("m20", rate(2008, 2008, central(4), group(2)).plus(-1, rate(y, y, central(4), group(2))))
		}
	}
	for z := 1; z <= 4; z++ {
		positive("n26", rate(2013, 2013, central(z)).plus(-1, rate(2012, 2012, central(z))))
		a, b := rate(2009, 2009, central(z)), rate(2010, 2010, central(z))
		if b.value > a.value {
			a = b
		}
		positive("n27", a.plus(-1, rate(2008, 2008, central(z))))
		negative("m13", rate(2012, 2012, central(z)).plus(-1, rate(2010, 2010, central(z))))
		positive("n32", rate(2009, 2009, central(z), stay(4)).plus(-1, rate(2008, 2008, central(z), stay(4))))
	}
	return list
}

// apart moves the bounds to where nine registers of ten are within them, if there is room,
// and counts in half standard deviations.
func (s statement) apart() statement {
	deviation := math.Sqrt(s.variance)
	margin := min(1.3*deviation, .45*(s.high-s.low))
	s.low += margin
	s.high -= margin
	s.weight = 2 / deviation
	return s
}
