package udf

import (
	"context"
	"testing"
)

// The impact multiplier of g on y in Klein's model by hand: u = Δcn + Δi + 1,
// Δw1 = c2·u, Δp = (1 − c2)·u, Δcn = a2·Δp + a4·Δw1, Δi = b2·Δp.
func TestMultiplier(t *testing.T) {
	conn := simulation(t)
	impact := 1 / (1 - (0.017+0.150)*(1-0.439) - 0.810*0.439)
	closeTo(t, "impact", number(t, conn, "SELECT response FROM multiplier('klein', klein, klein_2sls, shocks := 'g', size := 3, shock_year := 1930) WHERE variable = 'y' AND horizon = 0"), 3*impact, 1e-12)
	if n := number(t, conn, "SELECT min(year) FROM multiplier('klein', klein, klein_2sls, shocks := 'g', shock_year := 1930)"); n != 1930 {
		t.Errorf("first year %g", n)
	}
	// An impulse dies away: the long run is nil, and the sum of its responses is the
	// long run of the permanent change.
	closeTo(t, "impulse", number(t, conn, "SELECT long_run FROM multiplier('klein', klein, klein_2sls, shocks := 'g', kind := 'impulse') WHERE variable = 'y' LIMIT 1"), 0, 1e-7)
	// Every exogenous variable, when none is named.
	var names string
	if err := conn.Row(context.Background(), "SELECT string_agg(DISTINCT shock ORDER BY shock) FROM multiplier('klein', klein, klein_2sls)").Scan(&names); err != nil || names != "g,t,time,w2" {
		t.Errorf("shocks %q, %v", names, err)
	}
}
