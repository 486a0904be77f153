package plot

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"utvandring/udf/long"
)

// TestAnyResult draws thousands of results nobody would ask for: whatever the
// columns hold, the answer is a picture or an error, never a panic, an endless
// loop or a coordinate that is not a number.
func TestAnyResult(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"year", "age", "county", "sex", "frequency", "share", "residents", "low", "high", "period", "country_group", "å", "", "estimate", "std_error", "median", "correlation", "equation_i", "equation_j", "survival", "unemployment_rate"}
	value := func(of Type) any {
		if r.IntN(8) == 0 {
			return nil
		}
		switch of {
		case Category:
			return []string{"a", "b", "", "æøå", "0-6", "16+", strings.Repeat("long ", 20), "<&\"$1>"}[r.IntN(8)]
		case Time:
			return time.Date(1990+r.IntN(20), 1, 1, 0, 0, 0, 0, time.UTC)
		}
		switch r.IntN(4) {
		case 0:
			return r.NormFloat64() * math.Pow(10, float64(r.IntN(30)-15))
		case 1:
			return []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, math.MaxFloat64, -math.MaxFloat64, 5e-324}[r.IntN(7)]
		}
		return float64(1990 + r.IntN(5))
	}
	drawn, results := 0, long.Runs(4000, 1200)
	for range results {
		var table Table
		for range r.IntN(5) {
			table.Columns = append(table.Columns, Column{names[r.IntN(len(names))], Type(r.IntN(3))})
		}
		for range r.IntN(12) {
			row := make([]any, len(table.Columns))
			for j, c := range table.Columns {
				row[j] = value(c.Type)
			}
			table.Rows = append(table.Rows, row)
		}
		c, err := NewChart(table, Spec{Kind: append(kinds, "")[r.IntN(len(kinds)+1)], Title: "t"})
		if err != nil {
			continue
		}
		drawn++
		if s := c.Terminal(Screen{Width: 40 + r.IntN(80), Height: 12 + r.IntN(30), Unicode: r.IntN(2) == 0, Whole: r.IntN(2) == 0}); !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
		scene := c.Scene(200+r.IntN(800), 0)
		for _, sh := range scene.Shapes {
			for _, p := range sh.Points {
				if math.IsNaN(p.X) || math.IsNaN(p.Y) || math.IsInf(p.X, 0) || math.IsInf(p.Y, 0) {
					t.Fatalf("a point at %v for %v", p, table)
				}
				if p.X < -1 || p.Y < -1 || p.X > scene.W+1 || p.Y > scene.H+1 {
					t.Fatalf("a point outside of the picture, at %v, for %s of %v", p, c.Kind, table)
				}
			}
		}
		if drawn%40 == 0 {
			scene.InlineSVG("t")
		}
	}
	if drawn < results/20 {
		t.Errorf("only %d of %d results could be drawn: the test asks too little", drawn, results)
	}
}
