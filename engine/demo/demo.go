package demo

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"utvandring/udf/parallel"
)

// Options say which register.
type Options struct {
	Scale float64 // 1 is national size: about 5 million people in 2013
	Seed  uint64
}

// The register shown at start-up: made in about a second, and large enough that
// every group of the macro panels has people in every year.
const (
	DefaultScale = 0.05
	DefaultSeed  = 1990
)

// lateBlock is where the streams of random numbers begin of what decides nothing in a
// life; those of people begin at 0 and at 1 000 000.
const lateBlock = 1 << 41

// Generator makes one register.
type Generator struct {
	setting setting
	options Options
	first   *slots
}

// New reads the tables that the people are drawn from.
func New(options Options) (*Generator, error) {
	if !(options.Scale > 0) || options.Scale > 4 {
		return nil, fmt.Errorf("demo: scale %v is not between 0 and 4 (1 is national size)", options.Scale)
	}
	g := &Generator{options: options, first: newSlots()}
	s := &g.setting
	s.scale = options.Scale
	var err error
	if s.geography, err = readGeography(); err != nil {
		return nil, err
	}
	if s.world, err = readWorld(s.geography); err != nil {
		return nil, err
	}
	if s.settlement, err = readSettlement(s.geography); err != nil {
		return nil, err
	}
	if s.behaviour, err = newBehaviour(); err != nil {
		return nil, err
	}
	s.spreadPeople()
	return g, nil
}

// Share of each centrality among non-immigrants in 1990 relative to 2013: people
// have moved towards the centre.
var people1990 = [4]float64{1.20, 1.12, 1.03, .95}

// stirred is how much of the 1990 pattern moves within Norway wear off by 2013.
const stirred = .37

func (s *setting) spreadPeople() {
	from := make([]float64, len(s.regions))
	to := make([]float64, len(s.regions))
	total := [2]float64{}
	for i, r := range s.regions {
		from[i] = r.people * people1990[r.central]
		total[0] += r.people
		total[1] += from[i]
	}
	s.drawn = make([]float64, len(s.regions))
	for i, r := range s.regions {
		from[i] *= total[0] / total[1]
		to[i] = max(from[i]+(r.people-from[i])/stirred, 0)
		s.drawn[i] = to[i] / from[i]
	}
	s.peopleFrom, s.peopleTo = cumulate(from), cumulate(to)
}

// Countries are the codes that Batch.Person.Country and Batch.Migration.Country
// index.
func (g *Generator) Countries() []string { return g.setting.countries }

// Municipalities are the codes that Batch.Residence.Municipality indexes: those
// of 2013, then those of before mergers.
func (g *Generator) Municipalities() []string { return g.setting.codes }

// batchPeople is about how many people come in one batch.
const batchPeople = 300_000

// Generate makes the register and hands it over in batches, in order of
// person_id. Blocks are made in parallel ahead of what is handed over; a few of
// them, and up to three batches, are in memory at a time.
func (g *Generator) Generate(ctx context.Context, yield func(*Batch) error) error {
	tasks := g.tasks()
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan *Batch, 1)
	produce := func() func(int) (*Batch, error) {
		return func(i int) (*Batch, error) { return tasks[i]().batch(), nil }
	}
	// Blocks are joined to batches ahead of what is handed over, too, so that
	// nobody waits while one is being stored.
	wait := parallel.Start(func() error {
		defer close(batches)
		batch, nextID := &Batch{}, int64(1)
		join := func(i int, part *Batch) error {
			nextID = batch.add(part, nextID)
			if len(batch.Person.ID) < batchPeople && i < len(tasks)-1 {
				return nil
			}
			select {
			case batches <- batch:
			case <-ctx.Done():
				return ctx.Err()
			}
			batch = &Batch{}
			return nil
		}
		return parallel.InOrder(ctx, len(tasks), 8*runtime.GOMAXPROCS(0), produce, join)
	})
	defer wait()
	defer cancel()
	for batch := range batches {
		if err := yield(batch); err != nil {
			return err
		}
	}
	return wait()
}

// pools are the origins that share a block. Small ones do, within their group:
// what is wanting in a region is only known well where there are many people.
func (g *Generator) pools() [][]*origin {
	const enough = 5000
	var pools [][]*origin
	var open [3]int     // the pool of each group that is being filled, + 1
	var size [3]float64 // and its people in 2013
	for i := range g.setting.origins {
		o := &g.setting.origins[i]
		if open[o.group] == 0 {
			pools = append(pools, nil)
			open[o.group], size[o.group] = len(pools), 0
		}
		p := open[o.group] - 1
		pools[p] = append(pools[p], o)
		if size[o.group] += o.stock[lastYear-firstYear] * g.setting.scale; size[o.group] >= enough || len(pools[p]) == 255 {
			open[o.group] = 0
		}
	}
	return pools
}

// tasks are the blocks of the register, immigrants first.
func (g *Generator) tasks() []func() *block {
	var tasks []func() *block
	seed := g.options.Seed
	for _, pool := range g.pools() {
		tasks = append(tasks, func() *block { return g.setting.liveImmigrants(pool, seed, uint64(pool[0].country)) })
	}
	homes := int(math.Round(g.first.total * g.options.Scale))
	for start := 0; start < homes; start += homesInBlock {
		n := min(homesInBlock, homes-start)
		tasks = append(tasks, func() *block { return g.setting.liveOthers(g.first, n, seed, uint64(1_000_000+start/homesInBlock)) })
	}
	return tasks
}
