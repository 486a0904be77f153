package normal

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// The covariance of many draws is the one given, to four of its standard errors,
// sqrt((v_ii v_jj + v_ij²)/n); a singular one keeps what it says: the third is
// the sum of the first two, up to the root of rounding, 1e-8 (its pivot is rounding).
func TestDrawsHaveTheCovariance(t *testing.T) {
	for _, v := range [][]float64{
		{4, 1.2, -0.5, 1.2, 1, 0.3, -0.5, 0.3, 2},
		{4, 1, 5, 1, 1, 2, 5, 2, 7},
		{0, 0, 0, 0, 3, 3, 0, 3, 3},
	} {
		d, err := New("v", 3, v)
		if err != nil {
			t.Fatal(err)
		}
		singular := v[8] == v[0]+v[4]+2*v[1]
		rng := rand.New(rand.NewPCG(1, 2))
		const n = 100_000
		sum := make([]float64, 9)
		z, x := make([]float64, 3), make([]float64, 3)
		for range n {
			d.Draw(rng, z, x)
			if singular && math.Abs(x[0]+x[1]-x[2]) > 1e-6 {
				t.Fatalf("%v: %v is outside its range", v, x)
			}
			for i := range x {
				for j := range x {
					sum[i*3+j] += x[i] * x[j] / n
				}
			}
		}
		for i := range x {
			for j := range x {
				if error := math.Sqrt((v[i*4]*v[j*4] + v[i*3+j]*v[i*3+j]) / n); math.Abs(sum[i*3+j]-v[i*3+j]) > 4*error+1e-12 {
					t.Errorf("%v: covariance %d, %d is %g", v, i, j, sum[i*3+j])
				}
			}
		}
	}
}

func TestNotACovariance(t *testing.T) {
	for want, v := range map[string][]float64{
		"v is not a covariance matrix: its smallest eigenvalue is -1, its largest 3": {1, 2, 2, 1},
		"v is not finite": {1, math.NaN(), math.NaN(), 1},
	} {
		if _, err := New("v", 2, v); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
