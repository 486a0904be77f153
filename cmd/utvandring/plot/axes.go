package plot

import (
	"math"
	"slices"
	"strconv"
)

// panel draws one panel: grid and axes, then the data.
func (l *layout) panel(p Panel, b Box, first bool) {
	lying := l.Horizontal()
	if l.Kind != KindCorrelation { // which numbers its columns
		l.valueAxis(b, lying || first)
	}
	switch {
	case !lying:
		l.xAxis(b)
	case first:
		l.categoryNames(b)
	}
	switch l.Kind {
	case KindCorrelation:
		l.matrix(p, b)
		return
	case KindBar, KindStack:
		l.bars(p, b)
	case KindArea:
		l.areas(p, b)
	case KindPoint, KindCoefficient:
		l.points(p, b)
	case KindScatter:
		l.scatter(p, b)
	case KindBox:
		l.boxes(p, b)
	default:
		if l.Kind == KindFan {
			l.fan(p, b)
		}
		l.lines(p, b)
	}
	zero := l.onAxis(b, 0)
	switch {
	case !lying && l.Y.Min < 0 && l.Y.Max > 0:
		l.s.Line([]Pt{{b.X0, zero}, {b.X1, zero}}, edge, 1, nil)
	case !lying:
		l.s.Line([]Pt{{b.X0, b.Y1}, {b.X1, b.Y1}}, edge, 1, nil)
	case l.Y.Min <= 0 && l.Y.Max >= 0:
		l.s.Line([]Pt{{zero, b.Y0}, {zero, b.Y1}}, edge, 1, nil)
	}
}

// onAxis is where a value stands in a panel: how far to the right where bars lie, else how
// far down.
func (l *layout) onAxis(b Box, v float64) float64 {
	if l.Horizontal() {
		return b.X0 + l.Y.at(v)*(b.X1-b.X0)
	}
	return b.Y1 - l.Y.at(v)*(b.Y1-b.Y0)
}

// valueAxis draws the grid and its values, left of a panel or below lying bars.
func (l *layout) valueAxis(b Box, labels bool) {
	y, lying := l.Y, l.Horizontal()
	if fits := int((b.X1 - b.X0) / (widestText(l.ticks(y, false), false) + 14)); lying && fits < len(y.Ticks) {
		y.Ticks = thin(y, fits)
	}
	for i, name := range l.ticks(y, false) {
		at := l.onAxis(b, y.Ticks[i])
		text := Text{X: b.X0 - 6, Y: at + textSize*0.35, S: name, Size: textSize, Color: soft, Align: right}
		line := []Pt{{b.X0, at}, {b.X1, at}}
		if lying {
			text.X, text.Y, text.Align = at, b.Y1+textSize*1.3, middle
			line = []Pt{{at, b.Y0}, {at, b.Y1}}
		}
		l.s.Line(line, rule, 1, nil)
		if labels {
			l.s.Text(text)
		}
	}
}

// ticksThatFit is the y axis where so many values have room.
func (c *Chart) ticksThatFit(fits int) Scale {
	if fits >= len(c.Y.Ticks) {
		return c.Y
	}
	s, ok := fewTicks(c.yRange[0], c.yRange[1], fits)
	if !ok {
		s = c.Y
		s.Ticks = thin(s, fits)
	}
	return s
}

// thin keeps every second, fifth, … tick, zero among them where it is one, or the two
// ends: one tick alone is no scale.
func thin(s Scale, fits int) []float64 {
	step := 1
	for _, step = range []int{2, 5, 10, 20, 50} {
		if (len(s.Ticks)+step-1)/step <= max(fits, 2) {
			break
		}
	}
	anchor := 0
	for i, v := range s.Ticks {
		if math.Abs(v) < 1e-12 {
			anchor = i % step
		}
	}
	var out []float64
	for i := anchor; i < len(s.Ticks); i += step {
		out = append(out, s.Ticks[i])
	}
	if n := len(s.Ticks); len(out) < 2 && n > 1 {
		return []float64{s.Ticks[0], s.Ticks[n-1]}
	}
	return out
}

