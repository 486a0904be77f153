package plot

// glyphs tell series apart without colour; the order is that of the marks in
// pictures.
var (
	glyphs      = []rune("●■▲◆○□✕◇")
	asciiGlyphs = []rune("*#^+o=x%")
	fills       = []rune("█▒░▓▚▖▪·")
	asciiFills  = []rune("#-.=+:o%")
)

// terminal is a drawing on a screen.
type terminal struct {
	*Chart
	Screen
	Y       Scale // that of the chart, or a coarser one where panels are small
	g       *grid
	y       int // first free line
	title   []string
	foot    []string
	short   bool // title or note are cut, so that the rows fit on the screen
	names   int  // columns left of the panels
	right   int  // columns right of them, for the names of lines
	drawEnd bool
	tight   bool // lying bars just fit if title, unit and axis share lines
}

// Terminal draws the chart with characters, in at most the screen's height
// where that is possible: many bars or panels need more, and scroll. The picture
// gives way to the words.
func (c *Chart) Terminal(s Screen) string {
	s.Width, s.Height = max(s.Width, 40), max(s.Height, 12)
	t := &terminal{Chart: c, Screen: s, Y: c.Y}
	t.g = newGrid(s)
	t.chooseNaming()
	if c.Horizontal() {
		t.measureLying()
	}
	t.title, t.foot = t.g.fold(c.Title, t.Width, 0), t.g.fold(c.Note, t.Width, 0)
	if len(c.Series) > 1 && c.lined() && c.intervals() {
		t.foot = append(t.foot, t.g.fold(t.Locale.Text("Intervals are drawn in pictures (.svg, .png), not here."), t.Width, 0)...)
	}
	if c.Horizontal() {
		t.shorten()
	}
	t.head()
	switch {
	case c.Kind == KindMap:
		t.mapTerminal()
	case c.Horizontal():
		t.lying()
	default:
		t.standing()
	}
	for _, line := range t.foot {
		t.g.text(0, t.y, line, cell{faint: true})
		t.y++
	}
	t.g.at(0, t.y-1)
	t.g.rows = t.g.rows[:t.y]
	return t.g.String(s.Color)
}

func (t *terminal) glyph(i int) rune {
	return t.either(glyphs[i%len(glyphs)], asciiGlyphs[i%len(asciiGlyphs)])
}

// fillRune is how an area of series i looks. With colours all are solid.
func (t *terminal) fillRune(i int) rune {
	if t.Unicode && t.Color {
		return '█'
	}
	return t.either(fills[i%len(fills)], asciiFills[i%len(asciiFills)])
}

func (t *terminal) chooseNaming() {
	if widest := t.g.widest(t.Series); t.canNameEnds() && widest <= t.Width/4 && len(t.Series) <= (t.Height-8) {
		t.drawEnd, t.right = true, widest+3
	}
}

// head writes title, what all rows share, unit and legend.
func (t *terminal) head() {
	about := t.YLabel
	if t.Kind == KindCorrelation && !t.Whole && 6*len(t.Series) > t.Width-t.names {
		about = t.Locale.Text("Correlation, in tenths")
	}
	if about != "" && t.Subtitle != "" {
		about += "; "
	}
	about += t.Subtitle
	legend := t.named() && !t.drawEnd
	if t.tight {
		// The title is cut to what the legend leaves; what is measured stands
		// left of the names of the panels.
		width := 0
		if legend {
			width = t.legendWidth(1) + 1
		}
		x := 0
		if room := t.Width - width; room >= 20 && t.Title != "" {
			title := t.g.fit(t.Title, room)
			t.g.text(0, t.y, title, cell{bold: true})
			x = t.g.width(title) + 1
		}
		if legend {
			t.legend(x, 1)
		} else {
			t.y++
		}
		t.g.text(0, t.y, t.g.fit(about, t.names-1), cell{faint: true})
		return
	}
	for _, line := range t.title {
		t.g.text(0, t.y, line, cell{bold: true})
		t.y++
	}
	x := 0
	if about != "" {
		lines := t.g.fold(about, t.Width, map[bool]int{true: 1}[t.short])
		for i, line := range lines {
			t.g.text(0, t.y+i, line, cell{faint: true})
			x = t.g.width(line) + 3
		}
		t.y += max(len(lines)-1, 0)
	}
	switch {
	case !legend:
		t.y += min(x, 1)
	case x == 0 || x+t.legendWidth(2) <= t.Width:
		t.legend(x, 2)
	case t.short && x-1+t.legendWidth(1) <= t.Width:
		t.legend(x-1, 1)
	default:
		t.y++
		t.legend(0, 2)
	}
}

