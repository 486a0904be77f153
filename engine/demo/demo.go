package demo

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"

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

// onwardTo is how much likelier immigrants move on to a county than its part of them: more
// come to the north, and fewer to the counties around Oslo, than stay (Statistics Norway,
// "Innvandring og utvandring, etter fylke. 2008").
var onwardTo = map[string]float64{
	"Østfold": 1.4, "Buskerud": 1.5, "Akershus": 1.25, "Vest-Agder": .8, "Sør-Trøndelag": .6, "Nord-Trøndelag": .7,
	"Nordland": .5, "Troms": .5, "Finnmark": .4,
}

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
		if x, ok := onwardTo[s.counties[r.county]]; ok {
			s.drawn[i] *= x
		}
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
	tasks := slices.Concat(g.tasks())
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan *Batch, 1)
	produce := func() func(int) ([]*Batch, error) {
		return func(i int) (parts []*Batch, err error) {
			for _, b := range tasks[i]() {
				parts = append(parts, b.batch())
			}
			return parts, nil
		}
	}
	// Blocks are joined to batches ahead of what is handed over, too, so that
	// nobody waits while one is being stored.
	wait := parallel.Start(func() error {
		defer close(batches)
		batch, nextID := &Batch{}, int64(1)
		join := func(i int, parts []*Batch) error {
			for n, part := range parts {
				nextID = batch.add(part, nextID)
				if len(batch.Person.ID) < batchPeople && (i < len(tasks)-1 || n < len(parts)-1) {
					continue
				}
				select {
				case batches <- batch:
				case <-ctx.Done():
					return ctx.Err()
				}
				batch = &Batch{}
			}
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

// pools are the origins of each country group that share a block. Small ones do:
// what is wanting in a region is only known well where there are many people.
func (g *Generator) pools() (pools [3][][]*origin) {
	const enough = 5000
	var size [3]float64 // people in 2013 of the pool that is being filled
	for i := range g.setting.origins {
		o := &g.setting.origins[i]
		p := &pools[o.group]
		if n := len(*p); n == 0 || size[o.group] >= enough || len((*p)[n-1]) == 255 {
			*p, size[o.group] = append(*p, nil), 0
		}
		last := len(*p) - 1
		(*p)[last] = append((*p)[last], o)
		size[o.group] += o.stock[lastYear-firstYear] * g.setting.scale
	}
	return pools
}

// tasks are the blocks of the register: those of immigrants first, of the largest country
// group before the others, as its blocks take longest.
func (g *Generator) tasks() (immigrants, others []func() []*block) {
	seed := g.options.Seed
	pools := g.pools()
	for group := 2; group >= 0; group-- {
		immigrants = append(immigrants, func() []*block { return g.setting.liveImmigrants(pools[group], seed) })
	}
	homes := int(math.Round(g.first.total * g.options.Scale))
	for start := 0; start < homes; start += homesInBlock {
		n := min(homesInBlock, homes-start)
		others = append(others, func() []*block {
			return []*block{g.setting.liveOthers(g.first, n, seed, uint64(1_000_000+start/homesInBlock))}
		})
	}
	return immigrants, others
}
