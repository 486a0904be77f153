package main

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"utvandring/cmd/utvandring/plot"
)

// picture is a scene with its axes and legend read. Places, series and panels have the
// names that stand in the picture.
type picture struct {
	scene  *plot.Scene
	lying  bool               // values run from left to right
	value  axis               // shares of a panel → values
	number axis               // of an x of numbers
	names  map[string]float64 // of an x of names: the share of a panel where each stands
	series map[string]color.NRGBA
}

// axis reads numbers off a direction of a panel.
type axis struct{ from, to, atFrom, atTo float64 }

func (a axis) read(share float64) float64 {
	return a.from + (share-a.atFrom)/(a.atTo-a.atFrom)*(a.to-a.from)
}

func (a axis) span() float64 { return math.Abs(a.read(1) - a.read(0)) }

// What Align of a Text is where it is centred, or ends at X.
const centred, atItsEnd = 1, 2

// readPicture reads the texts of a scene by where they stand. seriesNames are those
// that may be there.
func readPicture(t *testing.T, scene *plot.Scene, seriesNames ...string) *picture {
	t.Helper()
	p := &picture{scene: scene, names: map[string]float64{}, series: map[string]color.NRGBA{}}
	b := scene.Plots[0]
	near := func(x, y float64) bool { return math.Abs(x-y) < 0.01 }
	var left, below, under, beside []plot.Text // values left, values or names below, years below, names left
	for _, text := range scene.Texts {
		switch {
		case slices.Contains(seriesNames, text.S):
			if c, ok := p.sample(text); ok {
				p.series[text.S] = c
			}
		case text.Align == atItsEnd && near(text.X, b.X0-6):
			left = append(left, text)
		case text.Align == atItsEnd && text.Size == 12 && text.X < b.X0-7.99: // and the values of bars below zero between
			beside = append(beside, text)
		case text.X < b.X0-1 || text.X > b.X1+1: // of another panel
		case text.Align == centred && near(text.Y, b.Y1+1.3*text.Size):
			below = append(below, text)
		case text.Align == centred && near(text.Y, b.Y1+1.4*text.Size):
			under = append(under, text)
		}
	}
	shareX := func(text plot.Text) float64 { return (text.X - b.X0) / (b.X1 - b.X0) }
	shareY := func(text plot.Text) float64 { return (b.Y1 - (text.Y - 0.35*text.Size)) / (b.Y1 - b.Y0) }
	if p.lying = len(beside) > 0; p.lying {
		p.value = readAxis(t, below, shareX)
		for _, text := range beside {
			p.names[text.S] = shareY(text)
		}
		return p
	}
	p.value = readAxis(t, left, shareY)
	if len(under) > 0 {
		p.number = readAxis(t, under, shareX)
		return p
	}
	for _, text := range below {
		p.names[text.S] = shareX(text)
	}
	return p
}

// readAxis takes the ticks farthest from each other, and holds the others to them.
func readAxis(t *testing.T, ticks []plot.Text, share func(plot.Text) float64) axis {
	t.Helper()
	if len(ticks) < 2 {
		t.Fatalf("an axis has %d ticks", len(ticks))
	}
	number := func(text plot.Text) float64 {
		x, err := strconv.ParseFloat(strings.NewReplacer("−", "-", "\u00a0", "").Replace(text.S), 64)
		if err != nil {
			t.Fatalf("tick %q is no number", text.S)
		}
		return x
	}
	byShare := func(a, b plot.Text) int { return int(1e6 * (share(a) - share(b))) }
	first, last := slices.MinFunc(ticks, byShare), slices.MaxFunc(ticks, byShare)
	a := axis{number(first), number(last), share(first), share(last)}
	for _, tick := range ticks {
		if got := a.read(share(tick)); math.Abs(got-number(tick)) > 1e-6*a.span() {
			t.Errorf("tick %s stands at %v", tick.S, got)
		}
	}
	return a
}

