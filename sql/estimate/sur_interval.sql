-- sur_interval: a confidence interval for each parameter.
--
-- Arguments as sur, but std_errors is 'small_sample' unless another is asked for; level
-- of the intervals. Columns: parameter, estimate (that of sur), std_error, df (degrees of
-- freedom of t; NULL: normal), low and high = estimate -/+ quantile * std_error, equations.
--
-- In simulations of the report's nine models with their 22 years, intervals of nominally
-- 95 per cent cover the truth in 91 to 96 per cent of the samples. With std_errors :=
-- 'classical' it is 82 to 91: those hold for many years. See sur for the formulas, and
-- sur_bootstrap for intervals that drop normality.
--
--   FROM sur_interval('4.1', panel_1);
--   FROM sur_interval('4.1', panel_1, level := 0.9, std_errors := 'classical');
CREATE OR REPLACE MACRO sur_interval(model, panel, level := 0.95, {{as sur, std_errors := 'small_sample'}}) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur_interval(model, _models, _equations, _rows, {{options}}) AS _answer
        FROM _model_input(panel));

-- sur_interval_of: the same for a list of formulas, as sur_of.
CREATE OR REPLACE MACRO sur_interval_of(formulas, panel, level := 0.95, {{as sur, std_errors := 'small_sample'}}) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur_interval(formulas, NULL, NULL, _rows, {{options}}) AS _answer
        FROM _panel_rows(panel));
