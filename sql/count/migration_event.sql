-- _migration_day: the migrations that are counted, ready for _on_day.
CREATE OR REPLACE VIEW _migration_day AS
WITH _event AS (
  SELECT w.*, e.event_date, e.direction, e.administrative, e.country, CASE WHEN e.day >= birth_date THEN e.code END AS code,
         s.person_id IS NOT NULL AS same_year_mover,
         (direction = 'emigration')::INTEGER AS place_back, place_back AS status_back
  FROM _migration_place e
  JOIN _who w USING (person_id)
  LEFT JOIN same_year_mover s ON s.person_id = e.person_id AND s.year = year(e.event_date)
  WHERE event_date >= birth_date AND event_date < coalesce(death_date, DATE 'infinity')
)
FROM _events(_event);

-- migration_event: every registered migration, in either direction, with the
-- person as he or she was that day.
--
-- Columns: year, event_date, direction; person_id, sex, birth_country, immigrant;
-- age and duration at the event in completed years, with their groups;
-- country_group of the birth country; municipality_code, municipality, county,
-- centrality; same_year_mover: the person both immigrates and emigrates within
-- that calendar year, in either order; administrative; country moved from or to; then
-- the dimensions of your own.
--
-- An emigration belongs to the municipality of residence (and the status) on the day
-- before, as its spell ends with the emigration, an immigration to that of the day
-- itself (its spell begins then). Where nobody knows of a residence that day, the event
-- is counted all the same, with a NULL municipality, and .check tells how many. What is
-- dated before birth, on the day of death or after it is not counted.
-- NULLs otherwise as in person_year. All years of the register.
-- Source: Rapporter 2015/17, section 1.2.2.
-- Example: SELECT year, direction, count(*) FROM migration_event GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW migration_event AS
SELECT year, event_date, direction, person_id, sex, age, age_group, duration, duration_group, duration_group_macro,
       country_group, birth_country, immigrant, municipality_code, municipality, county, centrality,
       same_year_mover, administrative, country/*own*/
FROM _on_day(_migration_day);
