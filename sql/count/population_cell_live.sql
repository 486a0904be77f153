-- _arrival_day: the moves, with the place that is moved to, ready for _on_day.
CREATE OR REPLACE VIEW _arrival_day AS
WITH _event AS (SELECT * EXCLUDE (code, to_code), to_code AS code, 0 AS place_back, 1 AS status_back FROM _change WHERE verdict = 'move')
FROM _events(_event);

-- _lived_days: every stay by years, cut on the birthday and on the anniversary of the
-- first immigration, and where a status begins or ends: days is how long it lasts.
CREATE OR REPLACE VIEW _lived_days AS
WITH _year AS (
  SELECT s.*, year, greatest(from_date, january_1) AS _a, least(until, make_date(year + 1, 1, 1)) AS _b,
         _anniversary(birth_date, year) AS _birthday, _anniversary(coalesce(first_immigration, birth_date), year) AS _arrival
  FROM _stay s JOIN counted_year ON from_date < make_date(year + 1, 1, 1) AND until > january_1
),
_cut AS (
  SELECT * EXCLUDE (from_date, until), unnest([_a, _birthday, _arrival]) AS from_date FROM _year/*own:cuts*/
),
_piece AS (
  SELECT DISTINCT * FROM _cut WHERE _a <= from_date AND from_date < _b
)
SELECT *, coalesce(lead(from_date) OVER (PARTITION BY person_id, year, _a ORDER BY from_date), _b) - from_date AS days,
       completed_years(birth_date, from_date) AS age, CASE WHEN first_immigration <= from_date THEN completed_years(first_immigration, from_date) END AS duration,
       year AS place_year, from_date AS status_day
FROM _piece;

-- _happened: everybody on each 1 January, and what happens to them, a row each.
CREATE OR REPLACE VIEW _happened AS
SELECT *, 1 AS residents FROM _on_day(_person_day)
UNION ALL BY NAME
SELECT *, (direction = 'emigration')::INTEGER AS emigrations, (direction = 'emigration' AND NOT same_year_mover)::INTEGER AS emigrations_macro,
       (direction = 'immigration')::INTEGER AS immigrations, (direction = 'immigration' AND NOT same_year_mover)::INTEGER AS immigrations_macro
FROM _on_day(_migration_day)
UNION ALL BY NAME SELECT *, 1 AS births FROM _on_day(_birth_day)
UNION ALL BY NAME SELECT *, 1 AS deaths FROM _on_day(_death_day)
UNION ALL BY NAME SELECT *, 1 AS moves_out FROM _on_day(_move_day)
UNION ALL BY NAME SELECT *, 1 AS moves_in FROM _on_day(_arrival_day);

-- population_cell_live: the columns of population_cell, counted from the register at each
-- reading: person by person and piece by piece, as they are defined, and slowly.
--
-- .refresh counts the same in another way, several times faster.
-- Example: FROM population_cell_live WHERE year = 2013;
CREATE OR REPLACE VIEW population_cell_live AS
SELECT year, immigrant, municipality_code, municipality, county_code, county, centrality, country_group, sex,
       age_group, duration_band_of(duration) AS duration_band, duration_group, duration_group_macro/*own*/,
       coalesce(sum(residents), 0)::INTEGER AS residents, coalesce(sum(emigrations), 0)::INTEGER AS emigrations, coalesce(sum(emigrations_macro), 0)::INTEGER AS emigrations_macro,
       coalesce(sum(immigrations), 0)::INTEGER AS immigrations, coalesce(sum(immigrations_macro), 0)::INTEGER AS immigrations_macro,
       coalesce(sum(births), 0)::INTEGER AS births, coalesce(sum(deaths), 0)::INTEGER AS deaths,
       coalesce(sum(moves_in), 0)::INTEGER AS moves_in, coalesce(sum(moves_out), 0)::INTEGER AS moves_out,
       coalesce(sum(days), 0) / 365.25 AS person_years
FROM (FROM _happened UNION ALL BY NAME FROM _on_day(_lived_days)) WHERE year IN (SELECT year FROM counted_year)
GROUP BY ALL;
