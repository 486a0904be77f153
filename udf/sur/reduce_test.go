package sur

import (
	"fmt"
	"testing"
)

// Many more columns than years: what is left of the last ones is the rounding of
// rounding, down to where squares have no digits. Least squares is that of each
// equation by itself.
func TestManyMoreColumnsThanYears(t *testing.T) {
	const years = 22
	m, names := sharing(t, 40, 8, 0)
	p := random(t, 3, years, names...)
	f := estimate(t, m, p, Options{Method: "ols"})
	for i := range m.Equations {
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
