-- same_year_mover: persons who both immigrate and emigrate within one calendar year.
--
-- Columns: person_id, year. The macro analysis leaves their events of that year
-- out; the regional figures count them.
-- Source: Rapporter 2015/17, section 1.2.2 (flergangsmigranter).
-- Example: SELECT year, count(*) FROM same_year_mover GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW same_year_mover AS
-- Few people do; only of them it is asked whether the events are counted (see migration_event).
SELECT DISTINCT e.person_id, year(e.event_date)::INTEGER AS year
FROM migration e
JOIN migration i ON i.person_id = e.person_id AND year(i.event_date) = year(e.event_date)
JOIN _lifetime l ON l.person_id = e.person_id
WHERE e.direction = 'emigration' AND i.direction = 'immigration'
  AND least(e.event_date, i.event_date) >= birth_date AND greatest(e.event_date, i.event_date) < coalesce(death_date, DATE 'infinity');

-- _migration_place: every migration with code, the municipality code of the
-- spell of residence that covers the day before an emigration or the day of an
-- immigration; NULL where none does.
CREATE OR REPLACE VIEW _migration_place AS
SELECT e.*, r.code
FROM (SELECT *, event_date - (direction = 'emigration')::INTEGER AS day FROM migration) e
LEFT JOIN _spell r ON r.person_id = e.person_id AND r.from_date <= e.day AND e.day < r.until;
