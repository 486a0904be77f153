package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"
)

const noFigure = "no figure"

// mapFill is the colour of class i, from light to dark: few to many.
func (c *Chart) mapFill(i int) color.NRGBA {
	n := len(c.Y.Ticks) - 1
	if n == 1 {
		return shades[2]
	}
	return along(shades, n-1-i, n)
}

// mapBody draws legend and maps and leaves y below them.
func (l *layout) mapBody(room float64) {
	l.mapLegend()
	box := extent(l.places)
	cols := l.columns(len(l.Panels), l.w-2*margin)
	rows := (len(l.Panels) + cols - 1) / cols
	const gap = 16.0
	w := (l.w - 2*margin - gap*float64(cols-1)) / float64(cols)
	head, _ := l.heads()
	scale := math.Min(w/(box.X1-box.X0), 640/(box.Y1-box.Y0))
	if room > 0 {
		scale = math.Min(scale, math.Max((room-textSize*3)/float64(rows)-head-gap, 60)/(box.Y1-box.Y0))
	}
	h := scale * (box.Y1 - box.Y0)
	shapes := make([][][]Pt, len(l.places))
	for k, place := range l.places {
		shapes[k] = place.simple(func(p Pt) Pt { return Pt{(p.X - box.X0) * scale, (p.Y - box.Y0) * scale} })
	}
	for i, p := range l.Panels {
		x0 := margin + float64(i%cols)*(w+gap) + (w-scale*(box.X1-box.X0))/2
		y0 := l.y + float64(i/cols)*(head+h+gap)
		if head > 0 {
			l.s.Text(Text{X: margin + float64(i%cols)*(w+gap), Y: y0 + textSize*1.1, S: shorten(p.Name, textSize, true, w), Size: textSize, Bold: true, Color: ink})
		}
		l.s.Plots = append(l.s.Plots, Box{x0, y0 + head, x0 + scale*(box.X1-box.X0), y0 + head + h})
		for k := range l.places {
			l.mapPlace(k, l.value(p, k), moved(shapes[k], x0, y0+head))
		}
	}
	l.y += float64(rows)*(head+h+gap) - gap
}

// mapPlace draws a place with its value.
func (l *layout) mapPlace(k int, v float64, rings [][]Pt) {
	class := l.class(v)
	// Of an island of a few pixels, a white border would leave nothing.
	var land, islands [][]Pt
	for _, ring := range rings {
		if b := around(ring); class >= 0 && area(ring) < 0 && b.X1-b.X0+b.Y1-b.Y0 < 6 {
			islands = append(islands, ring)
		} else {
			land = append(land, ring)
		}
	}
	fill, border := rgb(0xFFFFFF), edge
	if class >= 0 {
		fill, border = l.mapFill(class), rgb(0xFFFFFF)
	}
	for _, part := range []struct {
		rings [][]Pt
		color color.NRGBA
	}{{land, border}, {islands, fill}} {
		if len(part.rings) > 0 {
			l.s.Shapes = append(l.s.Shapes, Shape{Points: part.rings[0], More: part.rings[1:], Closed: true, Fill: fill, Stroke: part.color, Width: 0.6})
		}
	}
	if class < 0 {
		l.s.hatch(rings)
	}
	if l.places[k].tile {
		l.nameTile(k, v, rings[0])
	}
}

// nameTile writes name and value on a square.
func (l *layout) nameTile(k int, v float64, ring []Pt) {
	a, b := ring[0], ring[2]
	letters, value := ink, ""
	if class := l.class(v); class >= 0 {
		letters, value = on(l.mapFill(class)), l.valueLabels()(v)
	}
	size := math.Min(textSize, (b.X-a.X)/6.5)
	lines := wrap(strings.ReplaceAll(l.places[k].Properties["county"], "-", "- "), size, false, b.X-a.X-4)
	if value != "" {
		lines = append(lines, value)
	}
	y := (a.Y+b.Y)/2 - float64(len(lines)-1)/2*size*1.25 + size*0.35
	for i, line := range lines {
		text := Text{X: (a.X + b.X) / 2, Y: y, S: shorten(strings.ReplaceAll(line, "- ", "-"), size, false, b.X-a.X-2), Size: size, Color: letters, Align: middle, Bold: value != "" && i == len(lines)-1}
		if value == "" { // hatched: the words need a ground
			box := text.Box()
			l.s.Rect(box.X0-2, box.Y0-1, box.X1+2, box.Y1+1, rgb(0xFFFFFF))
		}
		l.s.Text(text)
		y += size * 1.25
	}
}

