package sur

import (
	"testing"
)

// p-values: 1.96 is the 97.5 per cent point of the normal distribution, 2.0484
// that of Student's t with 28 degrees of freedom (qnorm and qt of R: testdata/reference/make.R).
func TestDistributions(t *testing.T) {
	p := random(t, 14, 30, "y", "x")
	m := model(t, "y = $a + $b*x")
	normal := estimate(t, m, p, Options{})
	student := estimate(t, m, p, Options{Distribution: "t"})
	near(t, "normal", PValue(-1.959963985, normal.Parameters[1].DF), 0.05, 1e-8)
	near(t, "t(28)", PValue(2.048407142, student.Parameters[1].DF), 0.05, 1e-8)
	low, high := student.Parameters[1].Interval(0.95)
	near(t, "interval", (high-low)/2, 2.048407142*student.Parameters[1].StdError, 1e-8)
}
