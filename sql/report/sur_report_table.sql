-- The report's tables of estimates, published beside estimated on the current panels.

-- _list_no(items): a list as Norwegian prints it: 'a', 'a og b', 'a, b og c'.
CREATE OR REPLACE MACRO _list_no(items) AS
  CASE WHEN len(items) < 2 THEN items[1]
       ELSE array_to_string(items[:-2], ', ') || ' og ' || items[-1] END;

-- _equations_no(equations): '(4.2.2)-(4.2.4)' for three or more in a row, else a list.
-- equations: names such as 4.2.2, in order, all of one model.
CREATE OR REPLACE MACRO _equations_no(equations) AS
  CASE WHEN len(equations) > 2
            AND string_split(equations[-1], '.')[-1]::INTEGER - string_split(equations[1], '.')[-1]::INTEGER = len(equations) - 1
       THEN '(' || equations[1] || ')-(' || equations[-1] || ')'
       ELSE _list_no(list_transform(equations, lambda e: '(' || e || ')')) END;

-- _estimates_of(model, panel): the shape of tables 4.2-4.10, see there.
CREATE OR REPLACE MACRO _estimates_of(of_model, panel) AS TABLE
  WITH _order AS (
    SELECT parameter, label, row_number() OVER () AS position FROM
      (SELECT parameter, unnest(string_split(label, ', ')) AS label FROM equation_term WHERE model = of_model)
  ), _label AS (
    SELECT parameter, list(label ORDER BY position) AS labels
    FROM (SELECT parameter, label, min(position) AS position FROM _order GROUP BY ALL) GROUP BY parameter
  ), _fit AS (SELECT *, row_number() OVER () AS position FROM sur(of_model, panel))
  SELECT replace(replace(f.parameter, '_k', '_K'), '_m', '_M') AS parameter, _list_no(l.labels) AS variable,
         _equations_no(string_split(f.equations, ' ')) AS equation,
         p.estimate AS published, p.t_value AS published_t, f.estimate, f.std_error, f.t_value,
         (f.estimate - p.estimate) / f.std_error AS difference_in_se
  FROM _fit f JOIN _label l USING (parameter)
       LEFT JOIN (FROM published_coefficient WHERE model = of_model) p USING (parameter)
  ORDER BY f.position;

-- table_4_2 ... table_4_10: estimates of models 4.1-4.9 on the current panels.
--
-- Columns: parameter, variable and equation as printed; published and published_t, the
-- report's; estimate, std_error and t_value; difference_in_se = (estimate - published) /
-- std_error.
CREATE OR REPLACE VIEW table_4_2 AS FROM _estimates_of('4.1', panel_1);
CREATE OR REPLACE VIEW table_4_3 AS FROM _estimates_of('4.2', panel_2);
CREATE OR REPLACE VIEW table_4_4 AS FROM _estimates_of('4.3', panel_3);
CREATE OR REPLACE VIEW table_4_5 AS FROM _estimates_of('4.4', panel_1);
CREATE OR REPLACE VIEW table_4_6 AS FROM _estimates_of('4.5', panel_2);
CREATE OR REPLACE VIEW table_4_7 AS FROM _estimates_of('4.6', panel_3);
CREATE OR REPLACE VIEW table_4_8 AS FROM _estimates_of('4.7', panel_1);
CREATE OR REPLACE VIEW table_4_9 AS FROM _estimates_of('4.8', panel_2);
CREATE OR REPLACE VIEW table_4_10 AS FROM _estimates_of('4.9', panel_3);

-- table_b1: diagnostics of the 36 equations: equation as printed; R², p-value of the LM
-- test of heteroskedasticity and Durbin-Watson, the report's (published_...) and on the
-- current panels; autocorrelation_p: of Breusch and Godfrey's F test, which holds with 22
-- years, as Durbin-Watson and Durbin's h do not where the left side lagged is a regressor:
-- see sur_equations. Equations of a
-- model that cannot be estimated have the report's numbers only: sur_report says why.
CREATE OR REPLACE VIEW table_b1 AS
  SELECT '(' || equation || ')' AS equation, p.r2 AS published_r2, e.r2, p.lm_het_p AS published_lm_het_p, e.lm_het_p,
         p.durbin_watson AS published_durbin_watson, e.durbin_watson,
         e.breusch_godfrey_p AS autocorrelation_p
  FROM published_diagnostic p LEFT JOIN sur_report_equations e USING (equation)
  ORDER BY list_transform(string_split(p.equation, '.'), lambda x: x::INTEGER);

-- _covariances_of(model, panel): the shape of tables C.1-C.9, see there.
CREATE OR REPLACE MACRO _covariances_of(of_model, panel) AS TABLE
  WITH _c AS (FROM sur_residual_covariance(of_model, panel)), _s AS (SELECT years FROM sur_system(of_model, panel))
  SELECT '(' || c.equation_i || ')' AS equation_i, '(' || c.equation_j || ')' AS equation_j, p.covariance AS published, p.sign_known,
         c.covariance, (c.covariance - p.covariance) / sqrt((i.covariance * j.covariance + c.covariance ** 2) / years) AS difference_in_se
  FROM _c c JOIN (FROM published_residual_covariance WHERE model = of_model) p USING (equation_i, equation_j)
       JOIN _c i ON i.equation_i = c.equation_i AND i.equation_j = c.equation_i
       JOIN _c j ON j.equation_i = c.equation_j AND j.equation_j = c.equation_j, _s
  ORDER BY c.equation_i, c.equation_j;

