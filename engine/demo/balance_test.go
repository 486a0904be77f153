package demo

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// balance is the least change of the frequencies by kind and year with which the nine
// systems of equations and the text are true at once, on registers that differ by their
// seeds. A miss counts by its square in standard errors, so that what cannot be had
// together is missed a little everywhere; the change counts too, in standard deviations of
// what the equations leave (annex C).
type balance struct {
	e      *economy
	each   []*panel             // of the registers; their frequencies move
	start  [frequencies]float64 // what the change is to be near
	least  [frequencies]bool    // cannot be less: of women who leave with their men, a level of none
	change [frequencies]float64 // logarithm of what the frequencies have been multiplied by
}

// room is how far, in standard errors, what registers give of a parameter may be from what
// the report gives, and sure how far at least it has the report's sign where its |t| > 2.5.
const (
	room = .2
	sure = 1.7
)

// draw starts from frequencies that the equations give on the registers with residuals drawn
// from annex C, those of a model's four equations together; half of what moves the four first
// moves all models in a year. They are history, as the macro series are: every register has
// the same, and its seed decides who the people are.
func (b *balance) draw(r random) {
	path := *b.mean()
	var common [years]float64
	for y := range common {
		common[y] = r.normal()
	}
	for g := range path.emi {
		for y := 2; y < years; y++ {
			var left [kinds]float64
			for block := range 3 {
				z := mat.NewVecDense(4, []float64{(common[y] + r.normal()) / math.Sqrt2, r.normal(), r.normal(), r.normal()})
				z.MulVec(b.e.factor[g][block], z)
				for i := range 4 {
					left[kindOfBlock(block, i)] = z.AtVec(i)
				}
			}
			for _, k := range adultsFirst {
				emi := &path.emi[g][k][y]
				was := *emi
				*emi = max(b.e.fitted(&path, g, k, registerYear+y)+left[k], .0008)
				b.start[cellOf(g, k, y)] = min(max(math.Log(*emi/was), -.7), .7)
			}
		}
	}
	for i := range b.start {
		if b.least[i] {
			b.start[i] = max(b.start[i], 0)
		}
		b.move(i, b.start[i])
	}
}

// mean is the registers' panel on average.
func (b *balance) mean() *panel {
	m, n := &panel{}, float64(len(b.each))
	for _, p := range b.each {
		for g := range m.emi {
			for y := range years {
				for k := range kinds {
					m.emi[g][k][y] += p.emi[g][k][y] / n
					m.anko[g][k][y] += p.anko[g][k][y] / n
					m.anme[g][k][y] += p.anme[g][k][y] / n
				}
				m.beh[g][y] += p.beh[g][y] / n
			}
		}
	}
	return m
}

// move changes a frequency in all registers.
func (b *balance) move(i int, change float64) {
	b.change[i] += change
	for _, p := range b.each {
		p.emi[i/(kinds*years)][i/years%kinds][i%years] *= math.Exp(change)
	}
}

