package bounded

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"utvandring/udf/long"
)

// sparse is a system where parameters are shared by some equations only, or have
// one regressor in several.
func sparse(rng *rand.Rand, rows int) *System {
	m, shared, own := 2+rng.IntN(4), 1+rng.IntN(4), rng.IntN(3)
	s := &System{}
	data := [][]float64{normal(rng, rows)}
	for t := range data[0] {
		data[0][t] = 1
	}
	parameter := func() int { s.Parameters++; return s.Parameters - 1 }
	column := func() int { data = append(data, normal(rng, rows)); return len(data) - 1 }
	for range m {
		terms := []Term{{0, parameter()}}
		for range own {
			terms = append(terms, Term{column(), parameter()})
		}
		s.Terms = append(s.Terms, terms)
	}
	for range shared {
		kind, at := rng.IntN(5), map[int]int{}
		k := -1
		for i := range m {
			of := i
			switch kind {
			case 0:
				if rng.IntN(2) == 0 {
					continue
				}
			case 1:
				of = i / 2
			case 2:
				of = 0
			}
			if _, ok := at[of]; !ok {
				at[of] = column()
			}
			if k < 0 {
				k = parameter()
			}
			s.Terms[i] = append(s.Terms[i], Term{at[of], k})
		}
	}
	for range m {
		s.Left = append(s.Left, column())
	}
	s.Triangle = triangle(data)
	return s
}

// searchIn is one that has not begun, in the shortest system with as many rows
// left as unknowns, or extra ones; nil where there is no such number of years.
func searchIn(t *testing.T, of func(rows int) *System, extra int) *search {
	for rows := 4; rows < 60; rows++ {
		s := of(rows)
		if a := s.Linear(); a.Verdict == Open {
			w := newSearch(s, somewhere(s), a.Sets[0])
			if w == nil {
				continue
			}
			if b := w.bilinear(rand.New(rand.NewPCG(1, 1))); b != nil && b.rows >= b.n+extra {
				return w
			}
		}
	}
	return nil
}

// Of every pattern of sharing, and with more rows than unknowns, all solutions
// are found: as many as the degree says, each certain, complex ones in pairs.
// Where no two equations share a regressor and all share every parameter, the
// degree is a binomial coefficient. What the search finds is among them.
func TestSolveFindsAll(t *testing.T) {
	solved, fewer, found := 0, 0, 0
	systems := long.Runs(150, 45)
	for seed := range uint64(systems) {
		rng := rand.New(rand.NewPCG(seed, 99))
		of := func(rows int) *System { return sparse(rand.New(rand.NewPCG(seed, 99)), rows) }
		w := searchIn(t, of, int(seed%2))
		if w == nil {
			continue
		}
		b := w.bilinear(rng)
		n := 0
		all := b.solve(context.Background(), rng, func(z zero) bool {
			n++
			if !z.real(b.m) {
				n++
			}
			if left := b.remains(z.x); left > 1e-12 {
				t.Errorf("seed %d: %g remains of a solution", seed, left)
			}
			return true
		})
		if !all || n != b.solutions() {
			t.Errorf("seed %d: %d solutions of %d, complete is %v", seed, n, b.solutions(), all)
		}
		solved++
		if n < binomial(b.n, b.m-1) {
			fewer++
		}
		if seed%4 == 0 {
			old, _ := w.run(context.Background(), rng, 300)
			c, none := w.decide(context.Background(), rng, workOnce)
			if c == nil != none || old != nil && none {
				t.Errorf("seed %d: decided %v, %v, searched %v", seed, c, none, old)
			}
			if old != nil {
				found++
			}
		}
	}
	t.Logf("%d solved, %d with fewer solutions than without structure; %d searches found one", solved, fewer, found)
	if solved < 100*systems/150 || fewer < 20*systems/150 || found < 5*systems/150 {
		t.Error("too few of one kind for the test to mean anything")
	}
}

// remains is what x leaves of the equations, worked out from the definition.
func (b *bilinear) remains(x []complex128) float64 {
	largest := 0.0
	for t := range b.n {
		sum := complex128(0)
		for a := range b.m {
			for k := range b.k {
				sum += complex(b.form[(t*b.m+a)*b.k+k], 0) * x[a] * x[b.m+k]
			}
		}
		largest = max(largest, math.Hypot(real(sum), imag(sum)))
	}
	return largest
}

func TestSolutionsWithoutStructure(t *testing.T) {
	for _, c := range []struct{ m, shared, want int }{{2, 1, 2}, {3, 2, 6}, {3, 3, 10}, {4, 2, 10}, {4, 4, 35}, {5, 3, 35}} {
		w := searchIn(t, func(rows int) *System { return random(5, rows, c.m, 0, c.shared).system() }, 0)
		if got := w.bilinear(rand.New(rand.NewPCG(1, 1))).solutions(); got != c.want {
			t.Errorf("%d equations, %d shared: %d solutions", c.m, c.shared, got)
		}
	}
}
