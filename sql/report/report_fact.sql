-- report_fact: what the report's text says in numbers, computed on the register at
-- hand: does this register behave as the text says?
--
-- Columns: id, section, quantity, scope, period, statement as in published_fact;
-- value, and largest where the fact speaks of several ("each": the smallest and the
-- largest are given); found, the same as text, with names where the fact is about
-- names; low and high, the bounds read from the words; holds. NULL value: the
-- register lacks the people or years. f51, f52: value is the largest difference from
-- the printed shares in percentage points and holds up to 0.3. f38 must also rise.
-- f60, f61 are sets, in whatever order. Ids from m and n are the
-- statements of _report_statement(); where only these or only the others are wanted,
-- WHERE id LIKE 'f%' spares the work of the rest. f63 is about a simulation, not a register:
-- NULL. A frequency over several years is emigrations of all the years per 100
-- residents of all the years. Where the register is a sample, with less than four
-- fifths of the 593 321 immigrants of 1 January 2013, numbers of persons are put at
-- national size. Reads population_cell, county_cell and emigrant_cell (.refresh),
-- and the register itself for f11.
-- Source: Rapporter 2015/17, chapters 1, 3 and 5; published_fact.
-- Example: SELECT id, quantity, scope, found, low, high FROM report_fact WHERE NOT holds;
CREATE OR REPLACE VIEW report_fact AS
WITH c AS MATERIALIZED (
  SELECT year, county, centrality, country_group, sex, age_group, duration_group::VARCHAR AS duration,
         sum(residents) AS residents, sum(emigrations) AS emigrations, sum(emigrations_macro) AS emigrations_macro
  FROM county_cell GROUP BY ALL
),
everybody AS MATERIALIZED (
  SELECT year, immigrant, centrality, sum(residents) AS residents, sum(emigrations) AS emigrations, sum(emigrations_macro) AS emigrations_macro
  FROM population_cell WHERE year BETWEEN 1990 AND 2013 GROUP BY ALL
),
-- How many people one immigrant of the register stands for.
size AS (
  SELECT CASE WHEN sum(residents) BETWEEN 1 AND 0.8 * 593321 THEN 593321 / sum(residents) ELSE 1 END AS weight
  FROM everybody WHERE immigrant AND year = 2013
),
-- Frequencies, each over its years and the groups named.
wanted(id, part, first_year, last_year, centrality, duration, county, country_group, sex, age) AS (VALUES
  ('f12', 1, 2000, 2013, NULL, NULL,    NULL, NULL, 'female', NULL),
  ('f12', 2, 2000, 2013, NULL, NULL,    NULL, NULL, 'male', NULL),
  ('f13', 1, 2000, 2013, NULL, NULL,    NULL, NULL, NULL, '35-62'),
  ('f13', 2, 2000, 2013, NULL, NULL,    NULL, NULL, NULL, '18-34'),
  ('f14', 1, 2000, 2013, NULL, NULL,    NULL, NULL, NULL, '7-17'),
  ('f14', 2, 2000, 2013, NULL, NULL,    NULL, NULL, NULL, '0-6'),
  ('f19', 1, 2000, 2001, 1,    NULL,    NULL, NULL, NULL, NULL),
  ('f20', 1, 2011, 2012, 1,    NULL,    NULL, NULL, NULL, NULL),
  ('f22', 1, 2012, 2012, 3,    NULL,    NULL, NULL, NULL, NULL),
  ('f23', 1, 2000, 2000, 1,    '0-2',   NULL, NULL, NULL, NULL),
  ('f24', 1, 2012, 2013, 1,    '0-2',   NULL, NULL, NULL, NULL),
  ('f25', 1, 2000, 2000, 2,    '0-2',   NULL, NULL, NULL, NULL),
  ('f26', 1, 2012, 2013, 2,    '0-2',   NULL, NULL, NULL, NULL),
  ('f27', 1, 2000, 2000, 3,    '0-2',   NULL, NULL, NULL, NULL),
  ('f28', 1, 2012, 2013, 3,    '0-2',   NULL, NULL, NULL, NULL),
  ('f29', 1, 2000, 2001, 4,    '3-5',   NULL, NULL, NULL, NULL),
  ('f30', 1, 2008, 2013, 4,    '3-5',   NULL, NULL, NULL, NULL),
  ('f31', 1, 2009, 2013, NULL, '0-2',   NULL, NULL, NULL, NULL),
  ('f32', 1, 2004, 2008, NULL, '0-2',   NULL, NULL, NULL, NULL),
  ('f32', 2, 2009, 2013, NULL, '0-2',   NULL, NULL, NULL, NULL),
  ('f33', 1, 2009, 2013, NULL, '0-2',   'Oslo', NULL, NULL, NULL),
  ('f34', 1, 2009, 2013, NULL, '0-2',   'Aust-Agder', NULL, NULL, NULL),
  ('f34', 2, 2009, 2013, NULL, '0-2',   'Møre og Romsdal', NULL, NULL, NULL),
  ('f34', 3, 2009, 2013, NULL, '0-2',   'Nord-Trøndelag', NULL, NULL, NULL),
  ('f34', 4, 2009, 2013, NULL, '0-2',   'Nordland', NULL, NULL, NULL),
  ('f35', 1, 2004, 2013, NULL, '3-5',   NULL, NULL, NULL, NULL),
  ('f36', 1, 2004, 2013, NULL, '3-5',   'Aust-Agder', NULL, NULL, NULL),
  ('f36', 2, 2004, 2013, NULL, '3-5',   'Vest-Agder', NULL, NULL, NULL),
  ('f36', 3, 2004, 2013, NULL, '3-5',   'Østfold', NULL, NULL, NULL),
  ('f37', 1, 2004, 2013, NULL, '11-15', NULL, NULL, NULL, NULL),
  ('f38', 1, 2004, 2008, NULL, NULL,    NULL, 1, NULL, NULL),
  ('f38', 2, 2009, 2013, NULL, NULL,    NULL, 1, NULL, NULL),
  ('f39', 1, 2004, 2008, NULL, NULL,    NULL, 2, NULL, NULL),
  ('f40', 1, 2009, 2013, NULL, NULL,    NULL, 2, NULL, NULL),
  ('f41', 1, 2004, 2008, NULL, NULL,    'Nordland', 2, NULL, NULL),
  ('f42', 1, 2009, 2013, NULL, NULL,    'Nordland', 2, NULL, NULL),
  ('f43', 1, 2009, 2013, NULL, NULL,    'Aust-Agder', 2, NULL, NULL),
  ('f44', 1, 2004, 2008, NULL, NULL,    NULL, 3, NULL, NULL),
  ('f44', 2, 2009, 2013, NULL, NULL,    NULL, 3, NULL, NULL),
  ('f45', 1, 2004, 2013, NULL, NULL,    NULL, NULL, NULL, '0-6'),
  ('f46', 1, 2004, 2013, NULL, NULL,    NULL, NULL, NULL, '7-17'),
  ('f62', 1, 2011, 2011, NULL, NULL,    NULL, NULL, NULL, NULL)
),
rate AS (
  SELECT w.id, w.part, 100.0 * sum(c.emigrations) / nullif(sum(c.residents), 0) AS frequency
  FROM wanted w JOIN c ON c.year BETWEEN w.first_year AND w.last_year
    AND (w.centrality IS NULL OR c.centrality = w.centrality) AND (w.duration IS NULL OR c.duration = w.duration)
    AND (w.county IS NULL OR c.county = w.county) AND (w.country_group IS NULL OR c.country_group = w.country_group)
    AND (w.sex IS NULL OR c.sex = w.sex) AND (w.age IS NULL OR c.age_group = w.age)
  GROUP BY ALL
),
county_total AS (
  SELECT county, 100.0 * sum(emigrations) / nullif(sum(residents), 0) AS frequency,
         sum(residents) FILTER (sex = 'male') / sum(residents) AS men
  FROM c WHERE year BETWEEN 2009 AND 2013 AND county IS NOT NULL GROUP BY ALL
),
value AS (
  SELECT CASE sex WHEN 'female' THEN 'f01' ELSE 'f02' END AS id,
         sum(emigrations_macro) FILTER (age BETWEEN 20 AND 39) / sum(emigrations_macro) AS value
  FROM emigrant_cell WHERE year BETWEEN 2009 AND 2013 GROUP BY ALL
  UNION ALL
  SELECT 'f03', sum(emigrations_macro) FILTER (duration = '0-2') / sum(emigrations_macro) FROM c WHERE year BETWEEN 2009 AND 2013
  UNION ALL
  SELECT 'f0' || (country_group + 3) AS id, arg_max(duration, n)
  FROM (SELECT country_group, duration, sum(emigrations_macro) AS n FROM emigrant_cell WHERE year BETWEEN 2009 AND 2013 GROUP BY ALL)
  GROUP BY country_group
  UNION ALL
  SELECT 'f07', sum(emigrations) FROM everybody WHERE year BETWEEN 2010 AND 2013 GROUP BY year
  UNION ALL
  SELECT 'f08', sum(emigrations_macro) FROM everybody WHERE NOT immigrant GROUP BY year
  UNION ALL
  SELECT 'f09', sum(emigrations) FILTER (immigrant) / sum(emigrations) FROM everybody WHERE year = 2013
  UNION ALL
  SELECT 'f10', sum(emigrations - emigrations_macro) / 14 FROM c WHERE year BETWEEN 2000 AND 2013
  UNION ALL
  SELECT 'f11', avg(administrative::INTEGER) FROM migration JOIN person USING (person_id)
  WHERE immigrant AND direction = 'emigration' AND year(event_date) BETWEEN 2005 AND 2013
  UNION ALL
  SELECT 'f15', arg_min(position, frequency)
  FROM (SELECT enum_code(age_group) + 1 AS position, sum(emigrations) / nullif(sum(residents), 0) AS frequency
        FROM c WHERE year BETWEEN 2000 AND 2013 GROUP BY ALL)
  UNION ALL
  SELECT 'f16', sum(emigrations) FROM c WHERE centrality = 4 AND year BETWEEN 2000 AND 2007 GROUP BY year
  UNION ALL
  SELECT 'f17', sum(emigrations) FROM c WHERE centrality = 4 AND year = 2013
  UNION ALL
  SELECT 'f18', sum(emigrations) FROM c WHERE centrality <= 3 AND year BETWEEN 2000 AND 2013 GROUP BY year, centrality
  UNION ALL
  SELECT 'f21', max(frequency)
  FROM (SELECT 100.0 * sum(emigrations) / nullif(sum(residents), 0) AS frequency FROM c WHERE centrality = 3 AND year BETWEEN 2000 AND 2013 GROUP BY year)
  UNION ALL
  SELECT id, CASE WHEN id IN ('f13', 'f14') THEN max(frequency) FILTER (part = 2) / max(frequency) FILTER (part = 1)
                  WHEN id = 'f62' THEN 10 * max(frequency)
                  ELSE max(frequency) FILTER (part = 2) - max(frequency) FILTER (part = 1) END
  FROM rate WHERE id IN ('f12', 'f13', 'f14', 'f32', 'f44', 'f62') GROUP BY id
  UNION ALL
  SELECT id, frequency FROM rate WHERE id NOT IN ('f12', 'f13', 'f14', 'f32', 'f44', 'f62')
  UNION ALL
  SELECT CASE year WHEN 2007 THEN 'f47' ELSE 'f48' END, sum(residents) FILTER (country_group = 3) / sum(residents)
  FROM c WHERE year IN (2007, 2013) GROUP BY year
  UNION ALL
  SELECT CASE WHEN year <= 2008 THEN 'f49' ELSE 'f50' END AS id, sum(residents) FILTER (country_group = 3) / sum(residents)
  FROM c WHERE county = 'Oslo' AND year BETWEEN 2004 AND 2013 GROUP BY id
  UNION ALL
  SELECT id, max(abs(share - printed))
  FROM (SELECT 'f51' AS id, centrality, 100.0 * sum(residents) / sum(sum(residents)) OVER () AS share
        FROM everybody WHERE immigrant AND year = 2013 AND centrality IS NOT NULL GROUP BY centrality
        UNION ALL
        SELECT 'f52', centrality, 100.0 * sum(residents) / sum(sum(residents)) OVER ()
        FROM everybody WHERE year = 2013 AND centrality IS NOT NULL GROUP BY centrality)
  JOIN (VALUES ('f51', 1, 5.8), ('f51', 2, 4.0), ('f51', 3, 12.1), ('f51', 4, 78.1),
               ('f52', 1, 9.2), ('f52', 2, 6.1), ('f52', 3, 17.0), ('f52', 4, 67.7)) AS table_5_1(id, centrality, printed) USING (id, centrality)
  GROUP BY ALL
  UNION ALL
  SELECT 'f53', sum(residents) FILTER (duration = '16+') / sum(residents) FROM c WHERE county = 'Oslo' AND year BETWEEN 2004 AND 2013
  UNION ALL
  SELECT 'f54', sum(residents) FILTER (duration IN ('0-2', '3-5')) / sum(residents)
  FROM c WHERE county IN ('Sogn og Fjordane', 'Møre og Romsdal') AND year BETWEEN 2009 AND 2013 GROUP BY county
  UNION ALL
  SELECT unnest(['f55', 'f56', 'f58']),
         unnest([sum(residents) FILTER (age_group IN ('0-6', '7-17')) / sum(residents), sum(residents) FILTER (age_group IN ('63-70', '71+')) / sum(residents),
                 sum(residents) FILTER (sex = 'male') / sum(residents)])
  FROM c WHERE year BETWEEN 2009 AND 2013
  UNION ALL
  SELECT 'f57', sum(residents) FILTER (sex = 'male') / sum(residents) FROM c WHERE year BETWEEN 2004 AND 2008
  UNION ALL
  SELECT 'f59', count(*) FILTER (men > 0.5) FROM county_total
),
name AS (
  SELECT 'f60' AS id, max_by(county, frequency, 5) AS counties,
         ['Sør-Trøndelag', 'Troms', 'Oslo', 'Sogn og Fjordane', 'Rogaland'] AS printed FROM county_total
  UNION ALL
  SELECT 'f61', min_by(county, frequency, 3), ['Aust-Agder', 'Vest-Agder', 'Østfold'] FROM county_total
),
summary AS (
  FROM _report_statement() SELECT id, value, NULL AS largest
  UNION ALL
  SELECT id, min(value * scale) AS value, nullif(max(value * scale), min(value * scale)) AS largest
  FROM (SELECT *, CASE WHEN id IN ('f07', 'f08', 'f10', 'f16', 'f17', 'f18') THEN weight ELSE 1 END AS scale FROM value, size)
  GROUP BY id
)
SELECT f.id, f.section, f.quantity, f.scope, f.period, s.value, s.largest,
       coalesce(array_to_string(n.counties, '; '), format('{:.4g}', s.value) || coalesce(' to ' || format('{:.4g}', s.largest), '')) AS found,
       f.low, f.high,
       CASE WHEN n.id IS NOT NULL THEN list_sort(n.counties) = list_sort(n.printed)
            WHEN f.id IN ('f51', 'f52') THEN s.value <= 0.3
            WHEN f.id = 'f38' THEN s.value >= f.low AND s.largest <= f.high
                                   AND (SELECT max(frequency) FILTER (part = 2) > max(frequency) FILTER (part = 1) FROM rate WHERE id = 'f38')
            ELSE s.value >= f.low AND coalesce(s.largest, s.value) <= f.high END AS holds,
       f.statement
FROM published_fact f LEFT JOIN summary s USING (id) LEFT JOIN name n USING (id)
ORDER BY f.id;
