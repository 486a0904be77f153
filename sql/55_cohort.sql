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
-- Straight from the register; at national size it takes seconds, so keep it in a table
-- where you use it often. Change arrivals in a scenario to change immigration.
--
--   SELECT year, sum(residents), sum(arrivals) FROM cohort WHERE country_group = 2 GROUP BY year ORDER BY year;
--   FROM simulate(['4.2', '4.5', '4.8'], panel_2, published_coefficient, first_year := 1992,
--                 cohorts := (SELECT list(c) FROM cohort c WHERE country_group = 2));
CREATE OR REPLACE VIEW cohort AS
WITH _spell AS (
  SELECT r.person_id, p.sex, c.country_group, p.birth_date, p.first_immigration,
         greatest(first_january(r.from_date), _first) AS first_year,
         least(coalesce(first_january(r.to_date) - 1, _last), _last) AS last_year
  FROM residence r JOIN person p USING (person_id) JOIN country c ON c.country_code = p.birth_country,
       (SELECT min(year) AS _first, max(year) AS _last FROM counted_year)
  WHERE p.immigrant AND p.first_immigration IS NOT NULL
),
_resident AS (
  SELECT person_id, sex, country_group, unnest(range(first_year, last_year + 1))::INTEGER AS year, birth_date, first_immigration
  FROM _spell WHERE first_year <= last_year
),
_neighbour AS (
  SELECT year, person_id, country_group, sex,
         least(year - first_january(birth_date), 71) AS age, least(year - first_january(first_immigration), 10) AS duration,
         lag(year) OVER _person IS NOT DISTINCT FROM year - 1 AS was_here, lead(year) OVER _person IS NOT DISTINCT FROM year + 1 AS stays
  FROM _resident WHERE first_january(first_immigration) <= year
  WINDOW _person AS (PARTITION BY person_id ORDER BY year)
),
_emigration AS (
  SELECT year, person_id, count(*) AS emigrations FROM emigration WHERE immigrant AND NOT same_year_mover GROUP BY ALL
)
SELECT year, country_group, sex, age, duration, count(*) AS residents, coalesce(sum(emigrations), 0)::BIGINT AS emigrations,
       CASE WHEN year < (SELECT max(year) FROM counted_year) THEN count(CASE WHEN stays THEN 1 END) END AS stayers,
       count(CASE WHEN NOT was_here THEN 1 END) AS arrivals
FROM _neighbour LEFT JOIN _emigration USING (year, person_id)
GROUP BY year, country_group, sex, age, duration;
