package sur

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"utvandring/udf/equation"
	"utvandring/udf/parallel"
	"utvandring/udf/quantile"
)

// SearchedParameter is a parameter of the best specification that the search has chosen.
type SearchedParameter struct {
	Parameter
	// SearchP is the share of replications, (1 + n)/(1 + N), in which the largest |t| that
	// the same search finds where no candidate has an effect is at least this one.
	SearchP float64
	// Critical is the 95 per cent quantile of those largest |t|, Found the share of
	// replications in which some candidate has P below 0.05, which a search that changed
	// nothing would have in 5 of 100.
	Critical, Found      float64
	Replications, Failed int
}

// Criteria are what the best specification may be best by.
var Criteria = []string{"bic", "aic", "adjusted_r2"}

// SearchedParameters says how much a search flatters the t-values of what it chooses. Data
// are drawn as in Bootstrap from the model with the kept parameters only, so that no
// candidate has an effect, and searched anew.
func SearchedParameters(ctx context.Context, m *Model, panel *equation.Panel, o Options, so SearchOptions, criterion string, bo BootstrapOptions) ([]SearchedParameter, error) {
	at := slices.Index(Criteria, criterion)
	if at < 0 {
		return nil, fmt.Errorf("criterion %q is unknown: choose among %s", criterion, quoteAll(Criteria))
	}
	if bo.Replications < 1 || bo.Replications > 1_000_000 {
		return nil, fmt.Errorf("replications must lie between 1 and 1000000, not %d", bo.Replications)
	}
	s, full, err := newSearcher(ctx, m, panel, o, so)
	if err != nil {
		return nil, err
	}
	all, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	best := all.best(at)
	if best == nil {
		return nil, errors.New("no specification has the signs and |t| asked for")
	}
	chosen, err := s.fit(ctx, s.full.data, best.mask)
	if err != nil {
		return nil, err
	}
	null, err := s.fit(ctx, s.full.data, 0)
	if err != nil {
		return nil, fmt.Errorf("without candidates: %w", err)
	}
	draw, err := null.drawer(bo.Method)
	if err != nil {
		return nil, err
	}
	given := *full // the largest model with the parameters of the smallest
	given.b, given.Residuals = make([]float64, len(m.all)), null.Residuals
	for k, p := range null.Parameters {
		given.b[indexOf(m.all, p.Name)] = null.b[k]
	}
	d, err := newDynamics(&given)
	if err != nil {
		return nil, err
	}
	largest, found := make([]float64, bo.Replications), make([]bool, bo.Replications)
	if err := parallel.For(ctx, bo.Replications, func() func(int) error {
		r := newReplicator(&given, d)
		return func(i int) error {
			draw(rand.New(rand.NewPCG(uint64(bo.Seed), uint64(i))), r.residuals)
			largest[i], found[i] = s.largestT(ctx, r, at)
			return ctx.Err()
		}
	}); err != nil {
		return nil, err
	}
	var ts []float64
	share := 0.0
	for i, t := range largest {
		if !math.IsNaN(t) {
			ts = append(ts, t)
			if found[i] {
				share++
			}
		}
	}
	if len(ts) == 0 {
		return nil, fmt.Errorf("none of the %d replications has an estimate", bo.Replications)
	}
	slices.Sort(ts)
	var out []SearchedParameter
	for _, p := range chosen.Parameters {
		if s.kept[indexOf(m.all, p.Name)] {
			continue
		}
		from, _ := slices.BinarySearch(ts, math.Abs(p.T))
		out = append(out, SearchedParameter{p, float64(1+len(ts)-from) / float64(1+len(ts)), quantile.Sorted(ts, 0.95),
			share / float64(len(ts)), len(ts), bo.Replications - len(ts)})
	}
	return out, nil
}

// best by a criterion among the admissible, nil where there are none.
func (out *Search) best(criterion int) *Specification {
	for i := range out.Specifications {
		s := &out.Specifications[i]
		if [...]int{s.RankBIC, s.RankAIC, s.RankAdjusted}[criterion] == 1 {
			return s
		}
	}
	return nil
}

// largestT searches drawn data: the largest |t| of a candidate in the best specification,
// 0 where it has none, NaN where nothing can be estimated; and whether one is significant.
func (s *searcher) largestT(ctx context.Context, r *replicator, criterion int) (largest float64, significant bool) {
	if r.explodes() {
		return math.NaN(), false
	}
	out := &Search{}
	for mask := range uint64(1) << len(s.free) {
		if one, err := s.estimate(ctx, r.data, mask); err == nil {
			out.Specifications = append(out.Specifications, *one)
		}
	}
	out.rank()
	best := out.best(criterion)
	if best == nil {
		if len(out.Specifications) == 0 {
			return math.NaN(), false
		}
		return 0, false
	}
	f, err := s.fit(ctx, r.data, best.mask)
	if err != nil {
		return math.NaN(), false
	}
	for _, p := range f.Parameters {
		if !s.kept[indexOf(s.full.model.all, p.Name)] {
			largest = max(largest, math.Abs(p.T))
			significant = significant || p.P < 0.05
		}
	}
	return largest, significant
}
