-- _shifted_panel(panel, shifts): a panel in every scenario of shifts, and in one called
-- reference without any.
CREATE OR REPLACE MACRO _shifted_panel(panel, shifts) AS TABLE
WITH _shift AS (
  SELECT scenario::VARCHAR AS scenario, year,
         coalesce(sum(shift) FILTER (variable = 'relinnt1'), 0) AS relinnt1, coalesce(sum(shift) FILTER (variable = 'relinnt2'), 0) AS relinnt2,
         coalesce(sum(shift) FILTER (variable = 'relinnt3'), 0) AS relinnt3, coalesce(sum(shift) FILTER (variable = 'lednor'), 0) AS lednor,
         coalesce(sum(shift) FILTER (variable = 'led1'), 0) AS led1, coalesce(sum(shift) FILTER (variable = 'led2'), 0) AS led2
  FROM query_table(shifts)
  WHERE CASE WHEN scenario::VARCHAR = 'reference' THEN error('counterfactual: a scenario is called "reference", which is the one without shifts: give it another name')
             WHEN scenario IS NULL OR year IS NULL OR shift IS NULL
             THEN error('counterfactual: ' || CASE WHEN scenario IS NULL THEN 'scenario' WHEN year IS NULL THEN 'year' ELSE 'shift' END || ' is NULL in a row of the shifts' || coalesce(' of scenario "' || scenario::VARCHAR || '"', '') || ': leave the row out, or give it a value')
             WHEN year NOT IN (SELECT p.year FROM query_table(panel) p)
             THEN error('counterfactual: scenario "' || scenario::VARCHAR || '" has a shift in ' || year || ', which is not in the panel (' || (SELECT min(p.year) || ' to ' || max(p.year) FROM query_table(panel) p) || ')')
             WHEN variable IN ('relinnt1', 'relinnt2', 'relinnt3', 'lednor', 'led1', 'led2') THEN true
             ELSE error('counterfactual: no macro series "' || coalesce(variable, 'NULL') || '" to shift (there are relinnt1, relinnt2, relinnt3, lednor, led1, led2)') END
  GROUP BY ALL
),
_scenario AS (SELECT 'reference' AS scenario UNION SELECT scenario FROM _shift)
SELECT c.scenario, p.* REPLACE (
  p.relinnt1 + coalesce(s.relinnt1, 0) AS relinnt1, p.relinnt2 + coalesce(s.relinnt2, 0) AS relinnt2,
  p.relinnt3 + coalesce(s.relinnt3, 0) AS relinnt3, p.lednor + coalesce(s.lednor, 0) AS lednor,
  p.led1 + coalesce(s.led1, 0) AS led1, p.led2 + coalesce(s.led2, 0) AS led2)
FROM query_table(panel) p CROSS JOIN _scenario c LEFT JOIN _shift s ON s.scenario = c.scenario AND s.year = p.year;

-- _counterfactual(shifts, runs, answers, …): counterfactual for several runs at once, rows of
-- source, _coefficients, _stocks; answers: whether stocks answer in any. Otherwise cohort is not read.
CREATE OR REPLACE MACRO _counterfactual(shifts, runs, answers, residuals, from_year, on_error, residual_years, residual_decay) AS TABLE
WITH _shifted AS (FROM _shifted_panel('group_panel', shifts)),
_input AS (SELECT country_group, list(_row) AS _rows FROM _shifted _row GROUP BY country_group),
_account AS (SELECT country_group, list(_row) AS _cohorts FROM cohort _row WHERE answers GROUP BY country_group),
-- The report's models of each group, and the identity that adds them up.
_choice AS (
  SELECT country_group, list(model ORDER BY model) || [emigrations_formula()] AS _wanted
  FROM _report_model GROUP BY country_group
),
_run AS (
  SELECT source, country_group, unnest(CASE
    WHEN _stocks IS NULL OR _stocks NOT IN ('observed', 'answer') THEN error('counterfactual: stocks is "' || coalesce(_stocks, 'NULL') || '", not ''observed'' or ''answer''')
    WHEN on_error IS NULL OR on_error NOT IN ('error', 'null') THEN error('counterfactual: on_error is "' || coalesce(on_error, 'NULL') || '", not ''error'' or ''null''')
    WHEN on_error = 'null' THEN TRY(_simulate_scenarios(_wanted, _models, _equations, coalesce(_rows, []), _coefficients,
      {first_year: from_year, residuals: residuals, residual_years: residual_years, residual_decay: residual_decay, cohorts: CASE WHEN _stocks = 'answer' THEN coalesce(_cohorts, []) END}, _shares))
    ELSE _simulate_scenarios(_wanted, _models, _equations, coalesce(_rows, []), _coefficients,
      {first_year: from_year, residuals: residuals, residual_years: residual_years, residual_decay: residual_decay, cohorts: CASE WHEN _stocks = 'answer' THEN coalesce(_cohorts, []) END}, _shares)
  END, recursive := true)
  FROM _choice LEFT JOIN _input USING (country_group) LEFT JOIN _account USING (country_group), _catalogue, query_table(runs),
       (SELECT coalesce(_setting('shares'), '') AS _shares)
)
SELECT r.source, r.scenario, r.country_group::INTEGER AS country_group, r.year, r.simulated AS emigrations, b.simulated AS reference,
       r.simulated - b.simulated AS difference
