package simulate

import (
	"context"
	"testing"
)

// 36 equations, 1992-2013, dynamic. The bar is 1 ms.
func BenchmarkReport(b *testing.B) {
	equations, coefficients, panel := all36(b)
	s := newSystem(b, equations)
	for b.Loop() {
		p, err := s.Bind(panel, coefficients, Options{First: 1992})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// With reading and ordering the equations, as every call from SQL does.
func BenchmarkReportFromText(b *testing.B) {
	equations, coefficients, panel := all36(b)
	for b.Loop() {
		p, err := newSystem(b, equations).Bind(panel, coefficients, Options{First: 1992})
		if err != nil {
			b.Fatal(err)
		}
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
		p, err := s.Bind(panel, c, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := p.Run(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
