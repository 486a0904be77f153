package sur

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"utvandring/udf/long"
)

// Residuals that hardly differ between equations, or of which one is almost the
// sum of the others: the covariance is nearly singular, the likelihood bounded.
func TestNearlySingular(t *testing.T) {
	long.Test(t)
	compared := 0
	for _, spread := range []float64{1e-2, 1e-3, 1e-4, 1e-5, 3e-6} {
		for seed := range uint64(12) {
			rng := rand.New(rand.NewPCG(seed, 8))
			years, m := 15+rng.IntN(25), 2+rng.IntN(3)
			names := []string{"x0", "x1", "x2", "x3"}
			var formulas []string
			used := make([][]int, m)
			for i := range m {
				f := fmt.Sprintf("y%d = $a%d", i, i)
				for _, c := range rng.Perm(len(names))[:1+rng.IntN(2)] {
					p := fmt.Sprintf("b%d_%d", i, c)
					if rng.IntN(3) == 0 {
						p = fmt.Sprint("s", c)
					}
					f += fmt.Sprintf(" + $%s*x%d", p, c)
					used[i] = append(used[i], c)
				}
				formulas = append(formulas, f)
			}
			p := random(t, 100+seed, years, append(names, "common")...)
			for i := range m {
				y := make([]float64, years)
				for r := range y {
					switch error := p.Data[4][r]; {
					case seed%2 == 0: // all nearly proportional
						y[r] = 1 + float64(1+i)*error + spread*rng.NormFloat64()
					case i < m-1:
						y[r] = error*float64(i) + rng.NormFloat64()
					default: // minus the sum of the others
						y[r] = spread * rng.NormFloat64()
						for j := range i {
							y[r] -= p.Data[5+j][r]
						}
					}
				}
				p.Names, p.Data = append(p.Names, fmt.Sprint("y", i)), append(p.Data, y)
			}
			for i := range m { // errors first, as they must be what is nearly dependent
				for r := range years {
					for _, c := range used[i] {
						p.Data[5+i][r] += p.Data[c][r] / 2
					}
				}
			}
			panel := newPanel(t, p.Year, p.Names, p.Data)
			f, err := Estimate(context.Background(), model(t, formulas...), panel, Options{})
			switch {
			case err != nil && !strings.Contains(err.Error(), "no convergence"):
				t.Errorf("spread %g, seed %d: %v", spread, seed, err)
			case err == nil && agrees(t, f, 1e-9, 150):
				compared++
			}
		}
	}
	t.Logf("%d compared", compared)
	if compared < 45 {
		t.Error("too few can be compared for the test to mean anything")
	}
}
