package sur

import (
	"context"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"utvandring/udf/equation"
)

// An independent implementation with 300-bit numbers: normal equations, plain
// iteration from pooled least squares, nothing clever. It is the judge of hard
// cases for which there is no published answer.

const bits = 300

func exact(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }

func times(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Mul(x, y) }

// invert is Gauss-Jordan with pivoting; det is the determinant.
func invert(a [][]*big.Float) (inverse [][]*big.Float, det *big.Float) {
	n := len(a)
	work := make([][]*big.Float, n)
	for i := range a {
		work[i] = make([]*big.Float, 2*n)
		for j := range a {
			work[i][j] = new(big.Float).Copy(a[i][j])
			work[i][n+j] = exact(0)
		}
		work[i][n+i] = exact(1)
	}
	det = exact(1)
	for k := range n {
		best := k
		for i := k; i < n; i++ {
			if new(big.Float).Abs(work[i][k]).Cmp(new(big.Float).Abs(work[best][k])) > 0 {
				best = i
			}
		}
		if best != k {
			work[k], work[best] = work[best], work[k]
			det.Neg(det)
		}
		det.Mul(det, work[k][k])
		p := new(big.Float).SetPrec(bits).Quo(exact(1), work[k][k])
		for j := range work[k] {
			work[k][j].Mul(work[k][j], p)
		}
		for i := range n {
			if i == k || work[i][k].Sign() == 0 {
				continue
			}
			f := new(big.Float).Copy(work[i][k])
			for j := range work[i] {
				work[i][j].Sub(work[i][j], times(f, work[k][j]))
			}
		}
	}
	inverse = make([][]*big.Float, n)
	for i := range inverse {
		inverse[i] = work[i][n:]
	}
	return inverse, det
}

func zeros(n, m int) [][]*big.Float {
	a := make([][]*big.Float, n)
	for i := range a {
		a[i] = make([]*big.Float, m)
		for j := range a[i] {
			a[i][j] = exact(0)
		}
	}
	return a
}

type preciseFit struct {
	b, se      []float64
	sigma      [][]float64
	logLike    float64
	iterations int
}

// precise iterates the data of a system as the solver sees them.
func precise(s *system, limit int) preciseFit {
	m, k := len(s.equations), len(s.model.free)
	n := 0
	var owner, parameter, column []int
	for i, e := range s.equations {
		for j := range e.column {
			owner, parameter, column = append(owner, i), append(parameter, e.parameter[j]), append(column, e.column[j])
			n++
		}
	}
	data := make([][]*big.Float, len(s.data))
	for c, x := range s.data {
		for _, v := range x {
			data[c] = append(data[c], exact(v))
		}
	}
	dot := func(x, y []*big.Float) *big.Float {
		sum := exact(0)
		for t := range x {
			sum.Add(sum, times(x[t], y[t]))
		}
		return sum
	}
	zz, zy := zeros(n, n), zeros(n, m)
	for i := range n {
		for j := range n {
			zz[i][j] = dot(data[column[i]], data[column[j]])
		}
		for j, e := range s.equations {
			zy[i][j] = dot(data[column[i]], data[e.left])
		}
	}
	yy := zeros(m, m)
	for i, e := range s.equations {
		for j, g := range s.equations {
			yy[i][j] = dot(data[e.left], data[g.left])
		}
	}
	w := zeros(m, m)
	for i := range m {
		w[i][i] = exact(1)
	}
	b := make([]*big.Float, k)
	for j := range b {
		b[j] = exact(0)
	}
	var inverse [][]*big.Float
	sigma := zeros(m, m)
	det := exact(0)
	out := preciseFit{}
	for ; out.iterations < limit; out.iterations++ {
		a := zeros(k, k)
		r := zeros(k, 1)
		for i := range n {
			for j := range n {
				if x := w[owner[i]][owner[j]]; x.Sign() != 0 {
					a[parameter[i]][parameter[j]].Add(a[parameter[i]][parameter[j]], times(x, zz[i][j]))
				}
			}
			for j := range m {
				r[parameter[i]][0].Add(r[parameter[i]][0], times(w[owner[i]][j], zy[i][j]))
			}
		}
		inverse, _ = invert(a)
		change := 0.0
		for i := range k {
			x := exact(0)
			for j := range k {
				x.Add(x, times(inverse[i][j], r[j][0]))
			}
			d, _ := new(big.Float).Sub(x, b[i]).Float64()
			at, _ := x.Float64()
			change = math.Max(change, math.Abs(d)/math.Max(math.Abs(at), 1e-300))
			b[i] = x
		}
		for i := range m {
			for j := range m { // e_i'e_j from cross-products: 300 bits can afford it
				c := new(big.Float).Copy(yy[i][j])
				for q := range n {
					if owner[q] == i {
						c.Sub(c, times(b[parameter[q]], zy[q][j]))
					}
					if owner[q] == j {
						c.Sub(c, times(b[parameter[q]], zy[q][i]))
					}
				}
				for p := range n {
					for q := range n {
						if owner[p] == i && owner[q] == j {
							c.Add(c, times(times(b[parameter[p]], b[parameter[q]]), zz[p][q]))
						}
					}
				}
				sigma[i][j] = c.Quo(c, exact(float64(s.n)))
			}
		}
		if out.iterations > 0 && change < 1e-14 {
			break
		}
		w, det = invert(sigma)
	}
	for i := range k {
		x, _ := b[i].Float64()
		v, _ := inverse[i][i].Float64()
		out.b, out.se = append(out.b, x), append(out.se, math.Sqrt(v))
	}
	out.sigma = make([][]float64, m)
	for i := range m {
		for j := range m {
			x, _ := sigma[i][j].Float64()
			out.sigma[i] = append(out.sigma[i], x)
		}
	}
	_, det = invert(sigma)
	mantissa := new(big.Float)
	exponent := det.MantExp(mantissa)
	f, _ := mantissa.Float64()
	logdet := math.Log(f) + float64(exponent)*math.Ln2
	out.logLike = -float64(s.n*m)/2*(1+math.Log(2*math.Pi)) - float64(s.n)/2*logdet
	return out
}

