package bounded

import (
	"math"
	"math/rand/v2"
)

// randomUnit makes x a random vector of length size.
func randomUnit(rng *rand.Rand, x []complex128, size float64) {
	for i := range x {
		x[i] = complex(rng.NormFloat64(), rng.NormFloat64())
	}
	scale(x, size/length(x))
}

// inner is Σ x_i y_i, nothing conjugated.
func inner(x, y []complex128) complex128 {
	sum := complex128(0)
	for i, z := range x {
		sum += z * y[i]
	}
	return sum
}

func length(x []complex128) float64 {
	sum := 0.0
	for _, z := range x {
		sum += real(z)*real(z) + imag(z)*imag(z)
	}
	return math.Sqrt(sum)
}

func scale(x []complex128, by float64) {
	for i := range x {
		x[i] *= complex(by, 0)
	}
}

// complexLU factors a (n×n) in place with partial pivoting, the inverse of the
// pivots on the diagonal; false when singular.
func complexLU(a []complex128, n int, perm []int) bool {
	for k := range n {
		best, size := k, 0.0
		for i := k; i < n; i++ {
			if x := math.Abs(real(a[i*n+k])) + math.Abs(imag(a[i*n+k])); x > size {
				best, size = i, x
			}
		}
		perm[k] = best
		if size == 0 || math.IsInf(size, 1) {
			return false
		}
		row := a[k*n : (k+1)*n]
		if best != k {
			for j, z := range a[best*n : (best+1)*n] {
				row[j], a[best*n+j] = z, row[j]
			}
		}
		inverse := 1 / row[k]
		row[k] = inverse
		for i := k + 1; i < n; i++ {
			x := a[i*n : (i+1)*n]
			if x[k] == 0 {
				continue
			}
			x[k] *= inverse
			w := x[k]
			for j := k + 1; j < n; j++ {
				x[j] -= w * row[j]
			}
		}
	}
	return true
}

// complexSolve solves a x = b in place with the factors of complexLU.
func complexSolve(a []complex128, n int, perm []int, b []complex128) {
	for k := range n {
		b[k], b[perm[k]] = b[perm[k]], b[k]
	}
	for i := 1; i < n; i++ {
		sum := b[i]
		for j, z := range a[i*n : i*n+i] {
			sum -= z * b[j]
		}
		b[i] = sum
	}
	for i := n - 1; i >= 0; i-- {
		sum := b[i]
		for j := i + 1; j < n; j++ {
			sum -= a[i*n+j] * b[j]
		}
		b[i] = sum * a[i*n+i]
	}
}
