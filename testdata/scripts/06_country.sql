-- The country as one system: the 36 equations of the report's nine models over one panel, what
-- their residuals have in common, and what that does to bands. With 22 years 36 equations have
-- no free residual covariance; a latent factor takes its place, as section 4.11 of the report
-- proposes. On the demo register, so the numbers mean nothing.
--
--   utvandring -f testdata/scripts/06_country.sql
.mode markdown

.print ## Long-run effects: the delta method beside Fieller's set
SELECT effect, round(estimate, 4) AS estimate, round(lower, 4) AS lower, round(upper, 4) AS upper,
       fieller, round(fieller_lower, 4) AS fieller_lower, round(fieller_upper, 4) AS fieller_upper
FROM sur_effect('4.1', panel_1, ['e_k3/(1 - b_k3)', 'e_m3/(1 - b_m3)', 'g/(1 - b_k3)'], std_errors := 'small_sample');

.print
.print ## Is the long run of income the same for women and men? As it is written, and multiplied out
SELECT hypothesis, test, round(statistic, 4) AS statistic, df, round(p_value, 3) AS p_value
FROM sur_test('4.1', panel_1, 'e_k3/(1 - b_k3) = e_m3/(1 - b_m3)')
UNION ALL
SELECT hypothesis, test, round(statistic, 4), df, round(p_value, 3)
FROM sur_test('4.1', panel_1, 'e_k3*(1 - b_m3) = e_m3*(1 - b_k3)');

.print
.print ## Which of the regressors of model 4.1 would a search keep, and what are its t-values worth?
SELECT specification, round(bic, 2) AS bic, rank_aic, rank_bic FROM sur_search('4.1', panel_1, top := 3);
SELECT parameter, round(t_value, 2) AS t_value, round(p_value, 3) AS p_value, round(search_p, 2) AS search_p
FROM sur_search_t('4.1', panel_1, keep := ['a_k3', 'a_k4', 'a_m3', 'a_m4', 'b_k3', 'b_k4', 'b_m3', 'b_m4'], replications := 19);

.print
.print ## The model of the country
CREATE OR REPLACE TEMP TABLE formulas AS SELECT list(formula ORDER BY position) AS list FROM country_equation;
SET VARIABLE country = (SELECT list FROM formulas);
SELECT model, equation, formula FROM country_equation WHERE position IN (1, 27);
SELECT factors, dynamics, round(loglik, 2) AS loglik, parameters, round(bic, 1) AS bic
FROM sur_factor_system_of(getvariable('country'), panel_country, dynamics := 'ar1', factors := 1);

.print
.print ## Where the common factor is felt most
CREATE OR REPLACE TEMP TABLE loading AS FROM sur_factor_loadings_of(getvariable('country'), panel_country, dynamics := 'ar1');
SELECT c.model, c.dependent, round(loading, 4) AS loading, round(std_error, 4) AS std_error, round(communality, 2) AS communality
FROM loading l JOIN country_equation c ON c.position = l.equation::INTEGER ORDER BY communality DESC LIMIT 5;

.print
.print ## The factor beside unemployment in Norway (in an open session .plot draws the two)
SELECT year, round(value, 2) AS factor, round(lower, 2) AS lower, round(upper, 2) AS upper, lednor
FROM sur_factor_path_of(getvariable('country'), panel_country, dynamics := 'ar1') JOIN macro_year USING (year) WHERE year >= 2008;

.print
.print ## What is common matters for sums: the band of all 36 frequencies, with the factor and with as large shocks that are independent
CREATE OR REPLACE TEMP TABLE coefficient AS SELECT parameter, estimate FROM sur_factor_of(getvariable('country'), panel_country, dynamics := 'ar1');
CREATE OR REPLACE TEMP TABLE run AS
SELECT 'common' AS shocks, * FROM simulate_runs(getvariable('country'), panel_country, coefficient, first_year := 2009, replications := 500,
  factor := (SELECT list({equation: equation, factor: factor, loading: loading, variance: variance, phi: phi}) FROM loading))
UNION ALL
SELECT 'independent', * FROM simulate_runs(getvariable('country'), panel_country, coefficient, first_year := 2009, replications := 500,
  factor := (SELECT list({equation: equation, factor: factor, loading: 0.0, variance: variance + loading^2}) FROM loading));
SELECT shocks, year, round(quantile_cont(total, 0.025), 3) AS lower, round(quantile_cont(total, 0.5), 3) AS median, round(quantile_cont(total, 0.975), 3) AS upper
FROM (SELECT shocks, year, replication, avg(value) AS total FROM run WHERE variable LIKE 'emi_%' GROUP BY ALL) WHERE year = 2013
GROUP BY ALL ORDER BY ALL;

.print
.print ## Table 4.11 with bands: a change of the coefficients within their joint covariance
SELECT experiment, round(change, 1) AS change, round(lower, 1) AS lower, round(upper, 1) AS upper, round(explosive, 1) AS explosive
FROM table_4_11_band(replications := 500) WHERE year = 2013;

.print
.print ## Immigrants to 2040, stocks answering: shocks that all groups have in common, and as large ones that they have not
SELECT 'common' AS shocks, round(residents) AS residents, round(lower, -2) AS lower, round(upper, -2) AS upper
FROM project('main', replications := 500, draws := 'residuals') WHERE year = 2040
UNION ALL
SELECT 'independent', round(residents), round(lower, -2), round(upper, -2)
FROM project('main', replications := 500, draws := 'residuals', common := false) WHERE year = 2040
ORDER BY shocks;
