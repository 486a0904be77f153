-- same_year_mover: persons who both immigrate and emigrate within one calendar year.
--
-- Columns: person_id, year. The macro analysis leaves their events of that year
-- out; the regional figures count them.
-- Source: Rapporter 2015/17, section 1.2.2 (flergangsmigranter).
-- Example: SELECT year, count(*) FROM same_year_mover GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW same_year_mover AS
SELECT person_id, year(event_date)::INTEGER AS year
FROM migration
GROUP BY ALL
HAVING min(direction) <> max(direction);

-- _migration_place: every migration with code, the municipality code of the
-- spell of residence it ends or begins; NULL where there is none.
--
-- An emigration takes the earliest of the spells that touch the day (from_date <=
-- event_date <= to_date): the one that covers the day before where any does. An
-- immigration takes the latest of those that cover the day: the one that begins
-- then where any does.
CREATE OR REPLACE VIEW _migration_place AS
SELECT e.*, s.code
FROM (SELECT rowid AS event, * FROM migration) e
LEFT JOIN (
  SELECT e.rowid AS event,
         CASE WHEN any_value(e.direction) = 'emigration' THEN arg_min(r.municipality_code, r.from_date)
                                                         ELSE arg_max(r.municipality_code, r.from_date) END AS code
  FROM migration e
  JOIN residence r ON r.person_id = e.person_id
                  AND r.from_date <= e.event_date AND coalesce(r.to_date, DATE 'infinity') >= e.event_date
  WHERE e.direction = 'emigration' OR r.to_date IS NULL OR r.to_date > e.event_date
  GROUP BY e.rowid
) s USING (event);