// TestHardCases: slow convergence, restrictions over all equations, affine
// restrictions, regressors of any size, nearly collinear ones. Everything must
// agree with 300-bit arithmetic to 1e-9.
func TestHardCases(t *testing.T) {
	_, _, grunfeld := readReference(t, "grunfeld5")
	firms := func(formula func(i string) string) []string {
		var list []string
		for _, i := range []string{"1", "2", "3", "4", "5"} {
			list = append(list, formula(i))
		}
		return list
	}
	scaled := func(seed uint64) *equation.Panel {
		rng := rand.New(rand.NewPCG(seed, 3))
		const n = 40
		year := make([]int64, n)
		names := []string{"y", "z", "huge", "tiny", "level", "near", "trend2"}
		data := make([][]float64, len(names))
		for r := range n {
			year[r] = 1970 + int64(r)
			u, v, w := rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
			row := []float64{0, 0, 3e6 * (1 + u), 2e-3 * v, 1e5 + w, 0, float64(year[r] * year[r])}
			row[5] = row[4] + 1e-4*rng.NormFloat64() // 1e-4 beside a spread of 1 and a level of 1e5
			row[0] = 1 + 1e-6*row[2] + 500*row[3] + 0.3*w + rng.NormFloat64()
			row[1] = 2 - 1e-6*row[2] + 100*row[3] - w + 0.5*row[0] + rng.NormFloat64()
			for j := range data {
				data[j] = append(data[j], row[j])
			}
		}
		p, err := equation.NewPanel(year, names, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		name     string
		formulas []string
		panel    *equation.Panel
		limit    int
	}{
		{"shared slopes", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + $b*value_F" + i + " + $c*capital_F" + i
		}), grunfeld, 2000},
		{"everything shared", firms(func(i string) string { return "invest_F" + i + " = $a + $b*value_F" + i + " + $c*capital_F" + i }), grunfeld, 5000},
		{"affine", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + ($b - 0.05)*value_F" + i + " + (0.3 - $b)*capital_F" + i
		}), grunfeld, 5000},
		{"one slope shared with its negative", firms(func(i string) string {
			return "invest_F" + i + " = $a" + i + " + $b*(value_F" + i + " - capital_F" + i + ") + $c" + i + "*capital_F" + i
		}), grunfeld, 3000},
		{"millions beside thousandths", []string{"y = $a + $b*huge + $c*tiny", "z = $d + $e*huge + $f*tiny + $g*level"}, scaled(1), 500},
		{"scaled and shared", []string{"y = $a + $b*huge + $c*tiny", "z = $d - $b*huge + $f*tiny + $g*level"}, scaled(2), 500},
		{"nearly collinear", []string{"y = $a + $b*huge + $c*level + $d*near", "z = $e + $f*tiny + $c*level"}, scaled(3), 500},
		{"years as regressors", []string{"y = $a + $b*year + $c*trend2", "z = $d + $e*year + $f*tiny"}, scaled(4), 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := model(t, c.formulas...)
			f, err := Estimate(context.Background(), m, c.panel, Options{})
			if err != nil {
				t.Fatal(err)
			}
			want := precise(f.system, c.limit)
			t.Logf("%d steps, %d plain ones, condition %.3g", f.Iterations, want.iterations, f.Summary().Condition)
			if want.iterations == c.limit {
				t.Fatal("the plain iteration did not converge")
			}
			for k, p := range f.Parameters {
				near(t, p.Name, p.Estimate, want.b[k], 1e-9)
				near(t, "standard error of "+p.Name, p.StdError, want.se[k], 1e-9)
			}
			for i := range want.sigma {
				for j := range want.sigma {
					near(t, "residual covariance", f.ResidualCovariance[i][j], want.sigma[i][j], 1e-9)
				}
			}
			near(t, "log-likelihood", f.LogLikelihood, want.logLike, 1e-10)
		})
	}
}
