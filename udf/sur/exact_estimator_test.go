package sur

import (
	"math"
	"math/big"
)

// exactEstimator is an independent implementation of the estimators: normal equations with
// 300-bit numbers, plain iteration from pooled least squares, nothing clever. It
// decides on cases for which there is no published answer, and takes nothing from
// the solver, only the data and where each parameter stands.
type exactEstimator struct {
	options      Options
	years        int
	coefficients []coefficient
	own          []int          // rank of each equation's regressors
	left         [][]*big.Float // side of each equation
	gram         [][]*big.Float // z'z, by coefficient and coefficient
	zy           [][]*big.Float // z'y, by coefficient and equation
	b            []*big.Float   // current estimates
	used         [][]*big.Float // residual covariance that weights and standard errors are made of, divisor T
}

// coefficient is a parameter in an equation, z what it multiplies there.
type coefficient struct {
	equation, parameter int
	z                   []*big.Float
}

func newExactEstimator(s *system, o Options) *exactEstimator {
	j := &exactEstimator{options: o, years: s.n, b: zeros(1, len(s.model.free))[0]}
	for i, e := range s.equations {
		j.left = append(j.left, exactly(s.data[e.left]))
		for c := range e.column {
			j.coefficients = append(j.coefficients, coefficient{i, e.parameter[c], exactly(s.data[e.column[c]])})
		}
	}
	for i := range j.left {
		var independent [][]*big.Float
		for _, x := range j.coefficients {
			if x.equation == i && share(grams(append(independent, x.z))) > 1e-22 {
				independent = append(independent, x.z)
			}
		}
		j.own = append(j.own, len(independent))
	}
	n := len(j.coefficients)
	j.gram, j.zy = zeros(n, n), zeros(n, len(j.left))
	for a, x := range j.coefficients {
		for b, y := range j.coefficients {
			j.gram[a][b] = product(x.z, y.z)
		}
		for i, y := range j.left {
			j.zy[a][i] = product(x.z, y)
		}
	}
	return j
}

// grams are the cross-products of columns.
func grams(z [][]*big.Float) [][]*big.Float {
	a := zeros(len(z), len(z))
	for i := range z {
		for j := range z {
			a[i][j] = product(z[i], z[j])
		}
	}
	return a
}

// information is Σ_ij w_ij Z_i'Z_j.
func (j *exactEstimator) information(w [][]*big.Float) [][]*big.Float {
	a := zeros(len(j.b), len(j.b))
	for n, x := range j.coefficients {
		for c, y := range j.coefficients {
			accumulate(a[x.parameter][y.parameter], w[x.equation][y.equation], j.gram[n][c])
		}
	}
	return a
}

// step is generalised least squares with weights w. change is its length in
// standard errors, on average over the parameters; infinite where the weights
// leave parameters undetermined.
func (j *exactEstimator) step(w [][]*big.Float) (change float64) {
	a, right := j.information(w), zeros(len(j.b), 1)
	for n, x := range j.coefficients {
		for i := range j.left {
			accumulate(right[x.parameter][0], w[x.equation][i], j.zy[n][i])
		}
	}
	solution, _ := eliminated(a, right)
	if solution == nil {
		return math.Inf(1)
	}
	moved := zeros(1, len(j.b))[0]
	for k, x := range solution {
		moved[k].Sub(x[0], j.b[k])
		j.b[k] = x[0]
	}
	square := exact(0)
	for k, row := range a {
		accumulate(square, moved[k], product(row, moved))
	}
	return math.Sqrt(float(square) / float64(len(j.b)))
}

// residuals of the current estimates, by equation.
func (j *exactEstimator) residuals() [][]*big.Float {
	e := zeros(len(j.left), j.years)
	for i, y := range j.left {
		for t := range y {
			e[i][t].Set(y[t])
		}
	}
	for _, x := range j.coefficients {
		minus := exact(0).Neg(j.b[x.parameter])
		for t, z := range x.z {
			accumulate(e[x.equation][t], minus, z)
		}
	}
	return e
}

// covariance of the residuals with divisor T.
func (j *exactEstimator) covariance() [][]*big.Float {
	e := j.residuals()
	sigma := zeros(len(e), len(e))
	for i := range e {
		for l := range i + 1 {
			sigma[i][l].Quo(product(e[i], e[l]), exact(float64(j.years)))
			sigma[l][i] = sigma[i][l]
		}
	}
	return sigma
}

// divided is a covariance with divisor T divided by sqrt(d_i d_j) instead, where
// d_i = T, T − k_i, or the degrees of freedom of "small_sample".
func (j *exactEstimator) divided(sigma [][]*big.Float, divisor string) [][]*big.Float {
	d := make([]float64, len(sigma))
	for i := range d {
		d[i] = float64(j.years)
		if divisor != "T" {
			d[i] -= float64(j.own[i])
		}
		if divisor == "small_sample" && j.options.Method != "ols" {
			d[i] -= float64(len(d) - 1)
		}
	}
	out := zeros(len(d), len(d))
	for i := range d {
		for l := range d {
			root := exact(0).Sqrt(exact(d[i] * d[l]))
			out[i][l].Quo(times(sigma[i][l], exact(float64(j.years))), root)
		}
	}
	return out
}

