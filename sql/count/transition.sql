-- _lasting_stay: the stays, and whether their code always means the same municipality.
CREATE OR REPLACE VIEW _lasting_stay AS
SELECT s.*, k.code IS NOT NULL AS lasting
FROM _stay s LEFT JOIN _code_reading k ON k.code = s.code AND k.municipality_code IS NOT NULL AND k.first_year = -9999 AND k.last_year = 9999;

-- _transition_day: the people of transition, ready for _on_day.
CREATE OR REPLACE VIEW _transition_day AS
WITH _gone AS (
  SELECT DISTINCT person_id, year(event_date - 1) AS year FROM migration JOIN _who USING (person_id)
  WHERE direction = 'emigration' AND event_date >= birth_date AND event_date < coalesce(death_date, DATE 'infinity')
),
_moved AS (SELECT DISTINCT person_id, year(event_date - 1) AS year FROM _change WHERE verdict <> 'none'),
-- Only where a municipality is not known, it matters whether somebody was here throughout.
_here AS (
  SELECT person_id, year
  FROM _stay JOIN counted_year ON from_date <= make_date(year + 1, 1, 1) AND until > january_1
  WHERE person_id IN (SELECT person_id FROM _spell WHERE code NOT IN (SELECT code FROM _code_reading WHERE municipality_code IS NOT NULL)
                      UNION ALL SELECT person_id FROM _spell JOIN _code_reading USING (code) WHERE municipality_code IS NULL)
  GROUP BY ALL
  HAVING sum(least(until, make_date(year + 1, 1, 2)) - greatest(from_date, january_1)) = make_date(year + 1, 1, 2) - make_date(year, 1, 1)
)
-- Most people stay, under such a code: nothing has to be looked for.
SELECT *, code AS next_code, 'stays' AS outcome
FROM _on_january(_lasting_stay)
WHERE year < (SELECT max(year) FROM counted_year) AND lasting AND make_date(year + 1, 1, 1) < until
UNION ALL
SELECT p.*, n.code AS next_code,
       CASE WHEN d.person_id IS NOT NULL THEN 'dies'
            WHEN n.person_id IS NULL THEN CASE WHEN g.person_id IS NOT NULL THEN 'emigrates' ELSE 'lost' END
            WHEN f.municipality_code = t.municipality_code THEN 'stays'
            WHEN NOT list_has_any(f.candidates, t.candidates) THEN
              CASE WHEN f.county_code = t.county_code THEN 'other municipality' WHEN f.county_code <> t.county_code THEN 'other county' ELSE 'unknown' END
            WHEN h.person_id IS NOT NULL AND g.person_id IS NULL AND m.person_id IS NULL THEN 'stays'
            ELSE 'unknown' END AS outcome
FROM _on_january(_lasting_stay) p
LEFT JOIN _stay n ON n.person_id = p.person_id AND n.from_date <= make_date(p.year + 1, 1, 1) AND make_date(p.year + 1, 1, 1) < n.until
LEFT JOIN (SELECT DISTINCT person_id, year(event_date - 1) AS year FROM _death_day) d ON d.person_id = p.person_id AND d.year = p.year
LEFT JOIN _gone g ON g.person_id = p.person_id AND g.year = p.year
LEFT JOIN _moved m ON m.person_id = p.person_id AND m.year = p.year
LEFT JOIN _here h ON h.person_id = p.person_id AND h.year = p.year
LEFT JOIN _code_reading f ON f.code = p.code AND p.year BETWEEN f.first_year AND f.last_year
LEFT JOIN _code_reading t ON t.code = n.code AND p.year + 1 BETWEEN t.first_year AND t.last_year
WHERE p.year < (SELECT max(year) FROM counted_year) AND NOT (lasting AND make_date(p.year + 1, 1, 1) < p.until);

-- transition: what becomes of everybody resident on 1 January until the next: person_year
-- with an outcome and the place of then.
--
-- Columns: those of person_year; outcome: 'stays' (in the municipality, wherever in
-- between), 'other municipality' of the same county, 'other county', 'dies', 'emigrates',
-- 'lost' (residence ends and nothing says why), 'unknown' (the municipality of either day
-- is not known, and neither of these is certain all the same: who was resident throughout
-- without a move 'stays', and codes that have no municipality in common tell which 'other'
-- it is where both counties are known); next_municipality_code, next_municipality,
-- next_county_code, next_county, next_centrality, and next_... of your own places: NULL
-- when no longer resident.
--
-- The window is from 2 January to the next 1 January. Death goes before residence,
-- residence before emigration: who emigrates and is back stays. All years but the last of
-- counted_year. The outcomes of a year add up to its residents.
-- Example: SELECT outcome, next_centrality, count(*) FROM transition WHERE year = 2012 AND immigrant
--   GROUP BY ALL;
CREATE OR REPLACE VIEW transition AS
SELECT year, person_id, sex, age, age_group, duration, duration_group, duration_group_macro,
       country_group, birth_country, immigrant, d.municipality_code, d.municipality, d.county, d.centrality/*own:d*/, outcome,
       COLUMNS(n.* EXCLUDE (code, first_year, last_year, first_day, end_day, candidates, place)) AS 'next_\0'
FROM _on_day(_transition_day) d
LEFT JOIN _reading n ON n.code = d.next_code AND d.year + 1 BETWEEN n.first_year AND n.last_year;
