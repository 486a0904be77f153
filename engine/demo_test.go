package engine

import (
	"context"
	"testing"

	"utvandring/engine/demo"
)

func BenchmarkDemoNational(b *testing.B) { benchmarkDemo(b, 1) }
func BenchmarkDemoStart(b *testing.B)    { benchmarkDemo(b, demo.DefaultScale) }

// benchmarkDemo: from an empty database to counted cells.
func benchmarkDemo(b *testing.B, scale float64) {
	ctx := context.Background()
	for range b.N {
		b.StopTimer()
		db, err := Open(ctx, Memory, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := db.Demo(ctx, scale, demo.DefaultSeed); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		db.Close()
		b.StartTimer()
	}
}
