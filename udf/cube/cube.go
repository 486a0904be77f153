// Package cube is what a table of published figures is, whatever the file it comes in:
// dimensions with codes and labels, a number or a mark for each combination of them, and
// what is said about it.
package cube

import (
	"fmt"
	"strings"
)

// Dimension is a variable of a table. Its categories are in the order of the file.
type Dimension struct {
	Name          string
	Codes, Labels []string
}

// Twice is the first code that two categories have.
func (d Dimension) Twice() (code string, twice bool) {
	seen := make(map[string]bool, len(d.Codes))
	for _, code := range d.Codes {
		if seen[code] && code != "" {
			return code, true
		}
		seen[code] = true
	}
	return "", false
}

// Head is what a file says of its table before the cells, and what is odd about it: the
// warnings grow by what is found in the cells, as those are read.
type Head struct {
	Dimensions []Dimension
	Warnings   []*Fault
}

// Shape are the dimensions.
func (h *Head) Shape() []Dimension { return h.Dimensions }

// Warned are the warnings so far.
func (h *Head) Warned() []*Fault { return h.Warnings }

// Cells gives the numbers and marks, the last dimension running fastest. Read fills both
// slices, of one length, and gives how many: 0 after the last. A number that is not there
// is NaN; its mark is its status, "" where there is none.
type Cells interface {
	Read(value []float64, status []string) (n int, err error)
}

// Size is the number of cells, and ok false where that is more than most.
func Size(dimensions []Dimension, most int) (n int, ok bool) {
	n = 1
	for _, d := range dimensions {
		if len(d.Codes) > 0 && n > most/len(d.Codes) {
			return 0, false
		}
		n *= len(d.Codes)
	}
	return n, true
}

// Most is how many cells a file may speak of that does not have them all in it.
const Most = 100_000_000

// Metadata is one thing that a file says of its table.
type Metadata struct {
	Property  string // title, source, units, updated, note, dimension, elimination, …
	Language  string // "" is the main one
	Dimension string // that it is about; "" is the table
	Element   string // the category, or what else it is about
	Value     string
	Line      int // of the file; 0 where nothing says it
}

// Fault is what is wrong with a file. As a warning it is what is odd about it.
type Fault struct {
	File    string
	Line    int // 0: about the whole file
	Keyword string
	What    string
}

// Faultf makes one, for the reader to name the file.
func Faultf(line int, keyword, format string, args ...any) *Fault {
	return &Fault{Line: line, Keyword: keyword, What: fmt.Sprintf(format, args...)}
}

// Error is FILE:LINE: KEYWORD: what.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		if f.File != "" {
			b.WriteByte(':')
		}
		fmt.Fprintf(&b, "%d", f.Line)
	}
	for _, part := range []string{f.Keyword, f.What} {
		if part == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(part)
	}
	return b.String()
}