// find looks for the change by Gauss–Newton steps: who misses its bounds is a least
// square, who does not is none. It returns the five that are missed by most.
func (b *balance) find(text []statement, steps int) (missed string) {
	const nearness = .3
	for range steps {
		list := b.equations()
		for _, s := range text {
			list = append(list, s.after(&b.change))
		}
		mean := b.mean()
		h, slope := mat.NewSymDense(frequencies, nil), mat.NewVecDense(frequencies, nil)
		for i := range frequencies {
			g, k, y := i/(kinds*years), i/years%kinds, i%years
			block, j := k%6/2, k/6*2+k%2
			emi := mean.emi[g][k][y]
			w := nearness * nearness * (emi*emi/b.e.spread[g][block][j][j] + .05)
			if b.least[i] && b.change[i] < 0 {
				w *= 1e4
			}
			h.SetSym(i, i, w)
			slope.SetVec(i, w*(b.change[i]-b.start[i]))
		}
		var apart []statement
		for _, s := range list {
			miss := s.miss()
			if miss == 0 {
				continue
			}
			apart = append(apart, s)
			w := s.weight * s.weight
			var at []int
			for i, d := range s.gradient {
				if d != 0 {
					at = append(at, i)
					slope.SetVec(i, slope.AtVec(i)+w*miss*d)
				}
			}
			for n, i := range at {
				for _, j := range at[:n+1] {
					h.SetSym(i, j, h.At(i, j)+w*s.gradient[i]*s.gradient[j])
				}
			}
		}
		slices.SortFunc(apart, func(a, b statement) int {
			return cmp.Compare(math.Abs(b.miss())*b.weight, math.Abs(a.miss())*a.weight)
		})
		missed = ""
		for _, s := range apart[:min(5, len(apart))] {
			missed += fmt.Sprintf("; %s is %.3g, not %.3g to %.3g", s.name, s.value, s.low, s.high)
		}
		var chol mat.Cholesky
		if !chol.Factorize(h) {
			panic("demo: a sum of squares that is not positive")
		}
		var step mat.VecDense
		if err := chol.SolveVecTo(&step, slope); err != nil {
			panic(err)
		}
		for i := range frequencies {
			b.move(i, min(max(-.5*step.AtVec(i), -.1), .1))
		}
	}
	return missed
}

// miss is how far a statement is from being true.
func (s statement) miss() float64 { return s.value - min(max(s.value, s.low), s.high) }

// after is a statement when the frequencies have changed.
func (s statement) after(change *[frequencies]float64) statement {
	s.gradient = slices.Clone(s.gradient)
	for i, d := range s.gradient {
		if d != 0 {
			m := math.Exp(change[i])
			s.value += d * (m - 1)
			s.gradient[i] = d * m
		}
	}
	return s
}

// equations are the statements of the nine systems, as registers have them on average: what
// iterated generalised least squares finds of every parameter is the report's, but for chance;
// the mean residual is none; what is left varies as annex C and the series as it and R² have it.
func (b *balance) equations() (list []statement) {
	n := float64(len(b.each))
	for _, p := range b.each {
		i := 0
		for g := range 3 {
			for block := range 3 {
				for _, s := range b.system(p, g, block) {
					if i == len(list) {
						list = append(list, statement{name: s.name, weight: s.weight, gradient: make([]float64, frequencies)})
					}
					mean := &list[i]
					mean.value += s.value / n
					mean.low += s.low / n
					mean.high += s.high / n
					for j, d := range s.gradient {
						mean.gradient[j] += d / n
					}
					i++
				}
			}
		}
	}
	return list
}

// iterations of least squares and the covariance of what they leave, as the report estimates.
const iterations = 5

