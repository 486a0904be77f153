package plot

import (
	"math"
	"strings"
)

// scales finds the range of x and y over all panels.
func (c *Chart) scales(t Table, s Spec, r roles) {
	xlo, xhi, ylo, yhi := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	whole := true
	for _, p := range c.Panels {
		totals := map[float64]float64{}
		for _, pts := range p.Points {
			for _, pt := range pts {
				xlo, xhi = math.Min(xlo, pt.X), math.Max(xhi, pt.X)
				whole = whole && pt.X == math.Trunc(pt.X)
				for _, v := range []float64{pt.Y, pt.Low, pt.High} {
					if !math.IsNaN(v) {
						ylo, yhi = math.Min(ylo, v), math.Max(yhi, v)
					}
				}
				if !math.IsNaN(pt.Y) {
					totals[pt.X] += pt.Y
				}
			}
		}
		if c.Kind == KindStack || c.Kind == KindArea {
			for _, v := range totals {
				yhi = math.Max(yhi, v)
			}
		}
	}
	zero := c.Kind == KindBar || c.Kind == KindStack || c.Kind == KindArea || ylo <= yhi/2
	for _, y := range r.y {
		zero = zero || fromZero[strings.ToLower(t.Columns[y].Name)]
	}
	if s.Zero != "" {
		zero = s.Zero == "yes"
	}
	if zero {
		ylo, yhi = math.Min(ylo, 0), math.Max(yhi, 0)
	}
	// Shares sum to a hair over 100 or 1 in floating point: no step for that.
	for _, limit := range []float64{1, 100} {
		if math.Abs(yhi-limit) < limit*1e-9 {
			yhi = limit
		}
	}
	c.wholeX = whole
	if c.Categories != nil {
		c.X = Scale{Min: -0.5, Max: float64(len(c.Categories)) - 0.5}
	} else {
		c.X = exactScale(xlo, xhi, 6, whole)
	}
	c.Y = niceScale(ylo, yhi, 5)
}
