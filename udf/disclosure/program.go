package disclosure

import (
	"math"
	"slices"
)

// program finds the least and greatest sums of cells over all tables of real numbers, not
// negative, that have given sums: the simplex method on a dense tableau, which goes on
// from one sum to the next. Its corners are mostly whole numbers.
type program struct {
	n     int // cells
	rows  [][]float64
	basis []int
	at    []int32 // where a row is not 0: of pivot
	work  int     // numbers that pivots went through
}

const epsilon = 1e-7

// newProgram begins with the groups that must stay, each given by its cells, and their
// sums. ok is false where the method did not find a beginning.
func newProgram(n int, groups [][]int32, sums []int) (p *program, ok bool) {
	p = &program{n: n}
	z := make([]float64, n+1)
	for i, group := range groups {
		row := make([]float64, n+1)
		for _, j := range group {
			row[j] = 1
			z[j]--
		}
		row[n] = float64(sums[i])
		z[n] -= row[n]
		p.rows, p.basis = append(p.rows, row), append(p.basis, n+i) // a cell that must become 0
	}
	if !p.run(z) || !p.settle(z) {
		return nil, false
	}
	return p, true
}

// settle takes the cells that must become 0 out of the basis; ok is false where they are not 0.
func (p *program) settle(z []float64) (ok bool) {
	n := p.n
	if math.Abs(z[n]) > 1e-6 {
		return false
	}
	for i := len(p.rows) - 1; i >= 0; i-- {
		if p.basis[i] < n {
			continue
		}
		at := -1
		for j, x := range p.rows[i][:n] {
			if math.Abs(x) > epsilon {
				at = j
				break
			}
		}
		if at < 0 { // follows from the others
			p.rows = append(p.rows[:i], p.rows[i+1:]...)
			p.basis = append(p.basis[:i], p.basis[i+1:]...)
			continue
		}
		p.pivot(i, at, nil)
	}
	return true
}

// with is the program with one more sum that must stay; ok as of newProgram.
func (p *program) with(cells []int32, sum int) (q *program, ok bool) {
	q = &program{n: p.n, basis: slices.Clone(p.basis), work: p.work}
	for _, row := range p.rows {
		q.rows = append(q.rows, slices.Clone(row))
	}
	row := make([]float64, p.n+1)
	for _, j := range cells {
		row[j] = 1
	}
	row[p.n] = float64(sum)
	for i, b := range p.basis {
		if f := row[b]; f != 0 {
			for c, x := range p.rows[i] {
				row[c] -= f * x
			}
		}
	}
	sign := 1.0
	if row[p.n] < 0 {
		sign = -1
	}
	z := make([]float64, p.n+1)
	for c := range row {
		if w := math.Round(row[c]); math.Abs(row[c]-w) < 1e-9 {
			row[c] = w
		}
		row[c] *= sign
		z[c] = -row[c]
	}
	q.rows, q.basis = append(q.rows, row), append(q.basis, p.n+len(p.rows))
	return q, q.run(z) && q.settle(z)
}

func (p *program) pivot(i, j int, z []float64) {
	p.work += len(p.rows) * p.n
	row := p.rows[i]
	if f := row[j]; f != 1 {
		for c := range row {
			row[c] /= f
		}
	}
	p.at = p.at[:0]
	for c, x := range row {
		if x != 0 {
			p.at = append(p.at, int32(c))
		}
	}
	take := func(r []float64) {
		g := r[j]
		if g == 0 {
			return
		}
		for _, c := range p.at {
			v := r[c] - g*row[c]
			if w := math.RoundToEven(v); math.Abs(v-w) < 1e-9 { // one instruction, which Round is not
				v = w
			}
			r[c] = v
		}
	}
	for k, r := range p.rows {
		if k != i {
			take(r)
		}
	}
	if z != nil {
		take(z)
	}
	p.basis[i] = j
}

// run makes z, what a cell more would bring, not negative anywhere.
func (p *program) run(z []float64) bool {
	stalled := 0
	for range 20000 {
		j := -1
		for c, x := range z[:p.n] {
			if x < -epsilon && (j < 0 || stalled <= 20 && x < z[j]) {
				j = c
			}
		}
		if j < 0 {
			return true
		}
		at, best := -1, math.Inf(1)
		for i, r := range p.rows {
			if r[j] <= epsilon {
				continue
			}
			t := r[p.n] / r[j]
			if t < best-1e-12 || t < best+1e-12 && p.basis[i] < p.basis[at] {
				at, best = i, t
			}
		}
		if at < 0 {
			return false // without end
		}
		if best < 1e-12 {
			stalled++
		} else {
			stalled = 0
		}
		p.pivot(at, j, z)
	}
	return false
}

// optimum goes to a corner in which the sum of some cells is least (sign 1) or greatest
// (sign -1).
func (p *program) optimum(cells []int32, sign float64) bool {
	z := make([]float64, p.n+1)
	for _, j := range cells {
		z[j] += sign
	}
	for i, b := range p.basis {
		if g := z[b]; g != 0 {
			for c, x := range p.rows[i] {
				z[c] -= g * x
			}
		}
	}
	return p.run(z)
}

// corner is the table of the corner, if it is of whole numbers.
func (p *program) corner() (counts []int, whole bool) {
	counts = make([]int, p.n)
	for i, b := range p.basis {
		x := p.rows[i][p.n]
		w := math.Round(x)
		if math.Abs(x-w) > 1e-6 || w < 0 {
			return nil, false
		}
		if b < p.n {
			counts[b] = int(w)
		}
	}
	return counts, true
}
