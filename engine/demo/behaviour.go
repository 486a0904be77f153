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
	Duration   [3][longest + 1]float64                   // by completed years since first immigration
	Age        [2][len(ageKnots)]float64                 // by sex and age, broken line
	Level      [3][kinds][years]float64                  // by kind and year: grown-ups, and homes with children who immigrated
	Tilt       [3][kinds]float64                         // of those with ten years or more, by kind
	Older      [2][years]float64                         // age at arrival from country group 1, by sex and year, relative to its kind's
	County     [19][2][3]float64                         // by 5-year period and duration 0-2, 3-5, 6+
	Group      [3][19][2]float64                         // by country group, county and 5-year period
	Phase      [19][phases]float64                       // by county and phase of life
	Young      [19]float64                               // by county, how much likelier the young and alone choose it than others do
	Men        [19]float64                               // by county, what is added to the share of men among adults who come alone
	Central    [4][3][lastYear + 1 - centralFrom]float64 // by centrality, duration and year
	Late       [4]float64                                // by centrality, of those with eleven years and more
	SexCentral [2][4][lastYear + 1 - centralFrom]float64 // by sex, centrality and year
	Kids       [2]float64                                // of a home whose children were born here: with one under 7, and at school
	Native     native                                    // those born in Norway to parents born there
	ShortStay  float64                                   // chance to leave in the year of arrival, relative to the months after
	Common     [3][years]float64                         // what calibration adds to the levels of a group in a year, see common
	Shock      [3][kinds][years]float64                  // what a year adds to the chance of those whom it moves, see shocked
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

// stage is the duration class of the place factors: 0-2, 3-5, 6 and more years.
func stage(duration int) int {
	switch {
	case duration <= 2:
		return 0
	case duration <= 5:
		return 1
	}
	return 2
}

// phases of life in which homes leave a county more or less readily than others do: with
// children, and without any at 18-34, 35-62, 63-70 and 71 years and more.
const phases = 5

func phaseOfLife(age int, children bool) int {
	if children {
		return 0
	}
	return max(kindAt(female, age)-1, 1)
}

// placeFactor is the factor of living somewhere.
func (b *behaviour) placeFactor(r *region, group, stage, year int) float64 {
	half := 0
	if year >= newPeriod {
		half = 1
	}
	y := min(max(year, centralFrom), lastYear) - centralFrom
	if year < centralFrom {
		y = 2 // the first two years were unlike those before and after
	}
	return b.County[r.county][half][stage] * b.Group[group][r.county][half] * b.Central[r.central][stage][y]
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
	cameBack = 1.5  // left and returned before
	together = 0.92 // chance that all of a household leave when one adult does
)

// Share of immigrants' emigrations that the register wrote out itself, from
// 1990 on: rising, with the clean-up of 2013 (report, sections 1.2.1 and 3.2.2).
var writtenOut = [lastYear + 1 - registerYear]float64{
	.20, .15, .15, .15, .15, .15, .15, .16, .17, .18, .20, .22, .22, .24, .24,
	.25, .26, .25, .26, .30, .33, .28, .27, .36,
}

// moves is the yearly chance to move within Norway to another municipality.
func moves(age, stage int) float64 {
	rate := [3]float64{.085, .065, .018}[stage]
	if age >= 50 {
		rate *= 0.5
	}
	return rate
}
