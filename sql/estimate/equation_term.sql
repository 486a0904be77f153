-- equation_term: every formula of table equation taken apart: which variables it has,
-- with which lags and which parameters.
--
-- Columns: model, equation, left_side, parameter (NULL for a part without one),
-- regressor (what the parameter is multiplied by, as formula text), variable (a column
-- of the panel in it; NULL for a constant), lag in years, label (the regressor in the
-- report's notation), error (NULL, or why the formula cannot be taken apart: then it is
-- one row without terms). A row per variable of a regressor.
--
--   SELECT DISTINCT model, equation FROM equation_term WHERE variable = 'lednor';
CREATE OR REPLACE VIEW equation_term AS
  SELECT unnest(_equation_term(_equations), recursive := true) FROM _catalogue;