-- table_c_1 ... table_c_9: residual covariances of models 4.1-4.9, lower triangles, on
-- the current panels.
--
-- Columns: equation_i, equation_j as printed; published (sign_known is false where the
-- printing may have lost a minus); covariance; difference_in_se, in standard errors of
-- the latter: sqrt((s_ii s_jj + s_ij²) / T).
CREATE OR REPLACE VIEW table_c_1 AS FROM _covariances_of('4.1', panel_1);
CREATE OR REPLACE VIEW table_c_2 AS FROM _covariances_of('4.2', panel_2);
CREATE OR REPLACE VIEW table_c_3 AS FROM _covariances_of('4.3', panel_3);
CREATE OR REPLACE VIEW table_c_4 AS FROM _covariances_of('4.4', panel_1);
CREATE OR REPLACE VIEW table_c_5 AS FROM _covariances_of('4.5', panel_2);
CREATE OR REPLACE VIEW table_c_6 AS FROM _covariances_of('4.6', panel_3);
CREATE OR REPLACE VIEW table_c_7 AS FROM _covariances_of('4.7', panel_1);
CREATE OR REPLACE VIEW table_c_8 AS FROM _covariances_of('4.8', panel_2);
CREATE OR REPLACE VIEW table_c_9 AS FROM _covariances_of('4.9', panel_3);

-- table_4_12: which variables explain the emigration of whom, derived from the formulas
-- of the four oldest age groups. Columns: country_group and population_group as printed,
-- then 'Ja', 'Ja (-1)' (lagged a year) or '' for each kind of variable. Where the printed
-- table says otherwise than the report's equations, the equations are followed. long_run,
-- which the report does not print: what each variable changes the frequency by in the end,
-- with its standard error, on the current panels (sur_report_long_run); a unit root or
-- explosive root in place of the number; NULL where the model cannot be estimated.
CREATE OR REPLACE VIEW table_4_12 AS
  WITH _term AS (
    SELECT country_group, left_side, lower(variable) AS variable, lag,
           CASE WHEN variable LIKE 'relinnt%' THEN 'relative_income'
                WHEN variable = 'lednor' THEN 'unemployment_norway'
                WHEN variable = 'led' || country_group THEN 'unemployment_own_area'
                WHEN variable LIKE 'led_' THEN 'unemployment_other_area'
                WHEN variable LIKE 'anko%' THEN 'short_duration'
                WHEN variable LIKE 'anme%' THEN 'medium_duration'
                WHEN variable LIKE 'beh%' THEN 'network'
                WHEN variable LIKE 'emi%' AND lag > 0 THEN 'lagged_endogenous'
                WHEN variable = 'trend' THEN 'trend' END AS kind
    FROM equation_term JOIN _report_model USING (model)
    WHERE regexp_matches(left_side, '^emi_[km][3-6]$')
  ), _mark AS (
    SELECT country_group, left_side, kind, CASE WHEN max(lag) > 0 THEN 'Ja (-' || max(lag) || ')' ELSE 'Ja' END AS mark
    FROM _term GROUP BY ALL
  ), _long AS (
    SELECT country_group, variable AS left_side,
           string_agg(shock || CASE verdict WHEN 'stable' THEN printf(' %.3g (%.2g)', long_run, std_error) ELSE ': ' || verdict END, ', ' ORDER BY position) AS long_run
    FROM (SELECT *, row_number() OVER () AS position FROM sur_report_long_run WHERE shock IS NOT NULL) JOIN _report_model USING (model)
    GROUP BY ALL
  )
  SELECT 'Landgruppe ' || country_group AS country_group,
         CASE left_side[5] WHEN 'k' THEN 'Kvinner ' ELSE 'Menn ' END
           || ['18-34 år', '35-62 år', '63-70 år', 'over 70 år'][left_side[6]::INTEGER - 2] AS population_group,
         coalesce(any_value(mark) FILTER (kind = 'relative_income'), '') AS relative_income,
         coalesce(any_value(mark) FILTER (kind = 'unemployment_norway'), '') AS unemployment_norway,
         coalesce(any_value(mark) FILTER (kind = 'unemployment_own_area'), '') AS unemployment_own_area,
         coalesce(any_value(mark) FILTER (kind = 'unemployment_other_area'), '') AS unemployment_other_area,
         coalesce(any_value(mark) FILTER (kind = 'short_duration'), '') AS short_duration,
         coalesce(any_value(mark) FILTER (kind = 'medium_duration'), '') AS medium_duration,
         coalesce(any_value(mark) FILTER (kind = 'network'), '') AS network,
         coalesce(any_value(mark) FILTER (kind = 'lagged_endogenous'), '') AS lagged_endogenous,
         coalesce(any_value(mark) FILTER (kind = 'trend'), '') AS trend,
         any_value(l.long_run) AS long_run
  FROM _mark m LEFT JOIN _long l USING (country_group, left_side)
  GROUP BY m.country_group, left_side
  ORDER BY m.country_group, left_side[6] >= '5', left_side[5], left_side[6];
