package render

import "slices"

// Columns of text are shortened down to this before columns are left out.
const leastText = 12

// fit makes the grid no wider than the screen: long texts are shortened, then
// columns in the middle are left out.
func (g *grid) fit(screen int) {
	if g.fits(screen) {
		return
	}
	natural := slices.Clone(g.widths)
	// The largest width to shorten texts to that is enough.
	for limit := slices.Max(g.widths); limit >= leastText; limit-- {
		for i, w := range natural {
			if !g.right[i] {
				g.widths[i] = min(w, limit)
			}
		}
		if g.fits(screen) {
			return
		}
	}
	g.leaveOut(screen)
}

// fits counts the borders: two spaces and a line a column, and the last line.
func (g *grid) fits(screen int) bool {
	n := 1
	for _, w := range g.widths {
		n += w + 3
	}
	return n <= screen
}

// leaveOut keeps as many columns as fit from the left and from the right, more
// from the left, with a narrow one between them for the others.
func (g *grid) leaveOut(screen int) {
	n := len(g.widths)
	left, right := 0, 0
	room := screen - 1 - (1 + 3)
	for left+right < n {
		next := left
		if right < left-1 {
			next = n - 1 - right
		}
		if room -= g.widths[next] + 3; room < 0 {
			break
		}
		if next == left {
			left++
		} else {
			right++
		}
	}
	left = max(left, 1)
	if g.hidden = n - left - right; g.hidden <= 0 {
		g.hidden = 0
		return
	}
	g.gap = left
	g.header = replaceMiddle(g.header, left, right, "…")
	g.right = replaceMiddle(g.right, left, right, false)
	g.widths = replaceMiddle(g.widths, left, right, 1)
	for i := range g.rows {
		g.rows[i] = replaceMiddle(g.rows[i], left, right, "…")
	}
}

func replaceMiddle[T any](s []T, left, right int, middle T) []T {
	return slices.Concat(s[:left], []T{middle}, s[len(s)-right:])
}
