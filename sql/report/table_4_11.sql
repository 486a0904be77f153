-- The experiments of section 4.10.
CREATE OR REPLACE VIEW _table_4_11_shift AS
  SELECT experiment AS scenario, variable, year::INTEGER AS year, shift
  FROM (VALUES ('i', 'relinnt1', 0.1), ('i', 'relinnt2', 0.1), ('i', 'relinnt3', 0.1), ('ii', 'lednor', 1), ('iii', 'led1', 1), ('iv', 'led2', 1))
       e(experiment, variable, shift), range(2000, 2014) r(year);

-- _table_4_11: what table_4_11 shows beside the print, unrounded. While protection is on it is
-- _table_4_11_of(false), without stocks that answer, as cohort does not leave.
CREATE OR REPLACE MACRO _table_4_11_of(answers) AS TABLE
WITH _published AS (SELECT list(_row) AS _coefficients FROM (SELECT model, parameter, estimate FROM published_coefficient) _row),
_runs AS (
  SELECT 'published' AS source, _coefficients, 'observed' AS _stocks FROM _published
  UNION ALL
  SELECT 'estimated', list(_row), 'observed' FROM (SELECT model, parameter, estimate FROM sur_report_possible) _row
  UNION ALL
  SELECT 'answer', _coefficients, 'answer' FROM _published WHERE answers
),
_total AS (
  SELECT source, scenario AS experiment, year, CASE WHEN count(*) = 3 THEN sum(difference) END AS change -- of all country groups or of none
  FROM _counterfactual(_table_4_11_shift, _runs, answers, 'actual', 1992, 'null', NULL, NULL)
  WHERE scenario <> 'reference' AND year BETWEEN 2000 AND 2013 GROUP BY ALL
)
SELECT experiment, year, any_value(change) FILTER (source = 'published') AS published_coefficients,
       any_value(change) FILTER (source = 'estimated') AS estimated_coefficients, any_value(change) FILTER (source = 'answer') AS stocks_answer
FROM _total GROUP BY ALL;
CREATE OR REPLACE VIEW _table_4_11 AS FROM _table_4_11_of(true);

-- table_4_11: Change in emigrations after counterfactual changes of relative income and
-- of unemployment, persons. Section 4.10.
--
-- From 2000 on, (i) relative income of all three country groups is raised by 0.1;
-- unemployment in (ii) Norway, (iii) country group 1, (iv) country group 2, "very small"
-- and not printed, by one percentage point. Dynamic from 1992.
-- Columns: experiment; year, NULL for the sum over 2000-2013; printed in the report;
-- computed here with the published coefficients and with estimates on the register's own
-- panels, the stocks of immigrants as observed; stocks_answer, with the published
-- coefficients when they follow from the frequencies (see counterfactual). NULL where a
-- register is too small to simulate or estimate a model: a group in which nobody lives.
-- With bands: table_4_11_band.
-- A register of less than national size gives figures in proportion. Everything is estimated
-- and simulated when it is asked for, which takes a tenth of a second.
--
-- How near the demo register of national size (.demo 1) comes with the published
-- coefficients: of the response in 2013 and of the sum, (i) 102 and 102 per cent, (ii) 108
-- and 110, (iii) 97 and 95. In single years (i) is within 3 per cent and (iii), after the first
-- with 9 persons, within 10; (ii) is 7 to 24 per cent too high. With estimates on the register
-- itself the sums are 83, 154 and 102 per cent of the print; on registers of seeds 1 to 4 they
-- are 87 to 138, 108 to 175 and 63 to 88. The models are linear in the lags, so that the change
-- of a frequency hangs on coefficients and relative income only; what is left is how the
-- residents of a country group divide by sex and age, where the demo register knows the
-- published totals but not the parts, and rounding: (ii) is nearly all $f of model 4.2,
-- printed as 0.0013, which is 4 per cent up or down, times the residents of group 2 aged 18-62.
CREATE OR REPLACE VIEW table_4_11 AS
WITH printed AS (
  UNPIVOT (SELECT year, relative_income_plus_0_1 AS i, unemployment_norway_plus_1pp AS ii, unemployment_group1_plus_1pp AS iii FROM published_counterfactual)
  ON i, ii, iii INTO NAME experiment VALUE printed
)
SELECT experiment, year, sum(printed)::INTEGER AS printed, round(sum(published_coefficients), 1) + 0 AS published_coefficients,
       round(sum(estimated_coefficients), 1) + 0 AS estimated_coefficients, round(sum(stocks_answer), 1) + 0 AS stocks_answer
FROM (SELECT DISTINCT scenario AS experiment, year FROM _table_4_11_shift)
LEFT JOIN printed USING (experiment, year) LEFT JOIN _table_4_11 USING (experiment, year)
GROUP BY GROUPING SETS ((experiment, year), (experiment))
ORDER BY experiment, year NULLS LAST;

-- table_4_11_band: table_4_11 with bands, which the report does not give.
--
-- Arguments as in counterfactual_band, whose figures these are: all country groups together.
-- Columns: experiment; year, NULL for the sum over 2000-2013; change in emigrations with the
-- estimates asked for (of 'published' and 'report' those of table_4_11), lower, median, upper;
-- explosive, the share of replications with explosive parameters, in per cent.
--
--   FROM table_4_11_band(replications := 200) WHERE experiment = 'i';
--   .plot
CREATE OR REPLACE MACRO table_4_11_band({{as counterfactual_band}}) AS TABLE
WITH _run AS (
  FROM counterfactual_band(_table_4_11_shift, estimates := estimates, common := common, draws := draws, level := level, replications := replications, seed := seed,
    stocks := stocks, residuals := residuals, from_year := from_year, residual_years := residual_years, residual_decay := residual_decay)
  WHERE country_group IS NULL AND scenario <> 'reference' AND year BETWEEN 2000 AND 2013
)
SELECT scenario AS experiment, year, difference AS change, difference_lower AS lower, difference_median AS median, difference_upper AS upper, explosive FROM _run
UNION ALL
SELECT scenario, NULL, accumulated, accumulated_lower, accumulated_median, accumulated_upper, explosive FROM _run WHERE year = 2013
ORDER BY experiment, year NULLS LAST;