FROM _run r JOIN _run b ON b.source = r.source AND b.scenario = 'reference' AND b.country_group = r.country_group AND b.year = r.year AND b.variable = 'emigrations'
WHERE r.variable = 'emigrations';

-- counterfactual: what changes of the macro series do to the number of emigrations, with
-- the nine models of the report on panel_1, panel_2 and panel_3.
--
-- shifts        any relation with scenario, variable ('relinnt1', 'relinnt2', 'relinnt3',
--               'lednor', 'led1' or 'led2'), year, shift (added to the variable in that year
--               of the panel; several of one year are added up)
-- coefficients  any relation with model, parameter, estimate
-- stocks        'observed': the number and composition of immigrants stay as they were, as
--               in table 4.11 of the report; 'answer': they follow from the simulated
--               frequencies through the cohort account (see cohort), immigration as observed
-- residuals     'actual': the reference is the observed path, stocks too; 'none', 'mean',
--               'last', 'decay' as in simulate, with residual_years and residual_decay. With
--               observed stocks the differences are the same, as the models are linear
-- from_year     of the dynamic simulation; the report begins in 1992
-- on_error      'null' leaves out what cannot be simulated instead of failing
--
-- Gives scenario (with one called 'reference', without shifts), country_group, year,
-- emigrations (sum over the twelve groups of frequency × residents), reference (the same
-- without the shifts), difference.
-- With bands, of the country groups and of the country: counterfactual_band.
-- Source: Rapporter 2015/17, section 4.10.
--
-- Where stocks answer, a lasting change that keeps people in the country has the same effect in
-- its first year and half of it, or little more, after thirteen. Whoever does not leave this year
-- may leave next year; and those who stay came not long ago, so that more have lived here for
-- less than ten years, which by the estimates of model 4.1 raises the frequencies of adults and
-- by model 4.7 those of children. With relative income 0.1 higher from 2000 on that takes back
-- 2 300 of the 3 800 emigrations from country group 1 that are fewer in 2013 (demo register of
-- national size; with higher unemployment in Norway, where few more stay or leave, the two hardly
-- differ).
--
--   WITH shifts AS (SELECT 'crisis' AS scenario, 'lednor' AS variable, year, 3 AS shift
--     FROM range(2009, 2012) r(year))
--   SELECT year, sum(difference) FROM counterfactual(shifts, published_coefficient)
--     WHERE scenario = 'crisis' GROUP BY year;
CREATE OR REPLACE MACRO counterfactual(shifts, coefficients, stocks := 'observed', residuals := 'actual', from_year := 1992,
    on_error := 'error', residual_years := NULL, residual_decay := NULL) AS TABLE
WITH _runs AS (SELECT '' AS source, list(_coefficient_row) AS _coefficients, stocks AS _stocks FROM query_table(coefficients) _coefficient_row)
SELECT * EXCLUDE source FROM _counterfactual(shifts, _runs, stocks = 'answer', residuals, from_year, on_error, residual_years, residual_decay)
ORDER BY ALL;
