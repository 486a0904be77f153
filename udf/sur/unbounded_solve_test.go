package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"utvandring/udf/equation"
)

// beside gives the columns that are not own in an orthonormal basis of what the
// own ones leave over.
func beside(p *equation.Panel) map[string][]float64 {
	rows := len(p.Year)
	basis := newColumns(rows, 1)
	for r := range rows {
		basis.data[r] = 1
	}
	for j, name := range p.Names {
		if name[0] == 'x' {
			basis.data = append(basis.data, p.Data[j]...)
			basis.n++
		}
	}
	own := basis.n
	rng := rand.New(rand.NewPCG(1, 1))
	for ; basis.n < rows; basis.n++ {
		for range rows {
			basis.data = append(basis.data, rng.NormFloat64())
		}
	}
	basis = basis.orthonormal(1e-12)
	out := map[string][]float64{}
	for j, name := range p.Names {
		if name[0] != 'x' {
			for k := own; k < rows; k++ {
				out[name] = append(out[name], floats.Dot(p.Data[j], basis.col(k)))
			}
		}
	}
	return out
}

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
// is bounded: none may be refused that has a maximum, none answered that has
// not, and either answer is certain.
func TestSharedPencils(t *testing.T) {
	for _, c := range []struct{ m, shared int }{{2, 1}, {2, 2}, {2, 3}, {2, 5}, {3, 1}, {4, 1}, {6, 1}} {
		m, names := sharing(t, c.m, 1, c.shared)
		count := map[bool]int{}
		for seed := range uint64(100) {
			p := random(t, 3000+seed, 1+c.m+c.m-1+c.shared, names...)
			in := beside(p)
			var a, b [][]float64
			if c.m == 2 {
				a, b = [][]float64{in["y0"]}, [][]float64{in["y1"]}
				for k := range c.shared {
					a, b = append(a, in[fmt.Sprint("z0_", k)]), append(b, in[fmt.Sprint("z1_", k)])
				}
			} else {
				for i := range c.m {
					a, b = append(a, in[fmt.Sprint("y", i)]), append(b, in[fmt.Sprintf("z%d_0", i)])
				}
			}
			unbounded := realEigenvalues(t, a, b) > 0
			f, err := Estimate(context.Background(), m, p, Options{})
			if unbounded != errors.Is(err, ErrUnbounded) || !unbounded && (err != nil || f.Summary().Bounded != "proven") {
				t.Errorf("%d equations, %d shared, seed %d: unbounded is %v, %v", c.m, c.shared, seed, unbounded, err)
			}
			count[unbounded]++
		}
		t.Logf("%d equations, %d shared: %d unbounded, %d bounded", c.m, c.shared, count[true], count[false])
		if (c.m == 2 && c.shared%2 == 1 || c.m%2 == 0 && c.shared == 1) != (count[false] > 0) {
			t.Error("odd numbers of eigenvalues have a real one, even ones need not")
		}
	}
}

// sparse is a model where parameters are shared by some equations only, or have
// one regressor in several.
func sparse(t *testing.T, rng *rand.Rand) (*Model, []string) {
	m, shared, own := 2+rng.IntN(4), 1+rng.IntN(4), rng.IntN(3)
	var formulas, columns []string
	use := func(name string) string {
		if !slices.Contains(columns, name) {
			columns = append(columns, name)
		}
		return name
	}
	for i := range m {
		f := fmt.Sprintf("%s = $a%d", use(fmt.Sprint("y", i)), i)
		for j := range own {
			f += fmt.Sprintf(" + $b%d_%d*%s", i, j, use(fmt.Sprintf("x%d_%d", i, j)))
		}
		formulas = append(formulas, f)
	}
	for k := range shared {
		kind := rng.IntN(5)
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
			formulas[i] += fmt.Sprintf(" + $s%d*%s", k, use(fmt.Sprintf("z%d_%d", of, k)))
		}
	}
	return model(t, formulas...), columns
}

