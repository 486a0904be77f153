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
-- It equals counting person_year and migration_event, several times faster: no
-- person-year ever becomes a row. Spells and events go to _count_cells in lists,
-- one a place and kind of people, and cells come back.
-- Example: FROM population_cell_live WHERE year = 2013;
CREATE OR REPLACE VIEW population_cell_live AS
WITH period AS MATERIALIZED (
  SELECT min(year) AS first_year, max(year) AS last_year FROM counted_year
),
kind AS (
  SELECT person_id, immigrant, country_group, sex, birth_date, first_immigration
  FROM person LEFT JOIN country ON country_code = birth_country
),
record AS (
  -- A spell covers 1 January of the years from first until the year before until,
  -- and on 1 January y age is y - born and duration y - came (see first_january).
  SELECT municipality_code AS code, immigrant, country_group, sex,
         0::SMALLINT AS kind,
         first_january(birth_date)::SMALLINT AS born,
         first_january(first_immigration)::SMALLINT AS came,
         first_january(from_date)::SMALLINT AS first,
         coalesce(first_january(to_date), 9999)::SMALLINT AS until
  FROM residence JOIN kind USING (person_id)
  WHERE coalesce(to_date, DATE 'infinity') > (SELECT make_date(first_year, 1, 1) FROM period)
  UNION ALL
  -- An event happens in the year first, at age first - born and duration first - came.
  SELECT code, immigrant, country_group, sex,
         (CASE direction WHEN 'emigration' THEN 1 ELSE 3 END + (s.person_id IS NOT NULL)::INTEGER)::SMALLINT,
         (year(event_date) - completed_years(birth_date, event_date))::SMALLINT,
         (year(event_date) - completed_years(first_immigration, event_date))::SMALLINT,
         year(event_date)::SMALLINT,
         0::SMALLINT
  FROM _migration_place e JOIN kind USING (person_id)
  LEFT JOIN same_year_mover s ON s.person_id = e.person_id AND s.year = year(event_date)
  WHERE event_date >= (SELECT make_date(first_year, 1, 1) FROM period)
),
place AS (
  -- Codes are looked up a list at a time, not a record at a time.
  SELECT coalesce(m.municipality_code, r.code) AS municipality_code, immigrant, country_group, sex, flatten(list(records)) AS records
  FROM (
    SELECT code, immigrant, country_group, sex,
           list({kind: kind, born: born, came: came, "first": first, "until": until}) AS records
    FROM record GROUP BY ALL
  ) r LEFT JOIN municipality_of_code m USING (code)
  GROUP BY ALL
),
count AS (
  SELECT municipality_code, immigrant, country_group, sex,
         unnest(_count_cells(records, _age_floors(), _duration_floors(), first_year, last_year), recursive := true)
  FROM place, period
)
SELECT year::INTEGER AS year, municipality_code, immigrant, country_group, sex, age_group_of(age) AS age_group,
       duration_band_of(duration) AS duration_band, duration_group_of(duration) AS duration_group,
       duration_group_macro_of(duration) AS duration_group_macro,
       residents::INTEGER AS residents, emigrations::INTEGER AS emigrations, emigrations_macro::INTEGER AS emigrations_macro,
       immigrations::INTEGER AS immigrations, immigrations_macro::INTEGER AS immigrations_macro
FROM count;

-- population_cell: the counts of everybody, materialised by .refresh.
--
-- Columns as in population_cell_live, which says what they are. .load and .demo
-- refresh it; after changes of your own to the register, .refresh does.
-- Example: SELECT year, sum(residents) FROM population_cell GROUP BY ALL ORDER BY ALL;
CREATE TABLE IF NOT EXISTS population_cell AS FROM population_cell_live WITH NO DATA;
