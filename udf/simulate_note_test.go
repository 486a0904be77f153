package udf

import (
	"context"
	"strings"
	"testing"

	"utvandring/udf/duck"
	"utvandring/udf/refusal"
)

// notesOf runs a statement and gives its notes.
func notesOf(t *testing.T, conn *duck.Conn, statement string) string {
	t.Helper()
	var notes Notes
	if err := conn.Exec(WithNotes(context.Background(), &notes), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	return strings.Join(notes.Take(), "\n")
}

// What cannot be is said once a call, wherever a simulation ends: emi_k1 is 0.5 in 2000 and
// falls by 0.3 a year, 0.2, -0.1, -0.4, -0.7 from 2001 to 2004.
func TestNotesOnWhatCannotBe(t *testing.T) {
	conn := ownSimulation(t)
	execute(t, conn, `
CREATE TABLE p AS SELECT 2000 + i AS year, 0.5 AS emi_k1, 0.5 AS q, 10.0 AS pop_m6, i AS x FROM range(5) t(i);
CREATE TABLE c AS SELECT 'a' AS parameter, -0.3 AS estimate;
CREATE TABLE none AS FROM c WHERE false;
CREATE TABLE two AS SELECT unnest(['reference', 'low']) AS scenario, * FROM p;
CREATE TABLE goals AS SELECT 'emi_k1' AS variable, 2001 AS year, 0.1 AS value`)
	const (
		model = "'emi_k1 = lag(emi_k1) + $a + 0*x'"
		hint  = " (residuals := 'mean', 'last' or 'decay' adds what the equations miss on the data)"
		worst = ", worst emi_k1 (equation 1) in 2004: -0.7"
		found = "3 of 4 simulated frequencies and shares outside 0 to 1, first emi_k1 (equation 1) in 2002: -0.1" + worst + hint
		draws = "residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1e-20}], replications := 50"
		drawn = "150 of 200 simulated frequencies and shares outside 0 to 1, first emi_k1 (equation 1) in 2002: -0.1" + worst + hint
	)
	for statement, want := range map[string]string{
		"simulate(" + model + ", p, c)":                                            "simulate: " + found,
		"simulate(" + model + ", p, c, first_year := 2003)":                        "simulate: 1 of 2 simulated frequencies and shares outside 0 to 1, first emi_k1 (equation 1) in 2004: -0.1" + hint,
		"simulate(" + model + ", p, c, residuals := 'actual')":                     "",
		"simulate(" + model + ", p, c, residuals := 'mean')":                       "",
		"simulate(" + model + ", p, c, exogenous := 'emi_k1')":                     "",
		"simulate('emi_k1 = 0*x', p, none)":                                        "",
		"simulate('emi_k1 = 1 + 0*x', p, none)":                                    "",
		"simulate('emi_k1 = 0*x - 1e-15', p, none)":                                "", // rounding
		"simulate('emi_k1 = 1.5 + 0*x', p, none)":                                  "simulate: 5 of 5 simulated frequencies and shares outside 0 to 1, first emi_k1 (equation 1) in 2000: 1.5" + hint,
		"simulate('pop_m6 = 5 - 2*x', p, none)":                                    "simulate: 2 of 5 simulated stocks below 0, first pop_m6 (equation 1) in 2003: -1, worst pop_m6 (equation 1) in 2004: -3" + hint,
		"simulate('pop_m6 = 5 + 2*x', p, none)":                                    "",
		"simulate('q = 0*x - 1', p, none)":                                         "", // nobody said that it is a share
		"simulate_scenarios(" + model + ", two, c)":                                "simulate: " + strings.ReplaceAll(strings.Replace(found, "3 of 4", "6 of 8", 1), "(equation 1) in", "(equation 1) of scenario reference in"),
		"simulate_stochastic(" + model + ", p, c, " + draws + ")":                  "simulate_stochastic: " + drawn,
		"simulate_runs(" + model + ", p, c, " + draws + ")":                        "simulate_runs: " + drawn,
		"goal_seek(" + model + ", p, c, goals, 'emi_k1')":                          "goal_seek: " + strings.NewReplacer("-0.1", "-0.2", "-0.7", "-0.8").Replace(found),
		"multiplier(" + model + ", p, c, shocks := 'x')":                           "", // linear: nothing is simulated
		"multiplier('emi_k1 = exp(lag(emi_k1)) - 1', p, none, shocks := 'emi_k1')": "multiplier: 1",
	} {
		got := notesOf(t, conn, "FROM "+statement)
		if statement[:10] == "multiplier" && want != "" {
			if !strings.HasPrefix(got, "multiplier: ") || !strings.Contains(got, "frequencies and shares outside 0 to 1") {
				t.Errorf("%s: %s", statement, got)
			}
			continue
		}
		if !strings.HasPrefix(got, want) || len(got) > len(want)+8 || want == "" && got != "" {
			t.Errorf("%s:\n got %s\nwant %s", statement, got, want)
		}
	}
	execute(t, conn, "INSERT INTO study VALUES ('shares', 'employed, Q')")
	if got := notesOf(t, conn, "FROM simulate('q = 0*x - 1', p, none)"); !strings.HasPrefix(got, "simulate: 5 of 5 simulated frequencies and shares outside 0 to 1, first q (equation 1) in 2000: -1") {
		t.Error(got)
	}
}

// y = ln(x + e), where e ~ N(0, 1) and x = 1: a replication has a solution with probability
// P(e > -1) = 0.84134 (pnorm(1)) in each of its two years.
func TestDroppedReplications(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `
CREATE TEMP TABLE p AS SELECT 2000 + i AS year, 1.0 AS x, 0.0 AS y, 0.0 AS u, $$reference$$ AS scenario FROM range(2) t(i);
CREATE TEMP TABLE c AS SELECT 'a' AS parameter, 0 AS estimate`)
	call := `(['u = $a*x', 'y = ln(x + u)'], p, c, replications := 4000, residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}]`
	err := conn.Exec(context.Background(), "FROM simulate_stochastic"+call+")")
	refusal.Says(t, err, "simulate_stochastic: replication ")
	execute(t, conn, "CREATE TEMP TABLE described AS FROM simulate_stochastic"+call+", on_failure := 'drop')")
	dropped := number(t, conn, "SELECT any_value(dropped) FROM described")
	closeTo(t, "share without a solution", dropped/4000, 1-0.84134475*0.84134475, 4*0.0072)
	execute(t, conn, "CREATE TEMP TABLE runs AS FROM simulate_runs"+call+", on_failure := 'drop')")
	if n := number(t, conn, "SELECT count(DISTINCT replication) FROM runs WHERE isfinite(value)"); n != 4000-dropped {
		t.Errorf("%g replications, and %g without", n, dropped)
	}
	if n := number(t, conn, "SELECT min(value) FROM runs WHERE variable = 'u'"); n <= -1 {
		t.Errorf("u is %g", n)
	}
	closeTo(t, "mean", number(t, conn, `SELECT max(abs(mean - m)) FROM described JOIN (SELECT year, variable, avg(value) AS m FROM runs GROUP BY ALL) USING (year, variable)`), 0, 1e-12)
	// The mean of a normal above -1 is its density there over the probability:
	// dnorm(1)/pnorm(1) = 0.28760.
	closeTo(t, "mean of u", number(t, conn, "SELECT avg(mean) FROM described WHERE variable = 'u'"), 0.28760, 4*0.794/75)
	if got := notesOf(t, conn, "FROM simulate_stochastic"+call+", on_failure := 'drop')"); !strings.Contains(got, " of 4000 replications have no solution and are left out, so that mean and band are of the others only; the first is replication ") {
		t.Error(got)
	}
	// The same replications are those that fail one by one.
	first := number(t, conn, "SELECT min(n) FROM range(1, 4001) r(n) WHERE n NOT IN (SELECT replication FROM runs)")
	err = conn.Exec(context.Background(), strings.Replace("FROM simulate_stochastic"+call+")", "4000", "128", 1))
	if err == nil || first > 128 {
		t.Error(first, err)
	}
	// Where every scenario must have a solution, and none has: an error.
	err = conn.Exec(context.Background(), "FROM simulate_stochastic"+strings.Replace(strings.Replace(call, "covariance: 1}", "covariance: 0}", 1), "ln(x + u)", "ln(u - x)", 1)+", on_failure := 'drop')")
	refusal.Says(t, err, "ln of -1")
}