// weights are those of least squares, or the inverse of the residual covariance.
func (j *exactEstimator) weights() [][]*big.Float {
	if j.options.Method == "ols" {
		return identity(len(j.left))
	}
	w, _ := invert(j.divided(j.used, j.options.Divisor))
	return w
}

// estimate leaves the estimates in b; false where that takes more than limit steps.
func (j *exactEstimator) estimate(limit int) bool {
	j.step(identity(len(j.left)))
	j.used = j.covariance()
	switch j.options.Method {
	case "sur":
		j.step(j.weights())
	case "isur":
		for change := math.Inf(1); change > 1e-14; limit-- {
			if limit == 0 || share(j.used) < dependent {
				return false
			}
			change = j.step(j.weights())
			j.used = j.covariance()
		}
	}
	return true
}

// share is the least that the others leave over of any column, squared, given
// their cross-products; 0 where columns are dependent.
func share(a [][]*big.Float) float64 {
	inverse, _ := invert(a)
	least := 1.0
	for k := range a {
		if inverse == nil {
			return 0
		}
		least = min(least, math.Abs(1/float(times(a[k][k], inverse[k][k]))))
	}
	return least
}

// dependent residuals are those of which rounding of the data is all that is left:
// sixteen digits, twice that in squares, less what is lost on the way.
const dependent = 1e-24

// logLikelihood is Gaussian, with divisor T; NaN where the residuals are dependent.
func (j *exactEstimator) logLikelihood() float64 {
	sigma := j.covariance()
	if share(sigma) < dependent {
		return math.NaN()
	}
	_, det := invert(sigma)
	mantissa := new(big.Float)
	exponent := det.MantExp(mantissa)
	logdet := math.Log(float(mantissa)) + float64(exponent)*math.Ln2
	t, m := float64(j.years), float64(len(j.left))
	return -t / 2 * (m*(1+math.Log(2*math.Pi)) + logdet)
}

// covarianceOfEstimates is of the kind that the options ask for.
func (j *exactEstimator) covarianceOfEstimates() [][]*big.Float {
	bread, _ := invert(j.information(j.weights()))
	divisor := j.options.Divisor
	switch j.options.StdErrors {
	case "hc0", "hc1", "hc3", "robust", "hac":
		return multiply(multiply(bread, j.meat(bread)), bread)
	case "small_sample":
		divisor = "small_sample"
	}
	sigma := j.divided(j.used, divisor)
	if j.options.Method == "ols" {
		return multiply(multiply(bread, j.information(sigma)), bread)
	}
	w, _ := invert(sigma)
	v, _ := invert(j.information(w))
	return v
}

// meat is Γ_0 + Σ_l (1 − l/(L+1)) (Γ_l + Γ_l') with Γ_l = Σ_t s_t s_{t−l}' and
// s_t = Σ_ij w_ij z_it e_jt, times the factor that the standard errors have; of "hc3"
// and "robust" s_t = Z_t'(W⁻¹ − Z_t A⁻¹ Z_t')⁻¹ e_t, which needs no root of W.
func (j *exactEstimator) meat(bread [][]*big.Float) [][]*big.Float {
	k, m := len(j.b), len(j.left)
	scores := zeros(j.years, k)
	e := j.residuals()
	weights := j.weights()
	sigma, _ := invert(weights)
	for t := range j.years {
		w := weights
		if kind := j.options.StdErrors; kind == "hc3" || kind == "robust" {
			inner := zeros(m, m)
			for i := range m {
				for l := range m {
					inner[i][l].Set(sigma[i][l])
				}
			}
			for _, x := range j.coefficients {
				for _, y := range j.coefficients {
					minus := exact(0).Neg(times(x.z[t], y.z[t]))
					accumulate(inner[x.equation][y.equation], minus, bread[x.parameter][y.parameter])
				}
			}
			w, _ = invert(inner)
		}
		for _, x := range j.coefficients {
			for l := range m {
				accumulate(scores[t][x.parameter], x.z[t], times(w[x.equation][l], e[l][t]))
			}
		}
	}
	own, spare := 0, m-1
	for _, n := range j.own {
		own += n
	}
	if j.options.Method == "ols" {
		spare = 0
	}
	numerator, denominator := 1, 1
	switch j.options.StdErrors {
	case "hc1":
		numerator, denominator = j.years*m, j.years*m-k
	case "robust": // T/(T − k̄ − (M − 1)), both times M
		numerator, denominator = j.years*m, j.years*m-own-spare*m
	}
	factor := exact(0).Quo(exact(float64(numerator)), exact(float64(denominator)))
	lags := 0
	if j.options.StdErrors == "hac" {
		lags = int(4 * math.Pow(float64(j.years)/100, 2.0/9))
		if j.options.Bandwidth != nil {
			lags = int(*j.options.Bandwidth)
		}
	}
	out := zeros(k, k)
	for t := range scores {
		for u := max(0, t-lags); u <= min(t+lags, j.years-1); u++ {
			weight := new(big.Float).Quo(exact(float64(lags+1-max(t-u, u-t))), exact(float64(lags+1)))
			for a, x := range scores[t] {
				for b, y := range scores[u] {
					accumulate(out[a][b], times(weight, factor), times(x, y))
				}
			}
		}
	}
	return out
}
