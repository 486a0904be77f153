-- cohort_live: the account of cohort, computed from the register at each reading: everybody
-- is looked for a year earlier and a year later, which takes long.
-- Example: FROM cohort_live WHERE year = 2013 AND country_group = 1;
CREATE OR REPLACE VIEW cohort_live AS
WITH _resident AS (
  SELECT year, person_id, country_group, sex, least(age, 71) AS age, least(duration, 10) AS duration
  FROM person_year WHERE immigrant AND duration IS NOT NULL AND country_group IS NOT NULL
),
_gone AS (SELECT year, person_id, count(*) AS emigrations FROM emigration WHERE NOT same_year_mover GROUP BY ALL)
SELECT r.year, r.country_group, r.sex, r.age, r.duration, count(*) AS residents, coalesce(sum(e.emigrations), 0)::BIGINT AS emigrations,
       CASE WHEN r.year < (SELECT max(year) FROM counted_year) THEN count(a.person_id) END AS stayers, count(*) - count(b.person_id) AS arrivals
FROM _resident r
LEFT JOIN _gone e USING (year, person_id)
LEFT JOIN _resident b ON b.person_id = r.person_id AND b.year = r.year - 1
LEFT JOIN _resident a ON a.person_id = r.person_id AND a.year = r.year + 1
GROUP BY r.year, r.country_group, r.sex, r.age, r.duration;

-- cohort: the yearly account of immigrants by country group, sex, age and duration.
--
-- Columns: year; country_group, sex; age on 1 January, single years, 71 is 71 and over;
-- duration on 1 January, completed years, 10 is 10 and over; residents on 1 January;
-- emigrations, registered ones of these residents during the year, without same-year
-- movers; stayers, how many of these residents are residents next 1 January (NULL in the
-- last counted year); arrivals, how many of these residents were not there a year earlier (all
-- of them in the first counted year, which has none before).
-- So residents = arrivals + the stayers of a year ago who are now a year older, and
-- residents - emigrations - stayers is deaths and other exits (less returns).
-- Immigrants without a first immigration or of an unknown country group are left out; who
-- is an immigrant, and resident, is as in person_year.
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
