-- _change: the days on which the code of somebody's residence changes, unless the
-- register recoded or the person emigrated: the codes of before and after, and what it is
-- in the division in force: 'move', 'none', or 'doubtful'.
CREATE OR REPLACE VIEW _change AS
SELECT w.*, b.from_date AS event_date, a.code, b.code AS to_code,
       CASE WHEN f.municipality_code = t.municipality_code THEN 'none'
            WHEN f.municipality_code <> t.municipality_code THEN 'move' -- as most are; lists take longer
            WHEN NOT list_has_any(f.candidates, t.candidates) THEN 'move' ELSE 'doubtful' END AS verdict
FROM _spell a JOIN _spell b ON b.person_id = a.person_id AND b.from_date = a.until
JOIN _who w ON w.person_id = a.person_id
LEFT JOIN _code_reading f ON f.code = a.code AND year(b.from_date - 1) BETWEEN f.first_year AND f.last_year
LEFT JOIN _code_reading t ON t.code = b.code AND year(b.from_date) BETWEEN t.first_year AND t.last_year
WHERE a.code <> b.code AND a.from_date < a.until AND b.from_date < b.until
  AND birth_date < b.from_date AND b.from_date < coalesce(death_date, DATE 'infinity')
  AND NOT EXISTS (FROM municipality_change c WHERE c.old_code = a.code AND c.new_code = b.code AND make_date(c.year, 1, 1) = b.from_date)
  AND NOT EXISTS (FROM migration e WHERE e.person_id = a.person_id AND e.event_date = b.from_date AND e.direction = 'emigration');

-- _move_day: the moves, with the place that is left, ready for _on_day.
CREATE OR REPLACE VIEW _move_day AS
WITH _event AS (SELECT *, 1 AS place_back, 1 AS status_back FROM _change WHERE verdict = 'move')
FROM _events(_event);

-- move: every move between municipalities of the country, with the person as he or she
-- was that day.
--
-- Columns: year, event_date, person_id, from_municipality_code, to_municipality_code, sex,
-- age, age_group, duration, duration_group, duration_group_macro, country_group,
-- birth_country, immigrant, the dimensions of your own but places; then every place
-- twice: from_municipality, from_county_code, from_county, from_centrality, to_..., with
-- those of your own. NULLs as in person_year. All years of the register.
--
-- A move is a day on which somebody lives in another municipality than on the day before,
-- without emigrating; moves on one day are one, there and back are two. A change of code
-- that municipality_change has with that date is none: the register recoded. Nor is one
-- where the code of either side is unknown, or was divided and the other may be a part of
-- it: .check counts those. Age and duration are of the day, the status is of the day before.
-- Example: SELECT from_county, to_county, count(*) FROM move WHERE year = 2013 GROUP BY ALL;
CREATE OR REPLACE VIEW move AS
SELECT year, event_date, person_id, f.municipality_code AS from_municipality_code, t.municipality_code AS to_municipality_code,
       sex, age, age_group, duration, duration_group, duration_group_macro, country_group, birth_country, immigrant/*own:not place*/,
       COLUMNS(f.* EXCLUDE (code, first_year, last_year, first_day, end_day, candidates, place, municipality_code)) AS 'from_\0',
       COLUMNS(t.* EXCLUDE (code, first_year, last_year, first_day, end_day, candidates, place, municipality_code)) AS 'to_\0'
FROM _on_day(_move_day) d
LEFT JOIN _reading f ON f.code = d.code AND year(event_date - 1) BETWEEN f.first_year AND f.last_year
LEFT JOIN _reading t ON t.code = d.to_code AND year(event_date) BETWEEN t.first_year AND t.last_year;