// legendWidth is how long the names of the series are with their marks, on one line.
func (t *terminal) legendWidth(gap int) int {
	n := -gap
	for _, s := range t.Series {
		n += t.g.width(s) + 2 + gap
	}
	return n
}

// legend writes the names of the series from column x on.
func (t *terminal) legend(x, gap int) {
	for i, n := range t.Series {
		n = t.g.fit(n, t.Width-4)
		if w := t.g.width(n) + 2; x > 0 && x+w > t.Width {
			x = 0
			t.y++
		}
		r := t.glyph(i)
		if t.filled() {
			r = t.fillRune(i)
		}
		t.g.set(x, t.y, cell{r: r, color: i + 1})
		t.g.text(x+2, t.y, n, cell{})
		x += t.g.width(n) + 2 + gap
	}
	t.y++
}

// intervals reports whether any point has an interval.
func (c *Chart) intervals() bool {
	for q := range c.all() {
		if q.ranged() {
			return true
		}
	}
	return false
}

// filled reports whether series are areas rather than lines or marks.
func (t *terminal) filled() bool {
	switch t.Kind {
	case KindStack, KindArea:
		return true
	case KindBar:
		return !t.Horizontal() || !t.asDots()
	}
	return false
}

// standing draws panels with x to the right and y upwards.
func (t *terminal) standing() {
	n := len(t.Panels)
	for fits := 2; fits <= 6; fits++ {
		t.names = max(t.names, t.g.widest(t.ticks(t.ticksThatFit(fits), false)))
	}
	t.names += 2
	inner := t.Width - t.names - t.right
	head, below := 0, 2 // axis and its labels
	if n > 1 {
		head, below = 1, 1
	}
	free := t.Height - 1 - t.y - len(t.foot) - below
	if t.XLabel != "" {
		free--
	}
	// Panels are as wide as their names, on a screen where that leaves them three lines.
	need := t.g.widest(t.panelNames())
	if t.Whole {
		if !t.overTime {
			need = max(need, len(t.Categories)*(t.g.widest(t.Categories)+2))
		}
		inner = max(inner, need)
		t.Width = t.names + inner + t.right
	}
	cols, rows := panelGrid(n, inner, need+1)
	if !t.Whole && rows*(head+3) > free {
		cols, rows = panelGrid(n, inner, 0)
	}
	h := max(free/rows-head, 3)
	w := (inner - (cols - 1)) / cols
	if n == 1 {
		w = inner
	}
	if k := len(t.Categories); k > 0 && w >= k {
		w = w / k * k // bars of equal width
	}
	t.Y = t.ticksThatFit(max(2, (h+1)/2))
	for i, p := range t.Panels {
		x, y := t.names+(i%cols)*(w+1), t.y+(i/cols)*(h+head)
		if n > 1 {
			t.g.text(x, y, t.g.fit(p.Name, w), cell{bold: true})
		}
		t.valueAxis(x, y+head, h, i%cols == 0)
		switch {
		case t.Kind == KindBar && w >= len(t.Categories)*len(t.Series), t.Kind == KindStack, t.Kind == KindArea:
			t.fillColumns(p, x, y+head, w, h)
		case t.Kind == KindBox:
			t.boxColumns(p, x, y+head, w, h)
		case t.Kind == KindPoint || t.Kind == KindScatter:
			t.scatter(p, x, y+head, w, h)
		default:
			t.curves(p, x, y+head, w, h)
		}
		if i+cols >= n {
			t.axisBelow(x, y+head+h, w, n == 1)
		}
	}
	t.y += rows*(h+head) + below
	if t.XLabel != "" {
		t.g.text(max(0, t.names+inner-t.g.width(t.XLabel)), t.y, t.XLabel, cell{faint: true})
		t.y++
	}
}

// panelGrid places n panels that take 14 columns, or more where each needs more.
func panelGrid(n, inner, each int) (cols, rows int) {
	cols = min(n, max(1, (inner+1)/max(each, 14)))
	if (n == 4 || n == 2) && cols > 1 {
		cols = 2
	}
	return cols, (n + cols - 1) / cols
}
