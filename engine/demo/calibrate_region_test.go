package demo

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// adjust moves every other factor towards its target. All are scaled to the
// emigrations that there are, so that only the levels decide these.
func (f *behaviour) adjust(c *tally) {
	step := func(x *float64, target, actual float64) {
		if target == 0 || !(actual > 0) {
			return
		}
		*x *= math.Pow(min(max(target/actual, .4), 2.5), .25)
	}
	type count struct{ residents, emigrations float64 }
	var central [4][stages][14]count
	var county [19][2][stages]count
	var groupCentral [3][4][len(eras)]count
	var group [3][19][2]count
	var phase [19][phases]count
	var women [19][2]count
	var sexes [2][4][14]count
	c.each(func(y, k, z, g, s, a, d int, x *cell) {
		if g == 3 || y > lastYear {
			return
		}
		add := func(n *count) { n.residents += float64(x.residents); n.emigrations += float64(x.emigrations) }
		if y >= 2000 {
			add(&central[z][d][y-2000])
			add(&groupCentral[g][z][era(y)])
			add(&sexes[s][z][y-2000])
		}
		if y >= 2004 {
			half := period(y)
			add(&county[k][half][d])
			add(&group[g][k][half])
			add(&phase[k][a])
			add(&women[k][s])
		}
	})
	want := func(z, s, y int) float64 { return wantCentral[z][s][y] / 100 }
	var wantHalf [2][stages]float64
	for y := range central[0][0] {
		wanted, have := 0.0, 0.0
		for z := range central {
			for s := range central[z] {
				wanted += want(z, s, y) * central[z][s][y].residents
				have += central[z][s][y].emigrations
			}
		}
		for z := range central {
			for s := range central[z] {
				n := central[z][s][y]
				step(&f.Central[z][s][y], want(z, s, y)*n.residents*have/wanted, n.emigrations)
				if y >= 4 {
					wantHalf[(y-4)/5][s] += n.emigrations
				}
			}
		}
	}
	for half := range 2 {
		for s := range stages {
			sum := 0.0
			for k, name := range c.counties {
				sum += wantCounty[name][half][s] / 100 * county[k][half][s].residents
			}
			for k, name := range c.counties {
				n := county[k][half][s]
				step(&f.County[k][half][s], wantCounty[name][half][s]/100*n.residents*wantHalf[half][s]/sum, n.emigrations)
			}
		}
	}
	// relative moves factors towards what is wanted of some places, relative to all of them.
	relative := func(places int, at func(i int) (factor *float64, n count, want float64)) {
		wanted, have := 0.0, 0.0
		for i := range places {
			_, n, want := at(i)
			wanted += want * n.residents
			have += n.emigrations
		}
		for i := range places {
			factor, n, want := at(i)
			step(factor, want*n.residents*have/wanted, n.emigrations)
			*factor = min(max(*factor, .1), 10)
		}
	}
	for g := range group {
		for half := range 2 {
			relative(19, func(k int) (*float64, count, float64) {
				return &f.Group[g][k][half], group[g][k][half], wantCountyGroup[c.counties[k]][g][half]
			})
		}
	}
	for p := range phases {
		relative(19, func(k int) (*float64, count, float64) {
			return &f.Phase[k][p], phase[k][p], wantPhase[c.counties[k]][p]
		})
	}
	// common takes out of factors what they have in common, and gives it.
	common := func(n int, at func(i int) (factor *float64, n count)) float64 {
		factors, weights := make([]float64, n), make([]float64, n)
		for i := range n {
			factor, n := at(i)
			factors[i], weights[i] = *factor, n.emigrations
		}
		m := stat.GeometricMean(factors, weights)
		for i := range n {
			factor, _ := at(i)
			*factor /= m
		}
		return m
	}
	// level gives a group's grown-ups of a sex, in some years, what factors had in common.
	level := func(g, s, from, to int, m float64) {
		for k := 6*s + 2; k < 6*(s+1); k++ { // children leave with them
			for y := from; y <= to; y++ {
				f.Level[g][k][y-registerYear] *= m
			}
		}
	}
	// What a group's counties have in common is the group's, what a county's groups, and its
	// phases, have in common is the county's.
	for g := range group {
		for half, span := range [2][2]int{{registerYear, newPeriod - 1}, {newPeriod, lastYear}} {
			m := common(19, func(k int) (*float64, count) { return &f.Group[g][k][half], group[g][k][half] })
			for s := range sexes {
				level(g, s, span[0], span[1], m)
			}
		}
	}
	for k := range f.County {
		for half := range 2 {
			m := common(3, func(g int) (*float64, count) { return &f.Group[g][k][half], group[g][k][half] })
			for s := range f.County[k][half] {
				f.County[k][half][s] *= m
			}
		}
		m := common(phases, func(p int) (*float64, count) { return &f.Phase[k][p], phase[k][p] })
		for half := range f.County[k] {
			for s := range f.County[k][half] {
				f.County[k][half][s] *= m
			}
		}
	}
	for g := range groupCentral {
		for e := range eras {
			relative(4, func(z int) (*float64, count, float64) {
				return &f.GroupCentral[g][z][e], groupCentral[g][z][e], wantGroupCentral[g][z][e]
			})
		}
	}
	// What the groups of a centrality have in common is its own.
	for z := range f.Central {
		for e := range eras {
			m := common(3, func(g int) (*float64, count) { return &f.GroupCentral[g][z][e], groupCentral[g][z][e] })
			for s := range f.Central[z] {
				for y := range f.Central[z][s] {
					if era(centralFrom+y) == e {
						f.Central[z][s][y] *= m
					}
				}
			}
		}
	}
	ratio := func(n [2]count) float64 {
		return n[female].emigrations / n[female].residents * n[male].residents / n[male].emigrations
	}
	var everywhere [2]count
	for k := range women {
		for s := range everywhere {
			everywhere[s].residents += women[k][s].residents
			everywhere[s].emigrations += women[k][s].emigrations
		}
	}
	for k, name := range c.counties {
		want, told := wantWomen[name]
		if !told {
			want = 1
		}
		step(&f.Women[k], want*ratio(everywhere), ratio(women[k]))
	}
	for y := range wantMore[0] {
		for z := range wantMore {
			women, men := sexes[female][z][y], sexes[male][z][y]
			all := women.residents + men.residents
			want := (women.emigrations + men.emigrations) / all
			relative(2, func(s int) (*float64, count, float64) {
				x := want - wantMore[z][y]/100*men.residents/all
				if s == male {
					x = want + wantMore[z][y]/100*women.residents/all
				}
				return &f.SexCentral[s][z][y], sexes[s][z][y], max(x, .005)
			})
		}
		// What the centralities of a sex have in common is the levels', in which the equations
		// have how many of it leave.
		from := centralFrom + y
		if y == 0 {
			from = registerYear // as long as there is no centrality, the first year's factors hold
		}
		for s := range f.SexCentral {
			m := common(4, func(z int) (*float64, count) { return &f.SexCentral[s][z][y], sexes[s][z][y] })
			for g := range f.Level {
				level(g, s, from, centralFrom+y, m)
			}
		}
	}
	same := 0.0
	for y := 2000; y <= 2013; y++ {
		same += float64(c.sameYear[y]) / 14
	}
	step(&f.ShortStay, wantSameYear, same)
}

