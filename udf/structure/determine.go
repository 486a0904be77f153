// Package structure says what the equations of a system are to each other: which
// of them determines which column, and in what order they can be computed.
// Simulation asks it, and the bootstrap, which rebuilds the data of an estimation
// year by year.
package structure

import (
	"slices"

	"utvandring/udf/equation"
)

// Determined is what an equation determines.
type Determined struct {
	// Column is nil where the left side has no column of the same year, or only
	// such as other equations determine.
	Column *equation.Column
	// Rival is the equation that determines the first column of the left side in
	// place of this one; -1 where Column is not nil or there is none.
	Rival int
}

// Determine gives every equation, by its left side, the column that it determines:
// the first one that stands there unlagged, y in y = …, ln(y) = …, y - lag(y) = …,
// y/x = …, and that no other equation determines. A left side that is a column and
// nothing else has the first choice, the others choose in the order given. The year
// is determined by none.
func Determine(left []equation.Node) []Determined {
	taken := map[string]int{}
	out := make([]Determined, len(left))
	for i, n := range left {
		if c := Whole(n); c != nil {
			out[i] = choose(i, []*equation.Column{c}, taken)
		}
	}
	for i, n := range left {
		if Whole(n) == nil {
			out[i] = choose(i, Current(n), taken)
		}
	}
	return out
}

func choose(i int, among []*equation.Column, taken map[string]int) Determined {
	for _, c := range among {
		if _, ok := taken[equation.Key(c.Name)]; !ok {
			taken[equation.Key(c.Name)] = i
			return Determined{c, -1}
		}
	}
	if len(among) == 0 {
		return Determined{nil, -1}
	}
	return Determined{nil, taken[equation.Key(among[0].Name)]}
}

// Whole is the column of the same year that n is, nil if it is anything else or the
// year.
func Whole(n equation.Node) *equation.Column {
	if list := Current(n); len(list) == 1 && equation.Node(list[0]) == n {
		return list[0]
	}
	return nil
}

// Current lists the columns of the same year in n as they stand there, but for the
// year itself.
func Current(n equation.Node) []*equation.Column {
	return slices.DeleteFunc(equation.ColumnsOf(n), func(c *equation.Column) bool { return c.Lag > 0 || equation.Key(c.Name) == "year" })
}
