-- What every function that estimates or simulates is handed: the catalogue of models
-- and a panel, as lists of rows. They are read in the way that costs least, for that is
-- most of the time of FROM sur(...):
--   list() without GROUP BY is planned as a hash table of a megabyte or more, with a
--   constant to group by as an array of one element. It gives no row, though, where
--   there is nothing to count: the joins with what always has one see to that.
--   Two tables beside each other (POSITIONAL JOIN) are one aggregation instead of two.

CREATE OR REPLACE TABLE _one AS SELECT true AS one;

-- _catalogue: one row. _models, _equations: what the functions need of the tables model
-- and equation, as lists of the same length; the shorter is filled up with rows of NULL.
CREATE OR REPLACE VIEW _catalogue AS
  SELECT list({model: m.model, first_year: m.first_year, last_year: m.last_year}) AS _models,
         list({model: e.model, equation: e.equation, formula: e.formula}) AS _equations
  FROM model m POSITIONAL JOIN equation e POSITIONAL JOIN _one GROUP BY 0::TINYINT;

-- _panel_rows(panel): one row. _rows: the rows of a panel, NULL where it has none.
CREATE OR REPLACE MACRO _panel_rows(panel) AS TABLE
  FROM (SELECT list(_panel_row) AS _rows FROM query_table(panel) _panel_row GROUP BY 0::TINYINT)
  RIGHT JOIN (SELECT one FROM _one) ON true;

-- _model_input(panel): the catalogue and the rows of a panel.
CREATE OR REPLACE MACRO _model_input(panel) AS TABLE
  FROM (SELECT list(_panel_row) AS _rows FROM query_table(panel) _panel_row GROUP BY 0::TINYINT)
  RIGHT JOIN _catalogue ON true;

-- _simulation_input(panel, coefficients): these and, as _coefficients, the rows of the
-- coefficients, NULL where there are none; as _shares, what the study declares as shares.
CREATE OR REPLACE MACRO _simulation_input(panel, coefficients) AS TABLE
  FROM _model_input(panel), (SELECT list(_coefficient_row) AS _coefficients FROM query_table(coefficients) _coefficient_row),
       (SELECT coalesce(_setting('shares'), '') AS _shares);
