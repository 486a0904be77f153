package sur

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"utvandring/udf/equation"
	"utvandring/udf/long"
	"utvandring/udf/parallel"
	"utvandring/udf/reference"
)

// How often does what is true get rejected at 5 per cent? testdata/size.csv says it for
// every p-value and interval of an estimation, simulated for systems of four equations
// like the report's: with lagged left sides or without, with two parameters shared by all
// equations or with none, 22 and 200 years, iterated SUR and least squares. The help of
// the macros has its numbers in words. The ordinary test simulates some samples of each
// and holds them against the file; all of it is made anew by
//
//	SIZE=2000 go test -run 'TestSize' -timeout 10h ./udf/sur
//
// the number of samples with 22 years; a fourth of it with 200 years, and of bootstraps.

// sizes counts what is rejected.
type sizes struct {
	sync.Mutex
	rejected, tests, samples map[string]int
}

func newSizes() *sizes {
	return &sizes{rejected: map[string]int{}, tests: map[string]int{}, samples: map[string]int{}}
}

// add counts one sample's tests of one kind.
func (s *sizes) add(what string, rejected ...bool) {
	s.Lock()
	defer s.Unlock()
	s.samples[what]++
	for _, r := range rejected {
		s.tests[what]++
		if r {
			s.rejected[what]++
		}
	}
}

func (s *sizes) below(what string, p ...float64) {
	var rejected []bool
	for _, p := range p {
		if !math.IsNaN(p) {
			rejected = append(rejected, p < 0.05)
		}
	}
	if len(rejected) > 0 {
		s.add(what, rejected...)
	}
}

func (s *sizes) share(what string) float64 { return float64(s.rejected[what]) / float64(s.tests[what]) }

// sample draws one, of each kind of errors, and counts all that is tested with it.
func (d sizeDesign) sample(to *sizes, m *Model, seed int) {
	rng := rand.New(rand.NewPCG(uint64(seed), uint64(d.years)))
	estimate := func(p *equation.Panel) *Fit {
		f, err := Estimate(context.Background(), m, p, Options{Method: d.method})
		if err != nil {
			return nil
		}
		return f
	}
	if f := estimate(d.draw(rng, 0.5, false)); f != nil {
		d.equations(to, f)
		d.standardErrors(to, f, "")
		d.wald(to, f)
		d.effects(to, f)
	}
	if f := estimate(d.draw(rng, 0, false)); f != nil {
		t := f.Diagonality(context.Background())
		to.below("sur_system.diagonal_p", t.LMP)
		to.below("sur_system.diagonal_lr_p", t.LRP)
		to.below("sur_system.diagonal_corrected_p", t.CorrectedP)
	}
	if f := estimate(d.draw(rng, 0.5, true)); f != nil {
		d.standardErrors(to, f, ", heteroskedastic")
	}
}

// bootstrap counts the intervals that do not cover.
func (d sizeDesign) bootstrap(to *sizes, m *Model, seed, replications int) {
	rng := rand.New(rand.NewPCG(uint64(seed), uint64(d.years)+1))
	f, err := Estimate(context.Background(), m, d.draw(rng, 0.5, false), Options{Method: d.method})
	if err != nil {
		return
	}
	for _, method := range BootstrapMethods {
		b, err := f.Bootstrap(context.Background(), BootstrapOptions{Replications: replications, Seed: int64(seed), Method: method, Level: 0.95})
		if err != nil {
			panic(err)
		}
		var percentile, corrected []bool
		for _, p := range b.Parameters {
			if x := drawnWith(p.Name); p.Name[0] != 'a' {
				percentile = append(percentile, x < p.Lower || x > p.Upper)
				corrected = append(corrected, x < p.BCLower || x > p.BCUpper)
			}
		}
		to.add("sur_bootstrap.lower sur_bootstrap.upper "+method, percentile...)
		to.add("sur_bootstrap.bc_lower sur_bootstrap.bc_upper "+method, corrected...)
	}
	d.drawnEffects(to, f, BootstrapOptions{Replications: replications, Seed: int64(seed), Level: 0.95})
}

// simulate draws samples from seeds that follow from.
func (d sizeDesign) simulate(from, samples, bootstraps, replications int) *sizes {
	to, m := newSizes(), d.model()
	if err := parallel.For(context.Background(), samples+bootstraps, func() func(int) error {
		return func(i int) error {
			if i < samples {
				d.sample(to, m, from+i)
			} else {
				d.bootstrap(to, m, from+i, replications)
			}
			return nil
		}
	}); err != nil {
		panic(err)
	}
	return to
}

const sizeFile = "testdata/size.csv"

// readSizes gives the shares of the file, by design and what.
func readSizes(t testing.TB) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	for _, row := range reference.ReadCSV(t, sizeFile)[1:] {
		design := strings.Join(row[:4], ",")
		if out[design] == nil {
			out[design] = map[string]float64{}
		}
		x, err := strconv.ParseFloat(row[5], 64)
		if err != nil {
			t.Fatal(err)
		}
		out[design][row[4]] = x / 100
	}
	return out
}

