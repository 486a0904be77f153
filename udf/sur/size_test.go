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

// sizeDesign is a kind of system to draw samples of.
type sizeDesign struct {
	lags, shared bool
	years        int
	method       string
}

func (d sizeDesign) String() string {
	return fmt.Sprintf("%t,%t,%d,%s", d.lags, d.shared, d.years, d.method)
}

func sizeDesigns() (list []sizeDesign) {
	for _, years := range []int{22, 200} {
		for _, method := range []string{"isur", "ols"} {
			for _, lags := range []bool{false, true} {
				for _, shared := range []bool{false, true} {
					list = append(list, sizeDesign{lags, shared, years, method})
				}
			}
		}
	}
	return list
}

var sizeLag = []float64{0.5, 0.6, 0.3, 0.7}

func (d sizeDesign) model() *Model {
	var names, formulas []string
	for i := range sizeLag {
		form := "y# = $a# + $c#*an# + $e#*lag(rel) + $g#*lag(led)"
		if d.lags {
			form += " + $b#*lag(y#)"
		}
		if d.shared {
			form = strings.NewReplacer("$c#", "$c", "$g#", "$g").Replace(form)
		}
		names, formulas = append(names, fmt.Sprint(i+1)), append(formulas, strings.ReplaceAll(form, "#", fmt.Sprint(i+1)))
	}
	m, err := NewModel(names, formulas)
	if err != nil {
		panic(err)
	}
	return m
}

// draw makes a sample: normal errors with correlation between equations, and
// heteroskedastic ones with a standard deviation that follows a regressor.
func (d sizeDesign) draw(rng *rand.Rand, correlation float64, heteroskedastic bool) *equation.Panel {
	const burn = 30
	m, n := len(sizeLag), burn+d.years+1
	names := []string{"rel", "led"}
	data := [][]float64{make([]float64, n), make([]float64, n)}
	for i := range m {
		names = append(names, fmt.Sprint("y", i+1), fmt.Sprint("an", i+1))
		data = append(data, make([]float64, n), make([]float64, n))
	}
	rel, led := data[0], data[1]
	rel[0], led[0] = 0.3, 3.5
	for t := 1; t < n; t++ {
		rel[t] = rel[t-1] + 0.02*rng.NormFloat64()
		led[t] = 3.5 + 0.7*(led[t-1]-3.5) + 0.4*rng.NormFloat64()
		scale := 0.2
		if heteroskedastic {
			scale *= math.Exp(0.9*(led[t-1]-3.5)/0.56) / 1.5
		}
		common := rng.NormFloat64()
		for i := range m {
			y, an := data[2+2*i], data[3+2*i]
			an[t] = 2 + 0.5*rng.NormFloat64()
			e := math.Sqrt(correlation)*common + math.Sqrt(1-correlation)*rng.NormFloat64()
			y[t] = 1.2 + 0.15*an[t] - 0.4*rel[t-1] - 0.1*led[t-1] + scale*e
			if d.lags {
				y[t] += sizeLag[i] * y[t-1]
			}
		}
	}
	years := make([]int64, d.years+1)
	for t := range years {
		years[t] = int64(1990 + t)
	}
	for i := range data {
		data[i] = data[i][burn:]
	}
	p, err := equation.NewPanel(years, names, data, nil)
	if err != nil {
		panic(err)
	}
	return p
}

// drawnWith is the value of a parameter that samples are drawn with.
func drawnWith(name string) float64 {
	switch name[0] {
	case 'a':
		return 1.2
	case 'b':
		i, _ := strconv.Atoi(name[1:])
		return sizeLag[i-1]
	case 'c':
		return 0.15
	case 'e':
		return -0.4
	}
	return -0.1
}

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

// standardErrors tests each parameter's true value with each kind of standard errors.
func (d sizeDesign) standardErrors(to *sizes, f *Fit, suffix string) {
	o := f.system.options
	for _, kind := range []Options{
		{StdErrors: "classical"}, {StdErrors: "classical", Distribution: "t"}, {StdErrors: "small_sample"}, {StdErrors: "hc0"},
		{StdErrors: "hc1"}, {StdErrors: "hc2"}, {StdErrors: "hc3"}, {StdErrors: "robust"}, {StdErrors: "hac"},
	} {
		kind.Method, kind.Divisor = o.Method, o.Divisor
		name := kind.StdErrors
		if kind.Distribution != "" {
			name += " t"
		}
		if err := kind.fill(); err != nil {
			panic(err)
		}
		f.system.options = kind
		f.finish()
		var slopes, lags, outside []bool
		for _, p := range f.Parameters {
			if p.Name[0] == 'a' {
				continue
			}
			reject := pValue((p.Estimate-drawnWith(p.Name))/p.StdError, p.DF) < 0.05
			if p.Name[0] == 'b' {
				lags = append(lags, reject)
			} else {
				slopes = append(slopes, reject)
			}
			low, high := p.Interval(0.95)
			outside = append(outside, drawnWith(p.Name) < low || drawnWith(p.Name) > high)
		}
		to.add("sur.p_value "+name+suffix, slopes...)
		if len(lags) > 0 {
			to.add("sur.p_value "+name+" of lagged left sides"+suffix, lags...)
		}
		if name == "small_sample" {
			to.add("sur_interval.low sur_interval.high"+suffix, outside...)
		}
	}
	f.system.options = o
	f.finish()
}

