package dense

import "gonum.org/v1/gonum/floats"

// Mean adds in an order of its own: floats.Sum adds in one that depends on where
// in memory x begins, so that the last digit would change from run to run.
func Mean(x []float64) float64 {
	var a, b, c, d float64
	n := len(x) &^ 3
	for t := 0; t < n; t += 4 {
		y := x[t : t+4 : t+4]
		a, b, c, d = a+y[0], b+y[1], c+y[2], d+y[3]
	}
	for _, v := range x[n:] {
		a += v
	}
	return (a + b + c + d) / float64(len(x))
}

// Dot is floats.Dot without the call for the short rows of small systems.
func Dot(x, y []float64) float64 {
	if len(x) > 24 {
		return floats.Dot(x, y)
	}
	y = y[:len(x)]
	sum := 0.0
	for i, v := range x {
		sum += v * y[i]
	}
	return sum
}
