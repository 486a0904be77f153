package bounded

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"utvandring/udf/dense"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// sample is a system and its data: a constant, own regressors, regressors of
// shared slopes, left sides. Parameters are the constants of the equations, own
// slopes, shared ones.
type sample struct {
	rows, m, own, shared int
	data                 [][]float64
}

// random data of m equations with own regressors and shared slopes on different
// columns, over rows years.
func random(seed uint64, rows, m, own, shared int) *sample {
	rng := rand.New(rand.NewPCG(seed, 13))
	p := &sample{rows: rows, m: m, own: own, shared: shared}
	p.data = append(p.data, slices.Repeat([]float64{1}, rows))
	for range m*own + m*shared + m {
		p.data = append(p.data, normal(rng, rows))
	}
	return p
}

func (p *sample) x(i, j int) []float64 { return p.data[1+i*p.own+j] }
func (p *sample) z(i, k int) []float64 { return p.data[1+p.m*p.own+i*p.shared+k] }
func (p *sample) y(i int) []float64    { return p.data[1+p.m*(p.own+p.shared)+i] }

func (p *sample) system() *System {
	s := &System{Triangle: triangle(p.data), Parameters: p.m*(1+p.own) + p.shared}
	for i := range p.m {
		s.Left = append(s.Left, 1+p.m*(p.own+p.shared)+i)
		terms := []Term{{0, i}}
		for j := range p.own {
			terms = append(terms, Term{1 + i*p.own + j, p.m + i*p.own + j})
		}
		for k := range p.shared {
			terms = append(terms, Term{1 + p.m*p.own + i*p.shared + k, p.m*(1+p.own) + k})
		}
		s.Terms = append(s.Terms, terms)
	}
	return s
}

// beside is x by its products with a basis of what the constant and all own
// regressors leave over.
func (p *sample) beside(x []float64) []float64 {
	n := 1 + p.m*p.own
	d := mat.NewDense(p.rows, n, nil)
	for j := range n {
		d.SetCol(j, p.data[j])
	}
	var qr mat.QR
	qr.Factorize(d)
	var q mat.Dense
	qr.QTo(&q)
	var in mat.VecDense
	in.MulVec(q.Slice(0, p.rows, n, p.rows).T(), mat.NewVecDense(p.rows, x))
	return in.RawVector().Data
}

// cancels checks an Unbounded answer from the data themselves: that at its
// parameters its combination of residuals is zero beside its parts.
func (p *sample) cancels(t *testing.T, a Answer) {
	t.Helper()
	if a.Parameters == nil {
		t.Error("no parameters are given")
		return
	}
	sum, largest := make([]float64, p.rows), 0.0
	shared := a.Parameters[p.m*(1+p.own):]
	for i, c := range a.Combination {
		e := slices.Clone(p.y(i))
		floats.AddConst(-a.Parameters[i], e)
		for j := range p.own {
			floats.AddScaled(e, -a.Parameters[p.m+i*p.own+j], p.x(i, j))
		}
		for k, b := range shared {
			floats.AddScaled(e, -b, p.z(i, k))
		}
		floats.AddScaled(sum, c, e)
		largest = max(largest, math.Abs(c)*floats.Norm(e, 2))
	}
	if left := floats.Norm(sum, 2) / largest; !(left < 1e-9) {
		t.Errorf("%g of the largest part is left of the combination", left)
	}
}

func decide(t *testing.T, s *System) Answer { return decideFrom(t, s, somewhere(s)) }

func decideFrom(t *testing.T, s *System, start []float64) Answer {
	t.Helper()
	a := s.Linear()
	if a.Verdict == Open {
		var err error
		if a, err = s.Nonlinear(context.Background(), start, a.Sets[0]); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// somewhere is a point where no residual is 0.
func somewhere(s *System) []float64 { return normal(rand.New(rand.NewPCG(1, 14)), s.Parameters) }

func triangle(data [][]float64) [][]float64 { return dense.Reduce(data, -1).Columns(len(data[0])) }

// Neither units nor the point at which residuals are measured change the verdict.
func TestVerdictIsInvariant(t *testing.T) {
	count := map[Verdict]int{}
	for seed := range uint64(60) {
		p := random(seed, 7, 2, 2, 1)
		s := p.system()
		want := decide(t, s)
		count[want.Verdict]++
		start := normal(rand.New(rand.NewPCG(seed, 14)), s.Parameters)
		if got := decideFrom(t, s, start); got.Verdict != want.Verdict {
			t.Errorf("seed %d: %v from %v", seed, got.Verdict, start)
		}
		for _, scale := range [][2]float64{{1e6, 1}, {1e-5, 1e3}} {
			q := random(seed, 7, 2, 2, 1)
			for i := range q.m { // a shared slope wants y and z of an equation in one unit
				floats.Scale(scale[i], q.y(i))
				floats.Scale(scale[i], q.z(i, 0))
			}
			if got := decide(t, q.system()); got.Verdict != want.Verdict {
				t.Errorf("seed %d, %v: %v, not %v", seed, scale, got.Verdict, want.Verdict)
			}
		}
	}
	if count[Bounded] < 10 || count[Unbounded] < 10 {
		t.Errorf("too few of one kind for the test to mean anything: %v", count)
	}
}

// A search that is stopped says so.
func TestDecideStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := random(1, 22, 4, 4, 4).system()
	if _, err := s.Nonlinear(ctx, somewhere(s), s.Linear().Sets[0]); err != context.Canceled {
		t.Error(err)
	}
}
