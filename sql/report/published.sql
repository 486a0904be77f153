-- What the report prints, to be set beside what is computed.

-- Tables 4.2-4.10: estimates and t-values.
CREATE TABLE IF NOT EXISTS published_coefficient (
  model VARCHAR, parameter VARCHAR, equations VARCHAR, estimate DOUBLE, t_value DOUBLE
);

-- _report_model: the rows of table model that are the report's. A copy under another
-- name, with everything of the original's row, is not.
CREATE OR REPLACE VIEW _report_model AS FROM model SEMI JOIN published_coefficient USING (model);

-- Table B1: R², p-value of the LM test of heteroskedasticity, Durbin-Watson.
CREATE TABLE IF NOT EXISTS published_diagnostic (
  equation VARCHAR, r2 DOUBLE, lm_het_p DOUBLE, durbin_watson DOUBLE
);

-- Annex C, lower triangles. sign_known is false where the printing lost a minus
-- sign that the text says was there.
CREATE TABLE IF NOT EXISTS published_residual_covariance (
  model VARCHAR, equation_i VARCHAR, equation_j VARCHAR, covariance DOUBLE, sign_known BOOLEAN
);

-- Table 4.11: change in emigrations, persons.
CREATE TABLE IF NOT EXISTS published_counterfactual (
  year INTEGER, relative_income_plus_0_1 INTEGER, unemployment_norway_plus_1pp INTEGER, unemployment_group1_plus_1pp INTEGER
);

-- What the text says in numbers, with bounds as read from words like "just over".
CREATE TABLE IF NOT EXISTS published_fact (
  id VARCHAR, section VARCHAR, quantity VARCHAR, scope VARCHAR, period VARCHAR,
  low DOUBLE, high DOUBLE, statement VARCHAR
);
