-- _tally_stay, _tally_event: what the cells are counted from, as numbers: place, kind
-- and state of the tables of those names, and dates. A stay is from "from" until
-- "until" and counts weight times; an event happens on "from", and what says which it
-- is: 1 emigration, 2 of a same-year mover, 3 immigration, 4 of a same-year mover, 5
-- birth, 6 death, 7 moved in, 8 moved out.
CREATE OR REPLACE VIEW _tally_stay AS
SELECT l.person_id, 0 AS what, coalesce(m.place, 0) AS place, kind, state, weight,
       birth_date AS born, coalesce(first_immigration, DATE '9999-12-31') AS came,
       greatest(from_date, m.first_day) AS "from", least(until, m.end_day) AS "until"
FROM _life l
LEFT JOIN _reading m ON m.code = l.code AND from_date < m.end_day AND m.first_day < until
JOIN _kind k ON k.immigrant = l.immigrant AND k.country_group IS NOT DISTINCT FROM l.country_group AND k.sex = l.sex/*own:l kind*/
JOIN _state s ON true/*own:l state*/;

CREATE OR REPLACE VIEW _tally_event AS
WITH _happened AS (
  SELECT *, (CASE direction WHEN 'emigration' THEN 1 ELSE 3 END + same_year_mover::INTEGER)::INTEGER AS what FROM _on_day(_migration_day)
  UNION ALL BY NAME
  SELECT *, 5 AS what FROM _on_day(_birth_day)
  UNION ALL BY NAME
  SELECT *, 6 AS what FROM _on_day(_death_day)
  UNION ALL BY NAME
  SELECT d.* REPLACE (CASE what WHEN 8 THEN d.place ELSE coalesce(t.place, 0) END AS place), what
  FROM _on_day(_move_day) d
  LEFT JOIN _reading t ON t.code = d.to_code AND year BETWEEN t.first_year AND t.last_year,
  (VALUES (7), (8)) AS side(what)
)
SELECT e.person_id, what, coalesce(e.place, 0) AS place, kind, state, 1 AS weight,
       birth_date AS born, coalesce(first_immigration, DATE '9999-12-31') AS came, event_date AS "from", event_date AS "until"
FROM _happened e
JOIN _kind k ON k.immigrant = e.immigrant AND k.country_group IS NOT DISTINCT FROM e.country_group AND k.sex = e.sex/*own:e kind*/
JOIN _state s ON true/*own:e state*/;
