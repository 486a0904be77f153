package udf

import (
	"context"
	"math"
	"strings"
	"testing"
)

// simulate_stochastic describes the runs that simulate_runs hands over.
func TestStochasticDescribesItsRuns(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, "CREATE TABLE described AS FROM simulate_stochastic('klein', klein, klein_2sls, replications := 500, seed := 7, probabilities := [0.1, 0.9])")
	execute(t, conn, "CREATE TABLE runs AS FROM simulate_runs('klein', klein, klein_2sls, replications := 500, seed := 7, variables := ['y', 'k'])")
	if n := number(t, conn, "SELECT count(*) FROM runs"); n != 500*21*2 {
		t.Fatalf("%g runs", n)
	}
	worst := number(t, conn, `
SELECT max(greatest(abs(mean - m), abs(std_error - s), abs(lower - q[1]), abs(median - q[2]), abs(upper - q[3]),
                    abs(quantiles[1] - q[4]), abs(quantiles[2] - q[5])))
FROM described JOIN (SELECT year, variable, avg(value) AS m, stddev_samp(value) AS s, quantile_cont(value, [0.025, 0.5, 0.975, 0.1, 0.9]) AS q
                     FROM runs GROUP BY ALL) USING (year, variable)`)
	closeTo(t, "description", worst, 0, 1e-9)
	if n := number(t, conn, "SELECT count(*) FROM described WHERE std_error > 0"); n != 6*21 {
		t.Errorf("%g rows", n)
	}
}

// Scenarios share their draws: g one higher moves y by the multiplier in every
// replication of a linear model.
func TestStochasticScenarios(t *testing.T) {
	conn := simulation(t)
	impact := 1 / (1 - (0.017+0.150)*(1-0.439) - 0.810*0.439)
	execute(t, conn, `CREATE TABLE shifted AS SELECT 'base' AS scenario, * FROM klein UNION ALL SELECT 'a', * REPLACE (g + 1 AS g) FROM klein`)
	query := "FROM simulate_stochastic_scenarios('klein', shifted, klein_2sls, replications := 200, reference := 'base') WHERE scenario = 'a' AND variable = 'y' AND year = 1921"
	for _, column := range []string{"difference", "difference_mean", "difference_lower", "difference_median", "difference_upper"} {
		closeTo(t, column, number(t, conn, "SELECT "+column+" "+query), impact, 1e-10)
	}
	if _, err := conn.ExecContext(context.Background(), "FROM simulate_stochastic('klein', shifted, klein_2sls)"); err == nil || !strings.Contains(err.Error(), "the panel has 2 scenarios (a, base): take simulate_stochastic_scenarios") {
		t.Error(err)
	}
	closeTo(t, "difference_std_error", number(t, conn, "SELECT difference_std_error "+query), 0, 1e-10)
}

func TestStochasticOptions(t *testing.T) {
	conn := simulation(t)
	for _, c := range []struct{ options, want string }{
		{"draws := 'all'", `draws is "all", not 'residuals', 'parameters' or 'both'`},
		{"method := 'uniform'", `method is "uniform", not 'normal' or 'resample'`},
		{"draws := 'parameters'", "no parameter covariance is given for any of the models"},
		{"residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}]", "equation 2: no residual variance is given"},
		{"residual_covariance := (SELECT list(x) FROM klein x)", "residual_covariance: no column equation_i"},
		{"parameter_covariance := [{parameter_i: 'zz', parameter_j: 'a1', covariance: 1}], draws := 'both'", "the parameter covariance of model klein has zz and a1"},
		{"replications := 0", "replications is 0, not at least 1"},
		{"level := 1", "level is not a number between 0 and 1"},
		{"probabilities := [2]", "2 is not a probability"},
		{"probabilities := [0.1, NULL]", `probabilities: "NULL" is not a number`},
		{"probabilities := 'half'", `probabilities: "half" is not a number`},
		{"residual_covariance := [{equation_i: '1', equation_j: 'eins', covariance: 1}]", `the residual covariance has equation "eins", which is not simulated (there are 1, 2, 3, 4, 5, 6)`},
	} {
		_, err := conn.ExecContext(context.Background(), "FROM simulate_stochastic('klein', klein, klein_2sls, "+c.options+")")
		if err == nil || !strings.Contains(err.Error(), "simulate_stochastic: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.options, err, c.want)
		}
	}
	if n := number(t, conn, "SELECT max(abs(quantiles[1] - median)) FROM simulate_stochastic('klein', klein, klein_2sls, replications := 50, probabilities := 0.5)"); n != 0 {
		t.Errorf("one probability: %g from the median", n)
	}
	if _, err := conn.ExecContext(context.Background(), "FROM simulate_runs('klein', klein, klein_2sls, replications := 9007199254740992)"); err == nil || !strings.Contains(err.Error(), "too many to hand over") {
		t.Error(err)
	}
	// A parameter with variance 0.01, seen through the impact on consumption: a1 moves
	// cn by the multiplier of its add-factor.
	sd := number(t, conn, `SELECT std_error FROM simulate_stochastic('klein', klein, klein_2sls, replications := 4000, draws := 'parameters',
		parameter_covariance := [{parameter_i: 'a1', parameter_j: 'a1', covariance: 0.01}]) WHERE variable = 'cn' AND year = 1921`)
	response := number(t, conn, "SELECT response FROM multiplier('klein', klein, klein_2sls, shocks := 'cn') WHERE variable = 'cn' AND horizon = 0")
	closeTo(t, "std_error", sd, 0.1*response, 0.1*response*4/math.Sqrt(8000))
	if n := number(t, conn, "SELECT count(*) FROM simulate_stochastic('klein', klein, klein_2sls, method := 'resample', replications := 50) WHERE std_error > 0"); n != 126 {
		t.Errorf("%g rows of resampling", n)
	}
}