// sample is the colour that the legend gives a name: of what stands left of it. A name
// at the end of a line has its colour, or a darker one.
func (p *picture) sample(name plot.Text) (color.NRGBA, bool) {
	if name.Bold {
		return name.Color, len(p.scene.Plots) == 1 && name.X > p.scene.Plots[0].X1
	}
	for _, shape := range p.scene.Shapes {
		if x, y := centre(shape); x < name.X && name.X-x < 30 && math.Abs(y-name.Y) < name.Size {
			return inkOf(shape), true
		}
	}
	return color.NRGBA{}, false
}

func inkOf(shape plot.Shape) color.NRGBA {
	if shape.Width > 0 {
		return shape.Stroke
	}
	return shape.Fill
}

func centre(shape plot.Shape) (x, y float64) {
	for _, q := range shape.Points {
		x, y = x+q.X/float64(len(shape.Points)), y+q.Y/float64(len(shape.Points))
	}
	return x, y
}

// point is a place of a shape in its panel, as shares.
type point struct{ place, value float64 }

// each gives the shapes in the panels that draws them: a name for the row of their
// series and panel, "" where there is one of both, and their points.
func (p *picture) each(is func(plot.Shape) bool, do func(name string, points []point)) {
	for _, b := range p.scene.Plots {
		inside := func(q plot.Pt) bool {
			const hair = 1e-6
			return q.X >= b.X0-hair && q.X <= b.X1+hair && q.Y >= b.Y0-hair && q.Y <= b.Y1+hair
		}
		panel := ""
		for _, text := range p.scene.Texts {
			if text.Bold && text.X == b.X0 && text.Y < b.Y0 && text.Y > b.Y0-2*text.Size {
				panel = " " + text.S
			}
		}
		for _, shape := range p.scene.Shapes {
			if !is(shape) || slices.ContainsFunc(shape.Points, func(q plot.Pt) bool { return !inside(q) }) {
				continue
			}
			points := make([]point, len(shape.Points))
			for i, q := range shape.Points {
				x, y := (q.X-b.X0)/(b.X1-b.X0), (b.Y1-q.Y)/(b.Y1-b.Y0)
				points[i] = point{x, y}
				if p.lying {
					points[i] = point{y, x}
				}
			}
			do(p.nameOf(inkOf(shape))+panel, points)
		}
	}
}

// nameOf is the series whose colour is nearest.
func (p *picture) nameOf(c color.NRGBA) string {
	best, least := "", math.Inf(1)
	for name, of := range p.series {
		d := math.Hypot(math.Hypot(float64(c.R)-float64(of.R), float64(c.G)-float64(of.G)), float64(c.B)-float64(of.B))
		if d < least {
			best, least = " "+name, d
		}
	}
	return best
}

// placeOf is the name, or the whole number, of a place.
func (p *picture) placeOf(share float64) string {
	if p.number != (axis{}) {
		return strconv.FormatFloat(math.Round(p.number.read(share)*1e6)/1e6, 'f', -1, 64)
	}
	best, least := "", math.Inf(1)
	for name, at := range p.names {
		if d := math.Abs(at - share); d < least {
			best, least = name, d
		}
	}
	return best
}

// reading gathers values by place. Two different ones in a place are NaN, which is
// what no value is.
type reading struct {
	*picture
	values map[string]float64
}

func (p *picture) newReading() reading { return reading{p, map[string]float64{}} }

func (r reading) put(at string, value float64) {
	if old, ok := r.values[at]; ok && math.Abs(old-value) > 1e-9*r.value.span() {
		value = math.NaN()
	}
	r.values[at] = value
}

// lines reads the corners of lines, and the marks on them and in place of them.
func (p *picture) lines() map[string]float64 {
	r := p.newReading()
	p.each(func(s plot.Shape) bool { return !s.Closed && s.Width == 2 && len(s.Points) > 1 }, func(name string, points []point) {
		for _, q := range points {
			r.put(p.placeOf(q.place)+name, p.value.read(q.value))
		}
	})
	for at, value := range p.marks() {
		r.put(at, value)
	}
	return r.values
}

