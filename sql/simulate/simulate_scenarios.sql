-- simulate_scenarios: simulate several panels in one statement and compare them.
--
-- panels     a relation with the columns of a panel and a column scenario: one panel
--            per scenario, typically one panel crossed with a table of shifts
-- reference  the scenario that the others are held against; NULL: none, difference is NULL
--
-- residuals  but for 'none': those of the reference panel, in every scenario
--
-- Everything else is as in simulate. Gives scenario, year, equation, variable, actual,
-- simulated, reference (simulated in the reference scenario), difference.
--
--   WITH shift(scenario, points) AS (VALUES ('reference', 0), ('unemployment', 1)),
--        shocked AS (SELECT scenario, p.* REPLACE (lednor + points AS lednor) FROM panel_2 p, shift)
--   FROM simulate_scenarios(['4.2', '4.5', '4.8'], shocked, published_coefficient);
CREATE OR REPLACE MACRO simulate_scenarios(models, panels, coefficients, reference := 'reference', {{as simulate, without observed}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM (
    SELECT _s.*,
      max(_s.simulated) FILTER (_s.scenario = reference::VARCHAR) OVER _same AS reference,
      _s.simulated - max(_s.simulated) FILTER (_s.scenario = reference::VARCHAR) OVER _same AS difference
    FROM (
      SELECT unnest(_answer, recursive := true)
      FROM (SELECT _simulate_scenarios(models, _models, _equations, _rows, _coefficients, {{options}}, _shares) AS _answer
            FROM _simulation_input(panels, coefficients))
    ) _s
    WINDOW _same AS (PARTITION BY _s.year, _s.variable));
