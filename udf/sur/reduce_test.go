package sur

import (
	"fmt"
	"testing"

	"utvandring/udf/long"
)

// Many more columns than years: what is left of the last ones is the rounding of
// rounding, down to where squares have no digits. Least squares is that of each
// equation by itself.
func TestManyMoreColumnsThanYears(t *testing.T) {
	const years = 22
	m, names := sharing(t, 40, 8, 0)
	p := random(t, 3, years, names...)
	f := estimate(t, m, p, Options{Method: "ols"})
	for i := 0; i < len(m.Equations); i += long.Runs(1, 3) {
		alone := fmt.Sprintf("y%d = $a%d", i, i)
		for j := range 8 {
			alone += fmt.Sprintf(" + $b%d_%d*x%d_%d", i, j, i, j)
		}
		for _, want := range estimate(t, model(t, alone), p, Options{Method: "ols"}).Parameters {
			got := f.Parameters[f.index(want.Name)]
			near(t, want.Name, got.Estimate, want.Estimate, 1e-11)
			near(t, "standard error of "+want.Name, got.StdError, want.StdError, 1e-11)
		}
	}
}

// Fewer years than columns, and columns that are combinations of those before
// them: what rounding leaves of these pushes the data down beyond as many rows as
// there are years.
func TestFewYearsAndDependentColumns(t *testing.T) {
	const years = 5
	below := 0
	for seed := range uint64(20) {
		p := random(t, seed, years, "y1", "y2", "y3", "x", "z", "w")
		f := estimate(t, model(t, "y1 = $a + $b*(z - x) + $c*(z + x)", "y2 = $s + $d*x + $e*z", "y3 = $f + $g*w"), p, Options{Method: "ols"})
		below = max(below, f.solver.height-years)
		agrees(t, f, 1e-11, 0)
	}
	if below == 0 {
		t.Error("no data are pushed down: the columns are not what the test is about")
	}
}
