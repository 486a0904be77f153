-- register_contradiction: where residence says another thing than migration, a row each. It
-- is counted as it stands: residents by residence, events by migration. Nothing is mended.
--
-- Columns: kind; person_id; event_date, the migration (or where none is, the day the residence
-- begins or ends); from_date and to_date of the stay, NULL: still resident; first_year and
-- last_year, the first and last 1 January at stake, NULL where none is. Kinds:
--   resident after an emigration          a stay goes on over the day of an emigration: at
--                                         stake is the rest of it, until the next immigration
--   resident again without an immigration a stay begins after another has ended, or after an
--                                         emigration, and no immigration is between: at stake
--                                         is all of it, until the next immigration
--   immigration while resident            on the day before as well, and no emigration since the
--                                         stay began: at stake is what is before, at most
--   to_date is the last day               a spell ends the day before the next begins or the
--                                         person emigrates: to_date is to be the first day no
--                                         longer resident; who ends on 1 January is not
--                                         resident that day. At stake is that 1 January
-- A stay is spells that follow each other, also with a day between. An emigration and an
-- immigration on the same day go out and in.
-- Source of the kinds: Statistics Norway's documentation of its migration file, which has them all.
-- Example: SELECT kind, count(*) FROM register_contradiction GROUP BY ALL;
CREATE OR REPLACE VIEW register_contradiction AS
WITH spell AS MATERIALIZED (
  SELECT person_id, from_date, coalesce(to_date, DATE 'infinity') AS to_date,
         lag(coalesce(to_date, DATE 'infinity')) OVER later AS last_to, lead(from_date) OVER later AS next_from
  FROM residence WHERE from_date <= coalesce(to_date, DATE 'infinity') WINDOW later AS (PARTITION BY person_id ORDER BY from_date)
),
stay AS MATERIALIZED (
  SELECT *, lag(to_date) OVER (PARTITION BY person_id ORDER BY from_date) AS last_to
  FROM (
    SELECT person_id, min(from_date) AS from_date, max(to_date) AS to_date
    FROM (
      SELECT *, count(*) FILTER (last_to IS NULL OR from_date - 1 > last_to) OVER (PARTITION BY person_id ORDER BY from_date) AS stay
      FROM spell
      WHERE person_id IN (SELECT person_id FROM migration UNION ALL SELECT person_id FROM spell WHERE from_date - 1 > last_to)
    )
    GROUP BY person_id, stay
  )
),
immigration AS MATERIALIZED (SELECT DISTINCT person_id, event_date FROM migration WHERE direction = 'immigration'),
emigration AS MATERIALIZED (SELECT DISTINCT person_id, event_date FROM migration WHERE direction = 'emigration'),
contradiction AS (
  SELECT 1 AS n, 'resident after an emigration' AS kind, e.person_id, e.event_date, s.from_date, s.to_date,
         e.event_date AS begins, least(s.to_date, i.event_date) AS ends
  FROM emigration e
  ASOF JOIN stay s ON s.person_id = e.person_id AND s.from_date <= e.event_date
  ASOF LEFT JOIN immigration i ON i.person_id = e.person_id AND i.event_date > e.event_date
  ANTI JOIN immigration a ON a.person_id = e.person_id AND a.event_date = e.event_date
  WHERE s.to_date > e.event_date
  UNION ALL
  SELECT 2, 'resident again without an immigration', s.person_id, s.from_date, s.from_date, s.to_date,
         s.from_date, least(s.to_date, n.event_date)
  FROM stay s
  ASOF LEFT JOIN emigration e ON e.person_id = s.person_id AND e.event_date <= s.from_date
  ASOF LEFT JOIN immigration i ON i.person_id = s.person_id AND i.event_date <= s.from_date
  ASOF LEFT JOIN immigration n ON n.person_id = s.person_id AND n.event_date > s.from_date
  WHERE greatest(s.last_to, e.event_date) IS NOT NULL AND coalesce(i.event_date < greatest(s.last_to, e.event_date), true)
  UNION ALL
  SELECT 3, 'immigration while resident', i.person_id, i.event_date, s.from_date, s.to_date,
         s.from_date, i.event_date
  FROM immigration i
  ASOF JOIN stay s ON s.person_id = i.person_id AND s.from_date < i.event_date
  ASOF LEFT JOIN emigration e ON e.person_id = i.person_id AND e.event_date <= i.event_date
  WHERE s.to_date >= i.event_date AND coalesce(e.event_date <= s.from_date, true)
  UNION ALL
  SELECT 4, 'to_date is the last day', person_id, to_date, from_date, to_date, to_date, to_date + 1
  FROM (
    SELECT person_id, from_date, to_date FROM spell WHERE next_from - 1 = to_date
    UNION
    SELECT person_id, s.from_date, s.to_date FROM emigration e JOIN spell s USING (person_id) WHERE s.to_date = e.event_date - 1 AND next_from IS DISTINCT FROM s.to_date
  )
)
SELECT kind, person_id, event_date, from_date, nullif(to_date, DATE 'infinity') AS to_date,
       CASE WHEN first_january(begins) < until THEN first_january(begins) END AS first_year,
       CASE WHEN first_january(begins) < until THEN until - 1 END AS last_year
