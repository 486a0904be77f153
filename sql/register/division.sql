-- municipality_name: what every municipality of 1971-2024 was called.
--
-- Columns: municipality_code; municipality, its name; first_year, since when (the last name
-- before a year holds). Source: Statistics Norway, standard for municipalities (KLASS
-- 131), CC BY 4.0.
CREATE TABLE IF NOT EXISTS municipality_name (
  municipality_code VARCHAR NOT NULL,
  municipality      VARCHAR NOT NULL,
  first_year        INTEGER NOT NULL
);

-- county_name: the counties of 1971-2024; codes are not used twice.
-- Source: Statistics Norway, standard for counties (KLASS 104), CC BY 4.0.
CREATE TABLE IF NOT EXISTS county_name (
  county_code VARCHAR NOT NULL,
  county      VARCHAR NOT NULL
);

-- municipality_centrality: centrality of municipalities in the divisions of other years, which
-- .division takes it from. Yours goes in here, any number of levels.
--
-- Columns: municipality_code, division (a year), centrality. Where a municipality has no row for
-- its own division it inherits the level that all municipalities it was made of, or was part of,
-- have in the nearest division that is here; where they differ it has none. What table
-- municipality says, as shipped or loaded, is in here for its own division. Rows of the division
-- in force count from the next .refresh on.
--
--   INSERT INTO municipality_centrality VALUES ('0301', 2024, 6), ('3201', 2024, 6);
CREATE TABLE IF NOT EXISTS municipality_centrality (
  municipality_code VARCHAR NOT NULL,
  division          INTEGER NOT NULL,
  centrality        TINYINT
);

-- municipality_life: the years in which each municipality code is in use.
--
-- Columns: municipality_code, first_year, last_year; -9999 and 9999 where municipality_change
-- does not say. Codes of table municipality and of municipality_change; none comes back after it
-- ended.
-- Example: FROM municipality_life WHERE municipality_code = '1214';  -- Ølen, until 2005
CREATE OR REPLACE VIEW municipality_life AS
SELECT municipality_code,
       coalesce(max(year) FILTER (begins), -9999)::INTEGER AS first_year,
       coalesce(min(year) FILTER (NOT begins) - 1, 9999)::INTEGER AS last_year
FROM (
  SELECT municipality_code, year, CASE WHEN bool_and(begins) THEN true WHEN NOT bool_or(begins) THEN false END AS begins -- in a year in which it does both it goes on
  FROM (SELECT new_code AS municipality_code, year, true AS begins FROM municipality_change
        UNION ALL SELECT old_code, year, false FROM municipality_change)
  GROUP BY municipality_code, year
  UNION ALL SELECT municipality_code, NULL, NULL FROM municipality
)
GROUP BY municipality_code;

-- _municipality_stretch: the stretches of years in which nothing happens to a code: from
-- first_year to last_year; next_codes, what it becomes the year after (itself where nothing), and
-- former_codes, what it was the year before first_year.
CREATE OR REPLACE VIEW _municipality_stretch AS
WITH turn AS (
  SELECT code, year, list(next_code) FILTER (next_code IS NOT NULL) AS next_codes, list(former_code) FILTER (former_code IS NOT NULL) AS former_codes
  FROM (SELECT old_code AS code, year, new_code AS next_code, NULL AS former_code FROM municipality_change
        UNION ALL SELECT new_code, year, NULL, old_code FROM municipality_change)
  GROUP BY code, year
  UNION ALL SELECT code, NULL, NULL, NULL -- from the first year on, or for ever
  FROM (SELECT municipality_code AS code FROM municipality UNION SELECT old_code FROM municipality_change UNION SELECT new_code FROM municipality_change)
)
SELECT code, coalesce(year, -9999) AS first_year, CASE WHEN lead(code) OVER later = code THEN lead(year) OVER later - 1 ELSE 9999 END AS last_year,
       coalesce(CASE WHEN lead(code) OVER later = code THEN lead(next_codes) OVER later END, [code]) AS next_codes, coalesce(former_codes, [code]) AS former_codes
FROM turn -- in one order, as a partition for each code takes twice the time
WINDOW later AS (ORDER BY code, year NULLS FIRST);

-- _read_in_division: municipality_in of many codes: questions, a table of code, year and
-- division, to these and candidates; lives and stretches, municipality_life and
-- _municipality_stretch. A code that is unknown has no row.
CREATE OR REPLACE MACRO _read_in_division(questions, lives, stretches) AS TABLE
WITH RECURSIVE _step AS (
  SELECT code AS asked, year AS asked_in, municipality_code AS now, greatest(least(year, _life.last_year), _life.first_year)::INTEGER AS now_year, division::INTEGER AS division
  FROM query_table(questions) JOIN (FROM query_table(lives)) _life ON municipality_code = code
  UNION
  SELECT asked, asked_in, unnest(CASE WHEN division > last_year THEN next_codes WHEN division < first_year THEN former_codes ELSE [now] END),
         CASE WHEN division > last_year THEN last_year + 1 WHEN division < first_year THEN first_year - 1 ELSE division END, division
  FROM _step JOIN (FROM query_table(stretches)) ON code = now AND now_year BETWEEN first_year AND last_year
  WHERE now_year <> division
)
SELECT asked AS code, asked_in AS year, division, list(DISTINCT now ORDER BY now) AS candidates FROM _step WHERE now_year = division GROUP BY ALL;

