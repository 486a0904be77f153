package plot

import (
	"image/color"
	"math"
	"slices"
	"strings"
	"sync"

	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"

	"utvandring/engine/width"
)

// Scene is a picture as shapes with coordinates in CSS pixels (96 to the
// inch), y downwards, in the order they are painted.
type Scene struct {
	W, H   float64
	Shapes []Shape
	Texts  []Text // painted last, so that nothing hides them
	clear  bool   // a PNG has no ground
	Plots  []Box  // where the data are, for the tests: no legend may enter
}

// Shape is an outline, a filled area or both. Circle holds where Points has
// one point: a disc of radius R.
type Shape struct {
	Points []Pt
	More   [][]Pt // further rings of the area; those that run the other way are holes
	Closed bool
	R      float64
	Stroke color.NRGBA // drawn where Width > 0
	Width  float64
	Dash   []float64
	Fill   color.NRGBA // drawn where A > 0
}

// Pt is a place.
type Pt struct{ X, Y float64 }

// Box is a rectangle.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Overlaps reports whether two boxes share more than an edge.
func (b Box) Overlaps(c Box) bool {
	const hair = 0.01
	return b.X0 < c.X1-hair && c.X0 < b.X1-hair && b.Y0 < c.Y1-hair && c.Y0 < b.Y1-hair
}

// What X of a Text is.
const (
	left = iota
	middle
	right
)

// Text is one line of text. Align says what X is: its left end, middle or
// right end. Y is the base line. Angle turns it anticlockwise, in degrees,
// about its anchor.
type Text struct {
	X, Y  float64
	S     string
	Size  float64
	Bold  bool
	Color color.NRGBA
	Align int
	Angle float64
}

// Box is the room the text takes.
func (t Text) Box() Box {
	w := TextWidth(t.S, t.Size, t.Bold)
	x0 := t.X + t.shift(w)
	if t.Angle == 0 {
		return Box{x0, t.Y - 0.74*t.Size, x0 + w, t.Y + 0.22*t.Size}
	}
	sin, cos := math.Sincos(t.Angle * math.Pi / 180)
	var corners []Pt
	for _, dx := range []float64{x0 - t.X, x0 - t.X + w} {
		for _, dy := range []float64{-0.74 * t.Size, 0.22 * t.Size} {
			corners = append(corners, Pt{t.X + dx*cos + dy*sin, t.Y - dx*sin + dy*cos})
		}
	}
	return around(corners)
}

// shift is how far a text so wide begins from X.
func (t Text) shift(width float64) float64 {
	switch t.Align {
	case middle:
		return -width / 2
	case right:
		return -width
	}
	return 0
}

// Line adds a stroked path.
func (s *Scene) Line(pts []Pt, c color.NRGBA, width float64, dash []float64) {
	s.Shapes = append(s.Shapes, Shape{Points: pts, Stroke: c, Width: width, Dash: dash})
}

// Rect adds a filled rectangle.
func (s *Scene) Rect(x0, y0, x1, y1 float64, c color.NRGBA) {
	s.Shapes = append(s.Shapes, Shape{Points: []Pt{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, Closed: true, Fill: c})
}

// between fills between two lines from the left to the right.
func (s *Scene) between(upper, lower []Pt, c color.NRGBA) {
	slices.Reverse(lower)
	s.Shapes = append(s.Shapes, Shape{Points: slices.Concat(upper, lower), Closed: true, Fill: c})
}

// Text adds a line of text and returns its box.
func (s *Scene) Text(t Text) Box {
	s.Texts = append(s.Texts, t)
	return t.Box()
}

// Mark adds one of the shapes that tell lines apart without colour.
func (s *Scene) Mark(shape int, x, y, r float64, c color.NRGBA) {
	mark := Shape{Closed: true, Fill: c, Stroke: c, Width: 1.2}
	if shape == ring || shape == openSquare || shape == openDiamond {
		mark.Fill = rgb(0xFFFFFF)
	}
	switch q := r * 0.88; shape {
	case disc:
		mark = Shape{Points: []Pt{{x, y}}, R: r, Fill: c}
	case ring:
		mark.Points, mark.R = []Pt{{x, y}}, r
	case square, openSquare:
		mark.Points = []Pt{{x - q, y - q}, {x + q, y - q}, {x + q, y + q}, {x - q, y + q}}
	case triangle:
		mark.Points = []Pt{{x, y - 1.2*r}, {x + 1.1*r, y + 0.8*r}, {x - 1.1*r, y + 0.8*r}}
	case diamond, openDiamond:
		q = 1.25 * r
		mark.Points = []Pt{{x, y - q}, {x + q, y}, {x, y + q}, {x - q, y}}
	case cross:
		s.Line([]Pt{{x - r, y - r}, {x + r, y + r}}, c, 1.6, nil)
		s.Line([]Pt{{x - r, y + r}, {x + r, y - r}}, c, 1.6, nil)
		return
	}
	s.Shapes = append(s.Shapes, mark)
}

var fonts = sync.OnceValue(func() *font.Cache { return font.NewCache(liberation.Collection()) })

// face finds the font that measures and draws; its letters include æ, ø, å.
func face(size float64, bold bool) font.Face {
	f := font.Font{Typeface: "Liberation", Variant: "Sans"}
	if bold {
		f.Weight = stdfont.WeightBold
	}
	return fonts().Lookup(f, vg.Length(size*pt))
}

// pt is the size of a CSS pixel in points.
const pt = 0.75

// TextWidth measures a line of text in CSS pixels. To lay out a picture asks for the same lines
// many times.
func TextWidth(s string, size float64, bold bool) float64 {
	widths.Lock()
	defer widths.Unlock()
	line := measured{s, size, bold}
	w, known := widths.of[line]
	if !known {
		if len(widths.of) == 10_000 {
			clear(widths.of)
		}
		f := face(size, bold)
		w = float64(f.Width(s)) / pt
		widths.of[line] = w
	}
	return w
}

type measured struct {
	text string
	size float64
	bold bool
}

var widths = struct {
	sync.Mutex
	of map[measured]float64
}{of: map[measured]float64{}}

// widestText is the width of the widest of some lines as axes and legends have them.
func widestText(lines []string, bold bool) (width float64) {
	for _, s := range lines {
		width = math.Max(width, TextWidth(s, textSize, bold))
	}
	return width
}

// wrap breaks a text into lines no wider than room.
func wrap(s string, size float64, bold bool, room float64) (lines []string) {
	fits := func(line string) bool { return TextWidth(line, size, bold) <= room }
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = append(lines, width.Fold(strings.Fields(paragraph), fits)...)
	}
	return lines
}

// shorten cuts a text to a width and shows that it was cut.
func shorten(s string, size float64, bold bool, room float64) string {
	if TextWidth(s, size, bold) <= room {
		return s
	}
	end := 0
	for cluster := range width.Clusters(s) {
		if end > 0 && TextWidth(s[:end+len(cluster)]+"…", size, bold) > room {
			break
		}
		end += len(cluster)
	}
	return strings.TrimRight(s[:end], " ") + "…"
}
