package demo

import (
	_ "embed" // of the calibrated factors
	"encoding/json"
	"math"
)

// behaviour is what people's lives are drawn from. The yearly chance that an
// immigrant household leaves Norway is a product, averaged over its adults:
//
//	level of the year and kind × duration × age × place × country × household
//
// The factors are fitted so that the level is what the report's equations give for
// the register itself, and so that the rest agrees with the levels and directions
// that the report's text gives (calibrate_test.go).
type behaviour struct {
	Duration     [3][longest + 1]float64                        // by completed years since first immigration
	Age          [2][len(ageKnots)]float64                      // by sex and age, broken line
	Level        [3][kinds][years]float64                       // by kind and year: grown-ups, and homes with children who immigrated
	Tilt         [3][kinds]float64                              // of those with ten years or more, by kind
	Older        [3][2][years]float64                           // age at arrival by country group, sex and year, relative to its kind's
	County       [19][2][stages]float64                         // by 5-year period and duration
	Group        [3][19][2]float64                              // by country group, county and 5-year period
	Phase        [19][phases]float64                            // by county and phase of life
	Women        [19]float64                                    // by county, of women relative to men
	Young        [19]float64                                    // by county, how much likelier the young and alone choose it than others do
	Men          [19][2]float64                                 // by county and 5-year period, what is added to the share of men among adults who come alone
	Central      [4][stages][lastYear + 1 - centralFrom]float64 // by centrality, duration and year
	GroupCentral [3][4][len(eras)]float64                       // by country group, centrality and era
	SexCentral   [2][4][lastYear + 1 - centralFrom]float64      // by sex, centrality and year
	Country      map[string][len(flowYears)]float64             // by country and year of published emigrations: how readily its people leave
	Kids         [2]float64                                     // of a home whose children were born here: with one under 7, and at school
	Native       native                                         // those born in Norway to parents born there
	ShortStay    float64                                        // chance to leave in the year of arrival, relative to the months after
}

const (
	years       = lastYear + 1 - registerYear
	longest     = 25   // completed years of duration, and more
	centralFrom = 2000 // earlier years are as this one's neighbours
	newPeriod   = 2009 // the second of the report's two periods
)

var ageKnots = [...]int{18, 22, 27, 33, 40, 50, 62, 70, 85}

//go:embed data/behaviour.json
var calibrated []byte

func newBehaviour() (*behaviour, error) {
	b := &behaviour{}
	return b, json.Unmarshal(calibrated, b)
}

// ageFactor is the broken line through the knots.
func (b *behaviour) ageFactor(sex uint8, age int) float64 {
	line := &b.Age[sex]
	if age <= ageKnots[0] {
		return line[0]
	}
	for i := range ageKnots[1:] {
		if age <= ageKnots[i+1] {
			t := float64(age-ageKnots[i]) / float64(ageKnots[i+1]-ageKnots[i])
			return line[i] + t*(line[i+1]-line[i])
		}
	}
	return line[len(line)-1]
}

// stages are the duration classes of the place factors: 0-2, 3-5, 6-10, 11-15, 16 and
// more years.
const stages = 5

func stage(duration int) int {
	switch {
	case duration <= 2:
		return 0
	case duration <= 5:
		return 1
	case duration <= 10:
		return 2
	case duration <= 15:
		return 3
	}
	return 4
}

// phases of life in which homes leave a county more or less readily than others do: with
// children of whom the youngest is under 7 or 7-17, and without any at 18-34, 35-62, 63-70
// and 71 years and more.
const phases = 6

// eras are the last years of those in which the country groups' regional differences are
// alike (report, 5.1.6).
var eras = [...]int{2002, 2008, lastYear}

func era(year int) int {
	for e, last := range eras {
		if year <= last {
			return e
		}
	}
	return len(eras) - 1
}

// flowYears are those with published emigrations by country.
var flowYears = [...]int{1997, 2005, 2007, 2008, 2011, 2013}

// mobility is how readily people of a country leave in a year, relative to its kind: between
// the years of published emigrations in proportion.
func (b *behaviour) mobility(country string, year int) float64 {
	knots, ok := b.Country[country]
	if !ok {
		return 1
	}
	logs := [len(flowYears) + 1]float64{} // in 1990 as its kind
	for i := range knots {
		logs[i+1] = math.Log(knots[i])
	}
	return math.Exp(interpolate(append([]int{registerYear}, flowYears[:]...), logs[:], year))
}

// period is the index of the report's period of five years; earlier ones are as its first.
func period(year int) int {
	if year >= newPeriod {
		return 1
	}
	return 0
}

// placeFactor is the factor of living somewhere.
func (b *behaviour) placeFactor(r *region, group, stage, year int) float64 {
	half := period(year)
	y := min(max(year, centralFrom), lastYear) - centralFrom
	if year < centralFrom {
		y = 2 // the first two years were unlike those before and after
	}
	f := b.County[r.county][half][stage] * b.Group[group][r.county][half] * b.Central[r.central][stage][y]
	if year >= centralFrom {
		f *= b.GroupCentral[group][r.central][era(year)]
	}
	return f
}

// Chances that do not depend on calibration.

// dies is the yearly chance of death (Gompertz, near the Norwegian life tables
// of 2000).
var dies = func() (q [2][111]float64) {
	for age := range q[0] {
		q[female][age] = min(1, 0.0002+0.95e-5*math.Exp(0.105*float64(age)))
		q[male][age] = min(1, 0.0004+1.5e-5*math.Exp(0.105*float64(age)))
	}
	return q
}()

// bears is the yearly chance that a woman has a child, by age; 1.95 in all, a
// little more than was measured because widowed and separated homes have none.
var bears = func() (f [50]float64) {
	sum := 0.0
	for age := 18; age < 45; age++ {
		d := (float64(age) - 29.5) / 5.2
		f[age] = math.Exp(-d * d / 2)
		sum += f[age]
	}
	for age := range f {
		f[age] *= 1.95 / sum
	}
	return f
}()

// comesBack is the chance that an immigrant who leaves returns one day, by country
// group: work in Norway is for many from the new members of the EU a job at a time.
var comesBack = [3]float64{.06, .80, .20}

// Household factors of the chance to leave.
const (
	asCouple = 0.90
	cameBack = 1.5 // left and returned before
)

// Share of immigrants' emigrations that the register wrote out itself, from
// 1990 on: rising, with the clean-up of 2013 (report, sections 1.2.1 and 3.2.2).
var writtenOut = [lastYear + 1 - registerYear]float64{
	.20, .15, .15, .15, .15, .15, .15, .16, .17, .18, .20, .22, .22, .24, .24,
	.25, .26, .25, .26, .30, .33, .28, .27, .36,
}

// moves is the yearly chance to move within Norway to another municipality.
func moves(age, stage int) float64 {
	rate := [stages]float64{.085, .065, .018, .018, .018}[stage]
	if age >= 50 {
		rate *= 0.5
	}
	return rate
}
