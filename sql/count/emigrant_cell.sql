-- emigrant_cell_live: how many immigrants emigrate at which single year of age and
-- duration of residence, computed from the register at each reading.
--
-- Columns: year; sex; country_group; age and duration at the emigration, in completed
-- years; emigrations; emigrations_macro (without same-year movers). A row a group that
-- has any. NULLs as in emigration, which it equals, counted, without the places. Years:
-- counted_year.
-- Example: SELECT age, sum(emigrations) FROM emigrant_cell_live WHERE year = 2013 GROUP BY ALL
--   ORDER BY ALL;
CREATE OR REPLACE VIEW emigrant_cell_live AS
SELECT year, sex, country_group, age, duration, count(*)::INTEGER AS emigrations, count(*) FILTER (NOT same_year_mover)::INTEGER AS emigrations_macro
FROM emigration
WHERE immigrant AND year IN (SELECT year FROM counted_year)
GROUP BY ALL;

-- emigrant_cell: the same, materialised by .refresh together with population_cell.
--
-- The cells know age and duration in groups only; figures 3.7-3.9 show single years.
CREATE TABLE IF NOT EXISTS emigrant_cell (
  year              INTEGER NOT NULL,
  sex               sex NOT NULL,
  country_group     TINYINT,
  age               INTEGER,
  duration          INTEGER,
  emigrations       INTEGER NOT NULL,
  emigrations_macro INTEGER NOT NULL
);
