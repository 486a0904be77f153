package sur

import "math/big"

// The arithmetic of exactEstimator.

const bits = 300

func exact(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }

func times(x, y *big.Float) *big.Float { return new(big.Float).SetPrec(bits).Mul(x, y) }

// accumulate adds x y to sum; most of the time of exactEstimator is spent here.
func accumulate(sum, x, y *big.Float) { sum.Add(sum, scratch.Mul(x, y)) }

var scratch = exact(0)

// float is what a float64 can hold of x.
func float(x *big.Float) float64 {
	f, _ := x.Float64()
	return f
}

func exactly(list []float64) []*big.Float {
	out := make([]*big.Float, len(list))
	for i, x := range list {
		out[i] = exact(x)
	}
	return out
}

func product(x, y []*big.Float) *big.Float {
	sum := exact(0)
	for t := range x {
		accumulate(sum, x[t], y[t])
	}
	return sum
}

func multiply(a, b [][]*big.Float) [][]*big.Float {
	out := zeros(len(a), len(b[0]))
	for i := range a {
		for l, x := range a[i] {
			for j, y := range b[l] {
				accumulate(out[i][j], x, y)
			}
		}
	}
	return out
}

// eliminated is the x of a x = b and the determinant of a, by Gauss-Jordan with
// pivoting; nil and 0 where a is singular.
func eliminated(a, b [][]*big.Float) (x [][]*big.Float, det *big.Float) {
	n := len(a)
	work := make([][]*big.Float, n)
	for i := range a {
		for _, v := range append(append([]*big.Float(nil), a[i]...), b[i]...) {
			work[i] = append(work[i], new(big.Float).Copy(v))
		}
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
		pivot := work[k][k]
		if pivot.Sign() == 0 {
			return nil, exact(0)
		}
		det.Mul(det, pivot)
		for _, v := range work[k][k+1:] {
			v.Quo(v, pivot)
		}
		for i := range n {
			if i == k || work[i][k].Sign() == 0 {
				continue
			}
			factor := new(big.Float).Neg(work[i][k])
			for j := k + 1; j < len(work[i]); j++ {
				accumulate(work[i][j], factor, work[k][j])
			}
		}
	}
	for i := range work {
		x = append(x, work[i][n:])
	}
	return x, det
}

func invert(a [][]*big.Float) (inverse [][]*big.Float, det *big.Float) {
	return eliminated(a, identity(len(a)))
}

func identity(n int) [][]*big.Float {
	a := zeros(n, n)
	for i := range a {
		a[i][i] = exact(1)
	}
	return a
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
