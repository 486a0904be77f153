package simulate

import (
	"cmp"
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"slices"

	"utvandring/udf/equation"
	"utvandring/udf/parallel"
	"utvandring/udf/quantile"
)

// Stochastic says what is drawn.
type Stochastic struct {
	Replications int
	Seed         int64
	// Residuals of all equations in one year, zero for those without; nil draws
	// none. See NormalResiduals and ResampledResiduals.
	Residuals ResidualSource
	// Factors add the part that residuals have in common, year after year; nil: none. They
	// go with Residuals of the equations' own parts.
	Factors *Factors
	// Parameters draws the parameters of a replication; nil keeps them.
	Parameters *ParameterSource
	// Probabilities of the quantiles wanted.
	Probabilities []float64
	// Only are the numbers of the variables that are wanted, in the order of
	// Problem.Variables; nil: all of them.
	Only []int
	// Each, if not nil, is handed the values of every replication in order: those of
	// scenario s, variable i and simulated year k for replications, which are
	// numbered from 0. Both are valid during the call.
	Each func(s, i, k int, replications []int, values []float64)
	// Drop is told, in order, of each replication that has no solution in one of the
	// scenarios, and is left out of all; nil: it is an error.
	Drop func(replication int, err error)
	// Explosive is told, in order, of each replication whose parameters make the equations
	// of the first scenario explosive, as Response.Verdict has it at the values of the last
	// year. A feedback does not count. It is not called without Parameters.
	Explosive func(replication int)
	// Progress is told the number of replications done, if not nil.
	Progress func(done int)
}

// ResidualSource draws the residuals of all equations for one year.
type ResidualSource interface {
	// draw fills out, one value an equation; scratch is twice as long.
	draw(r *rand.Rand, scratch, out []float64)
}

// Distribution describes the replications of one variable in one year.
type Distribution struct {
	Mean, SD float64 // divisor n − 1; SD is NaN of one replication
	// Quantiles at the probabilities asked for, of R's type 7: exact up to 4096
	// replications, then to some 0.0005 in rank (see package quantile).
	Quantiles []float64
}

// Spread is the outcome for one scenario, variables (those of Only) × simulated years.
type Spread struct {
	Level [][]Distribution
	// Difference to the first scenario, replication by replication; nil for the
	// first.
	Difference [][]Distribution
}

// chunk is the number of replications that are simulated together.
const chunk = 128

// RunStochastic simulates the problems (scenarios of one system over the same
// years) with the same draws in each, so that what differs between scenarios is
// the scenario. Memory does not depend on the number of replications.
//
// A replication that cannot be solved is an error that names it, for a mean over the
// others is not the mean, unless Drop is there to count it.
func RunStochastic(ctx context.Context, problems []*Problem, o Stochastic) ([]Spread, error) {
	if o.Replications < 1 {
		return nil, fmt.Errorf("replications is %d, not at least 1", o.Replications)
	}
	for _, q := range o.Probabilities {
		if !(q >= 0 && q <= 1) {
			return nil, fmt.Errorf("%g is not a probability", q)
		}
	}
	first := problems[0]
	for _, p := range problems[1:] {
		if p.sys != first.sys || p.year(0) != first.year(0) || p.years() != first.years() {
			return nil, fmt.Errorf("scenarios must be simulated over the same years: one has %s to %s, another %s to %s",
				p.say(first.year(0)), p.say(first.year(first.years()-1)), p.say(p.year(0)), p.say(p.year(p.years()-1)))
		}
	}
	o.Seed = systemSeed(o.Seed, first.sys)
	if o.Only == nil {
		for i := range first.Variables() {
			o.Only = append(o.Only, i)
		}
	}
	collect := newCollector(problems, o)
	chunks := (o.Replications + chunk - 1) / chunk
	batches := make([]batch, min(runtime.GOMAXPROCS(0)+2, chunks)) // a place for each chunk that is not collected yet
	produce := func() func(c int) (*batch, error) {
		d := newDrawer(problems, o)
		return func(c int) (*batch, error) {
			b := &batches[c%len(batches)]
			b.reset(problems, o.Only, c, min(chunk, o.Replications-c*chunk))
			return b, d.simulate(ctx, b)
		}
	}
	var failure error
	use := func(c int, b *batch) error {
		slices.SortFunc(b.failed, func(x, y failed) int { return x.replication - y.replication })
		for _, f := range b.failed {
			failure = cmp.Or(failure, f.err)
			o.Drop(f.replication, f.err)
		}
		for _, replication := range b.explosive {
			o.Explosive(replication)
		}
		if o.Each != nil {
			b.each(o.Only, o.Each)
		}
		collect.add(b)
		if o.Progress != nil {
			o.Progress(min((c+1)*chunk, o.Replications))
		}
		return nil
	}
	if err := parallel.InOrder(ctx, chunks, len(batches), produce, use); err != nil {
		return nil, err
	}
	if collect.replications == 0 {
		return nil, fmt.Errorf("no replication has a solution: %w", failure)
	}
	return collect.spreads(o.Probabilities), nil
}

