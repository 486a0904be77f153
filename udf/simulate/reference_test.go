package simulate

import (
	"math/big"
	"strconv"
	"testing"

	"utvandring/udf/equation"
)

// kleinReference solves Klein's model as what it is, six linear equations a
// year, by Gauss-Jordan elimination in 300-bit arithmetic. It shares nothing
// with the package: the coefficients of the linear system are written out here.
// shift is added to the right sides (by equation and year).
func kleinReference(panel *equation.Panel, coefficients []Coefficient, first int64, static bool, shift func(equation string, year int64) float64) map[string]map[int64]float64 {
	number := func(v float64) *big.Float { return new(big.Float).SetPrec(300).SetFloat64(v) }
	c := map[string]*big.Float{}
	for _, x := range coefficients {
		c[x.Parameter] = number(x.Value)
	}
	data := func(name string, t int) *big.Float {
		i, _ := panel.Column(name)
		return number(panel.Data[i][t])
	}
	names := []string{"cn", "i", "w1", "y", "p", "k"}
	const cn, in, w1, y, p, k = 0, 1, 2, 3, 4, 5
	before := map[string]*big.Float{} // last year's solution
	begin := int(first - panel.Year[0])
	out := map[string]map[int64]float64{}
	for _, n := range names {
		before[n] = data(n, begin-1)
		out[n] = map[int64]float64{}
	}
	mul := func(x, y *big.Float) *big.Float { return number(0).Mul(x, y) }
	sum := func(xs ...*big.Float) *big.Float {
		s := number(0)
		for _, x := range xs {
			s.Add(s, x)
		}
		return s
	}
	neg := func(x *big.Float) *big.Float { return number(0).Neg(x) }
	for t := begin; t < len(panel.Year); t++ {
		if static {
			for _, n := range names {
				before[n] = data(n, t-1)
			}
		}
		a := make([][]*big.Float, 6)
		for i := range a {
			a[i] = make([]*big.Float, 7)
			for j := range a[i] {
				a[i][j] = number(0)
			}
			a[i][i] = number(1)
			a[i][6] = number(shift(names[i], panel.Year[t]))
		}
		w2, tax, g, time := data("w2", t), data("t", t), data("g", t), data("time", t)
		a[cn][p], a[cn][w1] = neg(c["a2"]), neg(c["a4"])
		a[cn][6] = sum(a[cn][6], c["a1"], mul(c["a3"], before["p"]), mul(c["a4"], w2))
		a[in][p] = neg(c["b2"])
		a[in][6] = sum(a[in][6], c["b1"], mul(c["b3"], before["p"]), mul(c["b4"], before["k"]))
		a[w1][y] = neg(c["c2"])
		a[w1][6] = sum(a[w1][6], c["c1"], mul(c["c2"], sum(tax, neg(w2))), mul(c["c4"], time),
			mul(c["c3"], sum(before["y"], data("t", t-1), neg(data("w2", t-1)))))
		a[y][cn], a[y][in] = number(-1), number(-1)
		a[y][6] = sum(a[y][6], g, neg(tax))
		a[p][y], a[p][w1] = number(-1), number(1)
		a[p][6] = sum(a[p][6], neg(w2))
		a[k][in] = number(-1)
		a[k][6] = sum(a[k][6], before["k"])
		for col := range 6 {
			pivot := col
			for a[pivot][col].Sign() == 0 {
				pivot++
			}
			a[col], a[pivot] = a[pivot], a[col]
			for row := range 6 {
				if row == col {
					continue
				}
				f := number(0).Quo(a[row][col], a[col][col])
				for j := range 7 {
					a[row][j] = sum(a[row][j], neg(mul(f, a[col][j])))
				}
			}
		}
		for i, n := range names {
			before[n] = number(0).Quo(a[i][6], a[i][i])
			out[n][panel.Year[t]], _ = before[n].Float64()
		}
	}
	return out
}

func none(string, int64) float64 { return 0 }

func compareKlein(t *testing.T, path *Path, want map[string]map[int64]float64, tolerance float64) {
	t.Helper()
	for i, e := range klein {
		for k, year := range path.Years {
			near(t, e.Name+" "+strconv.FormatInt(year, 10), path.Simulated[i][k], want[e.Name][year], tolerance)
		}
	}
}

func TestKleinDynamicExactly(t *testing.T) {
	panel, c := kleinPanel(t), kleinOLS(t)
	path := run(t, klein, panel, c, Options{})
	if len(path.Years) != 21 || path.Years[0] != 1921 {
		t.Fatalf("years %v, want 1921-1941", path.Years)
	}
	compareKlein(t, path, kleinReference(panel, c, 1921, false, none), 1e-10)
}

func TestKleinStaticExactly(t *testing.T) {
	panel, c := kleinPanel(t), kleinOLS(t)
	path := run(t, klein, panel, c, Options{Mode: Static})
	compareKlein(t, path, kleinReference(panel, c, 1921, true, none), 1e-10)
}

func TestAddFactors(t *testing.T) {
	panel, c := kleinPanel(t), kleinOLS(t)
	shift := func(name string, year int64) float64 {
		switch {
		case name == "cn" && year == 1923:
			return 1
		case name == "cn" && year == 1924:
			return -1
		case name == "y" && year == 1926:
			return 0.1
		}
		return 0
	}
	path := run(t, klein, panel, c, Options{First: 1923, AddFactors: []AddFactor{{"cn", 1923, 1}, {"CN", 1924, -1}, {"y", 1926, 0.1}}})
	compareKlein(t, path, kleinReference(panel, c, 1923, false, shift), 1e-10)
}

// With the actual residuals and the observed exogenous variables the data come
// back, in both modes, although the data do not satisfy the identities exactly.
func TestActualResidualsGiveBackTheData(t *testing.T) {
	panel, c := kleinPanel(t), kleinOLS(t)
	for _, mode := range []Mode{Dynamic, Static} {
		path := run(t, klein, panel, c, Options{Mode: mode, Residuals: Residuals{Carry: ActualResiduals}})
		for i := range klein {
			for k := range path.Years {
				if path.Simulated[i][k] != path.Actual[i][k] {
					near(t, klein[i].Name, path.Simulated[i][k], path.Actual[i][k], 1e-13)
				}
			}
		}
	}
}

// bimets, man/SIMULATE.Rd: the residual check, simulated minus historical
// consumption, printed with six digits: 1.56574 in 1923 and 2.17345 in 1941.
func TestResidualsAsPublished(t *testing.T) {
	p := bound(t, newSystem(t, klein), kleinPanel(t), kleinOLS(t), Options{First: 1923})
	residuals, _ := p.residuals()
	for year, want := range map[int]float64{1923: -1.56574, 1924: -0.493503, 1925: 0.0076079, 1939: 0.989201, 1940: 0.785077, 1941: -2.17345} {
		near(t, strconv.Itoa(year), residuals[0][year-1923], want, 1e-5)
	}
}
