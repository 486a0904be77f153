-- multiplier: what a change in each variable does to every endogenous variable.
--
-- shocks      names of the variables to change, one by one; NULL: every exogenous
--             variable of the equations. An endogenous variable stands for its add-factor
-- size        of the change, in the units of the variable
-- shock_year  NULL: the first simulated year
-- kind        'permanent': from shock_year on; 'impulse': in shock_year only
--
-- Everything else is as in simulate. Gives shock, equation, variable, year, horizon
-- (years since the change), response (simulated with the change minus without: impact
-- at horizon 0, interim later), long_run (where the response comes to rest when everything
-- exogenous stays as in the last year) and verdict: 'stable'; 'unit root', where a change
-- goes on for ever (a root of modulus 1, to 1e-10); 'explosive', where it grows without end.
-- In the last two long_run is NULL. Only roots that stand between the change and the variable
-- count: a unit root elsewhere spoils nothing. Linear systems are solved in changes,
-- (I - A1 - A2 ...)^-1 (B0 + B1 ...), whatever the level; others by Newton's method, from
-- where 300 further years lead, with roots judged by the slopes there. The long run of an
-- impulse is 0.
--
--   FROM multiplier('4.1', panel_1, published_coefficient, shocks := ['led1', 'relinnt1'],
--     size := 0.1);
CREATE OR REPLACE MACRO multiplier(models, panel, coefficients, shocks := NULL, size := 1, shock_year := NULL, kind := 'permanent',
    {{as simulate, without cohorts}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT unnest(_answer, recursive := true)
    FROM (SELECT _multiplier(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
          FROM _simulation_input(panel, coefficients)));