// system are the statements of a model on one register.
func (b *balance) system(p *panel, g, block int) (list []*statement) {
	e := b.e
	first, model := e.law[g][2*block].first-registerYear, e.law[g][2*block].equation[:3]
	n := years - first
	u := mat.NewDense(n, 4, nil) // residuals
	var by [4][]map[int]float64  // their derivatives by changes
	for i := range 4 {
		by[i] = make([]map[int]float64, n)
		for t := range n {
			k := kindOfBlock(block, i)
			u.Set(t, i, p.emi[g][k][first+t]-e.fitted(p, g, k, registerYear+first+t))
			by[i][t] = e.reads(p, g, k, first+t)
		}
	}
	add := func(name string, low, high, weight float64) *statement {
		list = append(list, &statement{name: model + " " + name, low: low, high: high, weight: weight, gradient: make([]float64, frequencies)})
		return list[len(list)-1]
	}
	// hang adds what c times a residual adds.
	hang := func(s *statement, c float64, t, i int) {
		for j, d := range by[i][t] {
			s.gradient[j] += c * d
		}
	}

	names := slices.Sorted(maps.Keys(e.law[g][2*block].parameter))
	x, miss := mat.NewDense(4*n, len(names), nil), mat.NewDense(4*n, 1, u.RawMatrix().Data)
	for c, name := range names {
		x.SetCol(c, e.column(p, g, block, name))
	}
	var l *mat.TriDense
	var inverse, estimate mat.Dense
	left := mat.DenseCopyOf(u) // what an estimate leaves
	for range iterations {
		l = covariance(left)
		weighted := inUnits(l, x)
		var square, off, fit mat.Dense
		square.Mul(weighted.T(), weighted)
		if err := inverse.Inverse(&square); err != nil {
			panic("demo: a year without people of a kind") // of national size none is
		}
		estimate.Reset()
		estimate.Mul(&inverse, weighted.T())
		off.Mul(&estimate, inUnits(l, miss))
		fit.Mul(x, &off)
		floats.SubTo(left.RawMatrix().Data, u.RawMatrix().Data, fit.RawMatrix().Data)
	}
	var root mat.TriDense
	if err := root.InverseTri(l); err != nil {
		panic(err)
	}
	for c, name := range names {
		error := math.Sqrt(inverse.At(c, c))
		s := add(name, -room, room, 3)
		for t := range n {
			for i := range 4 {
				w := 0.0
				for j := i; j < 4; j++ {
					w += estimate.At(c, 4*t+j) * root.At(j, i) / error
				}
				s.value += w * u.At(t, i)
				hang(s, w, t, i)
			}
		}
		own := e.law[g][2*block].parameter[name] / error
		switch t := e.law[g][2*block].t[name]; {
		case t > 2.5:
			s.low = max(s.low, sure-own)
			s.high = max(s.high, s.low)
		case t < -2.5:
			s.high = min(s.high, -sure-own)
			s.low = min(s.low, s.high)
		}
	}

	// What a change that lasts comes to (table 4.11): a little more of each lag together is
	// much more of it. By the delta method.
	parameters := slices.Clone(list)
	for _, variable := range slices.Sorted(maps.Keys(e.macro)) {
		slopes := mat.NewDense(len(names), 4, nil)
		lasting, dynamic := e.lasting(p, g, block, variable, "", 0)
		if !dynamic || lasting == [4]float64{} {
			continue
		}
		for c, name := range names {
			const h = 1e-6
			above, _ := e.lasting(p, g, block, variable, name, h)
			for i := range above {
				slopes.Set(c, i, (above[i]-lasting[i])/h)
			}
		}
		for i := range 4 {
			by := slopes.ColView(i)
			error := math.Sqrt(mat.Inner(by, &inverse, by))
			if error == 0 {
				continue
			}
			s := add(fmt.Sprintf("lasting %s %d", variable, i+1), -room, room, 8)
			for c := range names {
				w := by.AtVec(c) * math.Sqrt(inverse.At(c, c)) / error
				s.value += w * parameters[c].value
				for j, d := range parameters[c].gradient {
					s.gradient[j] += w * d
				}
			}
		}
	}

	for i := range 4 {
		k := kindOfBlock(block, i)
		expected := e.spread[g][block][i][i]
		residuals := mat.Col(nil, i, u)
		variance := floats.Dot(residuals, residuals) / float64(n)
		tolerance := e.law[g][k].tolerance / 100
		m := add("mean residual", -.2*tolerance, .2*tolerance, 10/tolerance)
		m.value = stat.Mean(residuals, nil)
		r := add("residuals", -.25, .2, 4) // logarithm of deviation over deviation expected
		r.value = .5 * math.Log(variance/expected)
		for t := range n {
			hang(m, 1/float64(n), t, i)
			hang(r, u.At(t, i)/variance/float64(n), t, i)
		}
		s := add("series", -.25, .2, 24)
		line := p.emi[g][k][first:]
		mean, deviation := stat.PopMeanStdDev(line, nil)
		s.value = math.Log(100 * deviation / (1.5 * e.law[g][k].low)) // the middle of what it may be
		for t, emi := range line {
			s.gradient[cellOf(g, k, first+t)] = (emi - mean) / float64(n) / (deviation * deviation) * emi
		}
	}
	return list
}

