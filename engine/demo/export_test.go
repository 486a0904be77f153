package demo

import "testing"

// Count and Facts are the naive count, for the comparison with the SQL in
// cells_test.go.
func Count(tb testing.TB, o Options) (cells map[CellKey][3]int, facts map[string][]float64) {
	g, err := New(o)
	if err != nil {
		tb.Fatal(err)
	}
	t := count(tb, g, false)
	cells = map[CellKey][3]int{}
	t.each(func(year, county, central, group, sex, age, duration int, c *cell) {
		if group < 3 && year <= lastYear {
			cells[CellKey{
				year, t.counties[county], central + 1, group + 1, [2]string{"female", "male"}[sex],
				[6]string{"0-6", "7-17", "18-34", "35-62", "63-70", "71+"}[age], [5]string{"0-2", "3-5", "6-10", "11-15", "16+"}[duration],
			}] = [3]int{int(c.residents), int(c.emigrations), int(c.macro)}
		}
	})
	facts = map[string][]float64{}
	for _, f := range t.facts() {
		if len(f.values) > 0 {
			facts[f.id] = f.values
		}
	}
	return cells, facts
}

// CellKey is a group of immigrants in a year.
type CellKey struct {
	Year               int
	County             string
	Centrality, Group  int
	Sex, Age, Duration string
}
