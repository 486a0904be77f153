package plot

import (
	"image/color"
	"math"
)

// hues are Okabe and Ito's colours, which people with any kind of colour
// blindness tell apart (Okabe & Ito 2008, "Color Universal Design"). Yellow is
// left out: on white paper it vanishes.
var hues = []color.NRGBA{
	rgb(0x0072B2), // blue
	rgb(0xD55E00), // vermillion
	rgb(0x009E73), // bluish green
	rgb(0xCC79A7), // reddish purple
	rgb(0xE69F00), // orange
	rgb(0x56B4E9), // sky blue
	rgb(0x000000), // black
	rgb(0x808080), // grey
}

// pair are the fills of two bars side by side, the latter (the later period)
// dark: they differ in black and white too.
var pair = []color.NRGBA{rgb(0x9CCBE8), rgb(0x0072B2)}

// barHues alternate light and dark, so that neighbours differ without colour.
var barHues = []color.NRGBA{rgb(0x0072B2), rgb(0xE69F00), rgb(0x00694D), rgb(0x9CCBE8),
	rgb(0x8C3D00), rgb(0xE3B5CF), rgb(0x000000), rgb(0xB0B0B0)}

// shades run from dark to light for the parts of a stack that have an order (ages,
// durations, country groups); lightness alone tells them apart. Steps of cividis
// (Nuñez, Anderton & Renslow 2018).
var shades = []color.NRGBA{rgb(0x00224E), rgb(0x35456C), rgb(0x666970), rgb(0x948E77), rgb(0xC8B866), rgb(0xF0DE75)}

// strokes are the same for what stands on white, lines and single bars: the steps of
// viridis (Smith & van der Walt 2015) as far as their contrast is 3:1 (WCAG 2.2, 1.4.11).
var strokes = []color.NRGBA{rgb(0x440154), rgb(0x482475), rgb(0x414487), rgb(0x355F8D), rgb(0x2A788E), rgb(0x21918C), rgb(0x22A385)}

var (
	ink  = rgb(0x222222) // text
	soft = rgb(0x595959) // text of lesser weight; 7:1 on white
	rule = rgb(0xDDDDDD) // grid lines
	edge = rgb(0x8C8C8C) // axes
)

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// fill gives the colour of series i where areas are filled.
func (c *Chart) fill(i int) color.NRGBA {
	n := len(c.Series)
	switch {
	case n == 1:
		return hues[0]
	case c.Ordered && c.stacked():
		return along(shades, i, n)
	case n == 2:
		return pair[i]
	case c.Ordered:
		return along(strokes, i, n)
	}
	return barHues[i%len(barHues)]
}

// hue gives the colour of line i.
func (c *Chart) hue(i int) color.NRGBA {
	if n := len(c.Series); c.Ordered && n > 1 {
		return along(strokes, i, n)
	}
	return hues[i%len(hues)]
}

// along gives the colour of i of n evenly on a way from dark to light, between its
// steps where n is not one of them.
func along(way []color.NRGBA, i, n int) color.NRGBA {
	at := float64(i) * float64(len(way)-1) / float64(n-1)
	k := min(int(at), len(way)-2)
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (at-float64(k))*(float64(b)-float64(a)))) }
	a, b := way[k], way[k+1]
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// deep darkens a colour until text in it can be read on white.
func deep(c color.NRGBA) color.NRGBA {
	for contrast(c, rgb(0xFFFFFF)) < readable {
		c.R, c.G, c.B = uint8(float64(c.R)*0.9), uint8(float64(c.G)*0.9), uint8(float64(c.B)*0.9)
	}
	return c
}

// on gives the colour of text upon a fill. Black is read on every one on which white
// is not: the two meet at 4.58:1.
func on(c color.NRGBA) color.NRGBA {
	for _, text := range []color.NRGBA{rgb(0xFFFFFF), ink} {
		if contrast(text, c) >= readable {
			return text
		}
	}
	return rgb(0x000000)
}

// readable is the contrast that WCAG 2.2 (1.4.3, AA) asks of text.
const readable = 4.5

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		if x := float64(v) / 255; x > 0.04045 {
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return float64(v) / 255 / 12.92
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func faint(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// dashes of the lines in CSS pixels; the first is solid.
var dashes = [][]float64{nil, {7, 3}, {2, 2}, {9, 3, 2, 3}, {12, 3}, {4, 2, 1, 2, 1, 2}, {5, 5}, {1, 3}}

// shapes of the marks on lines.
const (
	disc = iota
	square
	triangle
	diamond
	ring
	openSquare
	cross
	openDiamond
)