// batch is the outcome of one chunk: by problem and variable that is wanted, chunk lanes a
// year, of which the first are those of replications.
type batch struct {
	chunk        int
	replications []int
	failed       []failed
	explosive    []int
	values       [][][]float64
}

// failed is a replication without a solution.
type failed struct {
	replication int
	err         error
}

func (b *batch) reset(problems []*Problem, only []int, chunkNumber, lanes int) {
	b.chunk, b.replications, b.failed = chunkNumber, b.replications[:0], nil
	b.explosive = b.explosive[:0]
	for l := range lanes {
		b.replications = append(b.replications, chunkNumber*chunk+l)
	}
	if b.values != nil {
		return
	}
	for _, p := range problems {
		var values [][]float64
		for range only {
			values = append(values, make([]float64, chunk*p.years()))
		}
		b.values = append(b.values, values)
	}
}

// drop takes the lanes out that failed.
func (b *batch) drop(lanes *[chunk]bool) {
	if b.failed == nil {
		return
	}
	keep := 0
	for l, replication := range b.replications {
		if lanes[l] {
			continue
		}
		b.replications[keep] = replication
		for _, byVariable := range b.values {
			for _, values := range byVariable {
				for at := 0; at < len(values); at += chunk {
					values[at+keep] = values[at+l]
				}
			}
		}
		keep++
	}
	b.replications = b.replications[:keep]
}

func (b *batch) each(only []int, f func(s, i, k int, replications []int, values []float64)) {
	for s, byVariable := range b.values {
		for n, values := range byVariable {
			for k := range len(values) / chunk {
				f(s, only[n], k, b.replications, values[k*chunk:k*chunk+len(b.replications)])
			}
		}
	}
}

// systemSeed gives every set of behavioural equations draws of its own: the same
// seed for the models of two country groups must not make their residuals equal.
// Identities do not count, so that adding one changes nothing.
func systemSeed(seed int64, s *System) int64 {
	var names []string
	for _, i := range s.behavioural() {
		m := &s.equations[i]
		name := m.Name
		if m.Model == "" { // a number, which others have too
			name = m.left()
		}
		names = append(names, equation.Key(m.Model)+"\x00"+equation.Key(name))
	}
	slices.Sort(names)
	h := fnv.New64a()
	for _, n := range names {
		h.Write([]byte(n + "\x00"))
	}
	return int64(mix(uint64(seed)) ^ h.Sum64())
}

// drawer draws and simulates chunks; it belongs to one goroutine.
type drawer struct {
	o       Stochastic
	workers []*worker // by problem, all with the same shifts
	source  *rand.PCG
	random  *rand.Rand
	out     []float64
	scratch []float64
	factors []float64   // of a replication, in the year that is drawn
	shifted [][]float64 // by equation: chunk lanes a year
	params  [][]float64 // by parameter that is drawn: chunk lanes
	slopes  [][]slope   // of what is judged; nil: nothing is
}

func newDrawer(problems []*Problem, o Stochastic) *drawer {
	d := &drawer{o: o, source: rand.NewPCG(0, 0)}
	d.random = rand.New(d.source)
	p := problems[0]
	n := len(p.sys.equations)
	d.out, d.scratch = make([]float64, n), make([]float64, 2*n)
	if o.Factors != nil {
		d.factors = make([]float64, len(o.Factors.phi))
	}
	d.shifted = make([][]float64, n)
	if o.Residuals != nil {
		for _, i := range p.sys.behavioural() {
			d.shifted[i] = make([]float64, chunk*p.years())
		}
	}
	for _, p := range problems {
		w := p.newWorker(chunk)
		w.shifted = d.shifted
		d.workers = append(d.workers, w)
	}
	if o.Parameters != nil {
		if o.Explosive != nil && p.mode == Dynamic {
			d.slopes = p.sys.slopes()
		}
		for _, reg := range o.Parameters.registers {
			lanes := make([]float64, chunk)
			d.params = append(d.params, lanes)
			for _, w := range d.workers {
				w.m.Regs[reg] = lanes
			}
		}
	}
	return d
}

// simulate fills a batch. Lanes beyond the last replication repeat the first of
// the batch and are not collected.
func (d *drawer) simulate(ctx context.Context, b *batch) error {
	d.draw(b)
	var dropped [chunk]bool
	for {
		lane, err := d.solve(ctx, b)
		switch {
		case err == nil:
			if d.slopes != nil {
				d.judge(b)
			}
			b.drop(&dropped)
			return nil
		case lane < 0 || d.o.Drop == nil:
			return err
		case dropped[lane]: // without its draws too
			return err
		}
		dropped[lane] = true
		if lane < len(b.replications) {
			b.failed = append(b.failed, failed{b.replications[lane], err})
		}
		d.undraw(lane)
	}
}

