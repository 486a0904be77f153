package plot

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/draw"
	"io"
	"math"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"utvandring/udf/later"
)

// Picture draws the chart as the file that a Spec names: SVG or PNG. A PNG has twice
// the pixels of the layout, or exactly as many as were asked for.
func (c *Chart) Picture(s Spec) ([]byte, error) {
	var b bytes.Buffer
	if strings.EqualFold(filepath.Ext(s.File), ".svg") {
		scene := c.Scene(s.Width, s.Height)
		if s.Background == "white" {
			ground := Shape{Points: []Pt{{0, 0}, {scene.W, 0}, {scene.W, scene.H}, {0, scene.H}}, Closed: true, Fill: rgb(0xFFFFFF)}
			scene.Shapes = append([]Shape{ground}, scene.Shapes...)
		}
		err := scene.SVG(&b, c.Title)
		return b.Bytes(), err
	}
	scene, dpi := c.pixelScene(s.Width, s.Height)
	scene.clear = s.Background == "none"
	err := scene.PNG(&b, float64(dpi)/cssDPI)
	return b.Bytes(), err
}

// pixelScene lays the chart out for a picture of so many pixels, and says how many make
// an inch. A chart that needs more height becomes smaller until it fits.
func (c *Chart) pixelScene(width, height int) (scene *Scene, dpi int) {
	dpi = 2 * cssDPI
	if width > 0 {
		dpi = max(cssDPI, width*cssDPI/autoWidth)
	}
	css := func(pixels int) float64 { return float64(pixels) * cssDPI / float64(dpi) }
	for ; ; dpi = dpi * 19 / 20 {
		if scene = c.scene(css(width), css(height)); height == 0 || pixels(scene.H, dpi) <= height || dpi == 1 {
			return scene, dpi
		}
	}
}

// cssDPI is how many CSS pixels an inch has.
const cssDPI = 96

func pixels(css float64, dpi int) int { return int(math.Round(css * float64(dpi) / cssDPI)) }

// paint draws a scene on any of gonum's canvases.
func (s *Scene) paint(c vg.Canvas) {
	at := func(p Pt) vg.Point { return vg.Point{X: vg.Length(p.X * pt), Y: vg.Length((s.H - p.Y) * pt)} }
	for _, sh := range s.Shapes {
		var path vg.Path
		if len(sh.Points) == 1 {
			centre, r := at(sh.Points[0]), vg.Length(sh.R*pt)
			path.Move(vg.Point{X: centre.X + r, Y: centre.Y})
			path.Arc(centre, r, 0, 2*math.Pi)
			path.Close()
		} else {
			for k, ring := range append([][]Pt{sh.Points}, sh.More...) {
				for i, p := range ring {
					if i == 0 {
						path.Move(at(p))
					} else {
						path.Line(at(p))
					}
				}
				if k > 0 || sh.Closed {
					path.Close()
				}
			}
		}
		if sh.Fill.A > 0 {
			c.SetColor(sh.Fill)
			c.Fill(path)
		}
		if sh.Width > 0 {
			var dash []vg.Length
			for _, d := range sh.Dash {
				dash = append(dash, vg.Length(d*pt))
			}
			c.SetColor(sh.Stroke)
			c.SetLineWidth(vg.Length(sh.Width * pt))
			c.SetLineDash(dash, 0)
			c.Stroke(path)
		}
	}
	for _, t := range s.Texts {
		f := face(t.Size, t.Bold)
		c.SetColor(t.Color)
		shift := t.shift(TextWidth(t.S, t.Size, t.Bold))
		if t.Angle == 0 {
			c.FillString(f, at(Pt{t.X + shift, t.Y}), t.S)
			continue
		}
		c.Push()
		c.Translate(at(Pt{t.X, t.Y}))
		c.Rotate(t.Angle * math.Pi / 180)
		c.FillString(f, vg.Point{X: vg.Length(shift * pt)}, t.S)
		c.Pop()
	}
}

// PNG writes the scene with the given number of pixels to a CSS pixel.
func (s *Scene) PNG(w io.Writer, scale float64) error {
	dpi := int(math.Round(cssDPI * scale))
	m := image.NewRGBA(image.Rect(0, 0, pixels(s.W, dpi), pixels(s.H, dpi)))
	c := vgimg.NewWith(vgimg.UseImage(m), vgimg.UseDPI(dpi))
	if s.clear {
		draw.Draw(c.Image(), m.Bounds(), image.Transparent, image.Point{}, draw.Src)
	}
	s.paint(c)
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}

var (
	svgHead = later.Compile(`(?s)^.*?<svg width="[^"]*" height="[^"]*" viewBox="([^"]*)"[^>]*>`)
	svgFont = later.Compile(`font-family:Liberation Sans;font-variant:[a-z]+;font-weight:(normal|bold);font-style:normal;`)
)

// SVG writes the scene as a document of its own. title is read out by screen
// readers.
func (s *Scene) SVG(w io.Writer, title string) error {
	_, err := fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+s.InlineSVG(title))
	return err
}

// InlineSVG gives the scene as an element that can stand in an HTML page.
//
// What gonum writes is changed in three places. The size is in pixels and the
// viewBox is kept, so that a page can scale it. The font is named once, with
// Arial and Helvetica, which are as wide, where Liberation is not installed.
// And a title makes it an image that can be read out.
func (s *Scene) InlineSVG(title string) string {
	c := vgsvg.New(vg.Length(s.W*pt), vg.Length(s.H*pt))
	s.paint(c)
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return "" // a bytes.Buffer does not fail
	}
	svg := svgHead.ReplaceAllString(b.String(), fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="$1" role="img" `+
		`font-family="'Liberation Sans',Arimo,Arial,Helvetica,sans-serif"><title>%s</title>`, s.W, s.H, strings.ReplaceAll(html.EscapeString(title), "$", "$$")))
	svg = svgFont.ReplaceAllStringFunc(svg, func(m string) string {
		if strings.Contains(m, ":bold") {
			return "font-weight:bold;"
		}
		return ""
	})
	return svg
}
