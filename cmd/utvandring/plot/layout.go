package plot

import "math"

// Sizes in CSS pixels.
const (
	margin     = 12.0
	titleSize  = 15.0
	textSize   = 12.0
	noteSize   = 11.0
	lineHeight = 1.35
	autoWidth  = 680 // of a picture whose width is not given
)

// layout is a picture in the making: y is how far down it has come.
type layout struct {
	*Chart
	Y      Scale // that of the chart, or a coarser one where panels are small
	s      *Scene
	w, y   float64
	direct bool    // series are named at the ends of their lines
	right  float64 // room kept for that
}

// Scene lays the chart out. A width or height of 0 is chosen: 680 wide, and as
// high as lines look well or bars need. It is higher than asked for where the
// chart needs that.
func (c *Chart) Scene(width, height int) *Scene { return c.scene(float64(width), float64(height)) }

func (c *Chart) scene(width, height float64) *Scene {
	if width <= 0 {
		width = autoWidth
	}
	l := &layout{Chart: c, Y: c.Y, s: &Scene{W: width}, w: width, y: margin}
	if c.Title == "" && c.Subtitle == "" {
		l.y = 0
	}
	l.chooseNaming()
	l.head()
	notes := wrap(c.Note, noteSize, false, l.w-2*margin)
	foot := float64(len(notes))*noteSize*lineHeight + margin
	if c.XLabel != "" {
		foot += textSize * lineHeight
	}
	room := 0.0
	if height > 0 {
		room = math.Max(height-l.y-foot, 60)
	}
	if l.Kind == KindMap {
		l.mapBody(room)
	} else {
		l.body(room)
	}
	if c.XLabel != "" {
		l.y += textSize
		l.s.Text(Text{X: l.w - margin, Y: l.y, S: shorten(c.XLabel, textSize, false, l.w-2*margin), Size: textSize, Color: soft, Align: right})
		l.y += textSize * (lineHeight - 1)
	}
	for _, n := range notes {
		l.y += noteSize * lineHeight
		l.s.Text(Text{X: margin, Y: l.y, S: n, Size: noteSize, Color: soft})
	}
	l.s.H = math.Max(l.y+margin, height)
	return l.s
}

// chooseNaming prefers a name at the end of each line to a legend: the eye
// need not travel. Panels, bars, ages, long names and narrow pictures get a legend.
func (l *layout) chooseNaming() {
	if widest := widestText(l.Series, true); l.canNameEnds() && widest+16 <= 0.28*l.w {
		l.direct, l.right = true, widest+16
	}
}

// canNameEnds reports whether there are ends of lines to name. Over ages or
// durations lines end together near zero, where names would be a heap.
func (c *Chart) canNameEnds() bool {
	actual := c.Kind == KindFan && len(c.Series) > 1 // which ends before what is simulated
	return c.lined() && !actual && len(c.Panels) == 1 && c.named() && c.XLabel == ""
}

// head draws title, what all rows share, legend and the label of the y axis.
func (l *layout) head() {
	for _, line := range wrap(l.Title, titleSize, true, l.w-2*margin) {
		l.y += titleSize * 1.2
		l.s.Text(Text{X: margin, Y: l.y, S: line, Size: titleSize, Bold: true, Color: ink})
	}
	for _, line := range wrap(l.Subtitle, textSize, false, l.w-2*margin) {
		l.y += textSize * 1.4
		l.s.Text(Text{X: margin, Y: l.y, S: line, Size: textSize, Color: soft})
	}
	if l.named() && !l.direct {
		l.y += 8
		l.legend()
	}
	if measured := l.YLabel; measured != "" {
		if l.Kind == KindCorrelation {
			measured = "Correlation: the area of the dots, rings where it is negative"
		}
		l.y += textSize * 1.6
		l.s.Text(Text{X: margin, Y: l.y, S: shorten(l.Locale.Text(measured), textSize, false, l.w-2*margin), Size: textSize, Color: soft})
	}
	l.y += 12
}

// legend writes the series in rows under the title, where no data are.
func (l *layout) legend() {
	sample := 26.0
	if !l.lined() {
		sample = 13
	}
	l.y += textSize * 1.2
	l.keys(l.Series, sample, 18, textSize*1.5, func(i int, x, mid float64) {
		switch l.Kind {
		case KindLine, KindStep, KindFan:
			l.s.Line([]Pt{{x, mid}, {x + sample, mid}}, l.hue(i), 2, dashes[i%len(dashes)])
			l.s.Mark(i, x+sample/2, mid, 3.2, l.hue(i))
		case KindPoint, KindScatter, KindCoefficient:
			l.s.Mark(i, x+sample/2, mid, 3.6, l.hue(i))
		default:
			l.s.Rect(x, mid-5.5, x+sample, mid+5.5, l.fill(i))
		}
	})
	l.y += 2
}

