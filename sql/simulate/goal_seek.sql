-- goal_seek: the path of one variable that makes another hit a target.
--
-- goals        any relation with variable (endogenous), year, value
-- instruments  an exogenous variable, or an endogenous one, whose add-factor is then
--              sought; a list of as many as there are goals in each year
--
-- All years are solved together. An instrument that does nothing to the goals of its own
-- year is moved as many years before them as its lag is, and a note says so. Instruments
-- that do the same to the goals of a year are an error that names them. Everything else
-- is as in simulate. Gives role ('instrument' or 'target'), variable, year, before, after.
--
--   WITH goals AS (SELECT 'emi_k3' AS variable, year, 0.05 AS value FROM range(2005, 2009) r(year))
--   FROM goal_seek('4.1', panel_1, published_coefficient, goals, 'led1');
CREATE OR REPLACE MACRO goal_seek(models, panel, coefficients, goals, instruments, {{as simulate, without cohorts}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT unnest(_answer, recursive := true)
    FROM (SELECT _goal_seek(models, _models, _equations, _rows, _coefficients, {{options, instruments}}, _shares, _goals) AS _answer
          FROM _simulation_input(panel, coefficients),
         (SELECT list(_goal_row) AS _goals FROM query_table(goals) _goal_row)));
