package demo

import "testing"

func BenchmarkGenerateStart(b *testing.B)    { benchmarkGenerate(b, DefaultScale) }
func BenchmarkGenerateNational(b *testing.B) { benchmarkGenerate(b, 1) }

// benchmarkGenerate makes the columns, without a database.
func benchmarkGenerate(b *testing.B, scale float64) {
	for range b.N {
		g, err := New(Options{Scale: scale, Seed: DefaultSeed})
		if err != nil {
			b.Fatal(err)
		}
		people := 0
		if err := g.Generate(b.Context(), func(batch *Batch) error { people += len(batch.Person.ID); return nil }); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(people), "people/op")
	}
}