// searchIn is one that has not begun, in a system with as many rows left as
// unknowns, or extra ones; nil where there is no such number of years.
func searchIn(t *testing.T, m *Model, names []string, seed uint64, extra int) *search {
	for years := 4; years < 60; years++ {
		s, err := newSystem(m, random(t, seed, years, names...), nil, nil)
		if err != nil {
			continue
		}
		v := newSolver(s)
		if v.weakest < 1e-9 {
			continue
		}
		v.leastSquares()
		v.rebase()
		all := make([]int, v.m)
		for i := range all {
			all[i] = i
		}
		if suspects, _ := v.suspects(all); len(suspects) > 0 {
			w := newSearch(v, suspects)
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
	for seed := range uint64(150) {
		rng := rand.New(rand.NewPCG(seed, 99))
		m, names := sparse(t, rng)
		w := searchIn(t, m, names, seed, int(seed%2))
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
	if solved < 100 || fewer < 20 || found < 5 {
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
		m, names := sharing(t, c.m, 0, c.shared)
		w := searchIn(t, m, names, 5, 0)
		if got := w.bilinear(rand.New(rand.NewPCG(1, 1))).solutions(); got != c.want {
			t.Errorf("%d equations, %d shared: %d solutions", c.m, c.shared, got)
		}
	}
}

// A point put into data that would be bounded without it is found, and named.
func TestPlantedUnbounded(t *testing.T) {
	m, names := sharing(t, 4, 2, 2)
	for seed := range uint64(20) {
		p := random(t, seed, 17, names...) // 8 rows for 5 unknowns
		rng := rand.New(rand.NewPCG(seed, 1))
		at := []float64{rng.NormFloat64(), rng.NormFloat64()}
		column := func(name string) []float64 { return p.Data[slices.Index(p.Names, name)] }
		if _, err := Estimate(context.Background(), m, p, Options{}); err != nil {
			t.Fatal(err)
		}
		y0 := column("y0")
		clear(y0)
		for i := range 4 {
			weight := 1.0
			if i > 0 {
				weight = rng.NormFloat64()
				floats.AddScaled(y0, weight, column(fmt.Sprint("y", i)))
			}
			for k, s := range at {
				name := fmt.Sprintf("z%d_%d", i, k)
				if i == 0 {
					floats.AddScaled(y0, s, column(name))
				} else {
					floats.AddScaled(y0, -weight*s, column(name))
				}
			}
			floats.AddScaled(y0, rng.NormFloat64(), column(fmt.Sprintf("x%d_0", i)))
		}
		_, err := Estimate(context.Background(), m, p, Options{})
		if !errors.Is(err, ErrUnbounded) {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		for k, f := range sharedAt.FindAllStringSubmatch(err.Error(), -1) {
			if s, _ := strconv.ParseFloat(f[2], 64); math.Abs(s-at[k]) > 1e-5*(1+math.Abs(at[k])) {
				t.Errorf("seed %d: %v was planted: %v", seed, at, err)
			}
		}
	}
}

// Two equations whose pencil turns planes: all its eigenvalues are complex, so
// that the likelihood is bounded, which no search could tell.
func TestBoundedByConstruction(t *testing.T) {
	m, names := sharing(t, 2, 1, 3)
	for seed := range uint64(20) {
		p := random(t, seed, 3+4, names...)
		column := func(name string) []float64 { return p.Data[slices.Index(p.Names, name)] }
		rng := rand.New(rand.NewPCG(seed, 2))
		in, by := []string{"y0", "z0_0", "z0_1", "z0_2"}, []string{"y1", "z1_0", "z1_1", "z1_2"}
		plane := random(t, seed+100, 7, in...).Data[1:] // turned, then mixed
		turned := random(t, 0, 7, in...).Data[1:]
		for k := 0; k < 4; k += 2 {
			sin, cos := math.Sincos(0.3 + 2.5*rng.Float64())
			for r := range 7 {
				turned[k][r] = cos*plane[k][r] + sin*plane[k+1][r]
				turned[k+1][r] = cos*plane[k+1][r] - sin*plane[k][r]
			}
		}
		for j := range 4 {
			clear(column(in[j]))
			clear(column(by[j]))
			for k := range 4 {
				w := rng.NormFloat64()
				floats.AddScaled(column(in[j]), w, plane[k])
				floats.AddScaled(column(by[j]), w, turned[k])
			}
			floats.AddScaled(column(by[j]), rng.NormFloat64(), column("x0_0"))
		}
		f, err := Estimate(context.Background(), m, p, Options{})
		if err != nil || f.Summary().Bounded != "proven" {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}

// What is known of the likelihood is reported.
func TestBounded(t *testing.T) {
	full, names := sharing(t, 2, 1, 1)
	estimate := func(m *Model, years int, o Options) string {
		f, err := Estimate(context.Background(), m, random(t, 8, years, names...), o)
		if err != nil {
			t.Fatal(err)
		}
		return f.Summary().Bounded
	}
	if got := estimate(full, 30, Options{}); got != "proven" {
		t.Error(got)
	}
	for _, method := range []string{"sur", "ols"} {
		if got := estimate(full, 30, Options{Method: method}); got != "" {
			t.Error(got)
		}
	}
	given, err := ParseRestrictions("a0 = 1, a1 = 1, b0_0 = 1, b1_0 = 1, s0 = 1")
	if err != nil {
		t.Fatal(err)
	}
	if got := estimate(full, 30, Options{Restrictions: given}); got != "" {
		t.Error(got)
	}
}

// A regressor whose parts cancel up to rounding explains nothing.
func TestCancelledRegressor(t *testing.T) {
	p := random(t, 8, 20, "x", "y", "z")
	for r, x := range p.Data[0] {
		p.Data[2][r] = p.Data[1][r] + 2*x
	}
	s, err := newSystem(model(t, "y = $a + $b*x", "z = $c + $b*x"), p, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := newSolver(s)
	one, three := 0.1, 0.3
	if v.canVanish([]float64{three, -(one + 2*one)}) {
		t.Error("y − z + 2x is not in the model")
	}
}

// Replications of a system that may be unbounded are judged one by one: failed
// are those that are, by the discriminant of each one's data.
func TestBootstrapUnbounded(t *testing.T) {
	m, names := sharing(t, 2, 2, 1)
	done := 0
	for seed := uint64(700); done < 5; seed++ {
		p := random(t, seed, 7, names...)
		f, err := Estimate(context.Background(), m, p, Options{})
		if err != nil {
			continue
		}
		done++
		if f.Summary().Bounded != "proven" || len(f.bounded.open) != 1 {
			t.Fatalf("seed %d: %+v", seed, f.bounded)
		}
		d, err := newDynamics(f)
		if err != nil {
			t.Fatal(err)
		}
		draw, err := f.drawer("residual")
		if err != nil {
			t.Fatal(err)
		}
		r := newReplicator(f, d)
		count := map[bool]int{}
		for i := range uint64(100) {
			draw(rand.New(rand.NewPCG(1, i)), r.residuals)
			estimate := r.estimate(context.Background())
			drawn := &equation.Panel{Year: p.Year, Names: p.Names, Data: slices.Clone(p.Data)}
			for i, e := range f.system.equations {
				drawn.Data[slices.Index(p.Names, fmt.Sprint("y", i))] = r.data[e.left]
			}
			unbounded := discriminant(t, drawn) > 0
			if (estimate == nil) != unbounded {
				t.Errorf("seed %d, draw %d: unbounded is %v, %v", seed, i, unbounded, estimate)
			}
			count[unbounded]++
		}
		t.Logf("%d unbounded, %d bounded", count[true], count[false])
		if count[true] < 5 || count[false] < 5 {
			t.Error("too few of one kind for the test to mean anything")
		}
	}
}
