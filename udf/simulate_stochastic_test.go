package udf

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	public "utvandring/sql"
	"utvandring/udf/duck"
	"utvandring/udf/long"
)

// simulate_stochastic describes the runs that simulate_runs hands over.
func TestStochasticDescribesItsRuns(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, "CREATE TEMP TABLE described AS FROM simulate_stochastic('klein', klein, klein_2sls, replications := 500, seed := 7, probabilities := [0.1, 0.9])")
	execute(t, conn, "CREATE TEMP TABLE runs AS FROM simulate_runs('klein', klein, klein_2sls, replications := 500, seed := 7, variables := ['y', 'k'])")
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
	execute(t, conn, `CREATE TEMP TABLE shifted AS SELECT 'base' AS scenario, * FROM klein UNION ALL SELECT 'a', * REPLACE (g + 1 AS g) FROM klein`)
	query := "FROM simulate_stochastic_scenarios('klein', shifted, klein_2sls, replications := 200, reference := 'base') WHERE scenario = 'a' AND variable = 'y' AND year = 1921"
	for _, column := range []string{"difference", "difference_mean", "difference_lower", "difference_median", "difference_upper"} {
		closeTo(t, column, number(t, conn, "SELECT "+column+" "+query), impact, 1e-10)
	}
	if err := conn.Exec(context.Background(), "FROM simulate_stochastic('klein', shifted, klein_2sls)"); err == nil || !strings.Contains(err.Error(), "the panel has 2 scenarios (a, base): take simulate_stochastic_scenarios") {
		t.Error(err)
	}
	closeTo(t, "difference_std_error", number(t, conn, "SELECT difference_std_error "+query), 0, 1e-10)
}

func TestStochasticOptions(t *testing.T) {
	conn := simulation(t)
	for _, c := range long.Rows([]struct{ options, want string }{
		{"draws := 'all'", `draws is "all", not 'residuals', 'parameters' or 'both'`},
		{"method := 'uniform'", `method is "uniform", not 'normal' or 'resample'`},
		{"draws := 'parameters'", "no parameter covariance is given for any of the models"},
		{"residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}]", "equation 2: no residual variance is given"},
		{"residual_covariance := (SELECT list(x) FROM klein x)", "residual_covariance: no column equation_i"},
		{"parameter_covariance := [{parameter_i: 'zz', parameter_j: 'a1', covariance: 1}], draws := 'both'", "the parameter covariance of model klein has zz and a1"},
		{"residual_covariance := [{equation_i: '1', equation_j: '1', covariance: -1}, {equation_i: '2', equation_j: '2', covariance: 1}, {equation_i: '3', equation_j: '3', covariance: 1}]", "equation 1: its residual variance is negative: -1"},
		{"residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 0}, {equation_i: '2', equation_j: '1', covariance: 1}, {equation_i: '2', equation_j: '2', covariance: 1}, {equation_i: '3', equation_j: '3', covariance: 1}]", "equation 1: its residual variance is 0, but not its covariance with equation 2, 1"},
		{"draws := 'parameters', parameter_covariance := [{parameter_i: 'a1', parameter_j: 'a1', covariance: -1e-9}]", "the parameter covariance of model klein: the variance of a1 is negative: -1e-09"},
		{"residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}, {equation_i: '2', equation_j: '2', covariance: 1}, {equation_i: '3', equation_j: '3', covariance: 1}, {equation_i: '1', equation_j: '2', covariance: 0.5}, {equation_i: '2', equation_j: '1', covariance: 0.2}]", "the residual covariance of equations 1 and 2 has two values, 0.5 and 0.2"},
		{"draws := 'parameters', parameter_covariance := [{parameter_i: 'a1', parameter_j: 'a1', covariance: 2}, {parameter_i: 'a1', parameter_j: 'A1', covariance: 1}, {parameter_i: 'a1', parameter_j: 'a1', covariance: 2}]", "the parameter covariance of model klein of a1 and a1 has two values, 2 and 1"},
		{"factor := [{equation: '1', loading: 0.1, variance: 0.5}, {equation: '2', loading: 0.1, variance: 0.5}, {equation: '3', loading: 0.1, variance: 0.5}], residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 1}]", "equations 1 and 1 has two values, 0.5 and 1 (the variance in factor takes the place"},
		{"on_failure := 'skip'", `on_failure is "skip", not 'error' or 'drop'`},
		{"replications := 0", "replications is 0, not at least 1"},
		{"level := 1", "level is not a number between 0 and 1"},
		{"probabilities := [2]", "2 is not a probability"},
		{"probabilities := [0.1, NULL]", `probabilities: "NULL" is not a number`},
		{"probabilities := 'half'", `probabilities: "half" is not a number`},
		{"residual_covariance := [{equation_i: '1', equation_j: 'eins', covariance: 1}]", `the residual covariance has equation "eins", which is not simulated (there are 1, 2, 3, 4, 5, 6)`},
	}, 3) {
		err := conn.Exec(context.Background(), "FROM simulate_stochastic('klein', klein, klein_2sls, "+c.options+")")
		if err == nil || !strings.Contains(err.Error(), "simulate_stochastic: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", c.options, err, c.want)
		}
	}
	if n := number(t, conn, "SELECT max(abs(quantiles[1] - median)) FROM simulate_stochastic('klein', klein, klein_2sls, replications := 50, probabilities := 0.5)"); n != 0 {
		t.Errorf("one probability: %g from the median", n)
	}
	if err := conn.Exec(context.Background(), "FROM simulate_runs('klein', klein, klein_2sls, replications := 9007199254740992)"); err == nil || !strings.Contains(err.Error(), "too many to hand over") {
		t.Error(err)
	}
	// A parameter with variance 0.01, seen through the impact on consumption: a1 moves
	// cn by the multiplier of its add-factor.
	draws := long.Runs(4000, 500)
	sd := number(t, conn, fmt.Sprintf("SELECT std_error FROM simulate_stochastic('klein', klein, klein_2sls, replications := %d, ", draws)+`draws := 'parameters',
		parameter_covariance := [{parameter_i: 'a1', parameter_j: 'a1', covariance: 0.01}]) WHERE variable = 'cn' AND year = 1921`)
	response := number(t, conn, "SELECT response FROM multiplier('klein', klein, klein_2sls, shocks := 'cn') WHERE variable = 'cn' AND horizon = 0")
	closeTo(t, "std_error", sd, 0.1*response, 0.1*response*4/math.Sqrt(float64(2*draws)))
	if n := number(t, conn, "SELECT count(*) FROM simulate_stochastic('klein', klein, klein_2sls, method := 'resample', replications := 50) WHERE std_error > 0"); n != 126 {
		t.Errorf("%g rows of resampling", n)
	}
}