// TestBalance: on a panel of no register, what the statements of a system say of parameters is
// iterated generalised least squares with the whole inverse of the covariance; other gradients are
// finite differences; and a few steps bring what is missed most nearer.
func TestBalance(t *testing.T) {
	e, err := readEconomy()
	if err != nil {
		t.Fatal(err)
	}
	r, p := newRandom(1, 2), &panel{}
	for g := range p.beh {
		for y := range years {
			for k := range kinds {
				p.emi[g][k][y], p.anko[g][k][y], p.anme[g][k][y] = .05+.03*r.unit(), .1+.2*r.unit(), .2+.2*r.unit()
			}
			p.beh[g][y] = 5e4 * (1 + r.unit())
		}
	}
	b := &balance{e: e, each: []*panel{p}}
	const g, block = 1, 1
	first := e.law[g][2*block].first
	n := lastYear + 1 - first
	names := slices.Sorted(maps.Keys(e.law[g][2*block].parameter))
	x, u := mat.NewDense(4*n, len(names), nil), mat.NewVecDense(4*n, nil)
	for j, name := range names {
		x.SetCol(j, e.column(p, g, block, name))
	}
	for y := range n {
		for i := range 4 {
			k := kindOfBlock(block, i)
			u.SetVec(4*y+i, p.emi[g][k][first+y-registerYear]-e.fitted(p, g, k, first+y))
		}
	}
	var off, fit, left mat.VecDense
	var variance mat.Dense
	left.CloneFromVec(u)
	for range iterations {
		var product, inverse, weight, weighted, square, estimate mat.Dense
		l := covariance(mat.NewDense(n, 4, left.RawVector().Data))
		product.Mul(l, l.T())
		if err := inverse.Inverse(&product); err != nil {
			t.Fatal(err)
		}
		weight.Kronecker(mat.NewDiagDense(n, slices.Repeat([]float64{1}, n)), &inverse)
		weighted.Mul(x.T(), &weight)
		square.Mul(&weighted, x)
		if err := variance.Inverse(&square); err != nil {
			t.Fatal(err)
		}
		estimate.Mul(&variance, &weighted)
		off.MulVec(&estimate, u)
		fit.MulVec(x, &off)
		left.SubVec(u, &fit)
	}
	list := b.system(p, g, block)
	for j, name := range names {
		want := off.AtVec(j) / math.Sqrt(variance.At(j, j))
		if s := list[j]; s.name != "4.2 "+name || math.Abs(s.value-want) > 1e-6*(1+math.Abs(want)) {
			t.Errorf("%s is %g standard errors off, not %g", s.name, s.value, want)
		}
	}
	for j, s := range list[len(names):] {
		if strings.Contains(s.name, "lasting") {
			continue // of parameters, with what stands at them as it is
		}
		for _, i := range []int{cellOf(g, 2, 7), cellOf(g, 3, 12), cellOf(g, 9, 20)} {
			const h = 1e-4
			b.move(i, h)
			above := b.system(p, g, block)[len(names)+j].value
			b.move(i, -2*h)
			below := b.system(p, g, block)[len(names)+j].value
			b.move(i, h)
			if d := (above - below) / (2 * h); math.Abs(d-s.gradient[i]) > 1e-5*(1+math.Abs(d)) {
				t.Errorf("%s %d: gradient %g, finite difference %g", s.name, j, s.gradient[i], d)
			}
		}
	}
	worst := func() (x float64) {
		for _, s := range b.equations() {
			x = max(x, math.Abs(s.miss())*s.weight)
		}
		return x
	}
	b.draw(r)
	before := worst()
	b.find(nil, 4)
	if after := worst(); after > .8*before {
		t.Errorf("after four steps the worst miss is %g, %g before", after, before)
	}
}
