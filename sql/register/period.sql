-- register_period: the first and the last year that are counted, where you set
-- them: at most one row.
--
-- Columns: first_year, last_year. Empty: see counted_year.
-- Example: INSERT INTO register_period VALUES (1975, 2022);
CREATE TABLE IF NOT EXISTS register_period (
  first_year INTEGER NOT NULL,
  last_year  INTEGER NOT NULL CHECK (last_year >= first_year)
);

-- counted_year: the years that residents and events are counted for.
--
-- Columns: year; january_1, the day its residents are counted. They are those of
-- register_period. Where it is empty: 1990, as in the report, to the year of the
-- last migration, and at least to 2013. (Years before 1990 are not taken from
-- the data: an extract often knows the early moves only of those who stayed.)
-- Example: SELECT min(year), max(year) FROM counted_year;
CREATE OR REPLACE VIEW counted_year AS
SELECT unnest(range(first_year, last_year + 1))::INTEGER AS year, make_date(year, 1, 1) AS january_1
FROM (
  SELECT CASE WHEN count(*) > 1 THEN error('register_period has ' || count(*) || ' rows, and nobody knows which of them is meant: delete the others')
              ELSE coalesce(min(first_year), 1990) END AS first_year,
         coalesce(max(last_year),
                  (SELECT greatest(2013, max(year(event_date))) FROM migration)) AS last_year
  FROM register_period
);
