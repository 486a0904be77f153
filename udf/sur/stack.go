package sur

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"utvandring/udf/dense"
)

// stack says where the rows of several equations go when they are put below each
// other to be factored. Householder's reflections keep the digits of small rows
// if the large ones are above them (Cox and Higham 1998). So equations a thousand
// times larger come first; among those of similar size the first rows of all,
// which hold the means of the columns, and then the others.
type stack struct {
	order []int // equations from large to small
	first []int // row of the first of each
	rest  []int // row of the second; the others follow
	class []int // 0: of the size of the largest, 1: a thousand times smaller, …
}

func newStack(equations int) stack {
	return stack{make([]int, equations), make([]int, equations), make([]int, equations), make([]int, equations)}
}

// arrange puts the equations in order of size; height is how many rows each has.
// One of size 0 has nothing in common with the others.
func (s *stack) arrange(size []float64, height func(i int) int) {
	largest := slices.Max(size)
	for i, x := range size {
		s.order[i], s.class[i] = i, 0
		if x > 0 {
			s.class[i] = int(math.Log2(largest/x) / 10)
		}
	}
	slices.SortStableFunc(s.order, func(i, j int) int { return s.class[i] - s.class[j] })
	at := 0
	for from, to := 0, 0; from < len(s.order); from = to {
		for to = from; to < len(s.order) && s.class[s.order[to]] == s.class[s.order[from]]; to++ {
			s.first[s.order[to]] = at
			at++
		}
		for _, i := range s.order[from:to] {
			s.rest[i] = at
			at += max(height(i)-1, 0)
		}
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

// dot is the product of x and the rows of equation i in column col.
func (s *stack) dot(col []float64, i int, x []float64) float64 {
	return col[s.first[i]]*x[0] + dense.Dot(x[1:], col[s.rest[i]:s.rest[i]+len(x)-1])
}

// measure computes the sizes of the equations, by the regressors whose parameters
// they share: what smaller ones say about these parameters must not be lost.
func (v *solver) measure() {
	clear(v.size)
	for n, k := range v.parameter {
		if v.uses[k] > 1 {
			v.size[v.equation[n]] += dense.Dot(v.z(n), v.z(n))
		}
	}
	for i, x := range v.size {
		v.size[i] = math.Sqrt(x)
	}
}

// rank puts the parameters in the order in which they are eliminated: those of
// larger equations first, as their rows are, and among them as layout has them.
func (v *solver) rank() {
	v.order, v.place = v.layout.order, v.layout.place
	if slices.Max(v.stack.class) == 0 {
		return
	}
	class := slices.Repeat([]int{math.MaxInt}, v.k)
	for n, k := range v.parameter {
		class[k] = min(class[k], v.stack.class[v.equation[n]])
	}
	v.order, v.place = slices.Clone(v.order), make([]int, v.k)
	slices.SortStableFunc(v.order, func(a, b int) int { return class[a] - class[b] })
	for j, k := range v.order {
		v.place[k] = j
	}
}
