package sur

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"utvandring/udf/equation"
	"utvandring/udf/parallel"
)

// SearchOptions say which specifications there are, and which of them will do.
type SearchOptions struct {
	// Keep are parameters that every specification has; nil: the constants, those that
	// stand only before numbers.
	Keep []string
	// Signs are what a parameter must be: 1 or −1, by key. MinT is the least |t| of a
	// parameter that is not kept.
	Signs map[string]int
	MinT  float64
}

// Specification is a subset of the parameters of the largest model, estimated.
type Specification struct {
	Kept                           []string // in the order of the model
	LogLikelihood, AIC, BIC        float64
	AdjustedR2                     float64 // see searcher.estimate
	SignsOK, TOK                   bool
	RankAIC, RankBIC, RankAdjusted int // among those with the signs and t asked for; 0: not one of them

	mask uint64
}

// Admissible has the signs and the |t| that were asked for.
func (s *Specification) Admissible() bool { return s.SignsOK && s.TOK }

// Search is all specifications, by BIC.
type Search struct {
	Specifications []Specification
	// Failed are those without an estimate, First the reason of the first.
	Failed int
	First  error
}

// mostCandidates is how many parameters may come and go: a million specifications.
const mostCandidates = 20

// SearchModel estimates every model that is the given one without some of its parameters,
// all on the sample of the largest. Options are those of Estimate, without restrictions.
func SearchModel(ctx context.Context, m *Model, panel *equation.Panel, o Options, so SearchOptions) (*Search, error) {
	s, _, err := newSearcher(ctx, m, panel, o, so)
	if err != nil {
		return nil, err
	}
	return s.all(ctx)
}

// searcher has what the specifications share.
type searcher struct {
	full    *system
	options SearchOptions
	free    []int  // candidates, as parameters of the model
	kept    []bool // by parameter
}

// newSearcher checks the largest model, and estimates it.
func newSearcher(ctx context.Context, m *Model, panel *equation.Panel, o Options, so SearchOptions) (*searcher, *Fit, error) {
	if so.MinT < 0 || math.IsNaN(so.MinT) {
		return nil, nil, fmt.Errorf("min_t must be 0 or more, not %g", so.MinT)
	}
	s := &searcher{options: so, kept: make([]bool, len(m.all))}
	for _, name := range so.Keep {
		k, err := m.parameter(name)
		if err != nil {
			return nil, nil, fmt.Errorf("keep: %w", err)
		}
		s.kept[k] = true
	}
	for name := range so.Signs {
		if _, err := m.parameter(name); err != nil {
			return nil, nil, fmt.Errorf("signs: %w", err)
		}
	}
	if so.Keep == nil {
		for k := range s.kept {
			s.kept[k] = m.plan.constantParameter(k)
		}
	}
	for k, kept := range s.kept {
		if !kept {
			s.free = append(s.free, k)
		}
	}
	if n := len(s.free); n > mostCandidates {
		return nil, nil, fmt.Errorf("%d parameters that may come and go make 2^%d specifications: keep at least %d of them, keep := ['…']", n, n, n-mostCandidates)
	}
	fit, err := Estimate(ctx, m, panel, o)
	if err != nil {
		return nil, nil, fmt.Errorf("the largest model: %w", err)
	}
	s.full = fit.system
	return s, fit, nil
}

// ParseSigns reads 'b > 0, r < 0' or a list of such texts.
func ParseSigns(texts []string) (map[string]int, error) {
	signs := map[string]int{}
	for _, text := range texts {
		for part := range strings.SplitSeq(text, ",") {
			part = strings.TrimSpace(part)
			wrong := fmt.Errorf("signs: %q is not a parameter with its sign (write 'b > 0, r < 0')", equation.Excerpt(part))
			node, err := equation.ParseExpr(strings.ReplaceAll(part, "$", ""))
			if err != nil {
				return nil, wrong
			}
			c, ok := node.(*equation.Binary)
			if !ok || c.Op != ">" && c.Op != "<" {
				return nil, wrong
			}
			sign := map[string]int{">": 1, "<": -1}[c.Op]
			left, right := c.X, c.Y
			if _, isName := left.(*equation.Column); !isName { // 0 < b
				left, right, sign = right, left, -sign
			}
			name, isName := left.(*equation.Column)
			zero, isZero := equation.Constant(right)
			if !isName || !isZero || zero != 0 || name.Lag > 0 {
				return nil, wrong
			}
			if old, given := signs[equation.Key(name.Name)]; given && old != sign {
				return nil, fmt.Errorf("signs: %s is to be positive and negative", name.Name)
			}
			signs[equation.Key(name.Name)] = sign
		}
	}
	return signs, nil
}

// parameter is the index of one.
func (m *Model) parameter(name string) (int, error) {
	k := indexOf(m.all, name)
	if k < 0 {
		return k, unknownParameter(name, nil, m.all)
	}
	return k, nil
}

// constantParameter tells whether a parameter stands only before numbers.
func (p *plan) constantParameter(k int) bool {
	for _, e := range p.equations {
		for j, parameter := range e.parameter {
			if _, number := p.columns[e.column[j]].node.(*equation.Number); parameter == k && !number {
				return false
			}
		}
	}
	return true
}

