-- simulate_stochastic: how uncertain a simulation is.
--
-- replications         number of runs
-- seed                 same seed, same draws, whatever the number of threads; the
--                      draws of a replication and year do not depend on the other years,
--                      and are the same in every scenario
-- draws                'residuals' (one draw of all equations a year), 'parameters' (one
--                      draw a replication) or 'both'
-- method               of the residuals: 'normal', or 'resample': the actual residuals of a
--                      year of the panel drawn with replacement, all equations together,
--                      centred
-- on_failure           of a replication without a solution, as where the draws lead to the
--                      logarithm of a negative number: 'error' names it, 'drop' leaves it out
--                      of every scenario and counts it. Mean and band are then those of
--                      the draws that have a solution, which is another question
-- residual_covariance  for 'normal': rows of equation_i, equation_j, covariance and perhaps
--                      model, as a list: (SELECT list(c) FROM sur_report_covariance c). A
--                      variance of 0 is no shock. NULL, or a model that is not in it: the
--                      covariance of the actual residuals (divisor T). Residuals of different
--                      models are independent
-- parameter_covariance rows of parameter_i, parameter_j, covariance and perhaps model:
--                      (SELECT list(c) FROM sur_covariance('4.1', panel_1) c), or of all the
--                      report's models sur_report_parameter_covariance; the parameters of a
--                      model that is not in it are not drawn
-- factor               what the residuals of all equations have in common, as rows of
--                      sur_factor_loadings: equation, factor, loading, variance (of the
--                      equation's own part, which takes the place of residual_covariance),
--                      phi, state and state_variance (of the factor in the year before the
--                      simulated ones), and perhaps model. (SELECT list(l) FROM
--                      sur_factor_loadings('country', panel_country) l). A state that is not 0
--                      moves the draws, by loading * phi^h * state, and not simulated. Without
--                      loadings (0 AS loading, variance + loading^2 AS variance) the shocks are
--                      as large and independent: the difference is what is common
-- level                of the band lower to upper: 0.95 has 2.5 per cent below and above
-- probabilities        more quantiles, given as a list in column quantiles
-- variables            those that are told, as 'emigrations'; NULL: all
-- cohorts              stocks answer in every replication by itself, and are told with bands
--
-- Everything else is as in simulate. Gives year, equation, variable, actual, simulated
-- (without draws), mean, std_error (the standard deviation of the replications, divisor
-- n - 1), lower, median, upper, quantiles, dropped (replications left out), explosive
-- (replications with parameters that make a path grow without end, a root above 1, at the values
-- of the last year; NULL where none are drawn). Such paths spoil mean and std_error, not
-- quantiles; a note gives their share. What stocks do to a path is not in the root.
--
-- Bands take estimates for the truth but for what is drawn, and few years make residuals and
-- standard errors too small. Of 100 bands of 95 per cent for two equations with lagged left
-- sides, those of 'residuals' miss what comes in 11 in the year after 22 years of data, and in
-- 12 in the fifth, of 'resample' in 11 and 13, of 'both' in 9 and 8; after 200 years all in 6.
-- Bands of 'parameters' are of what is expected, not of what comes. The effect of another
-- scenario (difference_lower, difference_upper) they miss in 12 to 13, with the covariance of
-- std_errors := 'small_sample' in 9 to 10, after 200 years in 6.
--
-- Of 100 bands of 'both' from a factor estimated on 22 years of six equations 8 and 10 miss one
-- of them, and 7 and 12 the sum of the six; with shocks as large that are independent 24 and
-- 29 miss the sum.
--
-- Quantiles are exact up to 4096 replications (as quantile_cont); beyond, memory stops
-- growing and their rank is off by at most 0.0005.
--
--   FROM simulate_stochastic(['4.1', '4.4', '4.7'], panel_1, sur_report,
--     residual_covariance := (SELECT list(c) FROM sur_report_covariance c));
CREATE OR REPLACE MACRO simulate_stochastic(models, panel, coefficients, replications := 1000, seed := 1, draws := 'residuals',
    method := 'normal', on_failure := 'error', residual_covariance := NULL, parameter_covariance := NULL, factor := NULL, level := 0.95,
    probabilities := NULL, variables := NULL, {{as simulate}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT period, year, equation, variable, actual, simulated, mean, std_error, lower, median, upper, quantiles, dropped, explosive
    FROM (
      SELECT unnest(_answer, recursive := true)
      FROM (SELECT _simulate_stochastic(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
            FROM _simulation_input(panel, coefficients))));

-- simulate_stochastic_scenarios: the same for several panels in one, told apart by a
-- column scenario, with the same draws in each.
--
-- reference  the scenario that the others are held against, replication by replication
--
-- Gives scenario, the columns of simulate_stochastic, difference (of simulated) and its
-- difference_mean, difference_std_error, difference_lower, difference_median and
-- difference_upper over the replications; NULL in the reference.
--
--   WITH shift(scenario, points) AS (VALUES ('reference', 0), ('unemployment', 1)),
--        shocked AS (SELECT scenario, p.* REPLACE (lednor + points AS lednor) FROM panel_2 p, shift)
--   FROM simulate_stochastic_scenarios(['4.2', '4.5', '4.8'], shocked, published_coefficient,
--     draws := 'parameters',
--     parameter_covariance := (SELECT list({model: model, parameter_i: parameter,
--       parameter_j: parameter, covariance: (estimate/t_value)^2})
--                              FROM published_coefficient));
CREATE OR REPLACE MACRO simulate_stochastic_scenarios(models, panels, coefficients, reference := 'reference', {{as simulate_stochastic}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT unnest(_answer, recursive := true)
    FROM (SELECT _simulate_stochastic_scenarios(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
          FROM _simulation_input(panels, coefficients)));

-- simulate_runs: the replications themselves, to be summed or compared in SQL: scenario,
-- replication, year, variable, value; scenario is NULL unless the panel has a column of that
-- name. variables: NULL is all of them. The same seed and models give the runs that
-- simulate_stochastic describes. Everything else as there.
--
--   SELECT year, quantile_cont(value, [0.1, 0.9]) AS band
--   FROM simulate_runs('4.1', panel_1, published_coefficient, variables := 'emi_k3') GROUP BY year
--     ORDER BY year;
CREATE OR REPLACE MACRO simulate_runs(models, panel, coefficients, variables := NULL, replications := 1000, seed := 1,
    draws := 'residuals', method := 'normal', on_failure := 'error', residual_covariance := NULL, parameter_covariance := NULL, factor := NULL,
    reference := NULL,
    {{as simulate}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT unnest(_answer, recursive := true)
    FROM (SELECT _simulate_runs(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
          FROM _simulation_input(panel, coefficients)));
