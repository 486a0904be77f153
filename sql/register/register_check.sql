-- register_check: what is nonsense between the rows and tables of the register,
-- or looks like it, a row a check.
--
-- Columns: problem; remedy; fatal (.load refuses the extract; otherwise it is
-- counted as the definitions say, and worth a look); "count", the rows concerned, 0
-- where all is well; example, one of them; where residence contradicts migration (see
-- register_contradiction) up to three, and how many residents of which years hang on it.
-- What is nonsense in a single row, the tables themselves refuse. .check shows the
-- problems there are.
-- Example: FROM register_check WHERE "count" > 0;
CREATE OR REPLACE VIEW register_check AS
WITH today AS MATERIALIZED ( -- is current_date, with which DuckDB plans a statement twice
  SELECT uuid_extract_timestamp(uuidv7())::DATE AS day
),
spell AS MATERIALIZED (
  SELECT r.*, p.birth_date, p.immigrant, p.first_immigration, p.person_id IS NULL AS nobody,
         lag(r.from_date) OVER later AS last_from, lag(coalesce(r.to_date, DATE 'infinity')) OVER later AS last_to -- of those that cover a day
  FROM residence r LEFT JOIN person p USING (person_id)
  WINDOW later AS (PARTITION BY r.person_id, r.from_date < coalesce(r.to_date, DATE 'infinity') ORDER BY r.from_date)
),
event AS MATERIALIZED (
  SELECT e.*, p.birth_date, p.first_immigration, p.person_id IS NULL AS nobody
  FROM _migration_place e LEFT JOIN person p USING (person_id)
),
unresolved AS ( -- of unresolved_code, before anything is counted
  SELECT r.municipality_code, count(*) AS spells,
         sum(greatest(0, least(k.last_year, y.last, first_january(coalesce(r.to_date, DATE '9999-01-01')) - 1) - greatest(k.first_year, y.first, first_january(r.from_date)) + 1)) AS residents
  FROM residence r
  JOIN _who w ON w.person_id = r.person_id AND w.immigrant
  JOIN _code_reading k ON k.code = r.municipality_code AND k.municipality_code IS NULL AND len(k.candidates) > 1
  JOIN (SELECT min(year) AS first, max(year) AS last FROM counted_year) y
    ON k.first_year <= y.last AND k.last_year >= y.first
   AND year(r.from_date) <= least(k.last_year, y.last) AND coalesce(year(r.to_date), 9999) >= greatest(k.first_year, y.first)
  GROUP BY ALL
),
code AS (
  SELECT municipality_code, count(*) AS spells, min((person_id, from_date)) AS first FROM residence GROUP BY ALL
)
SELECT 'person: the register is empty' AS problem, 'fill it with .load DIR, or .demo' AS remedy, true AS fatal,
       1 - least(count(*), 1) AS "count", 'no person' AS example
FROM person
UNION ALL
SELECT 'person: birth_country is not in table country',
       'correct it, or bring country.csv with it', true, count(*),
       min('person ' || person_id || ': ' || birth_country)
FROM person WHERE birth_country <> _setting('home_country') AND birth_country NOT IN (SELECT country_code FROM country)
UNION ALL
SELECT 'person: born after today',
       'correct birth_date', true, count(*),
       min('person ' || person_id || ': ' || birth_date)
FROM person WHERE birth_date > (SELECT day FROM today)
UNION ALL
SELECT 'person: immigrant born in ' || coalesce(nullif(_setting('home_country'), 'NOR'), 'Norway'),
       'correct immigrant or birth_country, if either is wrong', false, count(*),
       min('person ' || person_id)
FROM person WHERE immigrant AND birth_country = _setting('home_country')
UNION ALL
SELECT 'person: nobody is an immigrant, so that no frequency counts anybody',
       'correct immigrant, or the setting of that name', false, (count(*) > 0 AND NOT bool_or(immigrant))::BIGINT, count(*) || ' persons'
FROM _who
UNION ALL
SELECT 'migration: nobody emigrates, so that every frequency is 0',
       'bring the emigrations, or correct direction', false, (NOT coalesce(bool_or(direction = 'emigration'), false) AND EXISTS (FROM person))::BIGINT, count(*) || ' immigrations'