// keys writes names in rows, a gap between them, each behind the sample that draw draws.
func (l *layout) keys(names []string, sample, gap, lineHeight float64, draw func(i int, x, mid float64)) {
	x := margin
	for i, name := range names {
		name = shorten(name, textSize, false, l.w-2*margin-sample-6)
		width := sample + 6 + TextWidth(name, textSize, false)
		if x > margin && x+width > l.w-margin {
			x = margin
			l.y += lineHeight
		}
		draw(i, x, l.y-textSize*0.34)
		l.s.Text(Text{X: x + sample + 6, Y: l.y, S: name, Size: textSize, Color: ink})
		x += width + gap
	}
}

// body draws the panels in a grid and leaves y below it. room is the height
// there is, 0 for as much as looks well.
func (l *layout) body(room float64) {
	n := len(l.Panels)
	names := l.leftRoom()
	inner := l.w - 2*margin - names - math.Max(l.right, l.lastLabelRoom())
	cols := l.columns(n, inner)
	rows := (n + cols - 1) / cols
	gapX := l.between()
	panelW := (inner - gapX*float64(cols-1)) / float64(cols)
	if l.Kind == KindCorrelation {
		panelW = math.Min(panelW, float64(len(l.Series))*l.rowHeight()*1.4)
	}
	head, apart := l.heads()
	foot := textSize*1.9 + l.tilted(panelW) + apart
	panelH := l.panelHeight(panelW, n)
	if room > 0 {
		least := 40.0
		if l.direct { // names at the ends of lines
			least = math.Max(least, float64(len(l.Series))*textSize*1.25)
		}
		if l.Horizontal() { // names and values do not overlap
			row := textSize
			if l.Kind == KindBar && len(l.Series) > 1 {
				row = l.rowHeight()
			}
			least = float64(len(l.Categories)) * row
		}
		panelH = math.Max(room/float64(rows)-head-foot, least)
	}
	if !l.Horizontal() {
		l.Y = l.ticksThatFit(int(panelH / (textSize * 2)))
	}
	for i := range l.Panels {
		col, row := i%cols, i/cols
		x := margin + names + float64(col)*(panelW+gapX)
		y := l.y + float64(row)*(head+panelH+foot)
		if n > 1 {
			l.s.Text(Text{X: x, Y: y + textSize*1.1, S: shorten(l.Panels[i].Name, textSize, true, panelW), Size: textSize, Bold: true, Color: ink})
		}
		box := Box{x, y + head, x + panelW, y + head + panelH}
		l.s.Plots = append(l.s.Plots, box)
		l.panel(l.Panels[i], box, col == 0)
	}
	l.y += float64(rows) * (head + panelH + foot)
}

// heads is the room for the name above each of several panels, and between the rows.
func (l *layout) heads() (above, between float64) {
	if len(l.Panels) == 1 {
		return 0, 0
	}
	return textSize * 1.7, 8
}

// between is the room between panels: under those of years the last of one and the
// first of the next stand beside each other.
func (l *layout) between() float64 {
	if l.Horizontal() {
		return 24
	}
	return 36
}

// columns chooses how many panels stand beside each other.
func (l *layout) columns(n int, inner float64) int {
	narrowest := 118.0
	want := 5
	switch {
	case l.Horizontal():
		narrowest, want = 150, 4
	case n <= 3:
		narrowest, want = 180, n
	case n <= 4:
		narrowest, want = 180, 2
	case n <= 9:
		narrowest, want = 150, 3
	case n <= 16:
		want = 4
	}
	return max(1, min(want, n, int((inner+l.between())/(narrowest+l.between()))))
}

// panelHeight is what looks well: lines a little lower than wide, bars one row
// beside the other.
func (l *layout) panelHeight(width float64, n int) float64 {
	if l.Horizontal() {
		return float64(len(l.Categories)) * l.rowHeight()
	}
	if n == 1 {
		return math.Max(200, math.Min(0.52*(width+l.right), 380))
	}
	return math.Max(90, math.Min(0.72*width, 190))
}

// leftRoom is the width of the labels left of the panels.
func (l *layout) leftRoom() float64 {
	widest := 0.0
	if l.Horizontal() {
		for _, n := range l.Categories {
			widest = math.Max(widest, TextWidth(n, textSize, whole(n)))
		}
		room, _ := l.valueRoom()
		return math.Min(widest, 0.36*l.w) + 8 + room
	}
	for fits := 2; fits <= 6; fits++ {
		widest = math.Max(widest, widestText(l.ticks(l.ticksThatFit(fits), false), false))
	}
	if width := l.w - 2*margin - widest; l.tilted(width) > 0 {
		// The first tilted names reach to the left of their axis.
		for i, n := range l.Categories {
			reach := math.Min(TextWidth(n, textSize, false), 110)*math.Cos(tilt*math.Pi/180) - (float64(i)+0.3)*width/float64(len(l.Categories))
			widest = math.Max(widest, reach)
		}
	}
	return widest + 8
}

// lastLabelRoom keeps half the width of the last tick label, which is centred
// under the end of the axis, and the values that stand at the ends of bars.
func (l *layout) lastLabelRoom() float64 {
	if l.Horizontal() {
		_, room := l.valueRoom()
		return max(14, room, widestText(l.ticks(l.ticksThatFit(2), false), false)/2-margin)
	}
	return 14
}
