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

// shades run from dark to light for groups with an order (ages, durations);
// lightness alone tells them apart. Steps of cividis (Nuñez, Anderton & Renslow 2018).
var shades = []color.NRGBA{rgb(0x00224E), rgb(0x35456C), rgb(0x666970), rgb(0x948E77), rgb(0xC8B866), rgb(0xF0DE75)}

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
	case (c.Kind == KindStack || c.Kind == KindArea) && c.Ordered && n <= len(shades):
		return shades[i*(len(shades)-1)/(n-1)]
	case n == 2:
		return pair[i]
	}
	return barHues[i%len(barHues)]
}

// hue gives the colour of line i.
func (c *Chart) hue(i int) color.NRGBA { return hues[i%len(hues)] }

// deep darkens a colour until text in it can be read on white.
func deep(c color.NRGBA) color.NRGBA {
	for luminance(c) > 0.18 { // 4.5:1 against white
		c.R, c.G, c.B = uint8(float64(c.R)*0.9), uint8(float64(c.G)*0.9), uint8(float64(c.B)*0.9)
	}
	return c
}

// on gives the colour of text upon a fill.
func on(c color.NRGBA) color.NRGBA {
	if luminance(c) > 0.3 {
		return ink
	}
	return rgb(0xFFFFFF)
}

// luminance is the relative luminance of WCAG 2, near enough with gamma 2.2.
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 { return math.Pow(float64(v)/255, 2.2) }
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
	shapeCount
)
