package disclosure

import (
	"fmt"
	"math"
)

// Audit is what was found out about the groups of some margins, and what protecting them costs.
type Audit struct {
	Figures   int // groups
	Small     int // groups with a count that must not be shown
	Hidden    int
	Secondary int     // hidden, though not small
	Share     float64 // of the counts, that in hidden groups
	// Largest and Mean are of the absolute change of the figures by rounding, Whole is that
	// of all cells together.
	Largest, Whole int
	Mean           float64
	// Width is the least number of persons by which a hidden figure is uncertain; 0 where
	// none is hidden.
	Width int
	// Problems are what is wrong, none if all is protected.
	Problems []string
}

// Audit looks at what would be published of some margins as somebody would who has all
// of it: whether it adds up and shows nothing small, and whether each hidden figure has
// another table that proves it uncertain. It takes nothing from how that was decided but
// the tables, and compares them figure by figure.
func (p *Protection) Audit(margins []Margin) *Audit {
	a := &Audit{Mean: math.NaN(), Share: math.NaN()}
	problem := func(format string, args ...any) {
		if len(a.Problems) < 20 {
			a.Problems = append(a.Problems, fmt.Sprintf(format, args...))
		}
	}
	if p.Hidden != nil {
		for _, other := range p.Hidden.Alternatives {
			for row, n := range other {
				if n < 0 {
					problem("a table that is to prove something has the count %d in cell %d", n, row+1)
				}
			}
		}
	} else {
		for row, n := range p.Rounded {
			if truth := p.Table.Counts[row]; n != truth && (truth >= p.Base || n != 0 && n != p.Base) {
				problem("cell %d is rounded from %d to %d", row+1, truth, n)
			}
		}
	}
	changed, all, away := 0, 0, 0
	for m := range margins {
		margin := &margins[m]
		truth := margin.Sums(p.Table.Counts)
		shown, hidden := p.Figures(margin)
		a.Figures += margin.Groups
		if hidden == nil {
			for g, n := range shown {
				if n > 0 && n < p.Base {
					problem("a figure by %d dimensions is %d", len(margin.Dims), n)
				}
				if truth[g] > 0 && truth[g] < p.Base {
					a.Small++
				}
				change := n - truth[g]
				if margin.Groups == 1 {
					a.Whole = change
				}
				a.Largest = max(a.Largest, change, -change)
				changed += max(change, -change)
			}
			continue
		}
		low, high, eased := make([]int, margin.Groups), make([]int, margin.Groups), make([]bool, margin.Groups)
		copy(low, truth)
		copy(high, truth)
		for _, other := range p.Hidden.Alternatives {
			for g, n := range margin.Sums(other) {
				low[g], high[g] = min(low[g], n), max(high[g], n)
				eased[g] = eased[g] || n == 0 || n >= p.Threshold
			}
		}
		for g, n := range truth {
			small := p.Hidden.Small(n)
			all += n
			if small {
				a.Small++
			}
			switch width := high[g] - low[g]; {
			case !hidden[g] && small:
				problem("a figure by %d dimensions shows the count %d", len(margin.Dims), n)
			case !hidden[g] && width > 0:
				problem("a figure by %d dimensions is shown that a table contradicts", len(margin.Dims))
			case !hidden[g]:
			case width == 0:
				problem("a hidden figure by %d dimensions must be %d", len(margin.Dims), n)
			case n > 0 && n < p.Threshold && !eased[g]:
				problem("a hidden figure by %d dimensions is certainly small: %d to %d", len(margin.Dims), low[g], high[g])
			default:
				if a.Hidden++; a.Width == 0 || width < a.Width {
					a.Width = width
				}
				if !small {
					a.Secondary++
				}
				away += n
			}
		}
	}
	if p.Hidden == nil && a.Figures > 0 {
		a.Mean = float64(changed) / float64(a.Figures)
	}
	if p.Hidden != nil && all > 0 {
		a.Share = float64(away) / float64(all)
	}
	return a
}
