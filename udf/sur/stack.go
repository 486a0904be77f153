package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// stack says where the rows of several equations go when they are put below each
// other to be factored. Householder's reflections keep the digits of small rows
// if the large ones are above them (Cox and Higham 1998): so the first rows of all
// equations come first, which hold the means of the columns, then the others,
// equation by equation from large to small.
type stack struct {
	order []int // equations from large to small
	first []int // row of the first of each
	rest  []int // row of the second; the others follow
}

func newStack(equations int) stack {
	s := stack{make([]int, equations), make([]int, equations), make([]int, equations)}
	for i := range s.order {
		s.order[i] = i
	}
	return s
}

// arrange puts the equations in order of size; height is how many rows each has.
func (s *stack) arrange(size []float64, height func(i int) int) {
	slices.SortStableFunc(s.order, func(i, j int) int {
		switch {
		case size[i] > size[j]:
			return -1
		case size[i] < size[j]:
			return 1
		}
		return 0
	})
	at := len(s.order)
	for rank, i := range s.order {
		s.first[i], s.rest[i] = rank, at
		at += max(height(i)-1, 0)
	}
}

// add puts share × x below the others in column col, as rows of equation i.
func (s *stack) add(col []float64, i int, share float64, x []float64) {
	if len(x) == 0 {
		return
	}
	col[s.first[i]] += share * x[0]
	floats.AddScaled(col[s.rest[i]:s.rest[i]+len(x)-1], share, x[1:])
}

// measure computes the sizes of the equations, by the regressors whose parameters
// they share: what smaller ones say about these parameters must not be lost.
func (v *solver) measure() {
	clear(v.size)
	for n, k := range v.parameter {
		if v.uses[k] > 1 {
			v.size[v.equation[n]] += dot(v.z(n), v.z(n))
		}
	}
	for i, x := range v.size {
		v.size[i] = math.Sqrt(x)
	}
}
