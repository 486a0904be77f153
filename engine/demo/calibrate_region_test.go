package demo

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// adjust moves every other factor towards its target. All are scaled to the
// emigrations that there are, so that only the levels decide these.
func (f *behaviour) adjust(c *tally) {
	step := func(x *float64, target, actual float64) {
		if target == 0 || !(actual > 0) {
			return
		}
		*x *= math.Pow(min(max(target/actual, .4), 2.5), .4)
	}
	type count struct{ residents, emigrations float64 }
	var central [4][3][14]count
	var county [19][2][3]count
	var group [3][19][2]count
	var phase [19][phases]count
	var late [4]count
	var sexes [2][4][14]count
	var long [3]count
	c.each(func(y, k, z, g, s, a, d int, x *cell) {
		if g == 3 || y > lastYear {
			return
		}
		add := func(n *count) { n.residents += float64(x.residents); n.emigrations += float64(x.emigrations) }
		stage := min(d, 2)
		if y >= 2000 {
			add(&central[z][stage][y-2000])
			add(&sexes[s][z][y-2000])
			if d == 3 {
				add(&late[z])
			}
		}
		if y >= 2004 {
			half := (y - 2004) / 5
			add(&county[k][half][stage])
			add(&group[g][k][half])
			add(&phase[k][max(a-1, 0)])
			if d >= 2 {
				add(&long[d-2])
			}
		}
	})
	// Of the long durations more leave than the figures of chapter 5 show, when half as
	// many of 6-10 years do as of 3-5 (5.2.3).
	want := func(z, s, y int) float64 {
		return wantCentral[z][s][y] / 100 * [3]float64{1, 1, 1.1}[s]
	}
	var wantHalf [2][3]float64
	var wantLongs, haveLongs float64
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
		for s := range 3 {
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
			*factor = min(max(*factor, .3), 3)
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
	// What a county's groups, and its phases, have in common is the county's.
	for k := range f.County {
		for half := range 2 {
			var factors, weights [3]float64
			for g := range group {
				factors[g], weights[g] = f.Group[g][k][half], group[g][k][half].emigrations
			}
			m := stat.GeometricMean(factors[:], weights[:])
			for g := range group {
				f.Group[g][k][half] /= m
			}
			for s := range f.County[k][half] {
				f.County[k][half][s] *= m
			}
		}
		var weights [phases]float64
		for p := range weights {
			weights[p] = phase[k][p].emigrations
		}
		m := stat.GeometricMean(f.Phase[k][:], weights[:])
		for p := range f.Phase[k] {
			f.Phase[k][p] /= m
		}
		for half := range f.County[k] {
			for s := range f.County[k][half] {
				f.County[k][half][s] *= m
			}
		}
	}
	relative(4, func(z int) (*float64, count, float64) { return &f.Late[z], late[z], wantLate[z] })
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
	}
	for i, n := range long {
		wantLongs += wantLong[i] / 100 * n.residents
		haveLongs += n.emigrations
	}
	for g := range f.Duration {
		for d := range f.Duration[g] {
			if s := durationGroup(d); s >= 2 {
				step(&f.Duration[g][d], wantLong[s-2]/100*long[s-2].residents*haveLongs/wantLongs, long[s-2].emigrations)
			}
		}
	}
	same := 0.0
	for y := 2000; y <= 2013; y++ {
		same += float64(c.sameYear[y]) / 14
	}
	step(&f.ShortStay, wantSameYear, same)
}

// adjustSettlers moves who comes to a county: men in 2004-2008, and the young.
func (f *behaviour) adjustSettlers(c *tally) {
	var men, young [19][2]float64 // and everybody
	c.each(func(y, k, _, g, s, a, _ int, x *cell) {
		switch n := float64(x.residents); {
		case g == 3 || y < 2004 || y > lastYear:
		case y < newPeriod:
			men[k][1] += n
			if s == male {
				men[k][0] += n
			}
		default:
			young[k][1] += n
			if a == 2 {
				young[k][0] += n
			}
		}
	})
	have, want := 0.0, 0.0
	for k, name := range c.counties {
		f.Men[k] = min(max(f.Men[k]+.8*(wantMale[name]-men[k][0]/men[k][1]), -.3), .3)
		have += young[k][0]
		want += wantYoung[name] * young[k][1]
	}
	for k, name := range c.counties {
		m := wantYoung[name] * have / want * young[k][1] / young[k][0]
		f.Young[k] = min(max(f.Young[k]*math.Pow(m, 2), .1), 20)
	}
}

// keep moves the levels so that as many of a kind leave in a year as in a register before.
func (f *behaviour) keep(before, p *panel) {
	for g := range f.Level {
		for k := range f.Level[g] {
			for y := range f.Level[g][k] {
				m := before.emi[g][k][y] / max(p.emi[g][k][y], 1e-5)
				f.Level[g][k][y] *= math.Pow(min(max(m, .5), 2), .6)
			}
		}
	}
}