FROM (SELECT *, least(coalesce(first_january(nullif(ends, DATE 'infinity')), 9999), (SELECT max(year) + 1 FROM counted_year)) AS until FROM contradiction)
ORDER BY n, person_id, event_date;

-- contradiction_year: how many residents hang on these, a row a kind and year.
--
-- Columns: kind, year; residents, how many persons are counted on 1 January whom migration
-- does not have in the country (of the last kind: how many are not counted, but would be if
-- to_date were the last day); immigrants, how many of them are immigrants.
-- Example: FROM contradiction_year WHERE kind = 'resident after an emigration';
CREATE OR REPLACE VIEW contradiction_year AS
SELECT kind, year, count(DISTINCT person_id) AS residents, count(DISTINCT person_id) FILTER (immigrant) AS immigrants
FROM (SELECT kind, person_id, unnest(range(first_year, last_year + 1))::INTEGER AS year FROM register_contradiction)
JOIN person USING (person_id)
WHERE year IN (SELECT year FROM counted_year)
GROUP BY ALL
ORDER BY ALL;

-- _contradiction_check: a row a kind: how many; up to three of them, and the residents of each year
-- that hang on it, as a text.
CREATE OR REPLACE VIEW _contradiction_check AS
WITH found AS MATERIALIZED (FROM register_contradiction),
shown AS (
  SELECT kind, count(*) AS "count",
         array_to_string(list('person ' || person_id || ': ' ||
           CASE WHEN kind IN ('resident after an emigration', 'immigration while resident')
                THEN (CASE WHEN kind LIKE 'imm%' THEN 'immigration ' ELSE 'emigration ' END) || event_date || ', resident ' ELSE '' END ||
           'from ' || from_date || coalesce(' to ' || to_date, '') ORDER BY person_id, event_date)[:3], ', ') AS examples
  FROM found GROUP BY kind
),
year AS (
  SELECT kind, string_agg(year || ' ' || residents, ', ' ORDER BY year) AS residents
  FROM (
    SELECT kind, year, count(DISTINCT person_id) AS residents
    FROM (SELECT kind, person_id, unnest(range(first_year, last_year + 1)) AS year FROM found)
    WHERE year IN (SELECT year FROM counted_year)
    GROUP BY ALL
  )
  GROUP BY kind
)
SELECT problem, remedy, coalesce("count", 0) AS "count",
       examples || '; ' || coalesce('residents ' || effect || ': ' || residents, 'no year''s residents hang on it') AS example
FROM (VALUES
  (1, 'resident after an emigration', 'residence: resident after an emigration',
   'end the spell on the day of the emigration, or bring the immigration after it', 'more than by migration'),
  (2, 'resident again without an immigration', 'residence: resident again without an immigration',
   'bring the immigration, or leave the spell out', 'more than by migration'),
  (3, 'immigration while resident', 'migration: immigration while resident',
   'leave the immigration out, or end the spell before it', 'who may be too many'),
  (4, 'to_date is the last day', 'residence: to_date looks like the last day of residence, not like the first day after it',
   'add a day to to_date', 'who are missing if it is')
) k(n, kind, problem, remedy, effect)
LEFT JOIN shown USING (kind) LEFT JOIN year USING (kind)
ORDER BY n;
