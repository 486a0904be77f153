package plot

// path is what a line goes through: in steps, it keeps its value until the next row. A
// share that survives changes when somebody leaves, and not before.
func (c *Chart) path(pts []Point) []Point {
	if c.Kind != KindStep {
		return pts
	}
	var out []Point
	for i, q := range pts {
		if i > 0 {
			corner := pts[i-1]
			corner.X = q.X
			out = append(out, corner)
		}
		out = append(out, q)
	}
	return out
}

// fan fills between the quantiles, the narrow ones upon the wide and so darker, each
// as far as it is known.
func (l *layout) fan(p Panel, b Box) {
	for i, pts := range p.Points {
		if len(pts) == 0 {
			continue
		}
		wide := 0
		for _, q := range pts {
			wide = max(wide, len(q.Bands))
		}
		for k := range wide {
			ends := make([]Point, len(pts))
			for j, q := range pts {
				ends[j] = bare(q.X)
				if k < len(q.Bands) {
					ends[j].Low, ends[j].High = q.Bands[k][0], q.Bands[k][1]
				}
			}
			l.band(ends, b, l.hue(i))
		}
	}
}
