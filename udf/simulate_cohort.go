package udf

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"utvandring/udf/cohort"
	"utvandring/udf/equation"
	"utvandring/udf/simulate"
)

// stocks couple the cohort accounts of country groups to a simulation: stocks on 1 January
// set pop_…, anko_…, anme_… and beh of the year, the frequencies emi_… that come out drive
// the stocks of the next. They are a simulate.Feedback.
type stocks struct {
	groups []stockGroup
}

// stockGroup is the account of one country group.
type stockGroup struct {
	account *cohort.Account
	suffix  string // of its variables, where there are several groups
	beh     string // the variable of the total
}

// kindNames are the suffixes of the panel's columns in the order of the account.
var kindNames = []string{"k1", "k2", "k3", "k4", "k5", "k6", "m1", "m2", "m3", "m4", "m5", "m6"}

// The sums that the models read: residents of every kind, those with short and with medium
// duration, and all.
var stockParts = [...]*cohort.Part{
	cohort.PartBy(func(male bool, age, _ int) int { return cohort.KindOf(male, age) }),
	partWithin(0, 2),
	partWithin(3, 9),
	cohort.PartBy(func(bool, int, int) int { return 0 }),
}

func partWithin(first, last int) *cohort.Part {
	return cohort.PartBy(func(male bool, age, duration int) int {
		if duration < first || duration > last {
			return -1
		}
		return cohort.KindOf(male, age)
	})
}

// readStocks reads rows of the view cohort. Of one country group the variables are those of
// its panel, of several those of panel_country.
func readStocks(v Value) (*stocks, error) {
	f, err := v.Frame()
	if err != nil {
		return nil, fmt.Errorf("cohorts %w", err)
	}
	if f.Len() == 0 {
		return nil, fmt.Errorf("cohorts has no rows")
	}
	column := map[string][]float64{}
	for _, name := range []string{"year", "country_group", "age", "duration", "residents", "emigrations", "stayers", "arrivals"} {
		at, ok := f.Find(name)
		if !ok {
			return nil, fmt.Errorf("cohorts: no column %s (there are %s)", name, strings.Join(f.Names, ", "))
		}
		x, null, err := f.Float(at)
		if err != nil {
			return nil, fmt.Errorf("cohorts: %w", err)
		}
		if null != nil {
			x = append([]float64(nil), x...)
			for row := range x {
				if null[row] {
					x[row] = math.NaN()
				}
			}
		}
		column[name] = x
	}
	sex, err := textColumn(f, "sex")
	if err != nil {
		return nil, fmt.Errorf("cohorts: %w", err)
	}
	rows := map[int][]cohort.Row{}
	for row := range f.Len() {
		for _, name := range []string{"year", "country_group", "age", "duration"} {
			if x := column[name][row]; x != math.Trunc(x) { // NULL, too
				return nil, fmt.Errorf("cohorts: %s in row %d is %g, not a whole number", name, row+1, x)
			}
		}
		group := int(column["country_group"][row])
		rows[group] = append(rows[group], cohort.Row{
			Year: int64(column["year"][row]), Male: strings.EqualFold(sex[row], "male"),
			Age: int(column["age"][row]), Duration: int(column["duration"][row]),
			Residents: column["residents"][row], Emigrations: column["emigrations"][row],
			Stayers: column["stayers"][row], Arrivals: column["arrivals"][row],
		})
	}
	s := &stocks{}
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		g := stockGroup{beh: fmt.Sprintf("beh%d", group)}
		if g.account, err = cohort.New(rows[group]); err != nil {
			return nil, fmt.Errorf("cohorts: country group %d: %w", group, err)
		}
		if len(rows) > 1 {
			g.suffix = fmt.Sprintf("_%d", group)
		}
		s.groups = append(s.groups, g)
	}
	return s, nil
}

// Variables are what the accounts set, group by group.
func (s *stocks) Variables() []string {
	var names []string
	for _, g := range s.groups {
		for _, prefix := range []string{"pop_", "anko_", "anme_"} {
			for _, kind := range kindNames {
				names = append(names, prefix+kind+g.suffix)
			}
		}
		names = append(names, g.beh)
	}
	return names
}

// Answer makes the stocks of runs side by side.
func (s *stocks) Answer(lanes int) simulate.Answer {
	a := &stocksOf{stocks: s}
	for _, g := range s.groups {
		a.now = append(a.now, g.account.NewStock(lanes))
	}
	for k := range a.frequency {
		a.frequency[k] = make([]float64, lanes)
	}
	return a
}

// stocksOf are the stocks of one year after the other.
type stocksOf struct {
	*stocks
	now       []*cohort.Stock // by group
	frequency [cohort.Kinds][]float64
}

// Begin takes the observed stocks of the first year.
func (s *stocksOf) Begin(year int64) error {
	for _, now := range s.now {
		if err := now.Observe(year); err != nil {
			return err
		}
	}
	return nil
}

// Before sets the year's variables from the stocks on 1 January.
func (s *stocksOf) Before(_ int64, to [][]float64) error {
	for _, now := range s.now {
		residents := to[:cohort.Kinds]
		for n, part := range stockParts {
			sums := to[:1]
			if n < len(stockParts)-1 {
				sums = to[:cohort.Kinds]
			}
			now.Sum(part, sums)
			to = to[len(sums):]
			if n != 1 && n != 2 {
				continue
			}
			for k, share := range sums {
				for l := range share {
					if share[l] > 0 { // else 0, of nobody too
						share[l] /= residents[k][l]
					}
				}
			}
		}
	}
	return nil
}

// After moves the stocks to the next 1 January.
func (s *stocksOf) After(_ int64, value func(string) []float64, actual func(string) float64) error {
	for n, g := range s.groups {
		var observed [cohort.Kinds]float64
		for k, kind := range kindNames {
			name := "emi_" + kind + g.suffix
			observed[k] = actual(name)
			simulated := value(name)
			for l := range s.frequency[k] {
				f := equation.Lane(simulated, l)
				if math.IsNaN(f) {
					f = 0 // nobody of that group lives here
				}
				s.frequency[k][l] = f
			}
		}
		if err := s.now[n].Advance(s.frequency, observed); err != nil {
			return err
		}
	}
	return nil
}