// draw makes the draws of all replications of a batch.
func (d *drawer) draw(b *batch) {
	first := d.workers[0]
	begin := int64(b.chunk * chunk)
	for l := range chunk {
		replication := begin + int64(l)
		if l >= len(b.replications) {
			replication = begin
		}
		if d.o.Parameters != nil {
			seedStream(d.source, d.o.Seed, replication, 0)
			d.o.Parameters.draw(d.random, l, d.params)
		}
		if d.o.Residuals == nil {
			continue
		}
		if d.o.Factors != nil {
			seedStream(d.source, d.o.Seed, replication, beforeAll)
			d.o.Factors.begin(d.random, d.factors)
		}
		for k := range first.years() {
			seedStream(d.source, d.o.Seed, replication, first.year(k))
			d.o.Residuals.draw(d.random, d.scratch, d.out)
			if d.o.Factors != nil {
				d.o.Factors.next(d.random, d.factors, d.out)
			}
			for i, shift := range d.shifted {
				if shift != nil {
					shift[k*chunk+l] = d.out[i]
				}
			}
		}
	}
}

// undraw makes a lane one without draws, so that the others can be solved.
func (d *drawer) undraw(lane int) {
	for _, shift := range d.shifted {
		for at := lane; at < len(shift); at += chunk {
			shift[at] = 0
		}
	}
	for n, lanes := range d.params {
		lanes[lane] = d.o.Parameters.center[n]
	}
}

// solve simulates all scenarios. An error of one lane comes with it, else with -1.
func (d *drawer) solve(ctx context.Context, b *batch) (lane int, err error) {
	for s, w := range d.workers {
		for n := range w.state {
			w.state[n].valid = false // other parameters, other Jacobian
		}
		if err := w.run(ctx); err != nil {
			if f, ok := err.(*Failure); ok {
				return f.Lane, fmt.Errorf("replication %d: %w", b.chunk*chunk+f.Lane+1, err)
			}
			return -1, err
		}
		for n, i := range d.o.Only {
			copy(b.values[s][n], w.valuesOf(i))
		}
	}
	return -1, nil
}

// judge finds the replications with explosive parameters.
func (d *drawer) judge(b *batch) {
	w := d.workers[0]
	one := *w.Problem
	one.params = slices.Clone(one.params)
	for l, replication := range b.replications {
		for n, reg := range d.o.Parameters.registers {
			one.params[reg] = d.params[n][l]
		}
		verdicts := one.restWhere(d.slopes, func(variable, lag int) float64 {
			return equation.Lane(w.value(input{variable, lag}, w.last), l)
		}).roots
		if slices.Contains(verdicts, Explosive) {
			b.explosive = append(b.explosive, replication)
		}
	}
}

// collector gathers the batches in the order of the replications.
type collector struct {
	replications        int
	years               int
	levels, differences [][]quantile.Sample // by problem: variable × year
	difference          []float64
}

func newCollector(problems []*Problem, o Stochastic) *collector {
	c := &collector{years: problems[0].years(), difference: make([]float64, chunk)}
	for s := range problems {
		n := len(o.Only) * c.years
		c.levels = append(c.levels, make([]quantile.Sample, n))
		if s == 0 {
			n = 0
		}
		c.differences = append(c.differences, make([]quantile.Sample, n))
		for _, all := range [][]quantile.Sample{c.levels[s], c.differences[s]} {
			for i := range all {
				if len(o.Probabilities) == 0 {
					all[i].Moments = true
				} else {
					all[i].Expect(o.Replications)
				}
			}
		}
	}
	return c
}

func (c *collector) add(b *batch) {
	c.replications += len(b.replications)
	for s, byVariable := range b.values {
		for i, values := range byVariable {
			for k := range c.years {
				lanes := values[k*chunk : k*chunk+len(b.replications)]
				c.levels[s][i*c.years+k].Add(lanes)
				if s == 0 {
					continue
				}
				difference := c.difference[:len(b.replications)]
				for l, v := range lanes {
					difference[l] = v - b.values[0][i][k*chunk+l]
				}
				c.differences[s][i*c.years+k].Add(difference)
			}
		}
	}
}

func (c *collector) spreads(probabilities []float64) []Spread {
	describe := func(all []quantile.Sample) [][]Distribution {
		var out [][]Distribution
		for at := 0; at < len(all); at += c.years {
			var years []Distribution
			for k := range c.years {
				d := &all[at+k]
				years = append(years, Distribution{d.Mean(), d.SD(), d.Quantiles(probabilities)})
			}
			out = append(out, years)
		}
		return out
	}
	var out []Spread
	for s := range c.levels {
		spread := Spread{Level: describe(c.levels[s])}
		if s > 0 {
			spread.Difference = describe(c.differences[s])
		}
		out = append(out, spread)
	}
	return out
}
