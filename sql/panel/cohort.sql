-- cohort_live: the account of cohort, computed from the register at each reading.
--
-- No person-year ever becomes a row: years of the same people are put together to stays, and
-- stays that are alike in everything are counted before they are spread over their years.
-- Example: FROM cohort_live WHERE year = 2013 AND country_group = 1;
CREATE OR REPLACE VIEW cohort_live AS
WITH _period AS MATERIALIZED (SELECT min(year) AS first_year, max(year) AS last_year FROM counted_year),
_immigrant AS MATERIALIZED (
  -- Age on 1 January y is y - born, duration y - came (see first_january).
  SELECT person_id, sex, country_group, first_january(birth_date) AS born, first_january(first_immigration) AS came
  FROM person JOIN country ON country_code = birth_country
  WHERE immigrant AND first_immigration IS NOT NULL
),
_stay AS MATERIALIZED (
  -- Resident on 1 January of the years from first until the year before until.
  SELECT person_id, sex, country_group, born, came,
         greatest(first_january(from_date), came, first_year) AS "first",
         least(coalesce(first_january(to_date), last_year + 1), last_year + 1) AS "until"
  FROM residence JOIN _immigrant USING (person_id), _period
  WHERE greatest(first_january(from_date), came, first_year) < least(coalesce(first_january(to_date), last_year + 1), last_year + 1)
),
_joined AS (
  -- A move within Norway ends one stay and begins another: nobody arrives or leaves.
  SELECT *, lag("until") OVER _person IS NOT DISTINCT FROM "first" AS was_here, lead("first") OVER _person IS NOT DISTINCT FROM "until" AS stays
  FROM _stay WINDOW _person AS (PARTITION BY person_id ORDER BY "first")
),
_alike AS (
  SELECT sex, country_group, born, came, "first", "until",
         count(*) AS residents, count(*) FILTER (NOT was_here) AS arrive, count(*) FILTER (NOT stays) AS leave
  FROM _joined GROUP BY ALL
),
_count AS (
  SELECT year, country_group, sex, born, came, residents, 0 AS emigrations,
         CASE WHEN year = "until" - 1 THEN residents - leave ELSE residents END AS stayers,
         CASE WHEN year = "first" THEN arrive ELSE 0 END AS arrivals
  FROM (SELECT *, unnest(range("first", "until")) AS year FROM _alike)
  UNION ALL
  SELECT year(event_date), country_group, sex, born, came, 0, 1, 0, 0
  FROM migration e JOIN _stay r ON r.person_id = e.person_id AND year(event_date) >= r."first" AND year(event_date) < r."until"
  LEFT JOIN same_year_mover s ON s.person_id = e.person_id AND s.year = year(event_date)
  WHERE direction = 'emigration' AND s.person_id IS NULL
)
SELECT year::INTEGER AS year, country_group, sex, least(year - born, 71)::INTEGER AS age, least(year - came, 10)::INTEGER AS duration,
       sum(residents)::BIGINT AS residents, sum(emigrations)::BIGINT AS emigrations,
       CASE WHEN year < (SELECT last_year FROM _period) THEN sum(stayers)::BIGINT END AS stayers, sum(arrivals)::BIGINT AS arrivals
FROM _count
GROUP BY year, country_group, sex, least(year - born, 71), least(year - came, 10);

-- cohort: the yearly account of immigrants by country group, sex, age and duration.
--
-- Columns: year; country_group, sex; age on 1 January, single years, 71 is 71 and over;
-- duration on 1 January, completed years, 10 is 10 and over; residents on 1 January;
-- emigrations, registered ones of these residents during the year, without same-year
-- movers; stayers, how many of these residents are residents next 1 January (NULL in the
-- last counted year); arrivals, how many of these residents were not there a year earlier.
-- So residents = arrivals + the stayers of a year ago who are now a year older, and
-- residents - emigrations - stayers is deaths and other exits (less returns).
-- Immigrants without a first immigration or of an unknown country group are left out.
-- Change arrivals in a scenario to change immigration. Counted by .refresh; cohort_live is
-- the same straight from the register.
--
--   SELECT year, sum(residents), sum(arrivals) FROM cohort WHERE country_group = 2
--     GROUP BY year ORDER BY year;
--   FROM simulate(['4.2', '4.5', '4.8'], panel_2, published_coefficient, first_year := 1992,
--                 cohorts := (SELECT list(c) FROM cohort c WHERE country_group = 2));
CREATE TABLE IF NOT EXISTS cohort (
  year          INTEGER NOT NULL,
  country_group TINYINT NOT NULL,
  sex           sex NOT NULL,
  age           INTEGER NOT NULL,
  duration      INTEGER NOT NULL,
  residents     BIGINT NOT NULL,
  emigrations   BIGINT NOT NULL,
  stayers       BIGINT,
  arrivals      BIGINT NOT NULL
);
