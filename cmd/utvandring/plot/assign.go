package plot

import (
	"cmp"
	"fmt"
	"slices"
)

// dimensions lists the columns that group rows and are not taken yet.
func (t Table) dimensions(taken map[int]bool) []int {
	var dims []int
	for i := range t.Columns {
		if !taken[i] && !t.measured(i) {
			dims = append(dims, i)
		}
	}
	return dims
}

// assign gives the dimensions that are left to bars, colours and panels:
// a dimension of one value becomes a heading, one that only repeats another
// (municipality_code beside municipality) is dropped, and of two the one with
// more values becomes bars or panels, the other colours.
func (r *roles) assign(t Table, s Spec) error {
	var dims []int
	for _, d := range t.dimensions(r.taken) {
		if l := t.levels(d); len(l) == 1 && len(t.Rows) > 1 {
			r.fix(t, d)
			continue
		}
		same := func(u int) bool { return u >= 0 && t.sameGroups(u, d) }
		switch k := slices.IndexFunc(dims, same); {
		case slices.ContainsFunc([]int{r.x, r.color, r.facet}, same):
		case k < 0:
			dims = append(dims, d)
		case numbered(t.levels(dims[k])) && !numbered(t.levels(d)):
			dims[k] = d // the name says more than the code
		}
	}
	// With few values first; period before others, because periods compare.
	slices.SortStableFunc(dims, func(a, b int) int {
		switch p, q := t.isPeriod(a), t.isPeriod(b); {
		case p && !q:
			return -1
		case q && !p:
			return 1
		}
		return len(t.levels(a)) - len(t.levels(b))
	})
	pop := func() int {
		if len(dims) == 0 {
			return -1
		}
		d := dims[0]
		dims = dims[1:]
		return d
	}
	if r.x < 0 {
		if len(dims) == 0 {
			return fmt.Errorf("plot: %s has no x to stand against: a chart needs year, a date or a text column beside it; the result has %s", list(t, r.y), t.names())
		}
		r.x = dims[len(dims)-1]
		dims = dims[:len(dims)-1]
	}
	stacked := s.Kind == KindStack || s.Kind == "" && !r.time && len(r.y) == 1 && t.shares(r.y[0])
	if stacked && len(dims) == 2 {
		// The parts of a whole are the colours, so the period is the panel.
		dims[0], dims[1] = dims[1], dims[0]
	}
	if len(r.y) == 1 && r.color < 0 && s.Color != "none" && len(dims) > 0 {
		if r.facet >= 0 || s.Facet == "none" || len(dims) > 1 || len(t.levels(dims[0])) <= maxColors {
			r.color = pop()
		}
	}
	if r.facet < 0 && s.Facet != "none" {
		r.facet = pop()
	}
	if len(dims) > 0 {
		return fmt.Errorf("plot: %s would be drawn on top of each other: a chart shows x, color and facet; filter or sum away in SQL, or choose with x= color= facet=", list(t, dims))
	}
	r.matrix = s.Kind == KindCorrelation
	return r.limits(t)
}

// limits refuses more colours and panels than can be told apart.
func (r *roles) limits(t Table) error {
	atMost := func(col, most int, told string) error {
		if col < 0 || len(t.levels(col)) <= most {
			return nil
		}
		return fmt.Errorf("plot: %s has %d values, and "+told, t.Columns[col].Name, len(t.levels(col)), most)
	}
	color, x := r.color, r.x
	if r.matrix {
		color = -1
	}
	if r.time {
		x = -1
	}
	switch err := atMost(color, maxColors, "a chart tells %d colours apart; draw panels with facet=%[1]s, or filter"); {
	case err != nil:
		return err
	case len(r.y) > 1 && r.color >= 0:
		return fmt.Errorf("plot: color is %s, so y must be one column, not %s; or use facet=%[1]s", t.Columns[r.color].Name, list(t, r.y))
	case len(r.y) > maxColors:
		return fmt.Errorf("plot: %d columns for y, and a chart tells %d colours apart; name fewer", len(r.y), maxColors)
	}
	return cmp.Or(atMost(r.facet, maxPanels, "a page holds %d panels; filter, for example with WHERE"),
		atMost(x, maxBars, "a chart holds %d bars; filter, for example with ORDER BY … LIMIT 30"))
}

// fix notes what all rows have in common in a column; of NULL there is nothing to say.
func (r *roles) fix(t Table, col int) {
	if v := t.Rows[0][col]; v != nil {
		r.fixed = append(r.fixed, words(t.Columns[col].Name)+": "+label(v))
	}
}
