-- _country_draw(estimates, common, draws): the nine models as one system, and what is drawn
-- in it: a row with _formulas, whose equations are 1 to 36, _coefficients,
-- _parameter_covariance, _residual_covariance and _factor, as simulate_stochastic takes them.
--
-- estimates  'joint': sur_factor, a common factor with a memory; 'report': sur_report, each
--            model by itself; 'published': the report's, whose parameters are taken as
--            independent, as it prints no covariances
-- common     false: shocks as large, but of every equation by itself
-- draws      'residuals', 'parameters', 'both': what is not drawn is NULL
CREATE OR REPLACE MACRO _country_draw(estimates, common, draws) AS TABLE
WITH _input AS (
  SELECT list(formula ORDER BY position) AS _formulas, map_from_entries(list((equation, position::VARCHAR))) AS _number
  FROM country_equation
),
_joint AS (
  SELECT _formulas, (SELECT list(_row ORDER BY year) FROM panel_country _row) AS _rows,
         {dynamics: 'ar1', first_year: (SELECT max(first_year) FROM _report_model), last_year: (SELECT min(last_year) FROM _report_model)} AS _options
  FROM _input WHERE estimates = 'joint'
),
_known AS (
  FROM _input
  WHERE CASE WHEN estimates IS NULL OR estimates NOT IN ('joint', 'report', 'published') THEN error('estimates is "' || coalesce(estimates, 'NULL') || '", not ''joint'', ''report'' or ''published''')
             WHEN common IS NULL THEN error('common is NULL, not true or false')
             WHEN draws IS NULL OR draws NOT IN ('residuals', 'parameters', 'both') THEN error('draws is "' || coalesce(draws, 'NULL') || '", not ''residuals'', ''parameters'' or ''both''')
             ELSE true END
),
_coefficient AS (
  SELECT parameter, estimate FROM (SELECT unnest(_sur_factor(_formulas, NULL, NULL, _rows, _options), recursive := true) FROM _joint)
  UNION ALL
  SELECT parameter || '_' || replace(model, '.', ''), estimate FROM published_coefficient JOIN _report_model USING (model) WHERE estimates = 'published'
  UNION ALL
  SELECT parameter || '_' || replace(model, '.', ''), CASE WHEN error IS NULL THEN estimate ELSE error('model ' || model || ' cannot be estimated: ' || error) END
  FROM sur_report JOIN _report_model USING (model) WHERE estimates = 'report'
),
_parameter AS (
  SELECT parameter_i, parameter_j, covariance FROM (SELECT unnest(_sur_factor_covariance(_formulas, NULL, NULL, _rows, _options), recursive := true) FROM _joint WHERE draws <> 'residuals')
  UNION ALL
  SELECT parameter || '_' || replace(model, '.', ''), parameter || '_' || replace(model, '.', ''), (estimate / t_value)^2
  FROM published_coefficient JOIN _report_model USING (model) WHERE estimates = 'published' AND draws <> 'residuals'
  UNION ALL
  SELECT parameter_i || '_' || replace(model, '.', ''), parameter_j || '_' || replace(model, '.', ''), covariance
  FROM sur_report_parameter_covariance JOIN _report_model USING (model) WHERE estimates = 'report' AND draws <> 'residuals'
),
_residual AS (
  SELECT _number[equation_i] AS equation_i, _number[equation_j] AS equation_j, covariance
  FROM (
    SELECT equation_i, equation_j, covariance FROM published_residual_covariance JOIN _report_model USING (model) WHERE estimates = 'published'
    UNION ALL
    SELECT equation_i, equation_j, covariance FROM sur_report_covariance JOIN _report_model USING (model) WHERE estimates = 'report'
  ), _input
  WHERE draws <> 'parameters' AND (common OR equation_i = equation_j)
),
_factor AS (
  SELECT equation, factor, CASE WHEN common THEN loading ELSE 0 END AS loading, CASE WHEN common THEN variance ELSE variance + loading^2 END AS variance, phi
  FROM (SELECT unnest(_sur_factor_loadings(_formulas, NULL, NULL, _rows, _options), recursive := true) FROM _joint WHERE draws <> 'parameters')
)
SELECT _formulas, (SELECT list(_row) FROM _coefficient _row) AS _coefficients, (SELECT list(_row) FROM _parameter _row) AS _parameter_covariance,
       (SELECT list(_row) FROM _residual _row) AS _residual_covariance, (SELECT list(_row) FROM _factor _row) AS _factor
FROM _known;

-- _country_emigrations(): the identities that add the emigrations of the country groups up,
-- and over the years, to be put beside country_equation.
CREATE OR REPLACE MACRO _country_emigrations() AS
  list_transform([1, 2, 3], lambda g: replace(_country_name(emigrations_formula(), g::VARCHAR), 'emigrations =', 'emigrations_' || g || ' ='))
  || ['emigrations = emigrations_1 + emigrations_2 + emigrations_3']
  || list_transform(['_1', '_2', '_3', ''], lambda g: 'accumulated' || g || ' = lag(accumulated' || g || ') + emigrations' || g);
