package stock

import (
	"math/rand/v2"
	"slices"
	"testing"
)

var report = Groups{Age: []float64{0, 7, 18, 35, 63, 71}, Duration: []float64{0, 3, 6, 10, 11, 16}}

// brute counts by walking every person-year, and finds a group by trying floors.
func brute(r Records, g Groups, first, last int) map[Cell]bool {
	floor := func(floors []float64, years int) int32 {
		found := int32(None)
		for _, f := range floors {
			if years >= int(f) {
				found = int32(f)
			}
		}
		return found
	}
	counts := map[[3]int32]*Cell{}
	for i, kind := range r.Kind {
		y, until := int(r.First[i]), int(r.Until[i])
		if kind != Residence {
			until = y + 1
		}
		for ; y < until; y++ {
			if y < first || y > last {
				continue
			}
			key := [3]int32{int32(y), floor(g.Age, y-int(r.Born[i])), None}
			if r.NeverCame == nil || !r.NeverCame[i] {
				key[2] = floor(g.Duration, y-int(r.Came[i]))
			}
			if counts[key] == nil {
				counts[key] = &Cell{Year: key[0], Age: key[1], Duration: key[2]}
			}
			c := counts[key]
			switch kind {
			case Residence:
				c.Residents++
			case Emigration:
				c.Emigrations++
				c.EmigrationsMacro++
			case EmigrationOfMover:
				c.Emigrations++
			case Immigration:
				c.Immigrations++
				c.ImmigrationsMacro++
			case ImmigrationOfMover:
				c.Immigrations++
			}
		}
	}
	cells := map[Cell]bool{}
	for _, c := range counts {
		cells[*c] = true
	}
	return cells
}

// random makes records of all kinds, with people born or come after they live
// here too, which a broken register may have.
func random(n int, seed uint64) Records {
	rng := rand.New(rand.NewPCG(seed, 0))
	var r Records
	for range n {
		from := 1980 + rng.IntN(36)
		r.Kind = append(r.Kind, int16(max(0, rng.IntN(10)-5)))
		r.First = append(r.First, int16(from))
		r.Until = append(r.Until, int16(from+rng.IntN(25)))
		r.Born = append(r.Born, int16(from-rng.IntN(300)+3))
		r.Came = append(r.Came, int16(from-rng.IntN(30)+5))
		r.NeverCame = append(r.NeverCame, rng.IntN(2) == 0)
	}
	return r
}

func TestCountEqualsBruteForce(t *testing.T) {
	for seed := range uint64(50) {
		r := random(200, seed)
		if seed%2 == 0 {
			r.NeverCame = nil
		}
		want := brute(r, report, 1990, 2013)
		got := Count(r, report, 1990, 2013)
		for _, c := range got {
			if !want[c] {
				t.Fatalf("seed %d: %+v is not in the brute force", seed, c)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("seed %d: %d cells, the brute force has %d", seed, len(got), len(want))
		}
	}
}

// One man: born 1984 (first 1 January 1985), came 2000 (2001), resident on the 1
// Januaries of 2001-2004, emigrates in 2004 aged 20 with 3 completed years. On 1
// January 2003 he turns from 7-17 to 18-34, on 1 January 2004 he passes 3 years.
func TestCountOneMan(t *testing.T) {
	r := Records{Kind: []int16{Residence, Emigration}, Born: []int16{1985, 1984}, Came: []int16{2001, 2001}, First: []int16{2001, 2004}, Until: []int16{2005, 0}}
	got := Count(r, report, 1990, 2013)
	want := []Cell{
		{Year: 2001, Age: 7, Duration: 0, Residents: 1},
		{Year: 2002, Age: 7, Duration: 0, Residents: 1},
		{Year: 2003, Age: 18, Duration: 0, Residents: 1},
		{Year: 2004, Age: 18, Duration: 3, Residents: 1, Emigrations: 1, EmigrationsMacro: 1},
	}
	slices.SortFunc(got, func(a, b Cell) int { return int(a.Year - b.Year) })
	if !slices.Equal(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func BenchmarkCount(b *testing.B) {
	const n = 500
	rng := rand.New(rand.NewPCG(1, 0))
	var r Records
	for range n {
		from := 1990 + rng.IntN(20)
		r.Kind = append(r.Kind, Residence)
		r.First = append(r.First, int16(from))
		r.Until = append(r.Until, int16(from+rng.IntN(25)))
		r.Born = append(r.Born, int16(from-rng.IntN(70)))
		r.Came = append(r.Came, int16(from-rng.IntN(10)))
		r.NeverCame = append(r.NeverCame, rng.IntN(5) > 0)
	}
	for b.Loop() {
		Count(r, report, 1990, 2013)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
}