// adjustSettlers moves who comes to a county: men in the two periods, and the young.
func (f *behaviour) adjustSettlers(c *tally) {
	var young [19][2]float64 // and everybody
	var men [19][2][2]float64
	c.each(func(y, k, _, g, s, a, _ int, x *cell) {
		n := float64(x.residents)
		if g == 3 || y < 2004 || y > lastYear {
			return
		}
		men[k][period(y)][1] += n
		if s == male {
			men[k][period(y)][0] += n
		}
		if y < newPeriod {
			return
		}
		young[k][1] += n
		if a == 2 {
			young[k][0] += n
		}
	})
	have, want := 0.0, 0.0
	for k, name := range c.counties {
		for half, n := range men[k] {
			f.Men[k][half] = min(max(f.Men[k][half]+.6*(wantMale[name][half]-n[0]/n[1]), -.3), .3)
		}
		have += young[k][0]
		want += wantYoung[name] * young[k][1]
	}
	for k, name := range c.counties {
		m := wantYoung[name] * have / want * young[k][1] / young[k][0]
		f.Young[k] = min(max(f.Young[k]*math.Pow(m, 2), .1), 20)
	}
}

// adjustCountries moves how readily the people of countries leave towards their published
// emigrations, as far as the country group has so many: the equations have it.
func (f *behaviour) adjustCountries(tb testing.TB, c *tally) {
	if f.Country == nil {
		f.Country = map[string][len(flowYears)]float64{}
	}
	published := map[int][len(flowYears)]float64{} // by index of the country
	var sums, roots, have [3][len(flowYears)]float64
	err := readCSV(os.DirFS("."), "testdata/emigration_country.csv", func(get func(string) string) error {
		i := slices.Index(c.world.countries, get("birth_country"))
		var n [len(flowYears)]float64
		for j, y := range flowYears {
			fmt.Sscan(get("emigrations_"+strconv.Itoa(y)), &n[j])
			sums[c.world.groupOf[i]][j] += n[j]
			roots[c.world.groupOf[i]][j] += math.Sqrt(n[j])
		}
		published[i] = n
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	c.each(func(y, _, _, g, _, _, _ int, x *cell) {
		if j := slices.Index(flowYears[:], y); j >= 0 && g < 3 {
			have[g][j] += float64(x.emigrations) / float64(c.registers)
		}
	})
	for i, n := range published {
		code, group := c.world.countries[i], c.world.groupOf[i]
		factor, ok := f.Country[code]
		var known []int
		var logs []float64
		for j, y := range flowYears {
			if !ok {
				factor[j] = 1
			}
			if n[j] == 0 {
				continue
			}
			// What is wanting is wanting of all by as many standard errors.
			want := max(n[j]-max(0, sums[group][j]-have[group][j])*math.Sqrt(n[j])/roots[group][j], .3*n[j])
			m := want / (float64(c.flow[i][y]+1) / float64(c.registers))
			factor[j] = min(max(factor[j]*math.Pow(min(max(m, .4), 2.5), .5), .2), 6)
			known, logs = append(known, y), append(logs, math.Log(factor[j]))
		}
		for j, y := range flowYears { // between what is known
			switch {
			case n[j] == 0 && len(known) > 1:
				factor[j] = math.Exp(interpolate(known, logs, y))
			case n[j] == 0 && len(known) == 1:
				factor[j] = math.Exp(logs[0])
			}
		}
		f.Country[code] = factor
	}
}
