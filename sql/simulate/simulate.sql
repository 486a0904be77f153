-- simulate: solve models year by year.
--
-- models        one name, a list of names solved together, or formulas of your own
--               in the list: ['4.1', '4.7', 'young = emi_k3*pop_k3 + emi_m3*pop_m3'],
--               whose equations are 1, 2, ... as those of sur_of
-- panel         any relation with an integer column year, one row a year
-- coefficients  any relation with model, parameter, estimate (published_coefficient,
--               sur_report, …); the column model may be left out for a single model
-- mode          'dynamic': lags are simulated values from the first year on;
--               'static': lags are observed values (figure 4.1 of the report).
--               Variables of the current year are simulated in both.
-- first_year    NULL: the latest first year of the models in table model, or the
--               first year that has every lag, whichever is later
-- last_year     NULL: the last year that has every exogenous variable
-- residuals     what is added to every equation: 'none', or of what it misses on the data
--               (left minus right side, all observed)
--               'actual': that of the year, so that an unchanged panel gives back the
--                         observed path exactly; 0 where the left side is not observed
--               'mean':   their mean over residual_years
--               'last':   that of the last year before the simulated ones whose data are
--                         complete for all equations of the model
--               'decay':  residual_decay^h times the last, h years after that year
--               The last three are added in every simulated year, in the sample and beyond
--               it, to all equations but identities. Without them a path jumps where
--               the data end to where the equations lie
-- residual_years [first, last] of 'mean': all must have a residual. NULL: the years of the
--               estimation in table model, else all complete years of the panel. With
--               'decay' the mean over them is what decays
-- residual_decay of 'decay', from -1 to 1
-- observed      for a scenario with residuals: the unchanged panel as a list,
--               (SELECT list(p ORDER BY year) FROM panel_1 p). Residuals of the changed
--               panel would undo the change. NULL: the panel itself
-- add_factors   rows of equation (or its variable), year, value added to the right side of
--               an equation, as a list: (SELECT list(f) FROM my_factors f), or
--               [{equation: '4.1.1', year: 2005, value: 0.01}]
-- exogenous     variables taken as observed: 'emi_k3', or for some years 'emi_k3:1995-1999'
-- cohorts       the cohort account of the panel's country group as a list,
--               (SELECT list(c) FROM cohort c WHERE country_group = 1): the simulated
--               frequencies emi_... then drive the residents of the next year, and these
--               pop_..., anko_..., anme_... and beh of the group, which come as rows of
--               their own without an equation. Rows of several country groups go with the
--               names of panel_country (emi_k3_2, pop_k3_2), as for all models at once:
--               (SELECT list(c) FROM cohort c). Where the panel has no frequencies or stocks,
--               as in years to come, it gets those of the account. A column part names
--               further sums of residents to be told, in every year of the same cells.
--               NULL: as in the panel
-- index         the column that numbers the rows, where that is not year, as in sur:
--               index := 'quarter', first_year := '2003Q2'. add_factors and goals have that
--               column in place of year, results the text column period
--
-- Gives year, equation, variable, actual (NULL where the panel has none), simulated.
-- Every value is there or the statement fails and says which equation and year. Equations
-- know no bounds: a note says how many simulated frequencies and shares lie outside 0 to 1
-- (emi_..., anko_... and anme_... of the report's groups, and what setting shares of table
-- study names) and how many stocks (pop_...) below 0, with the first and the worst.
--
--   FROM simulate('4.2', panel_2, published_coefficient);
--   FROM simulate('4.2', panel_2, published_coefficient, residuals := 'mean',
--     residual_years := [2004, 2013]);
--   WITH shocked AS (SELECT * REPLACE (lednor + 1 AS lednor) FROM panel_2)
--   FROM simulate(['4.2', '4.5', '4.8'], shocked, published_coefficient, first_year := 1992);
CREATE OR REPLACE MACRO simulate(models, panel, coefficients, mode := 'dynamic', first_year := NULL, last_year := NULL,
    residuals := 'none', residual_years := NULL, residual_decay := NULL, observed := NULL, add_factors := NULL, exogenous := NULL,
    cohorts := NULL, index := 'year') AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT unnest(_answer, recursive := true)
    FROM (SELECT _simulate(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
          FROM _simulation_input(panel, coefficients)));
