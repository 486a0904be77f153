package demo

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// Calibration: the factors of behaviour.go are multiplied by target / actual until the
// register's frequencies are those wanted, in the manner of iterative proportional fitting,
// and those of the years by what balances the equations and the text (balance_test.go). Run
// it after a change of the model:
//
//	DEMO_CALIBRATE="24 8" go test -timeout 1h -run Calibrate ./engine/demo
//
// writes data/behaviour.json after 24 rounds of immigrants, each on 4 registers with seeds of
// their own, and 8 of those born in Norway; with "24 8 anew" the years begin from residuals
// drawn anew. The targets (calibrate_target_test.go) are one person's reading of the report's
// text and figures in chapter 5 where the figures themselves are lost; published numbers are
// those of facts.csv.

// past is the seed of the residuals that the years start from.
const past = 2015

func TestCalibrate(t *testing.T) {
	var rounds, natives int
	var anew string
	if fmt.Sscan(os.Getenv("DEMO_CALIBRATE"), &rounds, &natives, &anew); rounds+natives == 0 {
		t.Skip(`set DEMO_CALIBRATE to two numbers of rounds, "24 8", to calibrate`)
	}
	const seeds = 4 // registers of a round, so as not to fit to one's chances
	economy, err := readEconomy()
	if err != nil {
		t.Fatal(err)
	}
	f, err := newBehaviour()
	if err != nil {
		t.Fatal(err)
	}
	immigrants := func(round int) (c *tally, each []*panel) {
		for seed := range seeds {
			g, err := New(Options{Scale: 1, Seed: uint64(1000 + round*seeds + seed)})
			if err != nil {
				t.Fatal(err)
			}
			g.setting.behaviour = f
			n := count(t, g, true)
			each = append(each, n.panel(1))
			if c == nil {
				c = n
			} else {
				c.add(n)
			}
		}
		for y := range c.sameYear {
			c.sameYear[y] /= seeds
		}
		return c, each
	}
	var mean [frequencies]float64 // of logarithms of the levels in the last rounds
	last := rounds * 2 / 3
	for round := range rounds {
		c, each := immigrants(round)
		facts, report := c.check(t)
		held, failed := "", ""
		for _, p := range each {
			mean, spread, bad := economy.check(p)
			held, failed = fmt.Sprintf("%s %d and %d", held, mean, spread), failed+bad
		}
		if round < last { // then only the years, on what places have come to
			f.adjust(c)
			f.adjustSettlers(c)
			f.adjustCountries(t, c)
			f.adjustDurations(c)
			all := c.panel(float64(seeds))
			f.tilt(economy, all)
			f.older(economy, all)
		}
		b := &balance{e: economy, each: each}
		for i, x := range f.levels() {
			b.least[i] = *x < 1.5*leastLevel
		}
		part := .5
		if round == 0 && anew == "anew" {
			b.draw(newRandom(past, 0))
			part = 1
		}
		missed := b.find(c.statements(t), 25)
		f.raise(&b.change, part)
		if round >= last {
			for i, x := range f.levels() {
				mean[i] += math.Log(*x) / float64(rounds-last)
			}
		}
		t.Logf("round %d of all together: %d facts, means and deviations%s hold%s", round+1, facts, held, missed)
		if round == rounds-1 {
			t.Log(report, failed)
		}
	}
	if rounds > 0 { // the chances of the last rounds cancel out
		for i, x := range f.levels() {
			*x = math.Exp(mean[i])
		}
	}
	if natives > 0 {
		c, _ := immigrants(rounds)
		for round := range natives {
			f.adjustNatives(t, c, seeds, uint64(round))
		}
	}
	if err := f.write("data/behaviour.json"); err != nil {
		t.Fatal(err)
	}
}

// write writes the factors to a file, with five digits.
func (f *behaviour) write(file string) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	text = regexp.MustCompile(`\d+\.?\d*(e-?\d+)?`).ReplaceAllFunc(text, func(b []byte) []byte {
		v, _ := strconv.ParseFloat(string(b), 64)
		return strconv.AppendFloat(nil, v, 'g', 5, 64)
	})
	text = regexp.MustCompile(`(\]\]*,|\},)`).ReplaceAll(text, []byte("$1\n"))
	return os.WriteFile(file, append(text, '\n'), 0o666)
}

// Levels stay between these.
const leastLevel, mostLevel = .005, 40.0

