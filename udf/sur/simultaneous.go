package sur

import "utvandring/udf/equation"

// simultaneous reports whether the left sides of the equations that c combines
// explain each other: each is a regressor in another of them, with a coefficient
// that stands beside nothing else. Then the residuals cancel whatever the data:
// with y = a + bz + e and z = c + dy + f, for d = 1/b and c = −a/b, f is −e/b.
func (s *system) simultaneous(c []float64) bool {
	lefts := map[string]int{} // the equation of each
	for i, w := range c {
		if w != 0 {
			lefts[equation.Key(s.columns[s.equations[i].left].text)] = i
		}
	}
	explained := map[int]bool{} // equations whose left side is a regressor
	through := map[int]bool{}   // parameters
	for j, e := range s.equations {
		for n, column := range e.column {
			if i, ok := lefts[equation.Key(s.columns[column].text)]; ok && i != j && c[j] != 0 {
				explained[i], through[e.parameter[n]] = true, true
			}
		}
	}
	for i, w := range c {
		if w == 0 {
			continue
		}
		e := s.equations[i]
		if !explained[i] {
			return false
		}
		for n, column := range e.column {
			if _, ok := lefts[equation.Key(s.columns[column].text)]; !ok && through[e.parameter[n]] {
				return false
			}
		}
	}
	return true
}
