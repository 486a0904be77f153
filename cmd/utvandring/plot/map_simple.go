package plot

import "math"

// Boundaries come with more points than a picture has: a million and a half for the
// municipalities of Norway. What is drawn stays within a third of a pixel of them.

const (
	nearPoint = 0.4 // pixels: a point so near the one before is left out,
	nearLine  = 0.3 // and one so near the line between those that stay
)

// simple is a place on the picture: the rings that can be seen. A place that is smaller
// than a pixel is a square of one.
func (p Place) simple(at func(Pt) Pt) (rings [][]Pt) {
	var largest Box
	for _, ring := range p.Rings {
		thin := thinned(ring, at)
		if b := around(thin); b.X1-b.X0+b.Y1-b.Y0 >= largest.X1-largest.X0+largest.Y1-largest.Y0 {
			largest = b
		}
		if thin = straightened(thin); len(thin) > 2 {
			rings = append(rings, thin)
		}
	}
	if len(rings) == 0 {
		x, y := (largest.X0+largest.X1)/2, (largest.Y0+largest.Y1)/2
		rings = [][]Pt{{{x - 0.5, y - 0.5}, {x - 0.5, y + 0.5}, {x + 0.5, y + 0.5}, {x + 0.5, y - 0.5}}}
	}
	return rings
}

// thinned is a ring on the picture without the points that stand on the one before.
func thinned(ring []Pt, at func(Pt) Pt) []Pt {
	var out []Pt
	for _, p := range ring {
		if q := at(p); len(out) == 0 || math.Abs(q.X-out[len(out)-1].X) > nearPoint || math.Abs(q.Y-out[len(out)-1].Y) > nearPoint {
			out = append(out, q)
		}
	}
	return out
}

// straightened leaves out what is near a line: Douglas and Peucker (1973).
func straightened(ring []Pt) []Pt {
	if len(ring) < 4 {
		return ring
	}
	stays := make([]bool, len(ring))
	// The ends of a ring meet: its halves are lines.
	far := 0
	for i, p := range ring {
		if math.Hypot(p.X-ring[0].X, p.Y-ring[0].Y) > math.Hypot(ring[far].X-ring[0].X, ring[far].Y-ring[0].Y) {
			far = i
		}
	}
	stays[0], stays[far], stays[len(ring)-1] = true, true, true
	parts := [][2]int{{0, far}, {far, len(ring) - 1}}
	for len(parts) > 0 {
		from, to := parts[len(parts)-1][0], parts[len(parts)-1][1]
		parts = parts[:len(parts)-1]
		at, most := -1, nearLine
		for i := from + 1; i < to; i++ {
			if d := fromLine(ring[i], ring[from], ring[to]); d > most {
				at, most = i, d
			}
		}
		if at > 0 {
			stays[at] = true
			parts = append(parts, [2]int{from, at}, [2]int{at, to})
		}
	}
	var out []Pt
	for i, p := range ring {
		if stays[i] {
			out = append(out, p)
		}
	}
	return out
}

// fromLine is how far p is from the line between a and b.
func fromLine(p, a, b Pt) float64 {
	x, y := b.X-a.X, b.Y-a.Y
	share := 0.0
	if length := x*x + y*y; length > 0 {
		share = math.Max(0, math.Min(1, ((p.X-a.X)*x+(p.Y-a.Y)*y)/length))
	}
	return math.Hypot(p.X-a.X-share*x, p.Y-a.Y-share*y)
}

// around is the box around points.
func around(points []Pt) Box {
	return extent([]Place{{Rings: [][]Pt{points}}})
}

// moved are rings further right and down.
func moved(rings [][]Pt, x, y float64) [][]Pt {
	out := make([][]Pt, len(rings))
	for i, ring := range rings {
		out[i] = make([]Pt, len(ring))
		for k, p := range ring {
			out[i][k] = Pt{p.X + x, p.Y + y}
		}
	}
	return out
}