func TestSize(t *testing.T) {
	if n, _ := strconv.Atoi(os.Getenv("SIZE")); n > 0 {
		writeSizes(t, n)
	}
	long.Test(t)
	want := readSizes(t)
	many := newSizes() // those of 200 years together, as there are few of each
	manyWant := map[string]float64{}
	for _, d := range sizeDesigns() {
		samples, bootstraps := 60, 0
		if d.years == 200 {
			samples = 4
		} else if d.method == "isur" && d.lags {
			bootstraps = 20
		}
		got := d.simulate(1_000_000, samples, bootstraps, 99)
		for what, samples := range got.samples {
			p, ok := want[d.String()][what]
			switch {
			case !ok:
				t.Errorf("%v: %s has no %s", d, sizeFile, what)
			case d.years == 200:
				many.samples[what] += samples
				many.tests[what] += got.tests[what]
				many.rejected[what] += got.rejected[what]
				manyWant[what] += p * float64(samples)
			default:
				got.compare(t, d.String(), what, p)
			}
		}
	}
	for what, n := range many.samples {
		many.compare(t, "200 years", what, manyWant[what]/float64(n))
	}
}

// compare holds the share that is rejected against p, as if the tests of one sample were
// one: they are not independent.
func (s *sizes) compare(t *testing.T, where, what string, p float64) {
	t.Helper()
	within := 3.5*math.Sqrt(p*(1-p)/float64(s.samples[what])) + 0.02
	if share := s.share(what); math.Abs(share-p) > within {
		t.Errorf("%s: %s rejects %.1f of 100, and %.1f by %s", where, what, 100*share, 100*p, sizeFile)
	}
}

func writeSizes(t *testing.T, n int) {
	file, err := os.Create(sizeFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := csv.NewWriter(file)
	w.Write([]string{"lags", "shared", "years", "method", "what", "rejected_per_100", "samples"})
	for _, d := range sizeDesigns() {
		samples, bootstraps := n, n/4
		if d.years > 22 {
			samples, bootstraps = n/4, n/40
		}
		got := d.simulate(0, samples, bootstraps, 199)
		for _, what := range slices.Sorted(maps.Keys(got.samples)) {
			w.Write(append(strings.Split(d.String(), ","), what, fmt.Sprintf("%.1f", 100*got.share(what)), fmt.Sprint(got.samples[what])))
		}
		w.Flush()
		t.Log(d)
	}
	if err := w.Error(); err != nil {
		t.Fatal(err)
	}
}

// What rejects more than ten or hardly any of 100 true hypotheses is said in numbers where
// it is explained: as a row of the table in the help of sur, or as "14 to 32".
func TestSizesAreInTheHelp(t *testing.T) {
	const most, least = 0.10, 0.015
	help := func(file string) string {
		text := reference.ReadFile(t, "../../sql/estimate/"+file)
		return string(text)
	}
	whole := func(x float64) string { return strconv.Itoa(int(math.Round(100 * x))) }
	want := readSizes(t)
	span := func(years int, what string) (low, high float64) {
		low, high = math.Inf(1), math.Inf(-1)
		for _, d := range sizeDesigns() {
			if x, ok := want[d.String()][what]; ok && d.years == years {
				low, high = min(low, x), max(high, x)
			}
		}
		return low, high
	}
	for _, kind := range append([]string{"classical t"}, StdErrors...) {
		row := fmt.Sprintf("--   %-13s", strings.Replace(kind, " ", ", ", 1))
		for _, years := range []int{22, 200} {
			for _, of := range []string{"", ", heteroskedastic", " of lagged left sides", " of lagged left sides, heteroskedastic"} {
				low, high := span(years, "sur.p_value "+kind+of)
				cell := whole(low)
				if whole(high) != cell {
					cell += "-" + whole(high)
				}
				row += fmt.Sprintf("%7s", cell)
			}
		}
		if !strings.Contains(help("sur.sql"), row+"\n") {
			t.Errorf("sur.sql lacks the row\n%s", row)
		}
	}
	files := map[string]string{"sur_equations": "sur_diagnose.sql", "sur_system": "sur_diagnose.sql"}
	seen := map[string]bool{}
	for _, d := range sizeDesigns() {
		for what := range want[d.String()] {
			low, high := span(d.years, what)
			function, _, _ := strings.Cut(what, ".")
			key := fmt.Sprint(what, d.years)
			if function == "sur" || seen[key] || low >= least && high <= most {
				continue
			}
			seen[key] = true
			file, ok := files[function]
			if !ok {
				file = function + ".sql"
			}
			if phrase := whole(low) + " to " + whole(high); !strings.Contains(help(file), phrase) {
				t.Errorf("%s with %d years: %s does not say %s", what, d.years, file, phrase)
			}
		}
	}
}
