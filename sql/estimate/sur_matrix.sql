-- sur_residuals: a row per year and equation: year, equation, variable (the left side),
-- actual, fitted, residual. Arguments as sur.
--
--   FROM sur_residuals('4.1', panel_1);
CREATE OR REPLACE MACRO sur_residuals(model, panel, {{as sur}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM ({{answer}});

-- sur_residual_covariance: equation_i, equation_j, covariance (divisor as asked for, not
-- centred), correlation, model; every pair in both orders. Arguments as sur.
--
--   PIVOT (FROM sur_residual_covariance('4.1', panel_1)) ON equation_j
--     USING any_value(covariance) GROUP BY equation_i;
CREATE OR REPLACE MACRO sur_residual_covariance(model, panel, {{as sur}}) AS TABLE SELECT *, model AS model FROM ({{answer}});

-- sur_covariance: of the estimates: parameter_i, parameter_j, covariance, correlation, model;
-- every pair in both orders. Arguments as sur. Those of several models are one relation by
-- UNION ALL; sur_report_parameter_covariance has the report's nine.
--
--   FROM sur_covariance('4.1', panel_1, std_errors := 'robust');
CREATE OR REPLACE MACRO sur_covariance(model, panel, {{as sur}}) AS TABLE SELECT *, model AS model FROM ({{answer}});

-- sur_residuals_of, sur_residual_covariance_of, sur_covariance_of: the same for a list of
-- formulas, as sur_of, without the column model.
{{of sur_residuals}}
{{of sur_residual_covariance}}
{{of sur_covariance}}
