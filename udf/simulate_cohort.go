package udf

import (
	"errors"
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
	parts  []string // names of further sums of residents
}

// stockGroup is the account of one country group.
type stockGroup struct {
	account *cohort.Account
	suffix  string       // of its variables, where there are several groups
	beh     string       // the variable of the total
	part    *cohort.Part // which further sum a cell belongs to
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
	a := argumentOf("cohorts", v)
	if a.err == nil && a.Len() == 0 {
		return nil, errors.New("cohorts has no rows: nobody is counted in it (.load a register, or .demo, and .refresh)")
	}
	columns := map[string][]float64{}
	for _, name := range []string{"year", "country_group", "age", "duration", "residents", "emigrations", "stayers", "arrivals"} {
		columns[name] = column(a, name, numberColumn)
	}
	sex := column(a, "sex", textColumn)
	if a.err != nil {
		return nil, a.err
	}
	for row, text := range sex {
		if !strings.EqualFold(text, "female") && !strings.EqualFold(text, "male") {
			return nil, fmt.Errorf("cohorts: sex in row %d is %q, not 'female' or 'male'", row+1, text)
		}
	}
	male := func(row int) bool { return strings.EqualFold(sex[row], "male") }
	s := &stocks{}
	rows := map[int][]cohort.Row{}
	for row := range sex {
		for _, name := range []string{"year", "country_group", "age", "duration"} {
			if x := columns[name][row]; x != math.Trunc(x) { // NULL, too
				return nil, fmt.Errorf("cohorts: %s in row %d is %g, not a whole number", name, row+1, x)
			}
		}
		group := int(columns["country_group"][row])
		rows[group] = append(rows[group], cohort.Row{
			Year: int64(columns["year"][row]), Male: male(row),
			Age: int(columns["age"][row]), Duration: int(columns["duration"][row]),
			Residents: columns["residents"][row], Emigrations: columns["emigrations"][row],
			Stayers: columns["stayers"][row], Arrivals: columns["arrivals"][row],
		})
	}
	parts, err := s.readParts(a.Frame, columns, male)
	if err != nil {
		return nil, err
	}
	for _, group := range slices.Sorted(maps.Keys(rows)) {
		g := stockGroup{beh: fmt.Sprintf("beh%d", group), part: parts(group)}
		if g.account, err = cohort.New(rows[group]); err != nil {
			return nil, fmt.Errorf("cohorts: country group %d: %w", group, err)
		}
		if len(rows) > 1 {
			g.suffix = fmt.Sprintf("_%d", group)
		}
		s.groups = append(s.groups, g)
	}
	names := s.Variables()
	for n, name := range names {
		if first := slices.IndexFunc(names, func(s string) bool { return strings.EqualFold(s, name) }); first < n {
			return nil, fmt.Errorf("cohorts: part %q is the name of a variable: give it another", name)
		}
	}
	return s, nil
}

// fit takes the names that the equations have: those of panel_country for a group by itself
// too, where they have no others. It says of a group whose frequencies none of them determines
// what becomes of it.
func (s *stocks) fit(system *simulate.System) (idle []string) {
	determined := map[string]bool{}
	for i := range system.Equations() {
		determined[equation.Key(system.Variable(i))] = true
	}
	answers := func(suffix string) bool {
		return slices.ContainsFunc(kindNames, func(kind string) bool { return determined["emi_"+kind+suffix] })
	}
	for i := range s.groups {
		g := &s.groups[i]
		of := strings.TrimPrefix(g.beh, "beh")
		if !answers(g.suffix) && answers("_"+of) {
			g.suffix = "_" + of
		}
		if !answers(g.suffix) {
			idle = append(idle, of)
		}
	}
	return idle
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
	return append(names, s.parts...)
}

// readParts reads the column part, which may not be there: the name of a further sum that a
// cell belongs to, in every year the same; NULL for none.
func (s *stocks) readParts(f *Frame, columns map[string][]float64, male func(row int) bool) (of func(group int) *cohort.Part, err error) {
	if _, ok := f.Find("part"); !ok {
		return func(int) *cohort.Part { return nil }, nil
	}
	names, null, err := nullableColumn(f, "part")
	if err != nil {
		return nil, fmt.Errorf("cohorts: %w", err)
	}
	number := map[string]int32{}
	all := map[int]*cohort.Part{}
	for row, name := range names {
		group := int(columns["country_group"][row])
		if all[group] == nil {
			all[group] = cohort.PartBy(func(bool, int, int) int { return -1 })
		}
		if null != nil && null[row] {
			continue
		}
		n, ok := number[name]
		if !ok {
			n = int32(len(number))
			number[name], s.parts = n, append(s.parts, name)
		}
		at := &all[group][cohort.Cell(male(row), int(columns["age"][row]), int(columns["duration"][row]))]
		if *at >= 0 && *at != n {
			return nil, fmt.Errorf("cohorts: part in row %d is %q, and the same people are %q in another row", row+1, name, s.parts[*at])
		}
		*at = n
	}
	return func(group int) *cohort.Part { return all[group] }, nil
}

// observed are the stocks and frequencies of the account in the years of a panel; NaN in
// others.
func (s *stocks) observed(panel *equation.Panel) (names []string, values [][]float64) {
	names = s.Variables()
	frequencies := len(names)
	for _, g := range s.groups {
		for _, kind := range kindNames {
			names = append(names, "emi_"+kind+g.suffix)
		}
	}
	values = make([][]float64, len(names))
	for n := range values {
		values[n] = slices.Repeat([]float64{math.NaN()}, len(panel.Year))
	}
	now := s.Answer(1)
	for t, year := range panel.Year {
		if now.Begin(year) != nil {
			continue // not in the account
		}
		row := make([][]float64, frequencies)
		for n := range row {
			row[n] = values[n][t : t+1]
			row[n][0] = 0
		}
		now.Before(year, row)
		for i, g := range s.groups {
			for k, f := range g.account.Frequencies(year) {
				values[frequencies+i*cohort.Kinds+k][t] = f
			}
		}
	}
	return names, values
}

// complete gives a panel without frequencies or stocks in some years, as those to come, those
// of the account.
func (s *stocks) complete(panel *equation.Panel) *equation.Panel {
	return panel.With(s.observed(panel))
}

// unlike are the country groups whose residents by sex and age differ from those of the
// panel by a fifth of these or more, in the years that both know.
func (s *stocks) unlike(panel *equation.Panel) (groups []string) {
	names, values := s.observed(panel)
	for _, g := range s.groups {
		differ, all := 0.0, 0.0
		for _, kind := range kindNames {
			name := "pop_" + kind + g.suffix
			column, ok := panel.Column(name)
			for t, x := range values[slices.Index(names, name)] {
				if ok && !panel.Missing(column, t) && !math.IsNaN(x) {
					differ += math.Abs(panel.Value(column, t) - x)
					all += panel.Value(column, t)
				}
			}
		}
		if differ > all/5 {
			groups = append(groups, strings.TrimPrefix(g.beh, "beh"))
		}
	}
	return groups
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
	for _, values := range to {
		clear(values)
	}
	parts := to[len(to)-len(s.parts):]
	for i, now := range s.now {
		if part := s.groups[i].part; part != nil {
			now.Sum(part, parts)
		}
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
