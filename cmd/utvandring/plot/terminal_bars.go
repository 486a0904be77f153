package plot

import "math"

// asDots reports whether lying bars become marks on one row per category:
// where a row for every bar does not fit on the screen, or where marks were
// asked for.
func (t *terminal) asDots() bool {
	if t.Kind == KindPoint || t.Kind == KindCoefficient {
		return true
	}
	return t.Kind == KindBar && len(t.Series) > 1 && len(t.Categories)*len(t.Series) > t.Height-6
}

// measureLying finds how wide the names of the categories are, and whether the
// picture fits on the screen, above a prompt, only if some lines are shared.
func (t *terminal) measureLying() {
	t.names = max(t.names, t.g.widest(t.Categories))
	if t.Whole {
		t.Width = max(t.Width, t.names+1+max(lyingWidth, t.g.widest(t.panelNames())))
	}
	t.names = min(t.names, max(t.Width-1-lyingWidth, t.Width*2/5)) + 1
	n := len(t.Panels)
	if t.Whole || n < 2 || t.lyingColumns() < n {
		return
	}
	rows := len(t.Categories)*t.lyingRows() + min(len(t.Note), 1) + 1
	need := rows + 3
	if t.Kind == KindStack {
		need++ // its axis; bars say their values
	}
	t.tight = need > t.Height && rows+2 <= t.Height
}

// shorten cuts the note to a line, and then the title, where that makes the rows fit
// on the screen: they are all that cannot give way to words.
func (t *terminal) shorten() {
	n := len(t.Panels)
	cols := t.lyingColumns()
	used := len(t.Categories)*t.lyingRows()*((n+cols-1)/cols) + 2 // above a prompt, below unit and legend
	if n > 1 {
		used += (n + cols - 1) / cols
	}
	if t.Kind == KindStack {
		used++ // its axis
	}
	over := func() bool { return used+len(t.title)+len(t.foot) > t.Height }
	least := used + min(len(t.title), 1) + min(len(t.foot), 1)
	if t.Whole || !over() || least > t.Height && !t.tight {
		return
	}
	t.short = true
	t.foot = t.g.fold(t.Note, t.Width, 1)
	if over() {
		t.title = t.g.fold(t.Title, t.Width, 1)
	}
}

// lyingWidth is how wide bars and their values are at least.
const lyingWidth = 23

// lyingColumns is how many panels stand beside each other.
func (t *terminal) lyingColumns() int {
	return max(1, min(len(t.Panels), (t.Width-t.names+1)/(1+max(lyingWidth, t.g.widest(t.panelNames())))))
}

// lyingRows is how many lines a category has.
func (t *terminal) lyingRows() int {
	if t.Kind == KindBar && !t.asDots() {
		return len(t.Series)
	}
	return 1
}

// lying draws bars with the names of their categories on the left and panels
// beside each other, or below where they would be too narrow.
func (t *terminal) lying() {
	n := len(t.Panels)
	cols := t.lyingColumns()
	w := (t.Width - t.names - (cols - 1)) / cols
	for first := 0; first < n; first += cols {
		panels := t.Panels[first:min(first+cols, n)]
		if n > 1 {
			for k, p := range panels {
				x := t.names + k*(w+1)
				if t.tight && t.Kind == KindStack && k == len(panels)-1 {
					t.lastTick(x, t.y, w) // of them all
				}
				t.g.text(x, t.y, t.g.fit(p.Name, w), cell{bold: true})
			}
			t.y++
		}
		height := 0
		for k, p := range panels {
			height = t.lyingPanel(p, t.names+k*(w+1), t.y, w, k == 0)
		}
		t.y += height
	}
}

