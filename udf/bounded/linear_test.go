package bounded

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// What linear algebra tells of data that are made so.
func TestLinear(t *testing.T) {
	one := func(p *sample) *System { return p.system() }
	for name, c := range map[string]struct {
		rows, shared int
		change       func(p *sample)
		system       func(p *sample) *System
		want         Verdict
		combination  []float64 // up to a factor; nil: any
	}{
		"long enough": {30, 1, func(*sample) {}, one, Bounded, nil},
		"large means": {30, 1, func(p *sample) {
			for _, x := range p.data[1:] {
				floats.AddConst(1e6, x)
			}
		}, one, Bounded, nil},
		"one fits exactly": {30, 0, func(p *sample) {
			copy(p.y(1), p.x(1, 0))
			floats.AddConst(3, p.y(1))
		}, one, Unbounded, []float64{0, 1, 0}},
		"a sum": {30, 0, func(p *sample) {
			floats.AddTo(p.y(0), p.y(1), p.y(2))
		}, one, Unbounded, []float64{1, -1, -1}},
		"the same left side": {30, 0, func(*sample) {}, func(p *sample) *System {
			p.data = p.data[:len(p.data)-1]
			s := (&sample{p.rows, 2, p.own, 0, slices.Concat(p.data[:5], p.data[7:9])}).system()
			s.Left = append(s.Left, s.Left[0])
			s.Terms = append(s.Terms, []Term{{0, s.Parameters}})
			s.Parameters++
			return s
		}, Unbounded, []float64{1, 0, -1}},
		"a sum that shared slopes keep apart": {30, 1, func(p *sample) {
			floats.AddTo(p.y(0), p.y(1), p.y(2))
			floats.Add(p.y(0), p.z(0, 0))
			floats.Add(p.y(0), p.z(1, 0)) // which wants s = 1 in the first and −1 in the second
		}, one, Bounded, nil},
		"no more rows than columns": {7, 0, func(*sample) {}, one, Unbounded, nil},
	} {
		p := random(3, c.rows, 3, 2, c.shared)
		c.change(p)
		s := c.system(p)
		a := s.Linear()
		if a.Verdict == Open {
			a = decide(t, s)
		}
		if a.Verdict != c.want {
			t.Errorf("%s: %v", name, a)
			continue
		}
		if c.want == Unbounded {
			if left := s.LeftOver(a.Combination); !(left < 1e-10) {
				t.Errorf("%s: %g is left over", name, left)
			}
			if c.combination != nil {
				along := floats.Dot(a.Combination, c.combination) / floats.Norm(a.Combination, 2) / floats.Norm(c.combination, 2)
				if math.Abs(math.Abs(along)-1) > 1e-8 {
					t.Errorf("%s: %v, not %v", name, a.Combination, c.combination)
				}
			}
		}
	}
}

// A regressor whose parts cancel up to rounding explains nothing: y − z + 2x is
// not in the model y = a + bx, z = c + bx.
func TestCancelledRegressor(t *testing.T) {
	p := random(8, 20, 2, 0, 1)
	copy(p.z(1, 0), p.z(0, 0))
	copy(p.y(1), p.y(0))
	floats.AddScaled(p.y(1), 2, p.z(0, 0))
	one, three := 0.1, 0.3
	if left := p.system().LeftOver([]float64{three, -(one + 2*one)}); left < 1e-3 {
		t.Errorf("%g is left over", left)
	}
}
