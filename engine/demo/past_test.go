package demo

import (
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// past is what moves the years of a country group beyond its equations. It is history, as
// the macro series and the published stocks are: the same in every register, whose seed
// decides who the people are. It is drawn from what the report publishes of its residuals:
// annex C is their covariance, and they are residuals of a regression, so that they have
// nothing in common with what the equations read and are 0 on average. A draw under these
// conditions leaves to those who estimate the equations on a register the report's
// coefficients, but for the chances of lives.
type past struct {
	group  int
	before [kinds][years]float64 // what the equations leave of a register with none
	free   [kinds][years]float64 // the part of the residuals that the equations do not see
	left   [kinds][years]float64 // the residuals
	emi    [kinds][years]float64 // the frequencies that all this comes to
	chance [kinds]float64        // variance that who happens to leave adds by itself
	more   [kinds]float64        // what a constant would have to be more for a frequency that is chosen
	lift   [len(told)]float64    // logarithm of what the years told of have besides
}

// told are years of which the report and published flows tell more than of others: its two
// periods (5.2.4), 2011 (2.3) and 2013. In these the past is moved towards figure 3.18, the
// periods by as much as 2 and the years by 6 per cent.
var told = [...][2]int{{2004, 2008}, {2009, 2013}, {2011, 2011}, {2013, 2013}}

// hear moves the years told of and gives what a year has besides.
func (h *past) hear(c *tally) (lift [years]float64) {
	for i, t := range told {
		have := c.frequency(filter{from: t[0], to: t[1], group: []int{h.group + 1}})
		want := stat.Mean(wantGroup[h.group][t[0]-registerYear:t[1]+1-registerYear], nil)
		most := .02
		if t[0] == t[1] {
			most = .06
		}
		h.lift[i] = min(max(h.lift[i]+.3*math.Log(want/have), -most), most)
		for y := t[0]; y <= t[1]; y++ {
			lift[y-registerYear] += h.lift[i]
		}
	}
	return lift
}

// figureWeight is how much of the residuals is what they were in the register before,
// whose years follow figure 3.18, against what is drawn.
const figureWeight = 3

// heeded is how far the residuals have nothing in common with what the equations read, by
// group and for children, 18-62 years and the old. Where the text tells of periods what
// the equations do not give with the residents that we have, both are heeded in part:
// group 1 in 2004-2008 (5.2.4), group 2 in 2009-2013, children from 2004 on (5.2.6).
var heeded = [3][3]float64{{.1, .75, 1}, {.7, .3, 1}, {0, .8, 1}}

func newPast(e *economy, p *panel, group int, r random) *past {
	h := &past{group: group, emi: p.emi[group]}
	var z [kinds]float64
	for y := range years {
		for k := range z {
			z[k] = r.normal()
		}
		for k := range z {
			block := k % 6 / 2
			h.before[k][y] = p.emi[group][k][y] - e.fitted(p, group, k, registerYear+y)
			h.free[k][y] = figureWeight * h.before[k][y]
			i := k/6*2 + k%2
			for j := range i + 1 {
				h.free[k][y] += e.factor[group][block].At(i, j) * z[kindOfBlock(block, j)]
			}
		}
	}
	return h
}

// kindOfBlock is the kind of a block's i-th equation.
func kindOfBlock(block, i int) int { return i/2*6 + 2*block + i%2 }

// draws are as many pasts of each group, of which the best is taken.
const draws = 240

// choosePast takes of some draws the one with which the frequencies vary most as R² and
// annex C of the report have it, and are near figure 3.18 in the years told of and
// in those since 2000, with fewer children from 2004 on (f17, f38-f40, f45,
// f62).
func choosePast(tb testing.TB, e *economy, c *tally, p *panel) (best [3]*past) {
	var deviation [3][kinds]float64
	err := readCSV(os.DirFS("."), "testdata/equation_target.csv", func(get func(string) string) error {
		var g int
		var low float64
		_, err := fmt.Sscan(get("country_group")+" "+get("series_sd_low_pp"), &g, &low)
		deviation[g-1][kindNamed(get("dependent")[4:])] = 1.5 * low
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	for g := range best {
		// How much more leave in some years than in the register before, in percentage points.
		more := func(h *past, from, to int, kinds ...int) (sum float64) {
			for y := from - registerYear; y <= to-registerYear; y++ {
				n, m := 0.0, 0.0
				for _, k := range kinds {
					residents := float64(c.kinds[g][k][y].residents)
					n += residents
					m += 100 * residents * (h.emi[k][y] - p.emi[g][k][y])
				}
				sum += m / n / float64(to+1-from)
			}
			return sum
		}
		// How much less leave in some years than figure 3.18 shows.
		less := func(h *past, from, to int) float64 {
			want := stat.Mean(wantGroup[g][from-registerYear:to+1-registerYear], nil)
			return want - c.frequency(filter{from: from, to: to, group: []int{g + 1}}) - more(h, from, to, adultsFirst[:]...)
		}
		least := math.Inf(1)
		for draw := range uint64(draws) {
			h := newPast(e, p, g, newRandom(draw, uint64(g)))
			h.follow(e, p, 40)
			misfit := 0.0
			for k := range kinds {
				x := math.Abs(math.Log(100 * stat.PopStdDev(h.emi[k][2:], nil) / deviation[g][k]))
				misfit += x * x
				if x > math.Log(1.5) {
					misfit++
				}
			}
			misfit += 2*math.Abs(less(h, 2004, 2008)) + 2*math.Abs(less(h, 2009, 2013)) + math.Abs(less(h, 2013, 2013)) + max(more(h, 2004, 2013, 0, 6)+.6, 0)
			for y := 2000; y <= lastYear; y++ {
				misfit += .1 * math.Abs(less(h, y, y))
			}
			if misfit < least {
				least, best[g] = misfit, h
			}
		}
		tb.Logf("past of group %d: misfit %.2f", g+1, least)
	}
	return best
}

// adultsFirst is the order in which a year's frequencies follow from one another: those of
// children read their parents'.
var adultsFirst = [kinds]int{2, 3, 8, 9, 4, 5, 10, 11, 0, 1, 6, 7}

// follow sets the frequencies to what the equations give with a register's residents and
// with residuals as they have to be. These depend on the frequencies of the years before,
// which the equations read: so both are found by turns.
func (h *past) follow(e *economy, p *panel, turns int) {
	path := *p
	path.emi[h.group] = h.emi
	emi := &path.emi[h.group]
	for range turns {
		for block := range 3 {
			h.settle(e, &path, block)
		}
		before := *emi
		for y := range years {
			for _, k := range adultsFirst {
				emi[k][y] = max(e.fitted(&path, h.group, k, registerYear+y)+h.more[k]+h.left[k][y], .0008)
			}
		}
		moved := 0.0
		for k := range kinds {
			if level, ok := chosen[k]; ok && h.group == 0 {
				h.more[k] += .3 * (level - stat.Mean(emi[k][2:], nil))
			}
			for y := range years {
				moved = max(moved, math.Abs(emi[k][y]-before[k][y]))
			}
		}
		if moved < 1e-5 {
			break
		}
	}
	h.emi = *emi
}

// settle makes the residuals of a block's four equations those of a regression: as
// generalised least squares has it, Σ xᵢₜ σⁱʲ uⱼₜ is none for every parameter. And it gives
// them annex C's covariance. Each of the two undoes a little of the other: so by turns.
func (h *past) settle(e *economy, p *panel, block int) {
	g := h.group
	first := e.law[g][2*block].first - registerYear
	n := years - first
	l := e.factor[g][block]
	// In units in which annex C is the unit matrix.
	u, before := make([]float64, 4*n), make([]float64, 4*n)
	for t := range n {
		for i := range 4 {
			k := kindOfBlock(block, i)
			u[4*t+i], before[4*t+i] = h.free[k][first+t], h.before[k][first+t]
		}
		solve(l, u[4*t:])
		solve(l, before[4*t:])
	}
	basis := e.read(p, g, block)
	for range 8 {
		var s mat.SymDense
		s.SymOuterK(1/float64(n), mat.NewDense(n, 4, u).T())
		var chol mat.Cholesky
		if !chol.Factorize(&s) {
			panic("demo: residuals that are not independent")
		}
		var root mat.TriDense
		chol.LTo(&root)
		for t := range n {
			solve(&root, u[4*t:])
		}
		leave(u, basis)
	}
	seen := slices.Clone(before)
	leave(before, basis)
	for t := range seen {
		seen[t] = (1 - heeded[g][block]) * (seen[t] - before[t])
	}
	for i := range 4 {
		k := kindOfBlock(block, i)
		covariance := e.spread[g][block][i][i]
		// What chance adds to a kind of few people is part of its residual, where it is much.
		variance := max(h.chance[k]-covariance/2, 0)
		for t := range n {
			h.free[k][first+t], h.left[k][first+t] = 0, 0
			for j := range i + 1 {
				h.free[k][first+t] += l.At(i, j) * u[4*t+j]
				h.left[k][first+t] += l.At(i, j) * seen[4*t+j]
			}
			variance += h.left[k][first+t] * h.left[k][first+t] / float64(n)
		}
		part := math.Sqrt(max(1-variance/covariance, .1))
		for y := first; y < years; y++ {
			h.left[k][y] += part * h.free[k][y]
		}
	}
}

// solve finds x in Lx = u, in place.
func solve(l *mat.TriDense, u []float64) {
	for i := range 4 {
		for j := range i {
			u[i] -= l.At(i, j) * u[j]
		}
		u[i] /= l.At(i, i)
	}
}

// read is an orthonormal basis of what the parameters of a block's equations stand at, in
// units in which annex C is the unit matrix.
func (e *economy) read(p *panel, group, block int) (basis [][]float64) {
	law := &e.law[group][2*block]
	n := years - (law.first - registerYear)
	for _, name := range slices.Sorted(maps.Keys(law.parameter)) {
		column := make([]float64, 4*n)
		for t := range n {
			for i := range 4 {
				k := kindOfBlock(block, i)
				if slices.Contains(e.law[group][k].names, name) {
					column[4*t+i] = e.value(p, group, k, law.first+t, func(other string) float64 {
						if other == name {
							return 1
						}
						return 0
					})
				}
			}
			solve(e.factor[group][block], column[4*t:])
		}
		leave(column, basis)
		leave(column, basis)
		norm := mat.Norm(mat.NewVecDense(len(column), column), 2)
		for t := range column {
			column[t] /= norm
		}
		basis = append(basis, column)
	}
	return basis
}

// leave takes out of a series what orthonormal others explain.
func leave(column []float64, basis [][]float64) {
	for _, b := range basis {
		sum := 0.0
		for t := range b {
			sum += b[t] * column[t]
		}
		for t := range b {
			column[t] -= sum * b[t]
		}
	}
}

// see takes notice of how registers that differ by their seeds differ.
func (h *past) see(each []*panel) {
	for k := range kinds {
		sum, n := 0.0, 0.0
		for a := range each {
			for _, b := range each[:a] {
				for y := range years {
					d := each[a].emi[h.group][k][y] - b.emi[h.group][k][y]
					sum += d * d / 2
					n++
				}
			}
		}
		h.chance[k] = sum / max(n, 1)
	}
}

// mix moves the shares of residents by duration half of the way to those of another panel.
func (p *panel) mix(q *panel) {
	for g := range p.beh {
		for y := range years {
			for k := range kinds {
				p.anko[g][k][y] = (p.anko[g][k][y] + q.anko[g][k][y]) / 2
				p.anme[g][k][y] = (p.anme[g][k][y] + q.anme[g][k][y]) / 2
			}
			p.beh[g][y] = (p.beh[g][y] + q.beh[g][y]) / 2
		}
	}
}

// TestPast: residuals are those of a regression with annex C's covariance, as the normal
// equations of generalised least squares have it, by the inverse of the covariance itself.
func TestPast(t *testing.T) {
	e, err := readEconomy()
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(Options{Scale: .02, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	p := count(t, g, true).panel(1)
	for g := range 3 {
		for k := range kinds {
			for y := range years {
				if !(p.emi[g][k][y] > 0) { // nobody of a kind in so small a register
					p.emi[g][k][y], p.anko[g][k][y], p.anme[g][k][y] = .01, .1+.01*float64(y%3), .2-.01*float64(y%5)
				}
			}
		}
		const block = 1
		h := newPast(e, p, g, newRandom(1, 2))
		for range 20 {
			h.settle(e, p, block)
		}
		first := e.law[g][2*block].first - registerYear
		n := float64(years - first)
		c := mat.NewDense(4, 4, nil)
		for i := range 4 {
			for j := range 4 {
				c.Set(i, j, e.spread[g][block][i][j])
				sum := 0.0
				for y := first; y < years; y++ {
					sum += h.free[kindOfBlock(block, i)][y] * h.free[kindOfBlock(block, j)][y] / n
				}
				if scale := math.Sqrt(e.spread[g][block][i][i] * e.spread[g][block][j][j]); math.Abs(sum-c.At(i, j)) > .02*scale {
					t.Errorf("group %d: covariance %d %d is %g, in annex C %g", g+1, i, j, sum, c.At(i, j))
				}
			}
		}
		var inverse mat.Dense
		if err := inverse.Inverse(c); err != nil {
			t.Fatal(err)
		}
		for name := range e.law[g][2*block].parameter {
			sum, size := 0.0, 0.0
			for y := first; y < years; y++ {
				for i := range 4 {
					k := kindOfBlock(block, i)
					if !slices.Contains(e.law[g][k].names, name) {
						continue
					}
					x := e.value(p, g, k, registerYear+y, func(other string) float64 {
						if other == name {
							return 1
						}
						return 0
					})
					for j := range 4 {
						term := x * inverse.At(i, j) * h.free[kindOfBlock(block, j)][y]
						sum, size = sum+term, size+math.Abs(term)
					}
				}
			}
			if math.Abs(sum) > 1e-9*size {
				t.Errorf("group %d: the normal equation of %s has %g left of %g", g+1, name, sum, size)
			}
		}
	}
}
