package sur

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// forms is a panel whose columns are the same series y in several forms.
func forms(t *testing.T) *equation.Panel {
	p := positive(t, 31, 26, "y", "x", "z")
	y, x, z := p.Data[0], p.Data[1], p.Data[2]
	for r := 1; r < len(y); r++ {
		y[r] *= math.Pow(y[r-1], 0.6)
	}
	names, data := []string{"y", "x", "z"}, [][]float64{y, x, z}
	add := func(name string, value func(r int) float64) {
		column := make([]float64, len(y))
		for r := range column {
			column[r] = value(r)
		}
		names, data = append(names, name), append(data, column)
	}
	before := func(r int) float64 {
		if r == 0 {
			return 1
		}
		return y[r-1]
	}
	add("total", func(r int) float64 { return y[r] + z[r] })
	add("same", func(r int) float64 { return y[r] })
	add("change", func(r int) float64 { return y[r] - before(r) })
	add("growth", func(r int) float64 { return y[r] / before(r) })
	add("ly", func(r int) float64 { return math.Log(y[r]) })
	add("ratio", func(r int) float64 { return y[r] / x[r] })
	add("stock", func(r int) float64 { return 10 + y[r] })
	stock := data[len(data)-1]
	for r := 1; r < len(stock); r++ {
		stock[r] = 0.9*stock[r-1] + y[r]
	}
	return newPanel(t, p.Year, names, data)
}

func draws(t *testing.T, p *equation.Panel, o Options, method string, formulas ...string) map[string][]float64 {
	t.Helper()
	f := estimate(t, model(t, formulas...), p, o)
	b, err := f.Bootstrap(context.Background(), BootstrapOptions{50, 7, method, 0.9})
	if err != nil {
		t.Fatalf("%v: %v", formulas, err)
	}
	if b.Succeeded != 50 {
		t.Fatalf("%v: %d replications failed", formulas, b.Failed)
	}
	all := map[string][]float64{}
	for k, q := range b.Parameters {
		all[q.Name] = b.Draws[k]
	}
	return all
}

// One model may be written in many ways: the draws are the same, but for the 1
// that a difference takes from the coefficient of its own lag.
func TestBootstrapKnowsModelInEveryForm(t *testing.T) {
	p := forms(t)
	first := p.Year[2]
	type form struct {
		less     float64
		formulas []string
	}
	write := func(less float64, formulas ...string) form { return form{less, formulas} }
	for _, same := range [][]form{
		{
			write(0, "y = $a + $b*lag(y) + $c*x"),
			write(0, "y = $a + $b*lag(same) + $c*x", "same = y"),
			write(0, "y = $a + $b*(lag(total) - lag(z)) + $c*x", "total = y + z"),
			write(0, "y = $a + $b*lag(total - same + y - z) + $c*x", "same = total - z", "total = hidden*2", "hidden = (y + z)/2"),
			write(0, "y = $a + $b*(lag(stock) - 0.9*lag(stock, 2)) + $c*x", "stock = 0.9*lag(stock) + y"),
			write(1, "diff(y) = $a + $b*lag(y) + $c*x"),
			write(1, "y - lag(y) = $a + $b*lag(same) + $c*x", "same = y"),
			write(1, "change = $a + $b*lag(y) + $c*x", "y = lag(y) + change"),
			write(1, "change = $a + $b*lag(y) + $c*x", "y - lag(y) = change"),
			write(0, "y = $a + 1*lag(y) + ($b - 1)*lag(y) + $c*x"),
			write(0, "2*y + z = 2*($a + $b*lag(y) + $c*x) + z"),
		}, {
			write(0, "ln(y) = $a + $b*ln(lag(y)) + $c*x"),
			write(0, "ly = $a + $b*lag(ly) + $c*x"),
			write(0, "ly = $a + $b*ln(lag(y)) + $c*x", "y = exp(ly)"),
			write(0, "ly = $a + $b*ln(lag(y)) + $c*x", "ln(y) = ly"),
			write(1, "diff(ln(y)) = $a + $b*ln(lag(y)) + $c*x"),
			write(1, "ln(growth) = $a + $b*ln(lag(y)) + $c*x", "y = growth*lag(y)"),
		}, {
			write(0, "growth = $a + $b*lag(y) + $c*x", "y = growth*lag(y)"),
			write(0, "y/lag(y) = $a + $b*lag(y) + $c*x"),
		}, {
			write(0, "ratio = $a + $b*lag(y) + $c*z", "y = ratio*x"),
			write(0, "y/x = $a + $b*lag(y) + $c*z"),
			write(0, "y/x = $a + $b*lag(y/x)*lag(x) + $c*z"),
		}, {
			write(0, "x = $a + $b*y + $d*lag(y)", "y = $e + $c*lag(x)"),
			write(0, "x = $a + $b*same + $d*lag(y)", "y = $e + $c*lag(x)", "same = y"),
			write(0, "x = $a + $b*y + $d*lag(total) - $d*lag(z)", "ln(exp(y)) = $e + $c*lag(x)", "total - z = y"),
		},
	} {
		for _, o := range []Options{{Method: "sur", First: &first}, {Method: "sur", First: &first, Restrictions: restrictions(t, "c = 0.1")}} {
			for _, method := range []string{"residual", "wild", "parametric"} {
				want := draws(t, p, o, method, same[0].formulas...)
				for _, other := range same[1:] {
					got := draws(t, p, o, method, other.formulas...)
					for name, list := range want {
						for i, w := range list {
							if name == "b" {
								w -= other.less
							}
							if math.Abs(got[name][i]-w) > 1e-7*(1+math.Abs(w)) {
								t.Errorf("%s, %v: draw %d of %s is %.12g, but %.12g with %v", method, other.formulas, i, name, got[name][i], w, same[0].formulas)
								break
							}
						}
					}
				}
			}
		}
	}
}

