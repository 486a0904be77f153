package sur

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// Residuals of only rounding are nothing to divide by, whatever the method.
func TestExactFit(t *testing.T) {
	p := random(t, 8, 20, "y", "z", "x")
	for r, x := range p.Data[2] {
		p.Data[1][r] = 3 - 0.7*x
	}
	for _, formulas := range [][]string{{"x = $a + $b*x"}, {"y = $a + $b*x", "z = $c + $d*x"}} {
		for _, method := range []string{"isur", "sur", "ols"} {
			_, err := Estimate(context.Background(), model(t, formulas...), p, Options{Method: method})
			if err == nil || !strings.Contains(err.Error(), "2 coefficients fit "+formulas[len(formulas)-1][:1]+" exactly in") {
				t.Errorf("%v by %s: %v", formulas, method, err)
			}
			if says := strings.Contains(fmt.Sprint(err), "standard errors would mean nothing"); says != (method == "ols") {
				t.Errorf("%v by %s: %v", formulas, method, err)
			}
		}
	}
}
