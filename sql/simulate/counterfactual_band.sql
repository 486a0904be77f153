-- counterfactual_band: counterfactual with bands, all nine models drawn together.
--
-- shifts        as in counterfactual
-- estimates     'joint': sur_factor over country_equation, with a common factor that has a
--               memory; 'report': sur_report, every model by itself; 'published': the report's,
--               with t-values and annex C, the parameters independent of each other
-- common        true: shocks as estimated, of the factor in all groups at once ('report',
--               'published': of a model's equations at once); false: shocks as large in a year,
--               but of every group and year by itself
-- draws         'residuals', 'parameters' or 'both'
-- level         of the bands
-- replications  runs
-- seed          same seed, same draws
-- stocks, residuals, residual_years, residual_decay, from_year  as in counterfactual
--
-- Gives scenario (one is 'reference'), country_group (NULL: the three together, whose band
-- is no sum of theirs), year; emigrations (without draws), lower, median, upper; difference
-- from the reference, difference_lower, difference_median, difference_upper (replication by
-- replication: both have the same draws); accumulated, the difference summed over the years
-- to this one, with its band; explosive, the share of the replications with parameters that
-- make the equations explosive, in per cent.
--
-- Quantiles, no moments: a quotient like g / (1 - b) has none. Draws of residuals cancel in a
-- difference where stocks are as observed, the models being linear; what is uncertain there is
-- the parameters. Loadings, variances and phi of the factor are taken for the truth, and the
-- factor is not known before the first year.
--
-- What is common matters: the band of a sum is wider where one shock moves its parts together,
-- and narrower where it moves them apart. In the demo register of 1/20 of national size, where
-- the factor moves most groups together, that of all emigrations of 2013 by draws of
-- residuals (draws := 'residuals', residuals := 'none') reaches from 898 to 2307, with
-- common := false from 1359 to 1872.
--
--   WITH shifts AS (SELECT 'crisis' AS scenario, 'lednor' AS variable, year, 3 AS shift
--     FROM range(2009, 2012) r(year))
--   SELECT year, difference, difference_lower, difference_upper
--     FROM counterfactual_band(shifts, replications := 200)
--     WHERE scenario = 'crisis' AND country_group IS NULL;
CREATE OR REPLACE MACRO counterfactual_band(shifts, estimates := 'joint', common := true, draws := 'both', level := 0.95, replications := 1000, seed := 1,
    stocks := 'observed', residuals := 'actual', from_year := 1992, residual_years := NULL, residual_decay := NULL) AS TABLE
WITH _panel AS (SELECT *, 0::DOUBLE AS accumulated_1, 0::DOUBLE AS accumulated_2, 0::DOUBLE AS accumulated_3, 0::DOUBLE AS accumulated FROM panel_country),
_input AS (SELECT list(_row) AS _rows FROM _shifted_panel(_panel, shifts) _row),
_account AS (SELECT list(_row) AS _cohorts FROM cohort _row WHERE stocks = 'answer'),
_run AS (
  SELECT unnest(CASE WHEN stocks IS NULL OR stocks NOT IN ('observed', 'answer') THEN error('counterfactual_band: stocks is "' || coalesce(stocks, 'NULL') || '", not ''observed'' or ''answer''')
    ELSE _simulate_stochastic_scenarios(_formulas || _country_emigrations(), NULL, NULL, coalesce(_rows, []), _coefficients,
      {reference: 'reference', first_year: from_year, residuals: residuals, residual_years: residual_years, residual_decay: residual_decay, cohorts: CASE WHEN stocks = 'answer' THEN coalesce(_cohorts, []) END,
       replications: replications, seed: seed, draws: draws, level: level, on_failure: 'drop', parameter_covariance: _parameter_covariance, residual_covariance: _residual_covariance, factor: _factor,
       variables: ['emigrations_1', 'emigrations_2', 'emigrations_3', 'emigrations', 'accumulated_1', 'accumulated_2', 'accumulated_3', 'accumulated']}, NULL) END, recursive := true)
  FROM _country_draw(estimates, common, draws), _input, _account
)
SELECT e.scenario, nullif(split_part(e.variable, '_', 2), '')::INTEGER AS country_group, e.year, e.simulated AS emigrations, e.lower, e.median, e.upper,
       coalesce(e.difference, 0) AS difference, coalesce(e.difference_lower, 0) AS difference_lower, coalesce(e.difference_median, 0) AS difference_median, coalesce(e.difference_upper, 0) AS difference_upper,
       coalesce(a.difference, 0) AS accumulated, coalesce(a.difference_lower, 0) AS accumulated_lower, coalesce(a.difference_median, 0) AS accumulated_median, coalesce(a.difference_upper, 0) AS accumulated_upper,
       100 * e.explosive / replications AS explosive
FROM _run e JOIN _run a ON a.scenario = e.scenario AND a.year = e.year AND a.variable = replace(e.variable, 'emigrations', 'accumulated')
WHERE e.variable LIKE 'emigrations%'
ORDER BY ALL;