// ln(y) on lag(y) and the logarithm of a stock of y, simulated and estimated here from scratch.
func TestBootstrapOfLogarithm(t *testing.T) {
	p := forms(t)
	f := estimate(t, model(t, "ln(y) = $a + $b*lag(y) + $c*x + $d*ln(lag(stock))", "stock = 0.9*lag(stock) + y"), p, Options{Method: "ols"})
	const replications, seed = 40, 3
	b := bootstrapped(t, f, BootstrapOptions{replications, seed, "residual", 0.9})
	column := func(name string) []float64 {
		i, _ := p.Column(name)
		return p.Data[i]
	}
	y, x, stock := column("y"), column("x"), column("stock")
	n := len(y) - 1
	fit := func(y, stock []float64) []float64 {
		X, left := mat.NewDense(n, 4, nil), mat.NewVecDense(n, nil)
		for t := range n {
			X.SetRow(t, []float64{1, y[t], x[t+1], math.Log(stock[t])})
			left.SetVec(t, math.Log(y[t+1]))
		}
		var b mat.VecDense
		if err := b.SolveVec(X, left); err != nil {
			t.Fatal(err)
		}
		return b.RawVector().Data
	}
	estimate := fit(y, stock)
	residuals := make([]float64, n) // they have mean 0
	for t := range n {
		fitted := estimate[0] + estimate[1]*y[t] + estimate[2]*x[t+1] + estimate[3]*math.Log(stock[t])
		residuals[t] = (math.Log(y[t+1]) - fitted) * math.Sqrt(float64(n)/float64(n-4))
	}
	if b.Succeeded < replications*3/4 {
		t.Errorf("%d replications failed", b.Failed)
	}
	for i, number := range b.Replication { // an explosive path fails
		rng := rand.New(rand.NewPCG(seed, uint64(number-1)))
		newY, newStock := []float64{y[0]}, []float64{stock[0]}
		for t := range n {
			logarithm := estimate[0] + estimate[1]*newY[t] + estimate[2]*x[t+1] + estimate[3]*math.Log(newStock[t]) + residuals[rng.IntN(n)]
			newY = append(newY, math.Exp(logarithm))
			newStock = append(newStock, 0.9*newStock[t]+newY[t+1])
		}
		for k, want := range fit(newY, newStock) {
			near(t, b.Parameters[k].Name, b.Draws[k][i], want, 1e-8)
		}
	}
}
