-- What do unemployment and income mean for emigration? Chapter 4 of the report: a panel
-- of yearly frequencies, a system of regressions on it, and a simulation of the system.
--
--   utvandring -f testdata/scripts/04_macro.sql
--
-- The years of a demo register follow the equations of the report, so that its estimates are
-- near the published ones beside them; nearer at national size (.demo 1), where who happens
-- to leave decides less.
.mode markdown

.print ## The panel of country group 1: some of its columns
SELECT year, round(emi_k3, 4) AS emi_k3, round(emi_m3, 4) AS emi_m3, round(anko_k3, 3) AS anko_k3, round(anme_k3, 3) AS anme_k3, relinnt1, led1, beh1
FROM panel_1 WHERE year >= 2005;

.print
.print ## Model 4.1, women and men aged 18-34 and 35-62 of country group 1 (table 4.2)
CREATE OR REPLACE TEMP TABLE estimate AS SELECT '4.1' AS model, * FROM sur('4.1', panel_1);

SELECT parameter, round(e.estimate, 4) AS estimate, round(e.t_value, 2) AS t_value, p.estimate AS published, p.t_value AS published_t_value
FROM estimate e JOIN published_coefficient p USING (model, parameter);

.print
.print ## Diagnostics (table B1)
SELECT e.equation, left_side, round(e.r2, 3) AS r2, round(e.lm_het_p, 3) AS lm_het_p, round(e.durbin_watson, 2) AS durbin_watson,
       p.r2 AS published_r2, p.lm_het_p AS published_lm_het_p, p.durbin_watson AS published_durbin_watson
FROM sur_equations('4.1', panel_1) e JOIN published_diagnostic p USING (equation);

.print
.print ## The model simulated from 1992, and with unemployment in country group 1 a point higher from 2000
WITH shocked AS (SELECT * REPLACE (CASE WHEN year >= 2000 THEN led1 + 1 ELSE led1 END AS led1) FROM panel_1)
SELECT year, variable, round(100 * b.actual, 2) AS actual, round(100 * b.simulated, 2) AS simulated, round(100 * (s.simulated - b.simulated), 3) AS effect
FROM simulate('4.1', panel_1, estimate, first_year := 1992) b JOIN simulate('4.1', shocked, estimate, first_year := 1992) s USING (year, equation, variable)
WHERE year >= 2009 AND variable IN ('emi_k3', 'emi_m3') ORDER BY variable, year;