// A covariance that is given and not drawn from is said, and so is a scenario that there is not.
func TestNotesOnUnusedCovariances(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `
CREATE TEMP TABLE p AS SELECT 2000 + i AS year, i * 0.5 AS y, sin(i) AS x FROM range(8) t(i);
CREATE TEMP TABLE c AS SELECT 'a' AS parameter, 0.3 AS estimate`)
	const (
		call      = "FROM simulate_stochastic('y = $a*lag(y) + x', p, c, replications := 3, "
		residual  = "residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}]"
		parameter = "parameter_covariance := [{parameter_i: 'a', parameter_j: 'a', covariance: 0.01}]"
	)
	for options, want := range map[string]string{
		parameter: "parameter_covariance is not used: draws := 'residuals' draws no parameters; take 'parameters' or 'both'",
		residual + ", draws := 'parameters', " + parameter: "residual_covariance is not used: draws := 'parameters' draws no residuals; take 'residuals' or 'both'",
		residual + ", method := 'resample'":                "residual_covariance is not used: method := 'resample' draws the actual residuals of years",
		residual:                                           "",
		residual + ", draws := 'both', " + parameter:       "",
	} {
		if got := notesOf(t, conn, call+options+")"); got != want {
			t.Errorf("%s: %q, want %q", options, got, want)
		}
	}
	err := conn.Exec(context.Background(), "FROM simulate_runs('y = $a*lag(y) + x', p, c, replications := 3, reference := 'low')")
	refusal.Says(t, err, `reference is a scenario, "low", and the panel has no column scenario`)
}
