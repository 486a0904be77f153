package udf

import (
	"context"

	"utvandring/udf/duck"
)

// held gives n rows that are at hand. write writes as many of them as asked, from one on.
type held struct {
	n, at int
	write func(out []duck.ScanOutput, first, n int)
}

// Fill is part of duck.Source.
func (h *held) Fill(_ context.Context, out []duck.ScanOutput, most int) (int, error) {
	n := min(most, h.n-h.at)
	if n > 0 {
		h.write(out, h.at, n)
	}
	h.at += n
	return n, nil
}

// files are those that a table is read from. Of more than one, which several says there may
// be, the last column tells which.
type files struct {
	names   []string
	several bool
}

// column adds that column to the others.
func (f files) column(columns []duck.ScanColumn) []duck.ScanColumn {
	if f.several {
		columns = append(columns, duck.ScanColumn{Name: freeName(columns, "filename"), Type: duck.Varchar, Words: f.names})
	}
	return columns
}

// held gives rows of theirs that are at hand; of is the file of each.
func (f files) held(of []int32, write func(out []duck.ScanOutput, first, n int)) duck.Source {
	return &held{n: len(of), write: func(out []duck.ScanOutput, first, n int) {
		write(out, first, n)
		if f.several {
			out[len(out)-1].Pick(of[first : first+n])
		}
	}}
}