// wald tests restrictions together that are true.
func (d sizeDesign) wald(to *sizes, f *Fit, p *equation.Panel) {
	text := "g1 = g2, g2 = g3, g3 = g4"
	if d.shared {
		text = "g = -0.1, c = 0.15, e1 = -0.4"
	}
	list, err := ParseRestrictions(text)
	if err != nil {
		panic(err)
	}
	o := f.system.options
	for _, kind := range []string{"classical", "small_sample", "robust"} {
		options := Options{Method: o.Method, Divisor: o.Divisor, StdErrors: kind}
		if err := options.fill(); err != nil {
			panic(err)
		}
		f.system.options = options
		f.finish()
		h, err := f.Test(context.Background(), p, list)
		if err != nil {
			continue
		}
		to.below("sur_test.p_value Wald "+kind, h.WaldP)
		if kind == "classical" {
			to.below("sur_test.p_value likelihood ratio", h.LRP)
		}
	}
	f.system.options = o
	f.finish()
}

// ratios are functions of the parameters and their true values, one for each equation:
// long runs where there are any.
func (d sizeDesign) ratios() (texts []string, values []float64) {
	for i, b := range sizeLag {
		text, value := "g#/(1 - b#)", -0.1/(1-b)
		if !d.lags {
			text, value = "g#/e#", -0.1/-0.4
		}
		if d.shared {
			text = strings.Replace(text, "g#", "g", 1)
		}
		texts, values = append(texts, strings.ReplaceAll(text, "#", fmt.Sprint(i+1))), append(values, value)
	}
	return texts, values
}

// effects counts the intervals of ratios that do not cover, and tests one true value.
func (d sizeDesign) effects(to *sizes, f *Fit, p *equation.Panel) {
	texts, values := d.ratios()
	o := f.system.options
	for _, kind := range []string{"classical", "small_sample"} {
		options := Options{Method: o.Method, Divisor: o.Divisor, StdErrors: kind}
		if err := options.fill(); err != nil {
			panic(err)
		}
		f.system.options = options
		f.finish()
		all, err := f.Effects(context.Background(), texts, EffectOptions{BootstrapOptions{Level: 0.95}})
		if err != nil {
			panic(err)
		}
		var delta, fieller []bool
		for i, e := range all {
			value := values[i]
			inside := value >= e.FiellerLower && value <= e.FiellerUpper
			if e.Ratio != Interval {
				inside = e.Ratio == Line || value <= e.FiellerLower || value >= e.FiellerUpper
			}
			delta, fieller = append(delta, value < e.Lower || value > e.Upper), append(fieller, !inside)
		}
		to.add("sur_effect.lower sur_effect.upper "+kind, delta...)
		to.add("sur_effect.fieller_lower sur_effect.fieller_upper "+kind, fieller...)
	}
	f.system.options = o
	f.finish()
	list, err := ParseHypotheses(fmt.Sprintf("%s = %.17g", texts[0], values[0])) // its Wald test is lower to upper
	if err != nil {
		panic(err)
	}
	if h, err := f.Test(context.Background(), p, list); err == nil {
		to.below("sur_test.p_value likelihood ratio of a ratio", h.LRP)
	}
}

// drawnEffects counts the quantiles of draws of ratios that do not cover.
func (d sizeDesign) drawnEffects(to *sizes, f *Fit, o BootstrapOptions) {
	texts, values := d.ratios()
	for _, o.Method = range []string{"residual", "normal"} {
		all, err := f.Effects(context.Background(), texts, EffectOptions{o})
		if err != nil {
			panic(err)
		}
		var outside []bool
		for i, e := range all {
			outside = append(outside, values[i] < e.DrawLower || values[i] > e.DrawUpper)
		}
		to.add("sur_effect.draw_lower sur_effect.draw_upper "+o.Method, outside...)
	}
}

func (d sizeDesign) equations(to *sizes, f *Fit) {
	columns := map[string][]float64{}
	for _, e := range f.Diagnose(1) {
		for name, p := range map[string]float64{
			"lm_het_p": e.LMHetP, "lm_het_fitted_p": e.LMHetFittedP, "jarque_bera_p": e.JarqueBeraP,
			"durbin_watson_p": e.DurbinWatsonP, "durbin_h_p": e.DurbinHP, "durbin_alternative_p": e.AlternativeP,
			"breusch_godfrey_p": e.BreuschGodfreyP, "breusch_godfrey_chi2_p": e.BreuschGodfreyChi2P,
		} {
			columns[name] = append(columns[name], p)
		}
	}
	for name, p := range columns {
		to.below("sur_equations."+name, p...)
	}
	_, _, p := f.Portmanteau(4)
	to.below("sur_system.portmanteau_p", p)
}

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
	panel := d.draw(rng, 0.5, false)
	if f := estimate(panel); f != nil {
		d.equations(to, f)
		d.standardErrors(to, f, "")
		d.wald(to, f, panel)
		d.effects(to, f, panel)
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
	want := readSizes(t)
	long := newSizes() // those of 200 years together, as there are few of each
	longWant := map[string]float64{}
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
				long.samples[what] += samples
				long.tests[what] += got.tests[what]
				long.rejected[what] += got.rejected[what]
				longWant[what] += p * float64(samples)
			default:
				got.compare(t, d.String(), what, p)
			}
		}
	}
	for what, n := range long.samples {
		long.compare(t, "200 years", what, longWant[what]/float64(n))
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
		text, err := os.ReadFile("../../sql/estimate/" + file)
		if err != nil {
			t.Fatal(err)
		}
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
