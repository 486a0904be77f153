-- sur_report: every model of table model that has a country group (the report's nine,
-- and yours where you give it one), each on the macro panel of its group and its own
-- years. Columns: model, then those of sur.
--
--   FROM sur_report WHERE model = '4.1';
--   FROM simulate(['4.1', '4.4', '4.7'], panel_1, sur_report);
CREATE OR REPLACE VIEW sur_report AS
  SELECT m.model, unnest(_sur(m.model, _models, _equations, p.rows, NULL, NULL, 'isur', 'T', 1e-10, 10000,
                              'classical', NULL, 'normal', NULL), recursive := true)
  FROM model m
  JOIN (SELECT 1 AS country_group, list(p ORDER BY p.year) AS rows FROM panel_1 p UNION ALL
        SELECT 2, list(p ORDER BY p.year) FROM panel_2 p UNION ALL
        SELECT 3, list(p ORDER BY p.year) FROM panel_3 p) p USING (country_group),
       (SELECT list(m) AS _models FROM model m),
       (SELECT list(e) AS _equations FROM equation e);

-- sur_report_equations: the same for the diagnostics: model, then the columns of
-- sur_equations.
--
--   SELECT model, equation, r2, lm_het_p, durbin_watson FROM sur_report_equations;
CREATE OR REPLACE VIEW sur_report_equations AS
  SELECT m.model, unnest(_sur_equations(m.model, _models, _equations, p.rows, NULL, NULL, 'isur', 'T', 1e-10, 10000,
                                        'classical', NULL, 'normal', NULL, 1), recursive := true)
  FROM model m
  JOIN (SELECT 1 AS country_group, list(p ORDER BY p.year) AS rows FROM panel_1 p UNION ALL
        SELECT 2, list(p ORDER BY p.year) FROM panel_2 p UNION ALL
        SELECT 3, list(p ORDER BY p.year) FROM panel_3 p) p USING (country_group),
       (SELECT list(m) AS _models FROM model m),
       (SELECT list(e) AS _equations FROM equation e);

-- sur_report_covariance: residual covariances of the same models: model, then the
-- columns of sur_residual_covariance (annex C prints the lower triangles).
CREATE OR REPLACE VIEW sur_report_covariance AS
  SELECT m.model, unnest(_sur_residual_covariance(m.model, _models, _equations, p.rows, NULL, NULL, 'isur', 'T', 1e-10, 10000,
                                                  'classical', NULL, 'normal', NULL), recursive := true)
  FROM model m
  JOIN (SELECT 1 AS country_group, list(p ORDER BY p.year) AS rows FROM panel_1 p UNION ALL
        SELECT 2, list(p ORDER BY p.year) FROM panel_2 p UNION ALL
        SELECT 3, list(p ORDER BY p.year) FROM panel_3 p) p USING (country_group),
       (SELECT list(m) AS _models FROM model m),
       (SELECT list(e) AS _equations FROM equation e);

-- sur_published: the report's estimates beside those on the current panels. published_se
-- = published / published_t; difference_in_se = (estimate - published) / std_error.
CREATE OR REPLACE VIEW sur_published AS
  SELECT model, parameter, equations, p.estimate AS published, p.estimate / nullif(p.t_value, 0) AS published_se,
         p.t_value AS published_t, s.estimate, s.std_error, s.t_value, s.p_value,
         (s.estimate - p.estimate) / s.std_error AS difference_in_se
  FROM sur_report s JOIN (SELECT * EXCLUDE (equations) FROM published_coefficient) p USING (model, parameter);