// marks reads discs and squares.
func (p *picture) marks() map[string]float64 {
	r := p.newReading()
	isMark := func(s plot.Shape) bool {
		return len(s.Points) == 1 || s.Closed && s.Width > 0 && len(s.Points) == 4
	}
	for _, s := range p.scene.Shapes {
		if isMark(s) {
			// The middle alone: a mark may reach over the edge of its panel.
			x, y := centre(s)
			s.Points, s.Closed = []plot.Pt{{X: x, Y: y}}, false
			one := *p
			one.scene = &plot.Scene{Shapes: []plot.Shape{s}, Texts: p.scene.Texts, Plots: p.scene.Plots}
			one.each(isMark, func(name string, points []point) {
				r.put(p.placeOf(points[0].place)+name, p.value.read(points[0].value))
			})
		}
	}
	return r.values
}

// areas reads how high areas are, also those of one year, which are a stroke.
func (p *picture) areas() map[string]float64 {
	r := p.newReading()
	isArea := func(s plot.Shape) bool {
		return s.Closed && s.Width == 0 && s.Fill.A == 255 || !s.Closed && s.Width == 2 && len(s.Points) == 2 && s.Points[0].X == s.Points[1].X
	}
	p.each(isArea, func(name string, points []point) {
		for i, upper := range points[:len(points)/2] {
			lower := points[len(points)-1-i]
			r.put(p.placeOf(upper.place)+name, p.value.read(upper.value)-p.value.read(lower.value))
		}
	})
	return r.values
}

// bars reads how far bars reach from zero; stacks how long they are, on which side.
func (p *picture) bars() map[string]float64 {
	return p.rectangles(func(low, high, hair float64) float64 {
		switch {
		case math.Abs(low) < hair:
			return high
		case math.Abs(high) < hair:
			return low
		}
		return math.NaN()
	})
}

func (p *picture) stacks() map[string]float64 {
	return p.rectangles(func(low, high, hair float64) float64 {
		switch {
		case low > -hair:
			return high - low
		case high < hair:
			return low - high
		}
		return math.NaN()
	})
}

func (p *picture) rectangles(value func(low, high, hair float64) float64) map[string]float64 {
	r := p.newReading()
	p.each(func(s plot.Shape) bool { return s.Closed && s.Width == 0 && len(s.Points) == 4 }, func(name string, points []point) {
		a, z := points[0], points[2]
		low, high := p.value.read(math.Min(a.value, z.value)), p.value.read(math.Max(a.value, z.value))
		r.put(p.placeOf((a.place+z.place)/2)+name, value(low, high, 1e-9*p.value.span()))
	})
	return r.values
}

// bands reads the ends of intervals that are filled between, whiskers those of lines.
func (p *picture) bands() map[string]float64 {
	r := p.newReading()
	p.each(func(s plot.Shape) bool { return s.Closed && s.Width == 0 && s.Fill.A < 255 }, func(_ string, points []point) {
		for i, upper := range points[:len(points)/2] {
			at := p.placeOf(upper.place)
			r.put(at+" high", p.value.read(upper.value))
			r.put(at+" low", p.value.read(points[len(points)-1-i].value))
		}
	})
	return r.values
}

func (p *picture) whiskers() map[string]float64 {
	r := p.newReading()
	grey := []color.NRGBA{{R: 0xDD, G: 0xDD, B: 0xDD, A: 255}, {R: 0x8C, G: 0x8C, B: 0x8C, A: 255}} // of grid and axes
	p.each(func(s plot.Shape) bool {
		return !s.Closed && len(s.Points) == 2 && s.Width < 2 && !slices.Contains(grey, s.Stroke)
	}, func(_ string, points []point) {
		a, z := points[0], points[1]
		if math.Abs(a.place-z.place) > 1e-9 {
			return // the short end of one
		}
		at := p.placeOf(a.place)
		r.put(at+" low", p.value.read(math.Min(a.value, z.value)))
		r.put(at+" high", p.value.read(math.Max(a.value, z.value)))
	})
	return r.values
}