-- municipality_in: the municipalities of a division that somebody may live in who had a code on
-- a day.
--
-- code, a municipality code; on_date, the day it was read; division, a year. A list of codes,
-- sorted: one where it is certain, several where the municipality was divided since (or, in an
-- earlier division, put together) and nobody knows, none where the code is unknown. NULL of a
-- NULL. A code that was not in use in the year of the day is read in the nearest year in which
-- it was. Changes: municipality_change.
--
--   SELECT municipality_in('0716', DATE '2005-06-01', 1994);  -- [0716, 0718]: Våle or Ramnes
CREATE OR REPLACE MACRO municipality_in(code, on_date, division) AS CASE WHEN code IS NOT NULL AND on_date IS NOT NULL AND division IS NOT NULL THEN coalesce((
  WITH _question AS (SELECT code AS code, year(on_date) AS year, division AS division),
  _life AS MATERIALIZED (FROM municipality_life), _stretch AS MATERIALIZED (FROM _municipality_stretch)
  SELECT candidates FROM _read_in_division(_question, _life, _stretch)), []) END;

-- _code_reading: how a code that is read on a day of the years from first_year to last_year is
-- counted in the division in force, as of the last .refresh.
--
-- Columns: code, first_year, last_year; municipality_code, NULL where it is not resolved;
-- county_code, the one that all candidates share, else NULL; candidates as municipality_in gives
-- them. Before its first year and after its last a code is read as in that year.
CREATE OR REPLACE VIEW _code_reading_live AS
WITH life AS MATERIALIZED (FROM municipality_life),
part AS MATERIALIZED (FROM _municipality_stretch),
stretch AS MATERIALIZED (
  SELECT code, CASE WHEN t.first_year = l.first_year THEN -9999 ELSE t.first_year END AS first_year,
         CASE WHEN t.last_year = l.last_year THEN 9999 ELSE t.last_year END AS last_year,
         greatest(t.first_year, 1) AS year, _setting('division')::INTEGER AS division
  FROM part t
  JOIN life l ON l.municipality_code = t.code AND t.first_year >= l.first_year AND t.last_year <= l.last_year
),
reading AS MATERIALIZED (
  SELECT code, first_year, last_year, coalesce(candidates, CASE WHEN division IS NOT NULL THEN [] END) AS candidates
  FROM stretch s LEFT JOIN _read_in_division(stretch, life, part) USING (code, year, division)
),
county AS (
  SELECT code, first_year, CASE WHEN min(county_code) = max(county_code) THEN min(county_code) END AS county_code
  FROM (SELECT r.code, r.first_year, coalesce(m.county_code, left(r.candidate, _setting('county_code_length')::INTEGER)) AS county_code
        FROM (SELECT code, first_year, unnest(candidates) AS candidate FROM reading) r LEFT JOIN municipality m ON m.municipality_code = r.candidate)
  GROUP BY ALL
)
SELECT code, first_year, last_year, CASE WHEN len(candidates) = 1 THEN candidates[1] END AS municipality_code, county_code, candidates
FROM reading LEFT JOIN county USING (code, first_year);

CREATE TABLE IF NOT EXISTS _code_reading (
  code              VARCHAR NOT NULL,
  first_year        INTEGER NOT NULL,
  last_year         INTEGER NOT NULL,
  municipality_code VARCHAR,
  county_code       VARCHAR,
  candidates        VARCHAR[] NOT NULL
);

-- The division that table municipality is the list of.
CREATE TABLE IF NOT EXISTS _division (year INTEGER NOT NULL);

-- municipality_of_code: every municipality code, today's or an older one, and the
-- municipality it is counted under.
--
-- Columns: code, municipality_code, municipality, county_code, county,
-- centrality, successors. Where a code leads to several municipalities of the division
-- (successors > 1) nobody knows which: municipality, name and centrality are NULL, and the
-- county is that of all of them where they share it. A code that is not here is unknown:
-- its residents are counted without a place; .check tells how many. A code that is read in
-- one way at first and in another later is here as it is read at last.
-- Example: FROM municipality_of_code WHERE code = '1214';  -- Ølen, since 2006 in Vindafjord
CREATE OR REPLACE VIEW municipality_of_code AS
SELECT code, k.municipality_code, m.municipality, k.county_code,
       coalesce(m.county, (SELECT min(county) FROM municipality c WHERE c.county_code = k.county_code)) AS county,
       m.centrality, k.successors
FROM (SELECT code, arg_max(municipality_code, last_year) FILTER (last_year = last) AS municipality_code, arg_max(county_code, last_year) FILTER (last_year = last) AS county_code, arg_max(len(candidates), last_year) AS successors
      FROM (SELECT *, max(last_year) OVER (PARTITION BY code) AS last FROM _code_reading) GROUP BY code) k
LEFT JOIN municipality m ON m.municipality_code = k.municipality_code
WHERE m.municipality_code IS NOT NULL OR successors > 1;
