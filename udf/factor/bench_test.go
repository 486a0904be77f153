package factor_test

import (
	"context"
	"testing"

	"utvandring/udf/factor"
)

// BenchmarkReport is a joint fit of 36 equations by 22 years with 81 coefficients, standard
// errors included.
func BenchmarkReport(b *testing.B) {
	p, _, _ := problem(b, "report36")
	for _, o := range []factor.Options{{Factors: 1, AR: true}, {Factors: 1}, {Factors: 2, AR: true}, {Factors: 2}} {
		b.Run(map[bool]string{true: "ar1", false: "white"}[o.AR]+map[int]string{1: "1", 2: "2"}[o.Factors], func(b *testing.B) {
			for range b.N {
				if _, err := factor.Estimate(context.Background(), p, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