FROM migration
UNION ALL
SELECT 'person: never resident',
       'bring the spells of residence, if there are any', false, count(*),
       min('person ' || person_id)
FROM person WHERE person_id NOT IN (SELECT person_id FROM residence)
UNION ALL
SELECT 'residence: person_id is not in table person',
       'bring the person, or leave the spell out', true, count(*),
       min('person ' || person_id || ': from ' || from_date || coalesce(' to ' || to_date, ''))
FROM spell WHERE nobody
UNION ALL
SELECT 'residence: begins before the person is born, who is resident from birth',
       'correct from_date or birth_date', false, count(*),
       min('person ' || person_id || ': from ' || from_date || coalesce(' to ' || to_date, '') || ', born ' || birth_date)
FROM spell WHERE from_date < birth_date
UNION ALL
SELECT 'residence: begins after today',
       'correct from_date', true, count(*),
       min('person ' || person_id || ': from ' || from_date || coalesce(' to ' || to_date, ''))
FROM spell WHERE from_date > (SELECT day FROM today)
UNION ALL
SELECT 'residence: two spells of a person overlap; a day is in the one that begins last',
       'end the first on the day the other begins', false, count(*),
       min('person ' || person_id || ': from ' || from_date || coalesce(' to ' || to_date, '') || ', but another from ' || last_from)
FROM spell WHERE from_date < last_to AND from_date < coalesce(to_date, DATE 'infinity')
UNION ALL
SELECT 'residence: immigrant resident before first_immigration',
       'correct first_immigration; until then there is no duration', false, count(*),
       min('person ' || person_id || ': from ' || from_date || coalesce(' to ' || to_date, '') || ', first immigration ' || first_immigration)
FROM spell WHERE immigrant AND from_date < first_immigration
UNION ALL
SELECT 'residence: municipality_code is none of table municipality, nor led to one by municipality_change, so it is counted without one',
       'correct it, or bring municipality_change.csv that leads it to one of municipality (old_code is the earlier)', false, coalesce(sum(spells), 0)::BIGINT,
       min('person ' || first[1] || ': from ' || first[2] || ', "' || municipality_code || '"')
FROM code WHERE municipality_code NOT IN (SELECT code FROM municipality_of_code)
UNION ALL
SELECT 'residence: nobody knows which municipality of the division it is, so it is counted without one',
       'recode the spells, if it matters (FROM unresolved_code lists the immigrants)', false, coalesce(sum(spells), 0)::BIGINT,
       arg_max('"' || municipality_code || '" with ' || residents || ' residents, added up over the 1 Januaries', (residents, municipality_code))
FROM unresolved
UNION ALL
SELECT 'residence: ends the day it begins, or before, so that it covers nothing',
       'leave it out, or correct to_date (it is the first day no longer resident)', false, count(*),
       min('person ' || person_id || ': from ' || from_date || ' to ' || to_date)
FROM residence WHERE to_date <= from_date
UNION ALL
SELECT 'residence: goes on after death; it ends with it',
       'end it on death_date, or correct that', false, count(*),
       min('person ' || w.person_id || ': from ' || from_date || coalesce(' to ' || to_date, '') || ', died ' || death_date)
FROM residence r JOIN _who w ON w.person_id = r.person_id AND coalesce(r.to_date, DATE 'infinity') > w.death_date
UNION ALL
SELECT 'residence: a change of code that may or may not be a move, not counted as one',
       'recode the spells, if it matters', false, count(*),
       min('person ' || person_id || ': "' || code || '" to "' || to_code || '" on ' || event_date)
FROM _change WHERE verdict = 'doubtful' AND year(event_date) IN (SELECT year FROM counted_year)
UNION ALL
SELECT 'migration: on the day of death or after it, not counted',
       'leave it out, or correct death_date', false, count(*),
       min('person ' || e.person_id || ': ' || direction || ' ' || event_date || ', died ' || death_date)
FROM migration e JOIN _who w ON w.person_id = e.person_id AND e.event_date >= w.death_date
UNION ALL
SELECT 'person: immigrant without first_immigration, who has no duration of residence',
       'bring first_immigration', false, count(*),
       min('person ' || person_id)
FROM person WHERE immigrant AND first_immigration IS NULL
UNION ALL
SELECT 'migration: person_id is not in table person',
       'bring the person, or leave the migration out', true, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date)