// A variance of 0 is no shock: by hand, the standard deviation of what hangs on the other
// equation only. An equation may be named by its variable.
func TestNoShock(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `
CREATE TEMP TABLE p AS SELECT 2000 + i AS year, i AS x, 1.0 AS y, 2.0 AS z FROM range(3) t(i);
CREATE TEMP TABLE c AS SELECT 'a' AS parameter, 1.0 AS estimate`)
	call := "simulate_stochastic(['y = $a*x', 'z = $a*x'], p, c, replications := 2000, residual_covariance := [{equation_i: '1', equation_j: '1', covariance: 0}, {equation_i: 'z', equation_j: 'z', covariance: 4}])"
	if n := number(t, conn, "SELECT max(std_error) + max(abs(mean - simulated)) FROM "+call+" WHERE variable = 'y'"); n != 0 {
		t.Errorf("y, which has no shock, varies by %g", n)
	}
	closeTo(t, "std_error", number(t, conn, "SELECT avg(std_error) FROM "+call+" WHERE variable = 'z'"), 2, 4*2/math.Sqrt(2*6000))
}

// What sur_of says of formulas fits what is simulated of the same formulas: equations have
// the same names, in every function, and so do parameters.
func TestCovariancesOfFormulas(t *testing.T) {
	conn := estimation(t)
	formulas := "['cn = $a1 + $a2*p + $a3*lag(p) + $a4*(w1 + w2)', 'i = $b1 + $b2*p + $b3*lag(p) + $b4*lag(k)']"
	execute(t, conn, `
CREATE TABLE of_formulas AS FROM sur_residual_covariance_of(`+formulas+`, klein, method := 'sur');
CREATE TABLE estimates AS FROM sur_of(`+formulas+`, klein, method := 'sur');
CREATE TABLE of_parameters AS FROM sur_covariance_of(`+formulas+`, klein, method := 'sur')`)
	for _, call := range []string{"simulate", "simulate_stochastic"} {
		if n := number(t, conn, "SELECT count(DISTINCT equation) FROM "+call+"("+formulas+", klein, estimates) WHERE equation IN (SELECT equation_i FROM of_formulas)"); n != 2 {
			t.Errorf("%s: %g equations have the names of sur_of", call, n)
		}
	}
	// cn of 1921 is linear in what is drawn: x'Vx + s.
	variance := number(t, conn, `
WITH x AS (SELECT unnest(['a1', 'a2', 'a3', 'a4']) AS parameter, unnest([1, k.p, l.p, k.w1 + k.w2]) AS x FROM klein k, klein l WHERE k.year = 1921 AND l.year = 1920)
SELECT sum(covariance * i.x * j.x) + (SELECT covariance FROM of_formulas WHERE equation_i = '1' AND equation_j = '1')
FROM of_parameters c JOIN x i ON i.parameter = c.parameter_i JOIN x j ON j.parameter = c.parameter_j`)
	both := "draws := 'both', replications := 4000, residual_covariance := (SELECT list(c) FROM of_formulas c), parameter_covariance := (SELECT list(c) FROM of_parameters c)"
	sd := number(t, conn, "SELECT std_error FROM simulate_stochastic("+formulas+", klein, estimates, "+both+") WHERE variable = 'cn' AND year = 1921")
	closeTo(t, "standard error of cn, relative", sd/math.Sqrt(variance), 1, 4/math.Sqrt(8000))
}

