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
-- at horizon 0, interim later) and long_run (where the response goes when everything
-- exogenous stays as in the last year; NULL where it does not settle in 2000 years).
--
--   FROM multiplier('4.1', panel_1, published_coefficient, shocks := ['led1', 'relinnt1'], size := 0.1);
CREATE OR REPLACE MACRO multiplier(models, panel, coefficients, shocks := NULL, size := 1, shock_year := NULL, kind := 'permanent',
    {{as simulate, without cohorts}}) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _multiplier(models, _models, _equations, _rows, _coefficients, {{options}}) AS _answer
        FROM _simulation_input(panel, coefficients));
