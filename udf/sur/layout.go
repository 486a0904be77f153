package sur

import (
	"math"
	"slices"

	"utvandring/udf/bounded"
)

// layout numbers what the solver works on. It follows from the model alone, so
// it is made once, before any data. A coefficient is a parameter in an
// equation: a shared parameter is several coefficients.
type layout struct {
	m int // equations
	k int // parameters
	n int // coefficients
	p int // distinct regressors; they come first among the columns
	q int // columns: distinct regressors and distinct left sides

	left                        []int            // column of the left side, by equation
	start                       []int            // first coefficient of each equation; n at the end
	equation, column, parameter []int            // by coefficient
	terms                       [][]bounded.Term // coefficients by equation, as bounded has them
	sorted                      [][]int          // coefficients of each equation, by column: the constant first
	order, place                []int            // parameters by their first column, and where each is in that order
	uses                        []int            // coefficients, by parameter
	rows                        int              // of the pooled regressors: the triangles below each other
	pairs                       []pair           // of coefficients: what the k×k matrices are sums over
}

// pair is coefficient n of equation i beside coefficient c of equation j, where
// n's parameter is not before c's: the lower triangle is enough.
type pair struct {
	at   int32 // of their parameters in a k×k matrix
	ij   int32 // of their equations in an m×m matrix
	n, c int32
}

func newLayout(p *plan, parameters int) *layout {
	l := &layout{m: len(p.equations), k: parameters, p: p.regressors, q: len(p.columns)}
	l.terms = make([][]bounded.Term, l.m)
	for i, e := range p.equations {
		l.start = append(l.start, len(l.column))
		l.left = append(l.left, e.left)
		for j := range e.column {
			l.equation = append(l.equation, i)
			l.column = append(l.column, e.column[j])
			l.parameter = append(l.parameter, e.parameter[j])
			l.terms[i] = append(l.terms[i], bounded.Term{Column: e.column[j], Parameter: e.parameter[j]})
		}
	}
	l.n = len(l.column)
	l.start = append(l.start, l.n)
	for i := range l.m {
		own := ascending(l.start[i], l.start[i+1], l.column)
		l.sorted = append(l.sorted, own)
		l.rows += max(min(len(own), l.p), 1)
	}
	l.rows = max(l.rows, l.k) // room for a triangle even where there are too few rows

	l.uses = make([]int, l.k)
	for _, k := range l.parameter {
		l.uses[k]++
	}
	first := slices.Repeat([]int{math.MaxInt}, l.k)
	for n, k := range l.parameter {
		first[k] = min(first[k], l.column[n])
	}
	l.order = ascending(0, l.k, first)
	l.place = make([]int, l.k)
	for j, k := range l.order {
		l.place[k] = j
	}
	for n, row := range l.parameter {
		for c, column := range l.parameter {
			if column <= row {
				l.pairs = append(l.pairs, pair{int32(row*l.k + column), int32(l.equation[n]*l.m + l.equation[c]), int32(n), int32(c)})
			}
		}
	}
	return l
}

// ascending are the numbers from one up to another in the order of their keys; equal ones
// stay in order.
func ascending(from, to int, key []int) []int {
	list := make([]int, to-from)
	for i := range list {
		list[i] = from + i
	}
	slices.SortStableFunc(list, func(a, b int) int { return key[a] - key[b] })
	return list
}