// xTicks chooses as many ticks as there is room for, with their labels.
func (c *Chart) xTicks(width float64, measure func(string) float64) Scale {
	plain := c.XLabel == "" // years are written without a thousands space
	var scales []Scale      // the finest first
	if c.dated {
		scales = dateScales(c.X.Min, c.X.Max, c.Locale)
	}
	for n := 12; n > 0; n-- {
		scales = append(scales, exactScale(c.X.Min, c.X.Max, n, c.wholeX))
	}
	var s Scale
	for _, s = range scales {
		if plain && s.Names == nil {
			s = c.withLast(s, width, measure)
		}
		room := width / math.Max((s.Max-s.Min), 1e-12)
		ok := true
		names := c.ticks(s, plain)
		for i := 1; i < len(names); i++ {
			apart := (s.Ticks[i] - s.Ticks[i-1]) * room
			ok = ok && (measure(names[i])+measure(names[i-1]))/2 <= apart
		}
		if ok {
			break
		}
	}
	return s
}

// withLast adds the last year to the ticks, in place of those that stand too near.
func (c *Chart) withLast(s Scale, width float64, measure func(string) float64) Scale {
	last := math.Floor(c.X.Max)
	if !c.wholeX && !c.dated || last < c.X.Min || len(s.Ticks) == 0 || s.Ticks[len(s.Ticks)-1] >= last {
		return s
	}
	name := func(year float64) string { return strconv.FormatFloat(year, 'f', 0, 64) }
	ticks := slices.Clone(s.Ticks)
	for len(ticks) > 0 && (last-ticks[len(ticks)-1])*width/(s.Max-s.Min) < measure(name(last)) {
		ticks = ticks[:len(ticks)-1]
	}
	s.Ticks = append(ticks, last)
	return s
}

func (l *layout) xAxis(b Box) {
	if l.Categories != nil {
		l.categoriesBelow(b)
		return
	}
	s := l.xTicks(b.X1-b.X0, func(t string) float64 { return TextWidth(t, textSize, false) + 12 })
	names := l.ticks(s, l.XLabel == "")
	for i, v := range s.Ticks {
		at := b.X0 + s.at(v)*(b.X1-b.X0)
		l.s.Line([]Pt{{at, b.Y1}, {at, b.Y1 + 4}}, edge, 1, nil)
		l.s.Text(Text{X: at, Y: b.Y1 + textSize*1.4, S: names[i], Size: textSize, Color: soft, Align: middle})
	}
}

// tilted is the extra height that names under an axis need when they are too
// long to lie beside each other; 0 when they fit, or are years and can be thinned.
func (l *layout) tilted(width float64) float64 {
	if l.Categories == nil || l.Horizontal() || l.overTime {
		return 0
	}
	widest := widestText(l.Categories, false)
	if widest+8 <= width/float64(len(l.Categories)) {
		return 0
	}
	return math.Min(widest, 110)*math.Sin(tilt*math.Pi/180) + textSize*0.5
}

const tilt = 40.0 // degrees

func (l *layout) categoriesBelow(b Box) {
	place := (b.X1 - b.X0) / float64(len(l.Categories))
	if l.tilted(b.X1-b.X0) > 0 {
		for i, n := range l.Categories {
			at := b.X0 + (float64(i)+0.5)*place
			l.s.Text(Text{X: at + 4, Y: b.Y1 + textSize*1.4, S: shorten(n, textSize, false, 110), Size: textSize, Color: soft, Align: right, Angle: tilt})
		}
		return
	}
	step := 1
	widest := widestText(l.Categories, false) + 8
	for _, step = range []int{1, 2, 5, 10, 20, 50} {
		if widest <= place*float64(step) {
			break
		}
	}
	last := len(l.Categories) - 1
	for i, n := range l.Categories {
		if i == last || i%step == 0 && i <= last-step {
			l.s.Text(Text{X: b.X0 + (float64(i)+0.5)*place, Y: b.Y1 + textSize*1.3, S: n, Size: textSize, Color: soft, Align: middle})
		}
	}
}

// categoryNames writes the names left of lying bars, the whole in bold.
func (l *layout) categoryNames(b Box) {
	room, _ := l.valueRoom()
	h, x := (b.Y1-b.Y0)/float64(len(l.Categories)), b.X0-8-room
	for i, n := range l.Categories {
		l.s.Text(Text{X: x, Y: b.Y0 + (float64(i)+0.5)*h + textSize*0.35, S: shorten(n, textSize, whole(n), x-margin), Size: textSize, Bold: whole(n), Color: ink, Align: right})
	}
}
