package demo

import (
	"math"
	"strconv"

	"utvandring/sql"
)

// behaviour is what people's lives are drawn from. The yearly chance that an
// immigrant household leaves Norway is a product, averaged over its adults:
//
//	duration × period × age and sex × place × country × household
//
// The factors in calibrated.go are fitted so that the register agrees with the
// levels and directions that the report's text gives (calibrate_test.go).
type behaviour struct {
	factors
	// swing is how far the economy of a year moves a group's chance from its
	// trend; 1 is no effect. Index: group, year - registerYear.
	swing [3][lastYear + 1 - registerYear]float64
}

// factors are what calibration moves.
type factors struct {
	duration  [3][longest + 1]float64                   // by completed years since first immigration
	period    [3][lastYear + 1 - registerYear]float64   // by year
	age       [2][len(ageKnots)]float64                 // by sex and age, broken line
	county    [19][2][3]float64                         // by 5-year period and duration 0-2, 3-5, 6+
	eastern   [19][2]float64                            // the same, country group 2 only
	kids      [2]float64                                // with the youngest child under 7, and at school
	shortStay float64                                   // chance to leave in the year of arrival, relative to the months after
	central   [4][3][lastYear + 1 - centralFrom]float64 // by centrality, duration and year
}

const (
	longest     = 25   // completed years of duration, and more
	centralFrom = 2000 // earlier years are as this one's neighbours
	newPeriod   = 2009 // the second of the report's two periods
)

var ageKnots = [...]int{18, 22, 27, 33, 40, 50, 62, 70, 85}

// Semi-elasticities, in the direction of the report's equations 4.1-4.3: people
// of group 1 and 3 stay the longer the higher income in Norway is, group 1 also
// while unemployment at home is high; group 2 leaves when it rises in Norway.
const (
	incomeGroup1       = -0.5
	unemploymentGroup1 = -0.025
	unemploymentNorway = 0.06
	incomeGroup3       = -0.4
)

func newBehaviour() (*behaviour, error) {
	b := &behaviour{factors: calibrated}
	var income1, income3, unemployment1, norway [lastYear + 1 - registerYear]float64
	err := readCSV(sql.Files, "data/macro.csv", func(get func(string) string) error {
		year, err := strconv.Atoi(get("year"))
		if err != nil || year < registerYear || year > lastYear {
			return err
		}
		for name, series := range map[string]*[lastYear + 1 - registerYear]float64{
			"relinnt1": &income1, "relinnt3": &income3, "led1": &unemployment1, "lednor": &norway,
		} {
			if series[year-registerYear], err = strconv.ParseFloat(get(name), 64); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range b.swing[0] {
		last, before := max(i-1, 0), max(i-2, 0)
		b.swing[0][i] = math.Exp(incomeGroup1*math.Log(income1[last]/1.15) + unemploymentGroup1*(unemployment1[last]-7.5))
		b.swing[1][i] = math.Exp(unemploymentNorway * (norway[last] - 3.8))
		b.swing[2][i] = math.Exp(incomeGroup3 * math.Log(income3[before]/6.8))
	}
	return b, nil
}

// ageFactor is the broken line through the knots.
func (b *behaviour) ageFactor(sex uint8, age int) float64 {
	line := &b.age[sex]
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
	f := b.county[r.county][half][stage] * b.central[r.central][stage][y]
	if group == 1 {
		f *= b.eastern[r.county][half]
	}
	return f
}

// periodFactor of a year; before the register begins, that of its first years.
func (b *behaviour) periodFactor(group, year int) float64 {
	i := year - registerYear
	if i < 0 {
		i = 3
	}
	return b.period[group][i] * b.swing[group][i]
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

// Household factors of the chance to leave.
const (
	asCouple  = 0.90
	cameBack  = 1.5  // left and returned before
	together  = 0.92 // chance that all of a household leave when one adult does
	comesBack = 0.20 // chance that an immigrant who leaves returns one day
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