FROM event WHERE nobody
UNION ALL
SELECT 'migration: before the person is born, not counted',
       'correct event_date or birth_date', false, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date || ', born ' || birth_date)
FROM event WHERE event_date < birth_date
UNION ALL
SELECT 'migration: after today',
       'correct event_date', true, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date)
FROM event WHERE event_date > (SELECT day FROM today)
UNION ALL
SELECT 'migration: country is not in table country',
       'correct it, leave it empty, or bring country.csv with it', true, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date || ', country ' || country)
FROM event WHERE country <> _setting('home_country') AND country NOT IN (SELECT country_code FROM country)
UNION ALL
SELECT 'migration: the same one twice',
       'leave one out', true, coalesce(sum(n - 1), 0)::BIGINT,
       min('person ' || person_id || ': ' || direction || ' ' || event_date)
FROM (FROM migration SELECT person_id, direction, event_date, count(*) AS n GROUP BY ALL HAVING n > 1)
UNION ALL
SELECT 'migration: immigration before first_immigration',
       'correct first_immigration; until then there is no duration', false, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date || ', first immigration ' || first_immigration)
FROM event WHERE direction = 'immigration' AND event_date < first_immigration
UNION ALL
SELECT 'migration: no residence ends or begins with it, so its municipality is unknown',
       'bring the spell, or date it as the migration', false, count(*),
       min('person ' || person_id || ': ' || direction || ' ' || event_date)
FROM event WHERE code IS NULL AND NOT nobody
UNION ALL
SELECT 'dimension: somebody has two spells of a status at once',
       'correct them, if of a day that several cover it is not the one that begins last that counts', false, count(*),
       min(dimension || ', person ' || person_id)
FROM (SELECT DISTINCT dimension, person_id FROM _overlap WHERE dimension <> '')
UNION ALL
SELECT problem, remedy, false, "count", example FROM _contradiction_check
UNION ALL
SELECT 'municipality_change: old_code leads to no code of table municipality',
       'correct new_code, or bring municipality.csv with it', false, count(*),
       min('"' || old_code || '"')
FROM municipality_change WHERE old_code NOT IN (SELECT code FROM municipality_of_code)
UNION ALL
SELECT 'country_year: a year has fewer of a country group''s people than the years beside it',
       'bring the countries that are missing, or leave the year out; FROM country_group_coverage WHERE uneven lists them', false, count(*),
       arg_min(text, (country_group, year, series))
FROM _uneven_series
UNION ALL
SELECT 'counted_year: years without a single migration',
       'set register_period to the years that the register covers', false, count(*),
       min(year::VARCHAR)
FROM counted_year WHERE year NOT IN (SELECT year(event_date) FROM migration) AND EXISTS (FROM person)
UNION ALL -- by chance, of 135 in a year, some month has none once in 10 000 times
SELECT 'counted_year: a month without a migration in a year that has many: it is not known from beginning to end',
       'bring the rest, or set register_period to the years that are whole', false, count(*),
       min(year || ': of ' || n || ' ' || direction || 's none in month ' || array_to_string(without, ', '))
FROM (SELECT direction, year(event_date) AS year, count(*) AS n, list_filter(range(1, 13), lambda m: NOT list_contains(list(DISTINCT month(event_date)), m)) AS without
      FROM migration GROUP BY direction, year(event_date))
WHERE n >= 135 AND len(without) > 0 AND year IN (SELECT year FROM counted_year);

-- _balance_check: the same of the counts, which are those of the last .refresh. Where
-- nobody has a death_date, residents go unexplained by dying, which is no fault.
CREATE OR REPLACE VIEW _balance_check AS
SELECT 'population_cell: residents come or go without a birth, death, migration or move' AS problem,
       'bring death_date with person, or the events that are missing (FROM balance lists them)' AS remedy, false AS fatal, coalesce(sum(abs(unexplained)), 0)::BIGINT AS "count",
       arg_max('municipality ' || coalesce(municipality_code, 'not known') || ' in ' || year || ': ' || unexplained, (abs(unexplained), -year, municipality_code)) AS example
FROM balance WHERE unexplained <> 0 AND EXISTS (FROM _who WHERE death_date IS NOT NULL);