// lyingPanel draws one panel and returns how many lines it took.
func (t *terminal) lyingPanel(p Panel, x, y, w int, names bool) int {
	label := t.valueLabels()
	values := t.Kind != KindStack && t.Kind != KindBox && t.Kind != KindCorrelation
	room := 0
	if values {
		for _, q := range p.known() {
			room = max(room, t.g.width(label(q.Y))+1)
		}
	}
	w -= room
	per := t.lyingRows()
	column := func(v float64) int { return int(math.Round(t.Y.at(v) * float64(w-1))) }
	zero := column(math.Max(0, t.Y.Min))
	for i, name := range t.Categories {
		row := y + i*per
		if names {
			t.g.textRight(x-1, row, t.g.fit(name, t.names-1), cell{bold: whole(name)})
		}
		switch {
		case t.Kind == KindCorrelation:
			t.matrixRow(p, i, x, row, w)
		case t.Kind == KindBox:
			t.boxRow(p, i, x, row, column)
		case t.Kind == KindStack:
			t.stackRow(p, i, x, row, w)
		case t.asDots():
			t.dotRow(p, i, x, row, zero, column)
			for k := len(t.Series) - 1; k >= 0; k-- {
				if v, ok := valueAt(p.Points[k], float64(i)); ok {
					t.g.textRight(x+w+room, row, label(v), cell{color: k + 1})
					break
				}
			}
		default:
			for k := range t.Series {
				if v, ok := valueAt(p.Points[k], float64(i)); ok {
					t.bar(x, row+k, w, v, k)
					t.g.textRight(x+w+room, row+k, label(v), cell{})
				}
			}
		}
	}
	bottom := y + len(t.Categories)*per
	if t.tight || values && bottom+1+len(t.foot) >= t.Height {
		return bottom - y // every bar says its value, or the head has the axis
	}
	if t.Kind == KindCorrelation {
		t.matrixColumns(x, bottom, w)
		return bottom + 1 - y
	}
	s := t.Y
	if fits := max(2, w/9); len(s.Ticks) > fits {
		s.Ticks = thin(s, fits)
	}
	free := x
	for i, n := range t.ticks(s, false) {
		width := t.g.width(n)
		left := min(max(x, x+column(s.Ticks[i])-width/2), x+w-width)
		if left >= free {
			t.g.text(left, bottom, n, cell{faint: true})
			free = left + width + 1
		}
	}
	return bottom + 1 - y
}

// lastTick writes the largest value of the axis where it is, in a line above the
// bars that the name of the panel begins.
func (t *terminal) lastTick(x, y, w int) {
	if last := len(t.Y.Ticks) - 1; last >= 0 {
		end := x + int(math.Round(t.Y.at(t.Y.Ticks[last])*float64(w)))
		t.g.textRight(min(end, x+w), y, t.ticks(t.Y, false)[last], cell{faint: true})
	}
}

// quarters fill a character from the left.
var quarters = []rune(" ▏▎▍▌▋▊▉█")

// bar draws one value from zero, to an eighth of a character.
func (t *terminal) bar(x, y, w int, v float64, series int) {
	zero := t.Y.at(math.Max(0, t.Y.Min)) * float64(w)
	end := t.Y.at(v) * float64(w)
	for k := range w {
		lo, hi := math.Max(math.Min(zero, end), float64(k)), math.Min(math.Max(zero, end), float64(k+1))
		covered := hi - lo
		switch {
		case covered <= 0:
		case t.Unicode && (t.Color || len(t.Series) == 1) && v > 0 && lo <= float64(k):
			if n := int(math.Round(covered * 8)); n > 0 {
				t.g.set(x+k, y, cell{r: quarters[n], color: series + 1})
			}
		case covered >= 0.5:
			t.g.set(x+k, y, cell{r: t.fillRune(series), color: series + 1})
		}
	}
	if v == 0 || math.Abs(end-zero) < 0.06 {
		t.g.set(x+min(int(zero), w-1), y, cell{r: t.either('▏', '|'), faint: true})
	}
}

// dotRow draws the values of a category as marks on one row, joined by a line
// that shows how far they are apart, or by their interval.
func (t *terminal) dotRow(p Panel, category, x, y, zero int, column func(float64) int) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range p.known() {
		if q.X == float64(category) {
			lo, hi = min(lo, q.Y, orElse(q.Low, q.Y)), max(hi, q.Y, orElse(q.High, q.Y))
		}
	}
	if math.IsInf(lo, 1) {
		return
	}
	for k := min(zero, column(lo)); k <= max(zero, column(lo)); k++ {
		t.g.set(x+k, y, cell{r: t.either('·', '.'), faint: true})
	}
	for k := column(lo); k <= column(hi); k++ {
		t.g.set(x+k, y, cell{r: t.either('─', '-'), faint: true})
	}
	for i, pts := range p.Points {
		if v, ok := valueAt(pts, float64(category)); ok {
			t.g.set(x+column(v), y, cell{r: t.glyph(i), color: i + 1})
		}
	}
}

// stackRow fills a row with the parts of a category, each with its share.
func (t *terminal) stackRow(p Panel, category, x, y, w int) {
	ends := newEnds()
	for i, pts := range p.Points {
		v, ok := valueAt(pts, float64(category))
		if !ok {
			continue
		}
		a, z := ends.next(KindStack, Point{Y: v})
		from, to := int(math.Round(t.Y.at(a)*float64(w))), int(math.Round(t.Y.at(z)*float64(w)))
		for k := min(from, to); k < max(from, to); k++ {
			t.g.set(x+k, y, cell{r: t.fillRune(i), color: i + 1})
		}
	}
}