// all estimates every specification.
func (s *searcher) all(ctx context.Context) (*Search, error) {
	n := 1 << len(s.free)
	found, failures := make([]*Specification, n), make([]error, n)
	if err := parallel.For(ctx, n, func() func(int) error {
		return func(mask int) error {
			found[mask], failures[mask] = s.estimate(ctx, s.full.data, uint64(mask))
			return ctx.Err()
		}
	}); err != nil {
		return nil, err
	}
	out := &Search{}
	for _, f := range found {
		if f != nil {
			out.Specifications = append(out.Specifications, *f)
		}
	}
	out.Failed, out.First = n-len(out.Specifications), cmp.Or(failures...)
	out.rank()
	return out, nil
}

// rank gives the admissible ones their ranks and sorts all by BIC.
func (out *Search) rank() {
	list := out.Specifications
	by := func(value func(*Specification) float64, rank func(*Specification) *int) {
		slices.SortStableFunc(list, func(a, b Specification) int { // NaN is the lowest, and here the last
			return cmp.Or(cmp.Compare(-value(&b), -value(&a)), len(a.Kept)-len(b.Kept))
		})
		n := 0
		for i := range list {
			if list[i].Admissible() {
				n++
				*rank(&list[i]) = n
			}
		}
	}
	by(func(s *Specification) float64 { return -s.AdjustedR2 }, func(s *Specification) *int { return &s.RankAdjusted })
	by(func(s *Specification) float64 { return s.AIC }, func(s *Specification) *int { return &s.RankAIC })
	by(func(s *Specification) float64 { return s.BIC }, func(s *Specification) *int { return &s.RankBIC })
}

// system is the largest one with the parameters of a specification only.
func (s *searcher) system(data [][]float64, mask uint64) *system {
	full := s.full
	sub := &system{plan: &plan{constant: -1}, panel: full.panel, n: full.n, rows: full.rows, actual: full.actual, options: full.options}
	m := &Model{Equations: full.model.Equations, plan: sub.plan}
	number := make([]int, len(full.model.all)) // of a parameter here
	for k, name := range full.model.all {
		if number[k] = -1; s.kept[k] || mask>>slices.Index(s.free, k)&1 == 1 {
			number[k] = len(m.all)
			m.all, m.where = append(m.all, name), append(m.where, full.model.where[k])
		}
	}
	m.free, sub.model = m.all, m
	used := make([]bool, len(full.columns))
	for _, e := range full.equations {
		used[e.left] = true
		for j, c := range e.column {
			used[c] = used[c] || number[e.parameter[j]] >= 0
		}
	}
	place := make([]int, len(full.columns))
	for c, column := range full.columns { // in their order
		if !used[c] {
			continue
		}
		if c == full.constant {
			sub.constant = 0
		}
		if c < full.regressors {
			sub.regressors++
		}
		place[c] = len(sub.columns)
		sub.columns, sub.data = append(sub.columns, column), append(sub.data, data[c])
	}
	for _, e := range full.equations {
		q := planEquation{linear: e.linear, left: place[e.left], actual: e.actual}
		for j, c := range e.column {
			if k := number[e.parameter[j]]; k >= 0 {
				q.column, q.parameter = append(q.column, place[c]), append(q.parameter, k)
			}
		}
		sub.equations = append(sub.equations, q)
	}
	sub.layout = newLayout(sub.plan, len(m.free))
	return sub
}

// fit estimates a specification. The likelihood of the largest model is bounded, and so
// that of all.
func (s *searcher) fit(ctx context.Context, data [][]float64, mask uint64) (*Fit, error) {
	f := newFit(s.system(data, mask))
	if err := f.solver.setDivisor(f.system); err != nil {
		return f, err
	}
	if err := f.solve(ctx, true); err != nil {
		return f, err
	}
	f.finish()
	return f, nil
}

// estimate judges a specification. AIC and BIC count the coefficients and the M(M+1)/2
// elements of the residual covariance; adjusted R² is 1 − (1 − R²)(MT − M)/(MT − K), R² of
// one equation the usual one, of a system McElroy's.
func (s *searcher) estimate(ctx context.Context, data [][]float64, mask uint64) (*Specification, error) {
	f, err := s.fit(ctx, data, mask)
	if err != nil {
		return nil, fmt.Errorf("with %s: %w", strings.Join(f.Model.all, " "), err)
	}
	t, m, k := float64(f.system.n), float64(f.solver.m), float64(f.K)
	q := k + m*(m+1)/2
	out := &Specification{mask: mask, LogLikelihood: f.LogLikelihood, AIC: -2*f.LogLikelihood + 2*q, BIC: -2*f.LogLikelihood + q*math.Log(t), SignsOK: true, TOK: true, Kept: f.Model.all}
	out.AdjustedR2 = 1 - (1-f.systemR2())*(m*t-m)/(m*t-k)
	for _, p := range f.Parameters {
		if sign := s.options.Signs[equation.Key(p.Name)]; float64(sign)*p.Estimate < 0 || sign != 0 && p.Estimate == 0 {
			out.SignsOK = false
		}
		if !s.kept[indexOf(s.full.model.all, p.Name)] && !(math.Abs(p.T) >= s.options.MinT) {
			out.TOK = false
		}
	}
	return out, nil
}
