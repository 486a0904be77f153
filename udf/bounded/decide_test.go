package bounded

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/long"
)

// realEigenvalues counts the real λ for which the matrix of columns a + λb is
// singular.
func realEigenvalues(t *testing.T, a, b [][]float64) int {
	t.Helper()
	n := len(a)
	x, y := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for j := range n {
		x.SetCol(j, a[j])
		y.SetCol(j, b[j])
	}
	var product mat.Dense
	if err := product.Solve(y, x); err != nil {
		t.Fatal(err)
	}
	var eigen mat.Eigen
	if !eigen.Factorize(&product, mat.EigenNone) {
		t.Fatal("no eigenvalues")
	}
	count := 0
	for _, z := range eigen.Values(nil) {
		if imag(z) == 0 {
			count++
		}
	}
	return count
}

// With two equations, or with one shared slope, the residuals cancel where a
// pencil of matrices is singular: y_0 + λ y_1 is explained by Z_0 + λ Z_1, or
// the y_i − s z_i are dependent. Its real eigenvalues say whether the likelihood
// is bounded, and either answer is certain.
func TestPencils(t *testing.T) {
	hidden, seeds := 0, long.Runs(100, 40) // hidden by rounding
	for _, c := range []struct{ m, shared int }{{2, 1}, {2, 2}, {2, 3}, {2, 5}, {3, 1}, {4, 1}, {6, 1}} {
		count := map[bool]int{}
		for seed := range uint64(seeds) {
			p := random(3000+seed, 1+c.m+c.m-1+c.shared, c.m, 1, c.shared)
			var a, b [][]float64
			if c.m == 2 {
				a, b = [][]float64{p.beside(p.y(0))}, [][]float64{p.beside(p.y(1))}
				for k := range c.shared {
					a, b = append(a, p.beside(p.z(0, k))), append(b, p.beside(p.z(1, k)))
				}
			} else {
				for i := range c.m {
					a, b = append(a, p.beside(p.y(i))), append(b, p.beside(p.z(i, 0)))
				}
			}
			want := Bounded
			if realEigenvalues(t, a, b) > 0 {
				want = Unbounded
			}
			s := p.system()
			got := decide(t, s)
			if got.Verdict != want {
				t.Errorf("%d equations, %d shared, seed %d: %v, not %v", c.m, c.shared, seed, got, want)
			}
			switch {
			case got.Verdict != Unbounded:
			case got.Parameters == nil:
				hidden++
			default:
				p.cancels(t, got)
			}
			if got.Verdict == Unbounded && !(s.LeftOver(got.Combination) < 1e-10) {
				t.Errorf("%d equations, %d shared, seed %d: %g is left over", c.m, c.shared, seed, s.LeftOver(got.Combination))
			}
			count[want == Unbounded]++
		}
		t.Logf("%d equations, %d shared: %d unbounded, %d bounded", c.m, c.shared, count[true], count[false])
		if (c.m == 2 && c.shared%2 == 1 || c.m%2 == 0 && c.shared == 1) != (count[false] > 0) {
			t.Error("odd numbers of eigenvalues have a real one, even ones need not")
		}
	}
	if hidden > seeds/20 {
		t.Errorf("%d of some %d points are given without parameters", hidden, 13*seeds/2)
	}
}

// A point put into data that would be bounded without it is found: 8 rows are left
// for 5 unknowns.
func TestPlanted(t *testing.T) {
	for seed := range uint64(20) {
		p := random(seed, 17, 4, 2, 2)
		if a := decide(t, p.system()); a.Verdict != Bounded {
			t.Fatalf("seed %d: %v before anything is planted", seed, a)
		}
		rng := rand.New(rand.NewPCG(seed, 1))
		at := []float64{rng.NormFloat64(), rng.NormFloat64()}
		y0 := p.y(0)
		clear(y0)
		for i := range 4 {
			weight := 1.0
			if i > 0 {
				weight = rng.NormFloat64()
				floats.AddScaled(y0, weight, p.y(i))
			}
			for k, s := range at {
				if i == 0 {
					floats.AddScaled(y0, s, p.z(i, k))
				} else {
					floats.AddScaled(y0, -weight*s, p.z(i, k))
				}
			}
			floats.AddScaled(y0, rng.NormFloat64(), p.x(i, 0))
		}
		a := decide(t, p.system())
		if a.Verdict != Unbounded {
			t.Errorf("seed %d: %v", seed, a)
			continue
		}
		p.cancels(t, a)
		for k, s := range a.Parameters[len(a.Parameters)-2:] {
			if math.Abs(s-at[k]) > 1e-5*(1+math.Abs(at[k])) {
				t.Errorf("seed %d: %v was planted: %v", seed, at, a)
			}
		}
	}
}

// Two equations whose pencil turns planes: all its eigenvalues are complex, so
// that the likelihood is bounded, which no search could tell.
func TestBoundedByConstruction(t *testing.T) {
	for seed := range uint64(20) {
		p := random(seed, 3+4, 2, 1, 3)
		rng := rand.New(rand.NewPCG(seed, 2))
		in := [][]float64{p.y(0), p.z(0, 0), p.z(0, 1), p.z(0, 2)}
		by := [][]float64{p.y(1), p.z(1, 0), p.z(1, 1), p.z(1, 2)}
		plane, turned := make([][]float64, 4), make([][]float64, 4) // then mixed
		for k := 0; k < 4; k += 2 {
			sin, cos := math.Sincos(0.3 + 2.5*rng.Float64())
			plane[k], plane[k+1] = normal(rng, 7), normal(rng, 7)
			turned[k], turned[k+1] = make([]float64, 7), make([]float64, 7)
			for r := range 7 {
				turned[k][r] = cos*plane[k][r] + sin*plane[k+1][r]
				turned[k+1][r] = cos*plane[k+1][r] - sin*plane[k][r]
			}
		}
		for j := range 4 {
			clear(in[j])
			clear(by[j])
			for k := range 4 {
				w := rng.NormFloat64()
				floats.AddScaled(in[j], w, plane[k])
				floats.AddScaled(by[j], w, turned[k])
			}
			floats.AddScaled(by[j], rng.NormFloat64(), p.x(0, 0))
		}
		if a := decide(t, p.system()); a.Verdict != Bounded {
			t.Errorf("seed %d: %v", seed, a)
		}
	}
}

// Four equations and 22 years that share four slopes: (1) is one polynomial in c of
// odd degree, so that there always is a point.
func TestFourTimes22(t *testing.T) {
	for seed := range uint64(20) {
		p := random(seed, 22, 4, 4, 4)
		a := decide(t, p.system())
		if a.Verdict != Unbounded {
			t.Errorf("seed %d: %v", seed, a)
			continue
		}
		p.cancels(t, a)
	}
}