// The covariances of several models, which share names of equations and parameters, are one
// relation with a column model; what is of models that are not simulated is left alone.
func TestCovariancesOfModels(t *testing.T) {
	conn := estimation(t)
	execute(t, conn, `
INSERT INTO model (model) VALUES ('one'), ('two'), ('other');
INSERT INTO equation (model, equation, formula) VALUES
  ('one', '1', 'cn = $a + $b*p + $c*(w1 + w2)'), ('two', '1', 'i = $a + $b*p + $d*lag(k)'), ('other', '1', 'w1 = $a + $b*y');
CREATE TABLE parameters AS FROM sur_covariance('one', klein) UNION ALL FROM sur_covariance('Two', klein) UNION ALL FROM sur_covariance('other', klein);
CREATE TABLE residuals AS FROM sur_residual_covariance('one', klein) UNION ALL FROM sur_residual_covariance('two', klein) UNION ALL FROM sur_residual_covariance('other', klein);
CREATE TABLE coefficients AS SELECT 'one' AS model, parameter, estimate FROM sur('one', klein) UNION ALL SELECT 'two', parameter, estimate FROM sur('two', klein)`)
	draws := long.Runs(4000, 1000)
	for _, c := range []struct{ model, variable, row string }{
		{"one", "cn", "SELECT unnest(['a', 'b', 'c']) AS parameter, unnest([1, k.p, k.w1 + k.w2]) AS x"},
		{"two", "i", "SELECT unnest(['a', 'b', 'd']) AS parameter, unnest([1, k.p, l.k]) AS x"},
	} {
		variance := number(t, conn, `
WITH x AS (`+c.row+` FROM klein k, klein l WHERE k.year = 1930 AND l.year = 1929)
SELECT sum(covariance * i.x * j.x) + (SELECT covariance FROM residuals WHERE model = '`+c.model+`')
FROM (FROM parameters WHERE lower(model) = '`+c.model+`') c JOIN x i ON i.parameter = c.parameter_i JOIN x j ON j.parameter = c.parameter_j`)
		sd := number(t, conn, `SELECT std_error FROM simulate_stochastic(['one', 'two'], klein, coefficients, draws := 'both', replications := `+fmt.Sprint(draws)+`,
parameter_covariance := (SELECT list(c) FROM parameters c), residual_covariance := (SELECT list(c) FROM residuals c)) WHERE year = 1930 AND variable = '`+c.variable+`'`)
		closeTo(t, "standard error of "+c.variable+", relative", sd/math.Sqrt(variance), 1, 4/math.Sqrt(float64(2*draws)))
	}
}

// estimation is simulation with the macros that estimate.
func estimation(t *testing.T) *duck.Conn {
	conn := ownSimulation(t)
	files, err := public.Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if file.Name == "estimate/sur.sql" || file.Name == "estimate/sur_matrix.sql" {
			execute(t, conn, file.Text)
		}
	}
	return conn
}

// Many probabilities take a moment, not for ever: quantiles of 500 replications and, beyond
// what is kept, of 5000.
func TestManyProbabilities(t *testing.T) {
	conn := simulation(t)
	many := long.Runs(100_000, 2_000)
	for _, n := range []int{500, 5000} {
		query := fmt.Sprintf("FROM simulate_stochastic('klein', klein, klein_2sls, replications := %d, last_year := 1922, probabilities := (SELECT list(i / %[2]d) FROM range(%[2]d) r(i)))", n, many)
		if got := number(t, conn, fmt.Sprintf("SELECT count(*) %s WHERE len(quantiles) = %d AND quantiles = list_sort(quantiles) AND quantiles[%d] = median", query, many, many/2+1)); got != 12 {
			t.Errorf("%d replications: %g rows", n, got)
		}
	}
}
