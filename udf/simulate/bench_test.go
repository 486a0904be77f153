package simulate

import (
	"context"
	"runtime"
	"testing"
)

// 36 equations, 1992-2013, dynamic. The bar is 1 ms.
func BenchmarkReport(b *testing.B) {
	equations, coefficients, panel := all36(b)
	s := newSystem(b, equations)
	for b.Loop() {
		p := bound(b, s, panel, coefficients, Options{First: 1992})
		if _, err := p.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// With reading and ordering the equations, as every call from SQL does.
func BenchmarkReportFromText(b *testing.B) {
	equations, coefficients, panel := all36(b)
	for b.Loop() {
		p := bound(b, newSystem(b, equations), panel, coefficients, Options{First: 1992})
		if _, err := p.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// Klein's model I, 1921-1941, dynamic. The bar is 0.1 ms; bimets takes 10.2 ms.
func BenchmarkKlein(b *testing.B) {
	panel, c := kleinPanel(b), kleinOLS(b)
	s := newSystem(b, klein)
	for b.Loop() {
		p := bound(b, s, panel, c, Options{})
		if _, err := p.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// 1000 replications of Klein's model with mean and standard deviation, on one
// core. The bar is 5 ms; bimets takes 318 ms.
func BenchmarkKleinStochastic(b *testing.B) { kleinStochastic(b, nil) }

// The same with three quantiles.
func BenchmarkKleinStochasticQuantiles(b *testing.B) {
	kleinStochastic(b, []float64{0.025, 0.5, 0.975})
}

func kleinStochastic(b *testing.B, probabilities []float64) {
	p := bound(b, newSystem(b, klein), kleinPanel(b), kleinOLS(b), Options{First: 1923})
	source := normalOf(b, p, nil)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for b.Loop() {
		stochastic(b, []*Problem{p}, Stochastic{Replications: 1000, Seed: 1, Residuals: source, Probabilities: probabilities})
	}
}

// 10 000 replications of the 36 equations with three quantiles, on one core. The
// bar is 4 s.
func BenchmarkReportStochastic(b *testing.B) {
	equations, coefficients, panel := all36(b)
	p := bound(b, newSystem(b, equations), panel, coefficients, Options{First: 1992})
	source := normalOf(b, p, nil)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	b.ReportAllocs()
	for b.Loop() {
		stochastic(b, []*Problem{p}, Stochastic{Replications: 10_000, Seed: 1, Residuals: source, Probabilities: []float64{0.025, 0.5, 0.975}})
	}
}
