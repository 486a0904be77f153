-- figure_4_1: Actual and simulated total emigration frequency of immigrants, 2000-2013.
-- Section 4.10. Same-year movers are left out.
--
-- A static simulation (lagged values as observed) of the 36 groups, weighted by their
-- residents. The published coefficients belong to the report's own data: their constants,
-- printed with three digits, fit another register's level only as far as it is alike.
-- Columns: year, series ('actual', 'simulated', 'simulated, published coefficients'),
-- percent. 'simulated' has the estimates on the register's own panels and is missing where
-- the register is too small to estimate a model. With a band: figure_4_1_band.
CREATE OR REPLACE VIEW figure_4_1 AS
WITH residents AS (
  UNPIVOT (SELECT country_group, year, COLUMNS('^pop_[km][1-6]$') FROM group_panel) ON COLUMNS('^pop_') INTO NAME variable VALUE residents
),
input AS (
  SELECT country_group, list(_row) AS _rows FROM group_panel _row GROUP BY country_group
),
choice AS (SELECT country_group, list(model ORDER BY model) AS wanted FROM _report_model GROUP BY country_group),
coefficients AS (
  SELECT 'simulated, published coefficients' AS series, list(_row) AS _coefficients FROM published_coefficient _row
  UNION ALL
  SELECT 'simulated', list(_row) FROM sur_report_possible _row
),
run AS (
  SELECT series, country_group,
         unnest(TRY(_simulate(wanted, _models, _equations, _rows, _coefficients, {mode: 'static', first_year: 2000}, NULL)), recursive := true)
  FROM coefficients, input JOIN choice USING (country_group), _catalogue
),
total AS (
  -- In one order, so that the last digit is the same at every reading.
  SELECT r.series, r.year, 100*sum(actual * residents ORDER BY r.country_group, r.variable)/sum(residents) AS actual,
         100*sum(simulated * residents ORDER BY r.country_group, r.variable)/sum(residents) AS simulated
  FROM run r JOIN residents p ON p.country_group = r.country_group AND p.year = r.year AND p.variable = replace(r.variable, 'emi', 'pop')
  WHERE r.year BETWEEN 2000 AND 2013
  GROUP BY ALL HAVING count(DISTINCT r.country_group) = 3
)
SELECT year, 'actual' AS series, actual AS percent FROM total WHERE series = 'simulated, published coefficients'
UNION ALL
SELECT year, series, simulated FROM total
ORDER BY ALL;

-- figure_4_1_band: figure_4_1 with the band in which the equations say that the total
-- frequency of a year lies, given the years before it: a static simulation with draws.
--
-- estimates, common, draws, level, replications, seed: as in counterfactual_band
-- Columns: year; actual, per cent; percent, simulated without draws (of 'report' and
-- 'published' that of figure_4_1), lower, median, upper. With common := false it is narrower,
-- as the shocks of 36 groups then cancel.
--
--   FROM figure_4_1_band(replications := 200);
--   .plot
CREATE OR REPLACE MACRO figure_4_1_band(estimates := 'joint', common := true, draws := 'both', level := 0.95, replications := 1000, seed := 1) AS TABLE
WITH _input AS (SELECT list(_row) AS _rows FROM panel_country _row),
_residents AS (
  SELECT string_agg(column_name, ' + ') AS _sum FROM (SELECT unnest(['k', 'm']) AS sex), range(1, 7) a(age), range(1, 4) g("group"), LATERAL (SELECT 'pop_' || sex || age || '_' || "group" AS column_name)
),
_run AS (
  SELECT unnest(_simulate_stochastic(_formulas || _country_emigrations()[:4] || ['percent = 100*emigrations/(' || _sum || ')'], NULL, NULL, coalesce(_rows, []), _coefficients,
    {mode: 'static', first_year: 2000, last_year: 2013, replications: replications, seed: seed, draws: draws, level: level, on_failure: 'drop', parameter_covariance: _parameter_covariance,
     residual_covariance: _residual_covariance, factor: _factor, variables: 'percent'}, NULL), recursive := true)
  FROM _country_draw(estimates, common, draws), _input, _residents
)
SELECT year, f.percent AS actual, simulated AS percent, lower, median, upper
FROM _run LEFT JOIN (SELECT year, percent FROM figure_4_1 WHERE series = 'actual') f USING (year)
ORDER BY year;