// raise moves the levels by a part of the changes that a balance has found.
func (f *behaviour) raise(change *[frequencies]float64, part float64) {
	for i, x := range f.levels() {
		*x = min(max(*x*math.Exp(part*change[i]), leastLevel), mostLevel)
	}
}

// levels are those of all kinds and years, in the order of cellOf.
func (f *behaviour) levels() (list []*float64) {
	for g := range f.Level {
		for k := range f.Level[g] {
			for y := range f.Level[g][k] {
				list = append(list, &f.Level[g][k][y])
			}
		}
	}
	return list
}

// tilt moves how readily those with ten years or more leave of the four kinds of group 1
// whose equations read the shares by duration, to where these are what the equations want.
func (f *behaviour) tilt(e *economy, p *panel) {
	for _, k := range []int{2, 3, 8, 9} {
		gap := 0.0
		for y := 2; y < years; y++ {
			gap += (p.emi[0][k][y] - e.fitted(p, 0, k, registerYear+y)) / (years - 2)
		}
		f.Tilt[0][k] = min(max(f.Tilt[0][k]*math.Exp(8*gap), .2), 10)
	}
}

// older moves the age at which women of group 2 arrive: equation 4.2.2 reads how many of
// those of 35-62 years came less than three years ago, and what it then gives of the years
// of the enlargement and before is farther apart than its R² and annex C have it, unless
// fewer of these came when many came, and more before.
func (f *behaviour) older(e *economy, p *panel) {
	const group, kind = 1, 3
	var fitted [years]float64
	for y := 2; y < years; y++ {
		fitted[y] = e.fitted(p, group, kind, registerYear+y)
	}
	mean := stat.Mean(fitted[2:], nil)
	for y := range years {
		x := &f.Older[group][female][y]
		want := math.Exp(-60 * (fitted[min(max(y+1, 2), years-1)] - mean)) // a year's arrivals count from the next
		*x = min(max(math.Sqrt(*x*want), .5), 1.7)
	}
}

// adjustDurations moves the duration most common among those who leave a country group
// above the others (f04-f06).
func (f *behaviour) adjustDurations(c *tally) {
	for g, most := range [3]int{1, 2, 2} {
		for d := 1; d <= 3; d++ {
			if d != most && float64(c.duration[g][d]) > .96*float64(c.duration[g][most]) {
				f.Duration[g][d] *= .99
				f.Duration[g][most] *= 1.01
			}
		}
	}
}

// adjustNatives moves the factors of those born in Norway: by county they and the
// immigrants of 2008 together are as published.
func (f *behaviour) adjustNatives(tb testing.TB, immigrants *tally, registers int, seed uint64) {
	const scale = .25
	g, err := New(Options{Scale: scale, Seed: seed})
	if err != nil {
		tb.Fatal(err)
	}
	g.setting.behaviour = f
	_, others := g.tasks()
	c := countTasks(tb, g, others)
	var born, came [19]float64
	total, natives := 0.0, 0.0
	c.each(func(y, k, _, _, _, _, _ int, x *cell) {
		if y >= 2004 && y <= 2012 {
			born[k] += float64(x.emigrations) / scale / 9
			natives += float64(x.emigrations) / scale / 9
		}
	})
	total = natives
	immigrants.each(func(y, k, _, _, _, _, _ int, x *cell) {
		if y == 2008 {
			came[k] += float64(x.emigrations) / float64(registers)
			total += float64(x.emigrations) / float64(registers)
		}
	})
	move := func(x *float64, want, have float64) {
		*x = min(max(*x*math.Pow(min(max(want/have, .4), 2.5), .6), .15), 10)
	}
	var want [19]float64
	sum := 0.0
	for k, name := range c.counties {
		want[k] = max(wantEmigrations[name]/100*total-came[k], .1*born[k])
		sum += want[k]
	}
	for k := range want {
		move(&f.Native.County[k], want[k]*wantNatives/sum, born[k])
	}
	var age [len(nativeAges) + 1]float64
	var sex [2]float64
	wanted, have := 0.0, 0.0
	for a := range age {
		for s := range sex {
			age[a] += float64(c.others[s][a])
			sex[s] += float64(c.others[s][a])
		}
		wanted += wantNative[a]
		have += age[a]
	}
	for a := range age {
		move(&f.Native.Age[a], wantNative[a]*have/wanted, age[a])
	}
	move(&f.Native.Family, wantChildren*float64(c.children[1]), float64(c.children[0]))
	move(&f.Native.Sex[male], wantMen*have, sex[male])
	move(&f.Native.Sex[female], (1-wantMen)*have, sex[female])
}
