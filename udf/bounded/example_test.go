package bounded_test

import (
	"context"
	"fmt"
	"math"

	"utvandring/udf/bounded"
	"utvandring/udf/dense"
)

// Two equations share the slope s: e_1 = (1, −s) and e_2 = (∓s, 1) in two years.
// With the upper sign det E'E = (1 − s²)², so that the likelihood is infinite at
// s = 1 and s = −1; with the lower one it is (1 + s²)², and there is a maximum.
func Example() {
	y1, z1 := []float64{1, 0}, []float64{0, 1}
	y2, z2 := []float64{0, 1}, []float64{1, 0}
	for range 2 {
		s := &bounded.System{
			Triangle:   dense.Reduce([][]float64{z1, z2, y1, y2}, -1).Columns(len(z1)),
			Left:       []int{2, 3},
			Terms:      [][]bounded.Term{{{Column: 0, Parameter: 0}}, {{Column: 1, Parameter: 0}}},
			Parameters: 1,
		}
		answer, err := s.Nonlinear(context.Background(), []float64{0.5}, s.Linear().Sets[0])
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(answer.Verdict)
		if c := answer.Combination; c != nil {
			fmt.Printf("c1/c2 = ±%.3f at s = ±%.3f, where %.3f is left\n",
				math.Abs(c[0]/c[1]), math.Abs(answer.Parameters[0]), s.LeftOver(c))
		}
		z2[0] = -1
	}
	// Output:
	// unbounded
	// c1/c2 = ±1.000 at s = ±1.000, where 0.000 is left
	// bounded
}
