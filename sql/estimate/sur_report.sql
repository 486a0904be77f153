-- _report_input: every model that has a country group, with what its estimation reads:
-- the catalogue, and the panel of its group, NULL where there is none.
CREATE OR REPLACE VIEW _report_input AS
  SELECT m.model, _models, _equations, _rows
  FROM model m
  LEFT JOIN (SELECT country_group, list(p) AS _rows FROM group_panel p GROUP BY country_group) p USING (country_group), _catalogue
  WHERE m.country_group IS NOT NULL;

-- sur_report: every model of table model that has a country group (the report's nine,
-- and yours where you give it one), each on the macro panel of its group and its own
-- years. Columns: model, those of sur, and error: NULL, or why this model cannot be
-- estimated on its panel; then its parameters are there without numbers, and the other
-- models with theirs.
--
--   FROM sur_report WHERE model = '4.1';
--   SELECT DISTINCT model, error FROM sur_report WHERE error IS NOT NULL;
--   FROM simulate(['4.1', '4.4', '4.7'], panel_1, sur_report);
CREATE OR REPLACE VIEW sur_report AS
  SELECT model, unnest(_sur_report(model, _models, _equations, _rows, {distribution: 'normal'}), recursive := true)
  FROM _report_input;

-- sur_report_possible: sur_report without the models that cannot be estimated.
CREATE OR REPLACE VIEW sur_report_possible AS SELECT * EXCLUDE (error) FROM sur_report WHERE error IS NULL;

-- sur_report_equations: the same for the diagnostics: model, the columns of
-- sur_equations, error.
--
--   SELECT model, equation, r2, lm_het_p, durbin_watson FROM sur_report_equations;
CREATE OR REPLACE VIEW sur_report_equations AS
  SELECT model, unnest(_sur_equations_report(model, _models, _equations, _rows, {distribution: 'normal'}), recursive := true)
  FROM _report_input;

-- sur_report_covariance: residual covariances of the same models: model, equation_i,
-- equation_j, covariance, correlation, error (annex C prints the lower triangles).
CREATE OR REPLACE VIEW sur_report_covariance AS
  SELECT model, unnest(_sur_residual_covariance_report(model, _models, _equations, _rows, {distribution: 'normal'}), recursive := true)
  FROM _report_input;

-- sur_report_parameter_covariance: covariances of the estimates of the same models: model,
-- parameter_i, parameter_j, covariance, correlation, error.
--
--   FROM simulate_stochastic(['4.1', '4.4', '4.7'], panel_1, sur_report, draws := 'both',
--     residual_covariance := (SELECT list(c) FROM sur_report_covariance c),
--     parameter_covariance := (SELECT list(c) FROM sur_report_parameter_covariance c));
CREATE OR REPLACE VIEW sur_report_parameter_covariance AS
  SELECT model, unnest(_sur_covariance_report(model, _models, _equations, _rows, {distribution: 'normal'}), recursive := true)
  FROM _report_input;

-- sur_report_long_run: the long-run matrices of the same models: model, the columns of
-- sur_long_run, error.
--
--   SELECT model, variable, shock, long_run, std_error FROM sur_report_long_run WHERE model = '4.1';
CREATE OR REPLACE VIEW sur_report_long_run AS
  SELECT model, unnest(_sur_long_run_report(model, _models, _equations, _rows, {distribution: 'normal'}), recursive := true)
  FROM _report_input;

-- sur_published: the report's estimates beside those on the current panels. published_se
-- = published / published_t; difference_in_se = (estimate - published) / std_error. NULL
-- where a model cannot be estimated: sur_report says why.
CREATE OR REPLACE VIEW sur_published AS
  SELECT model, parameter, equations, p.estimate AS published, p.estimate / nullif(p.t_value, 0) AS published_se,
         p.t_value AS published_t, s.estimate, s.std_error, s.t_value, s.p_value,
         (s.estimate - p.estimate) / s.std_error AS difference_in_se
  FROM sur_report s JOIN (SELECT * EXCLUDE (equations) FROM published_coefficient) p USING (model, parameter);
