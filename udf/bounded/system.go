package bounded

import (
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/dense"
)

// System is M equations y_i = Z_i b + e_i. A parameter whose value is given is
// none: what it multiplies belongs to the left side.
type System struct {
	// Triangle is the upper triangular factor of the data, by column: first the
	// distinct regressors, then the distinct left sides (see dense.Reduce).
	// All columns have the same number of rows, at most as many as there are
	// columns; element t of column j is 0 for t > j. A constant comes first, so that
	// columns are measured in their deviations from the mean.
	Triangle [][]float64
	Left     []int    // column of the left side, by equation
	Terms    [][]Term // what stands on the right, by equation
	// Parameters is how many there are; each stands in some term.
	Parameters int
}

// Term is a regressor and the parameter that multiplies it.
type Term struct{ Column, Parameter int }

// regressors is how many columns come before the left sides.
func (s *System) regressors() int { return slices.Min(s.Left) }

// rows of the triangle.
func (s *System) rows() int { return len(s.Triangle[0]) }

// reach is how many rows of the regressors are not 0.
func (s *System) reach() int { return min(s.regressors(), s.rows()) }

// z is the regressor of a term, as far as it reaches.
func (s *System) z(t Term) []float64 { return s.Triangle[t.Column][:s.reach()] }

// y is the left side of equation i.
func (s *System) y(i int) []float64 { return s.Triangle[s.Left[i]] }

// residuals at b, a column per equation.
func (s *System) residuals(b []float64) dense.Columns {
	e := dense.NewColumns(s.rows(), len(s.Left))
	for i, terms := range s.Terms {
		copy(e.Col(i), s.y(i))
		for _, t := range terms {
			z := s.z(t)
			floats.AddScaled(e.Col(i)[:len(z)], -b[t.Parameter], z)
		}
	}
	return e
}

// stack is the regressors of all equations below each other, a column per
// parameter, equation i divided by size_i; nil where they are fewer rows than
// parameters.
func (s *System) stack(size []float64, place []int) *mat.Dense {
	reach := s.reach()
	if len(s.Left)*reach < s.Parameters {
		return nil
	}
	d := mat.NewDense(len(s.Left)*reach, s.Parameters, nil)
	for i, terms := range s.Terms {
		for _, term := range terms {
			j := place[term.Parameter]
			for t, x := range s.z(term) {
				d.Set(i*reach+t, j, d.At(i*reach+t, j)+x/size[i])
			}
		}
	}
	return d
}

// places are where the parameters go in a triangle: by their first column, so that
// constants come first.
func (s *System) places() []int {
	first, order, place := make([]int, s.Parameters), make([]int, s.Parameters), make([]int, s.Parameters)
	for k := range first {
		first[k], order[k] = len(s.Triangle), k
	}
	for _, terms := range s.Terms {
		for _, t := range terms {
			first[t.Parameter] = min(first[t.Parameter], t.Column)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return first[a] - first[b] })
	for j, k := range order {
		place[k] = j
	}
	return place
}
