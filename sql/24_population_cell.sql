-- population_cell_live: how many live where, of what kind, and how many of them
-- move: the counts of everybody, computed from the register at each reading.
--
-- Columns: year, municipality_code, immigrant, country_group, sex, age_group,
-- duration_band, duration_group, duration_group_macro; residents (persons on 1
-- January); emigrations and immigrations (events in the year, grouped by what the
-- person is when it happens); emigrations_macro and immigrations_macro (the same
-- without same-year movers). One row a group that has any; no NULL among the
-- counts. NULLs of the dimensions as in person_year and migration_event: events
-- without a place are a row with a NULL municipality_code, so that everything
-- adds up. Years: counted_year.
--
-- It equals counting person_year and migration_event, but takes a spell of
-- residence at a time instead of a person-year: what a person is on 1 January
-- changes only in the years in which the spell begins or ends or the person passes
-- into another age group or duration band. Those changes are counted and summed
-- over the years.
-- Example: FROM population_cell_live WHERE year = 2013;
CREATE OR REPLACE VIEW population_cell_live AS
WITH period AS (
  SELECT min(year) AS first_year, max(year) AS last_year FROM counted_year
),
kind AS (
  -- Age on 1 January y is y - born, duration y - came (see first_january).
  SELECT person_id, immigrant, country_group, sex,
         first_january(birth_date) AS born, first_january(first_immigration) AS came
  FROM person LEFT JOIN country ON country_code = birth_country
),
spell AS (
  SELECT municipality_code AS code, immigrant, country_group, sex, born, came,
         greatest(first_january(from_date), first_year) AS first,
         coalesce(least(first_january(to_date), last_year + 1), last_year + 1) AS after
  FROM residence JOIN kind USING (person_id), period
  WHERE first < after
),
change AS (
  -- A spell begins, and ends.
  SELECT code, immigrant, country_group, sex, age_group_of(first - born) AS age_group, _duration_floor(first - came) AS duration,
         first AS year, 1 AS residents
  FROM spell
  UNION ALL
  SELECT code, immigrant, country_group, sex, age_group_of(after - 1 - born), _duration_floor(after - 1 - came),
         after, -1
  FROM spell, period WHERE after <= last_year
  UNION ALL
  -- Somebody passes into another age group: out of the old one, into the new one.
  SELECT code, immigrant, country_group, sex, age_group_of(age + step), _duration_floor(born + age - 1 - came),
         born + age, 2 * step + 1
  FROM spell JOIN (VALUES (7), (18), (35), (63), (71)) a(age) ON born + age > first AND born + age < after, (VALUES (-1), (0)) s(step)
  UNION ALL
  -- Thereafter, perhaps in the same year, into another duration band.
  SELECT code, immigrant, country_group, sex, age_group_of(came + years - born), _duration_floor(years + step),
         came + years, 2 * step + 1
  FROM spell JOIN (VALUES (0), (3), (6), (10), (11), (16)) d(years) ON came + years > first AND came + years < after, (VALUES (-1), (0)) s(step)
),
stock AS (
  SELECT code, immigrant, country_group, sex, age_group, duration, year, sum(residents) AS change FROM change GROUP BY ALL
),
level AS (
  SELECT code, immigrant, country_group, sex, age_group, duration, year,
         sum(change) OVER later AS residents, lead(year, 1, last_year + 1) OVER later AS until
  FROM stock, period
  WINDOW later AS (PARTITION BY code, immigrant, country_group, sex, age_group, duration ORDER BY year)
),
event AS (
  SELECT code, immigrant, country_group, sex, age_group_of(completed_years(birth_date, event_date)) AS age_group,
         _duration_floor(completed_years(first_immigration, event_date)) AS duration, year(event_date) AS year,
         direction, s.person_id IS NULL AS macro
  FROM _migration_place e
  JOIN person p USING (person_id)
  LEFT JOIN country ON country_code = birth_country
  LEFT JOIN same_year_mover s ON s.person_id = e.person_id AND s.year = year(event_date)
),
count AS (
  SELECT code, immigrant, country_group, sex, age_group, duration, unnest(range(year, until)) AS year,
         residents, 0 AS emigrations, 0 AS emigrations_macro, 0 AS immigrations, 0 AS immigrations_macro
  FROM level WHERE residents > 0
  UNION ALL
  SELECT code, immigrant, country_group, sex, age_group, duration, year,
         0, count(*) FILTER (direction = 'emigration'), count(*) FILTER (direction = 'emigration' AND macro),
         count(*) FILTER (direction = 'immigration'), count(*) FILTER (direction = 'immigration' AND macro)
  FROM event, period WHERE year BETWEEN first_year AND last_year
  GROUP BY ALL
)
SELECT year::INTEGER AS year, coalesce(m.municipality_code, code) AS municipality_code, immigrant, country_group, sex, age_group,
       duration_band_of(duration) AS duration_band, duration_group_of(duration) AS duration_group,
       duration_group_macro_of(duration) AS duration_group_macro,
       sum(residents)::INTEGER AS residents,
       sum(emigrations)::INTEGER AS emigrations, sum(emigrations_macro)::INTEGER AS emigrations_macro,
       sum(immigrations)::INTEGER AS immigrations, sum(immigrations_macro)::INTEGER AS immigrations_macro
FROM count LEFT JOIN municipality_of_code m USING (code)
GROUP BY ALL;

-- population_cell: the counts of everybody, materialised by .refresh.
--
-- Columns as in population_cell_live, which says what they are. .load and .demo
-- refresh it; after changes of your own to the register, .refresh does.
-- Example: SELECT year, sum(residents) FROM population_cell GROUP BY ALL ORDER BY ALL;
CREATE TABLE IF NOT EXISTS population_cell (
  year                 INTEGER NOT NULL,
  municipality_code    VARCHAR,
  immigrant            BOOLEAN NOT NULL,
  country_group        TINYINT,
  sex                  sex NOT NULL,
  age_group            age_group,
  duration_band        duration_band,
  duration_group       duration_group,
  duration_group_macro duration_group_macro,
  residents            INTEGER NOT NULL,
  emigrations          INTEGER NOT NULL,
  emigrations_macro    INTEGER NOT NULL,
  immigrations         INTEGER NOT NULL,
  immigrations_macro   INTEGER NOT NULL
);
