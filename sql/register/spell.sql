-- _resolve(spells): what holds on each day for the people whose spells overlap, as
-- disjoint spells.
--
-- spells: person_id, value, from_date, to_date. A day belongs to the spell that
-- begins last; then to the one that ends last (no end is last); then to the value that
-- is first in byte order. A spell that does not end after it begins covers nothing.
-- People without an overlap are left out: their spells are disjoint as they stand.
CREATE OR REPLACE MACRO _resolve(spells) AS TABLE
WITH _spell_of AS (
  SELECT person_id, "value"::VARCHAR AS "value", from_date, coalesce(to_date, DATE 'infinity') AS until
  FROM query_table(spells) WHERE from_date < coalesce(to_date, DATE 'infinity')
),
_overlapping AS MATERIALIZED (
  FROM _spell_of WHERE person_id IN (
    SELECT person_id FROM (SELECT person_id, from_date, lag(until) OVER (PARTITION BY person_id ORDER BY from_date) AS last_until FROM _spell_of)
    WHERE from_date < last_until)
),
_piece AS (
  SELECT person_id, day AS from_date, lead(day) OVER (PARTITION BY person_id ORDER BY day) AS until
  FROM (SELECT person_id, from_date AS day FROM _overlapping UNION SELECT person_id, until FROM _overlapping)
)
SELECT p.person_id, first(s."value" ORDER BY s.from_date DESC, s.until DESC, s."value") AS "value", p.from_date, nullif(p.until, DATE 'infinity') AS to_date
FROM _piece p JOIN _overlapping s ON s.person_id = p.person_id AND s.from_date <= p.from_date AND p.from_date < s.until
GROUP BY p.person_id, p.from_date, p.until;

-- _overlap: the disjoint spells of those people whose spells overlap, as .refresh
-- found them: of residence where dimension is '', else of an own dimension.
CREATE TABLE IF NOT EXISTS _overlap (
  dimension VARCHAR NOT NULL,
  person_id BIGINT NOT NULL,
  "value"   VARCHAR,
  from_date DATE NOT NULL,
  to_date   DATE
);

-- _spell: spells of residence that never cover a day twice (see _resolve).
CREATE OR REPLACE VIEW _spell AS
SELECT person_id, municipality_code AS code, from_date, coalesce(to_date, DATE 'infinity') AS until
FROM residence ANTI JOIN (FROM _overlap WHERE dimension = '') USING (person_id)
UNION ALL
SELECT person_id, "value", from_date, coalesce(to_date, DATE 'infinity') FROM _overlap WHERE dimension = '';

-- _stay: the spells of people who are born and alive: nobody is resident before birth,
-- on the day of death or after it.
CREATE OR REPLACE VIEW _stay AS
SELECT w.*, code, greatest(from_date, birth_date) AS from_date, least(until, death_date) AS until
FROM _spell JOIN _who w USING (person_id)
WHERE greatest(from_date, birth_date) < least(until, death_date); -- of NULL and a date the date is least
