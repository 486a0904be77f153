-- sur_equations_fit, sur_system_fit, sur_test_fit: what sur_equations, sur_system and
-- sur_test report, as scalars beside sur_fit, for one estimation per group. rows: the
-- panel as a list of rows, in any order; columns and other arguments as there.
--
-- A group that cannot be estimated fails the statement: see try_sur_equations_fit,
-- try_sur_system_fit and try_sur_test_fit.
--
--   SELECT county, unnest(sur_equations_fit(['y = $a + $b*x'], list(p)), recursive := true)
--   FROM panel_by_county p GROUP BY county;
--   SELECT county, unnest(sur_test_fit(['y = $a + $b*x'], list(p), 'b = 1'), recursive := true)
--   FROM panel_by_county p GROUP BY county;
CREATE OR REPLACE MACRO sur_equations_fit(formulas, rows, {{as sur}}, lags := 1) AS
  _sur_equations(formulas, 'sur_equations_fit', NULL, rows, {{options}});

CREATE OR REPLACE MACRO sur_system_fit(formulas, rows, {{as sur}}, lags := 4) AS
  _sur_system(formulas, 'sur_system_fit', NULL, rows, {{options}});

CREATE OR REPLACE MACRO sur_test_fit(formulas, rows, hypotheses, {{as sur}}) AS
  _sur_test(formulas, 'sur_test_fit', NULL, rows, {{options, hypotheses}});

-- try_sur_equations_fit, try_sur_system_fit, try_sur_test_fit: the same where some groups
-- may have no answer: one more column, error, says why (NULL where there is one). Such a
-- group has its equations, one row of the system or the row of the Wald test, without
-- numbers. As try_sur_fit.
--
--   SELECT county, unnest(try_sur_equations_fit(['y = $a + $b*x'], list(p)), recursive := true)
--   FROM panel_by_county p GROUP BY county;
--   SELECT county, unnest(try_sur_test_fit(['y = $a + $b*x'], list(p), 'b = 1'), recursive := true)
--   FROM panel_by_county p GROUP BY county;
CREATE OR REPLACE MACRO try_sur_equations_fit(formulas, rows, {{as sur}}, lags := 1) AS
  _sur_equations_report(formulas, 'try_sur_equations_fit', NULL, rows, {{options}});

CREATE OR REPLACE MACRO try_sur_system_fit(formulas, rows, {{as sur}}, lags := 4) AS
  _sur_system_report(formulas, 'try_sur_system_fit', NULL, rows, {{options}});

CREATE OR REPLACE MACRO try_sur_test_fit(formulas, rows, hypotheses, {{as sur}}) AS
  _sur_test_report(formulas, 'try_sur_test_fit', NULL, rows, {{options, hypotheses}});
