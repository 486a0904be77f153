-- panel_country: the three country groups beside each other in one panel, a row a year.
--
-- The rule of names: what panel_1, panel_2 and panel_3 have of a kind of people gets the
-- number of the country group behind it: emi_k3 of panel_2 is emi_k3_2. Columns: year;
-- emi_k1_1 ... emi_m6_3, anko_..., anme_..., pop_...; once, as all have it, relinnt1 ...
-- relinnt3, led1, led2, lednor, beh1 ... beh3, trend. See panel_1 for what they are.
-- Example: SELECT year, emi_k3_1, emi_k3_2, emi_k3_3 FROM panel_country;
CREATE OR REPLACE VIEW panel_country AS
SELECT * FROM (SELECT year, COLUMNS('^(?:emi|anko|anme|pop)_') AS '\0_1' FROM panel_1)
  JOIN (SELECT year, COLUMNS('^(?:emi|anko|anme|pop)_') AS '\0_2' FROM panel_2) USING (year)
  JOIN (SELECT year, COLUMNS('^(?:emi|anko|anme|pop)_') AS '\0_3' FROM panel_3) USING (year)
  JOIN (SELECT year, relinnt1, relinnt2, relinnt3, led1, led2, lednor, beh1, beh2, beh3, trend FROM panel_1) USING (year)
ORDER BY year;

-- _country_name(text, of_group): the names of panel_1 in a text as panel_country has them.
CREATE OR REPLACE MACRO _country_name(text, of_group) AS
  regexp_replace(text, '\b((?:emi|anko|anme|pop)_[km][1-6])\b', '\1_' || of_group, 'gi');

-- country_equation: the equations of the report's nine models as one system over
-- panel_country: 36 equations whose residuals may have factors in common (sur_factor).
--
-- Columns: position, in the order of the models; model, equation, dependent, as in table
-- equation; formula, with the columns of panel_country and with parameters that have the
-- model behind them, as $b of 4.7 and of 4.3 are two: $b_47, $b_43. Change table equation and
-- it follows.
--
--   FROM sur_factor_of((SELECT list(formula ORDER BY position) FROM country_equation),
--     panel_country, dynamics := 'ar1');
--   INSERT OR REPLACE INTO model (model, first_year, last_year) VALUES ('country', 1992, 2013);
--   INSERT OR REPLACE INTO equation (model, equation, dependent, formula)
--     SELECT 'country', equation, dependent, formula FROM country_equation;
--   FROM sur_factor_loadings('country', panel_country, dynamics := 'ar1');
--   WITH estimate AS (FROM sur_factor('country', panel_country, dynamics := 'ar1'))
--   FROM simulate('country', panel_country, estimate, cohorts := (SELECT list(c) FROM cohort c));
CREATE OR REPLACE VIEW country_equation AS
SELECT row_number() OVER (ORDER BY list_transform(string_split(equation, '.'), lambda x: x::INTEGER)) AS position, model, equation,
       _country_name(dependent, country_group) AS dependent,
       regexp_replace(_country_name(formula, country_group), '\$(\w+)', '$\1_' || replace(model, '.', ''), 'g') AS formula
FROM equation JOIN _report_model USING (model)
ORDER BY position;
