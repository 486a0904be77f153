package udf

import (
	"fmt"
	"math"
	"strings"

	"utvandring/udf/cohort"
	"utvandring/udf/equation"
)

// stocks couples a cohort account to a simulation: stocks on 1 January set
// pop_…, anko_…, anme_… and beh of the year, the frequencies emi_… that come out
// drive the stocks of the next. It is a simulate.Feedback.
type stocks struct {
	account *cohort.Account
	beh     string // the variable of the total
	now     *cohort.Stock
	last    int64 // simulated year: no stock is needed after it
	years   []int64
	set     [][]float64 // what was set, by year and variable
}

// kindNames are the suffixes of the panel's columns in the order of the account.
var kindNames = []string{"k1", "k2", "k3", "k4", "k5", "k6", "m1", "m2", "m3", "m4", "m5", "m6"}

// readStocks reads the rows of one country group of the view cohort.
func readStocks(v Value) (*stocks, error) {
	f, err := v.Frame()
	if err != nil {
		return nil, fmt.Errorf("cohorts %w", err)
	}
	if f.Len() == 0 {
		return nil, fmt.Errorf("cohorts has no rows")
	}
	s := &stocks{}
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
	rows := make([]cohort.Row, f.Len())
	group := column["country_group"][0]
	for row := range rows {
		if column["country_group"][row] != group {
			return nil, fmt.Errorf("cohorts has country groups %g and %g: take one at a time (WHERE country_group = …)", group, column["country_group"][row])
		}
		for _, name := range []string{"year", "age", "duration"} {
			if x := column[name][row]; x != math.Trunc(x) {
				return nil, fmt.Errorf("cohorts: %s in row %d is %g, not a whole number", name, row+1, x)
			}
		}
		rows[row] = cohort.Row{
			Year: int64(column["year"][row]), Male: strings.EqualFold(sex[row], "male"),
			Age: int(column["age"][row]), Duration: int(column["duration"][row]),
			Residents: column["residents"][row], Emigrations: column["emigrations"][row],
			Stayers: column["stayers"][row], Arrivals: column["arrivals"][row],
		}
	}
	s.beh = fmt.Sprintf("beh%g", group)
	s.account, err = cohort.New(rows)
	return s, err
}

// again is the same account for another simulation.
func (s *stocks) again() *stocks {
	if s == nil {
		return nil
	}
	return &stocks{account: s.account, beh: s.beh}
}

// Variables are what the account sets, in the order of the values in s.set; none
// without an account.
func (s *stocks) Variables() []string {
	if s == nil {
		return nil
	}
	var names []string
	for _, prefix := range []string{"pop_", "anko_", "anme_"} {
		for _, kind := range kindNames {
			names = append(names, prefix+kind)
		}
	}
	return append(names, s.beh)
}

// Before sets the year's variables from the stock on 1 January.
func (s *stocks) Before(year int64, set func(string, float64)) error {
	if s.now == nil {
		var err error
		if s.now, err = s.account.Observed(year); err != nil {
			return err
		}
	}
	m := s.now.Summary()
	values := append([]float64(nil), m.Residents[:]...)
	for _, part := range [][cohort.Kinds]float64{m.Short, m.Medium} {
		for k, n := range part {
			if n > 0 { // else 0, of nobody too
				n /= m.Residents[k]
			}
			values = append(values, n)
		}
	}
	values = append(values, m.Total)
	for i, name := range s.Variables() {
		set(name, values[i])
	}
	s.years, s.set = append(s.years, year), append(s.set, values)
	return nil
}

// After moves the stock to the next 1 January.
func (s *stocks) After(year int64, value, actual func(string) float64) error {
	if year >= s.last {
		return nil
	}
	var simulated, observed [cohort.Kinds]float64
	for k, kind := range kindNames {
		simulated[k], observed[k] = value("emi_"+kind), actual("emi_"+kind)
		if math.IsNaN(simulated[k]) {
			simulated[k] = 0 // nobody of that group lives here
		}
	}
	var err error
	s.now, err = s.now.Next(simulated, observed)
	return err
}

// write adds rows of what was set in the k-th year, without an equation.
func (s *stocks) write(t *Table, labels []any, k int, panel *equation.Panel) {
	row := int(s.years[k] - panel.Year[0])
	for i, name := range s.Variables() {
		actual := math.NaN()
		if c, ok := panel.Column(name); ok && !panel.Missing(c, row) {
			actual = panel.Data[c][row]
		}
		t.Append(append(labels, s.years[k], nil, name, actual, s.set[k][i])...)
	}
}
