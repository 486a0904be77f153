-- migration_event: every registered migration, in either direction, with the
-- person as he or she was that day.
--
-- Columns: year, event_date, direction; person_id, sex, birth_country, immigrant;
-- age and duration at the event in completed years, with their groups;
-- country_group of the birth country; municipality_code, municipality, county,
-- centrality; same_year_mover: the person both immigrates and emigrates within
-- that calendar year, in either order; administrative; country moved from or to.
--
-- An emigration belongs to the municipality of residence on the day before (its
-- spell ends with the emigration), an immigration to that of the day itself (its
-- spell begins then). Where nobody knows of a residence that day, the event is
-- counted all the same, with a NULL municipality, and .check tells how many.
-- NULLs otherwise as in person_year. All years of the register.
-- Source: Rapporter 2015/17, section 1.2.2.
-- Example: SELECT year, direction, count(*) FROM migration_event GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW migration_event AS
SELECT year, event_date, direction, person_id, sex,
       age, age_group_of(age) AS age_group,
       duration, duration_group_of(duration) AS duration_group, duration_group_macro_of(duration) AS duration_group_macro,
       country_group, birth_country, immigrant,
       municipality_code, municipality, county, centrality,
       same_year_mover, administrative, country
FROM (
  SELECT year(e.event_date)::INTEGER AS year, e.event_date, e.direction, e.administrative, e.country,
         p.person_id, p.sex, p.birth_country, p.immigrant, c.country_group,
         completed_years(p.birth_date, e.event_date) AS age,
         CASE WHEN p.first_immigration <= e.event_date THEN completed_years(p.first_immigration, e.event_date) END AS duration,
         coalesce(m.municipality_code, e.code) AS municipality_code, m.municipality, m.county, m.centrality,
         s.person_id IS NOT NULL AS same_year_mover
  FROM _migration_place e
  JOIN person p USING (person_id)
  LEFT JOIN same_year_mover s ON s.person_id = e.person_id AND s.year = year(e.event_date)
  LEFT JOIN country c ON c.country_code = p.birth_country
  LEFT JOIN municipality_of_code m ON m.code = e.code
);
