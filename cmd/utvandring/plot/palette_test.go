package plot

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"
)

// TestContrast computes the contrast of WCAG 2.2 for every text of every sample and
// each ground it stands on: white, or the areas that it touches, painted in their order.
func TestContrast(t *testing.T) {
	pairs := map[[2]color.NRGBA]bool{}
	for _, s := range append(samples(), sample{"map", byCountyPeriod(), Spec{Geo: GeoCounties, Facet: "period"}}) {
		for _, width := range []int{360, 900} {
			c := newChart(t, s.table, s.spec)
			scene := c.Scene(width, 0)
			for _, text := range scene.Texts {
				box := text.Box()
				if strings.Trim(text.S, "−0123456789. ") == "" {
					box.Y0, box.Y1 = text.Y-0.72*text.Size, text.Y // digits have no descenders
				}
				for _, ground := range grounds(scene, box) {
					pairs[[2]color.NRGBA{text.Color, ground}] = true
					if got := contrast(text.Color, ground); got < 4.5 {
						t.Errorf("%s: %q in %v on %v has a contrast of %.2f", s.name, text.S, text.Color, ground, got)
					}
				}
			}
		}
	}
	if len(pairs) < 15 {
		t.Errorf("only %d pairs of text and ground: the samples ask too little", len(pairs))
	}
	// Text upon every fill there may be, not only those the samples have.
	for v := range 256 {
		for _, c := range append([]color.NRGBA{{uint8(v), uint8(v), uint8(v), 255}, {255, uint8(v), 0, 255}, {0, uint8(v), 255, 255}}, hues...) {
			if contrast(on(c), c) < 4.5 || contrast(deep(c), rgb(0xFFFFFF)) < 4.5 {
				t.Fatalf("text on %v, or of its colour, cannot be read", c)
			}
		}
	}
	// The examples of WCAG's own definition: black on white, and equal colours.
	if a, b := contrast(rgb(0), rgb(0xFFFFFF)), contrast(rgb(0x777777), rgb(0xFFFFFF)); a != 21 || math.Abs(b-4.48) > 0.005 {
		t.Errorf("contrast %v, %v", a, b)
	}
}

// grounds are the colours at the corners and in the middle of a box.
func grounds(s *Scene, b Box) []color.NRGBA {
	var out []color.NRGBA
	for _, p := range []Pt{{b.X0, b.Y0}, {b.X1, b.Y0}, {b.X0, b.Y1}, {b.X1, b.Y1}, {(b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2}} {
		ground := rgb(0xFFFFFF)
		for _, sh := range s.Shapes {
			if sh.Fill.A > 0 && sh.Closed && within(sh.Points, p) {
				mix := func(under, over uint8) uint8 {
					return uint8((int(under)*(255-int(sh.Fill.A)) + int(over)*int(sh.Fill.A)) / 255)
				}
				ground = color.NRGBA{mix(ground.R, sh.Fill.R), mix(ground.G, sh.Fill.G), mix(ground.B, sh.Fill.B), 255}
			}
		}
		out = append(out, ground)
	}
	return out
}

// within counts how often a ray from p to the right crosses the outline.
func within(outline []Pt, p Pt) (in bool) {
	for i, a := range outline {
		b := outline[(i+1)%len(outline)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

// TestOrderedColours: groups with an order have colours that grow lighter, far enough
// apart in lightness for grey print; those of lines stand out from paper 3:1.
func TestOrderedColours(t *testing.T) {
	codes := Table{Columns: columns("year", "country_group", "frequency")}
	words := Table{Columns: columns("year", "factor", "frequency"), Order: map[int][]string{1: {"short", "medium", "long"}}}
	for y := range 4 {
		for g := range 3 {
			codes.Rows = append(codes.Rows, []any{float64(2000 + y), float64(g + 1), float64(g + y)})
			words.Rows = append(words.Rows, []any{float64(2000 + y), []string{"long", "medium", "short"}[g], float64(g + y)})
		}
	}
	for name, test := range map[string]struct {
		table  Table
		kind   string
		series string
	}{
		"ages": {byAge(), KindLine, "0-6|7-17|18-34|35-62|63-70|71+"}, "ages of bars": {byAge(), KindBar, "0-6|7-17|18-34|35-62|63-70|71+"},
		"ages stacked": {byAge(), KindStack, "0-6|7-17|18-34|35-62|63-70|71+"}, "country groups": {codes, KindLine, "country group 1|country group 2|country group 3"},
		"an ENUM": {words, KindLine, "short|medium|long"},
	} {
		c := newChart(t, test.table, Spec{Kind: test.kind})
		if got := strings.Join(c.Series, "|"); !c.Ordered || got != test.series {
			t.Errorf("%s: %s, ordered: %v", name, got, c.Ordered)
		}
		colour := c.hue
		if test.kind != KindLine {
			colour = c.fill
		}
		for i := range c.Series {
			if i > 0 && lightness(colour(i))-lightness(colour(i-1)) < 6 {
				t.Errorf("%s: %v is not lighter than %v", name, colour(i), colour(i-1))
			}
			if test.kind != KindStack && contrast(colour(i), rgb(0xFFFFFF)) < 3 {
				t.Errorf("%s: %v is faint on white", name, colour(i))
			}
		}
	}
	if c, err := NewChart(bySex(), Spec{}); err != nil || c.Ordered {
		t.Errorf("the sexes have an order: %v", err)
	}
}

// lightness is L* of CIE 1976.
func lightness(c color.NRGBA) float64 { return 116*math.Cbrt(luminance(c)) - 16 }

func TestBackground(t *testing.T) {
	c := newChart(t, bySex(), Spec{})
	for _, test := range []struct {
		file, background string
		white            bool
	}{{"x.svg", "", false}, {"x.svg", "white", true}, {"x.svg", "none", false}, {"x.png", "", true}, {"x.png", "white", true}, {"x.png", "none", false}} {
		b, err := c.Picture(Spec{File: test.file, Background: test.background, Width: 300, Height: 200})
		if err != nil {
			t.Fatal(err)
		}
		white := strings.Contains(string(b), "fill:#FFFFFF")
		if m, err := png.Decode(bytes.NewReader(b)); err == nil {
			_, _, _, alpha := m.At(0, 0).RGBA()
			white = alpha == 0xFFFF
		}
		if white != test.white {
			t.Errorf("%s with background %q: white %v", test.file, test.background, white)
		}
	}
}