// hatch draws sloping lines inside rings.
func (s *Scene) hatch(rings [][]Pt) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, ring := range rings {
		for _, p := range ring {
			lo, hi = min(lo, p.Y+p.X), max(hi, p.Y+p.X)
		}
	}
	const apart = 7.0
	for at := math.Ceil(lo/apart) * apart; at < hi; at += apart {
		xs := chords(rings, -1, at)
		slices.Sort(xs)
		for i := 0; i+1 < len(xs); i += 2 {
			s.Line([]Pt{{xs[i], at - xs[i]}, {xs[i+1], at - xs[i+1]}}, edge, 0.7, nil)
		}
	}
}

// mapLegend writes the classes in rows above the maps.
func (l *layout) mapLegend() {
	names := l.classNames()
	if l.lacks() {
		names = append(names, l.Locale.Text(noFigure))
	}
	const sample = 16.0
	l.y += textSize
	l.keys(names, sample, 14, textSize*1.6, func(i int, x, mid float64) {
		box := []Pt{{x, mid - 6}, {x + sample, mid - 6}, {x + sample, mid + 6}, {x, mid + 6}}
		fill, figure := rgb(0xFFFFFF), i < len(l.classNames())
		if figure {
			fill = l.mapFill(i)
		}
		l.s.Shapes = append(l.s.Shapes, Shape{Points: box, Closed: true, Fill: fill, Stroke: edge, Width: 0.5})
		if !figure {
			l.s.hatch([][]Pt{box})
		}
	})
	l.y += textSize
}

// mapTerminal draws the maps with characters: tiles with what they say, of other
// places shades where the middle of a character is in them.
func (t *terminal) mapTerminal() {
	tones, none := []rune("░▒▓█"), '/'
	names := t.classNames()
	if !t.Unicode {
		tones = []rune(".:+#")
	}
	if len(names) > len(tones) {
		tones = []rune("123456789")[:len(names)]
	}
	tone := func(class int) rune {
		if class < 0 {
			return none
		}
		return tones[class*(len(tones)-1)/max(len(names)-1, 1)]
	}
	var legend []string
	for i, name := range names {
		legend = append(legend, string(tone(i))+" "+name)
	}
	if t.lacks() {
		legend = append(legend, string(none)+" "+t.Locale.Text(noFigure))
	}
	for _, line := range t.g.fold(strings.Join(legend, "  "), t.Width, 0) {
		t.g.text(0, t.y, line, cell{})
		t.y++
	}
	box := extent(t.places)
	across, down := box.X1-box.X0, box.Y1-box.Y0
	aspect := 2 * across / down // a character is twice as high as wide
	rows := max(8, t.Height-t.y-len(t.foot)-1)
	cols := min(t.Width, int(float64(rows)*aspect))
	rows = max(1, int(float64(cols)/aspect))
	if t.places[0].tile { // a line for the name and one for the value
		cols, rows = min(t.Width, 17*int(across)), 2*int(down)
		if t.Whole {
			cols = 20 * int(across)
		}
	}
	for _, p := range t.Panels {
		if p.Name != "" {
			t.g.text(0, t.y, p.Name, cell{bold: true})
			t.y++
		}
		for k, place := range t.places {
			v := t.value(p, k)
			if place.tile {
				at := place.Rings[0][0]
				x, y := int(at.X)*cols/int(across), t.y+2*int(at.Y)
				t.g.text(x, y, t.g.fit(place.Properties["county"], cols/int(across)-1), cell{})
				said := string(tone(t.class(v)))
				if !math.IsNaN(v) {
					said += " " + t.valueLabels()(v)
				}
				t.g.text(x, y+1, said, cell{})
				continue
			}
			for y := range rows {
				xs := chords(place.Rings, 0, box.Y0+(float64(y)+0.5)*down/float64(rows))
				slices.Sort(xs)
				column := func(x float64) int { return int(math.Round((x - box.X0) / across * float64(cols))) }
				for i := 0; i+1 < len(xs); i += 2 {
					for x := column(xs[i]); x < column(xs[i+1]); x++ {
						t.g.set(x, t.y+y, cell{r: tone(t.class(v))})
					}
				}
			}
		}
		t.y += rows
	}
}
