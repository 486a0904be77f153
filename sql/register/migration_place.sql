-- same_year_mover: persons who both immigrate and emigrate within one calendar year.
--
-- Columns: person_id, year. The macro analysis leaves their events of that year
-- out; the regional figures count them.
-- Source: Rapporter 2015/17, section 1.2.2 (flergangsmigranter).
-- Example: SELECT year, count(*) FROM same_year_mover GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW same_year_mover AS
-- Few people do; only of them it is asked whether the events are counted (see migration_event).
WITH _both AS (SELECT person_id, year(event_date)::INTEGER AS year FROM migration GROUP BY ALL HAVING min(direction) <> max(direction))
SELECT person_id, year
FROM _both JOIN migration e USING (person_id) JOIN _who USING (person_id)
WHERE year(event_date) = year AND event_date >= birth_date AND event_date < coalesce(death_date, DATE 'infinity')
GROUP BY ALL
HAVING min(direction) <> max(direction);

-- _migration_place: every migration with code, the municipality code of the
-- spell of residence that covers the day before an emigration or the day of an
-- immigration; NULL where none does.
CREATE OR REPLACE VIEW _migration_place AS
SELECT e.*, r.code
FROM (SELECT *, event_date - (direction = 'emigration')::INTEGER AS day FROM migration) e
LEFT JOIN _spell r ON r.person_id = e.person_id AND r.from_date <= e.day AND e.day < r.until;
