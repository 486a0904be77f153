-- report_fact: what the report's text says in numbers, computed on the register at
-- hand: does this register behave as the text says?
--
-- Columns: id, section, quantity, scope, period, statement as in published_fact;
-- value, and largest where the fact speaks of several ("each": the smallest and the
-- largest are given); found, the same as text, with names where the fact is about
-- names; low and high, the bounds read from the words; holds. NULL value: the
-- register lacks the people or years. f51, f52: value is the largest difference from
-- the printed shares in percentage points and holds up to 0.3. f38 must also rise.
-- f60, f61 are sets, in whatever order. Where only m and n or only f are wanted,
-- WHERE id LIKE 'f%' spares the work of the rest. f63 is about a simulation, not a register:
-- NULL. A frequency over several years is emigrations of all the years per 100
-- residents of all the years. Where the register is a sample, with less than four
-- fifths of the 593 321 immigrants of 1 January 2013, numbers of persons are put at
-- national size. Reads population_cell, county_cell and emigrant_cell (.refresh),
-- and the register itself for f11.
-- Source: Rapporter 2015/17, chapters 1, 3 and 5; published_fact.
-- Example: SELECT id, quantity, scope, found, low, high FROM report_fact WHERE NOT holds;
CREATE OR REPLACE VIEW report_fact AS
WITH
-- What several facts read, bound and computed once.
departure AS (FROM emigration), fig_3_2 AS (FROM figure_3_2), fig_3_16 AS (FROM figure_3_16),
fig_3_18 AS (FROM figure_3_18), fig_5_2 AS (FROM figure_5_2), fig_5_7 AS (FROM figure_5_7),
fig_5_10 AS (FROM figure_5_10), fig_5_11 AS (FROM figure_5_11), fig_5_15 AS (FROM figure_5_15),
fig_5_20 AS (FROM figure_5_20), fig_5_30 AS (FROM figure_5_30), fig_5_29 AS (FROM figure_5_29),
fig_5_31 AS (FROM figure_5_31), fig_5_40 AS (FROM figure_5_40), fig_5_47 AS (FROM figure_5_47),
c AS MATERIALIZED (
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
-- The statements of the second list, as one number each. An ordering is a number too: a
-- rank, or how many years, levels or counties are on the wrong side of what the text says.
-- Means over a period are of its yearly counts (sum by sum), as in chapter 5. n58, n59, n60
-- and m45 estimate the nine models.
further AS (
  SELECT 'n01' AS id, (SELECT count(*) FROM (SELECT year, arg_max(q,n) t FROM (SELECT year, quarter(event_date) q, count(*) n FROM departure WHERE year BETWEEN 2000 AND 2013 GROUP BY ALL) GROUP BY year) WHERE t=3) AS value
  UNION ALL SELECT 'n03', (SELECT avg(migrations) FROM figure_3_1 WHERE direction='emigration' AND year BETWEEN 1991 AND 2007)
  UNION ALL SELECT 'n05', (SELECT sum(migrations) FILTER (WHERE direction='immigration')/sum(migrations) FILTER (WHERE direction='emigration') FROM fig_3_2)
  UNION ALL SELECT 'm01', (SELECT regr_slope(migrations,year) FROM fig_3_2 WHERE direction='immigration')
  UNION ALL SELECT 'n07', (SELECT arg_min(g,d) FROM (SELECT g, sum(CASE direction WHEN 'immigration' THEN migrations ELSE -migrations END) d FROM (SELECT 1 g,* FROM figure_3_4 UNION ALL SELECT 2,* FROM figure_3_5 UNION ALL SELECT 3,* FROM figure_3_6) WHERE year BETWEEN 2004 AND 2013 GROUP BY g))
  UNION ALL SELECT 'n08', (SELECT sum(age*emigrations) FILTER (WHERE sex='female')/sum(emigrations) FILTER (WHERE sex='female') - sum(age*emigrations) FILTER (WHERE sex='male')/sum(emigrations) FILTER (WHERE sex='male') FROM figure_3_7)
  UNION ALL SELECT 'n10', (SELECT arg_max(age,emigrations) FROM figure_3_8 WHERE country_group=2)
  UNION ALL SELECT 'm03', (SELECT regr_slope(frequency,year) FROM figure_3_12 WHERE sex='female' AND year>=2008)
  UNION ALL SELECT 'n12', (SELECT arg_min(year,frequency) FROM figure_3_10)
  UNION ALL SELECT 'n13', (SELECT regr_slope(frequency,year) FROM fig_3_16 WHERE duration_group='3-5' AND year>=2007)
  UNION ALL SELECT 'n14', (SELECT max(frequency) FILTER (WHERE year=2013)/max(frequency) FILTER (WHERE year=2000) FROM fig_3_16 WHERE duration_group='0-2')
  UNION ALL SELECT 'm04', (SELECT avg(frequency) FILTER (WHERE age_group='0-6')/avg(frequency) FILTER (WHERE age_group='18-34') FROM figure_3_14)
  UNION ALL SELECT 'n15', (SELECT count(*) FROM (SELECT year, max(frequency) FILTER (WHERE country_group=2) a, max(frequency) FILTER (WHERE country_group=1) b FROM fig_3_18 WHERE year BETWEEN 2007 AND 2009 GROUP BY year) WHERE a>b)
  UNION ALL SELECT 'n16', (SELECT avg(frequency) FILTER (WHERE country_group=2)/avg(frequency) FILTER (WHERE country_group=3) FROM fig_3_18 WHERE year BETWEEN 2011 AND 2013)
  UNION ALL SELECT 'n19', (SELECT avg(administrative::INT) FROM departure WHERE immigrant AND year>=2000 AND birth_country IN ('SWE','DNK','FIN','ISL'))
  UNION ALL SELECT 'n20', (SELECT avg(administrative::INT) FILTER (WHERE birth_country IN ('PHL','SOM','IRQ','ERI','LKA'))/avg(administrative::INT) FROM departure WHERE immigrant AND year>=2000)
  UNION ALL SELECT 'm05', (SELECT count(*) FROM (SELECT year, avg(administrative::INT) a FROM departure WHERE immigrant AND year BETWEEN 2009 AND 2013 GROUP BY year) WHERE a>0.2)
  UNION ALL SELECT 'm07', (SELECT avg(administrative::INT) FILTER (WHERE year>=2009)-avg(administrative::INT) FILTER (WHERE year BETWEEN 1990 AND 1999) FROM departure WHERE immigrant AND year>=1990)
  UNION ALL SELECT 'm09', (SELECT avg(administrative::INT) FILTER (WHERE year IN (2011,2012))-avg(administrative::INT) FILTER (WHERE year BETWEEN 2007 AND 2009) FROM departure WHERE immigrant AND country_group=2)
  UNION ALL SELECT 'n22', (SELECT avg((country=birth_country)::INT) FROM departure WHERE immigrant AND country IS NOT NULL AND year BETWEEN 2009 AND 2013)
  UNION ALL SELECT 'm10', (SELECT avg((country IS NULL)::INT) FROM departure WHERE immigrant AND year BETWEEN 2000 AND 2013)
  UNION ALL SELECT 'n23', (SELECT avg(l) FROM (SELECT (EXISTS (FROM migration m WHERE m.person_id=p.person_id AND direction='emigration' AND event_date<first_immigration+INTERVAL 5 YEAR))::INT l FROM person p WHERE immigrant AND year(first_immigration) BETWEEN 2000 AND 2005))
  UNION ALL SELECT 'm11', (SELECT count(*) FROM (SELECT year, arg_min(centrality,emigrations) t FROM figure_5_1 GROUP BY year) WHERE t=2)
  UNION ALL SELECT 'n26', (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2013)-max(frequency) FILTER (WHERE year=2012) d FROM fig_5_2 GROUP BY centrality) WHERE d>0)
  UNION ALL SELECT 'n27', (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year IN (2009,2010))-max(frequency) FILTER (WHERE year=2008) d FROM fig_5_2 GROUP BY centrality) WHERE d>0)
  UNION ALL SELECT 'm13', (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2012)-max(frequency) FILTER (WHERE year=2010) d FROM fig_5_2 GROUP BY centrality) WHERE d<0)
  UNION ALL SELECT 'm14', (SELECT count(*) FROM (SELECT year, centrality, list(frequency ORDER BY duration_group) l FROM (FROM fig_5_7 UNION ALL FROM figure_5_8 UNION ALL FROM figure_5_9 UNION ALL FROM fig_5_10 UNION ALL FROM fig_5_11) GROUP BY ALL) WHERE l[1]>l[2] AND l[2]>l[3] AND l[3]>l[4] AND l[4]>l[5])
  UNION ALL SELECT 'n28', (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) t FROM fig_5_7 WHERE year>2004 GROUP BY year) WHERE t=4)
  UNION ALL SELECT 'n29', (SELECT count(*) FROM (SELECT year, arg_min(centrality,frequency) t FROM fig_5_7 WHERE year>=2011 GROUP BY year) WHERE t=1)
  UNION ALL SELECT 'n31', (SELECT min(f) FILTER (WHERE centrality IN (1,4))-max(f) FILTER (WHERE centrality IN (2,3)) FROM (SELECT centrality, 100.0*sum(emigrations)/sum(residents) f FROM fig_5_10 GROUP BY centrality))
  UNION ALL SELECT 'm15', (SELECT arg_min(centrality,f) FROM (SELECT centrality, 100.0*sum(emigrations)/sum(residents) f FROM fig_5_10 GROUP BY centrality))
  UNION ALL SELECT 'n32', (SELECT count(*) FROM (SELECT centrality, max(frequency) FILTER (WHERE year=2009)-max(frequency) FILTER (WHERE year=2008) d FROM fig_5_11 GROUP BY centrality) WHERE d>0)
  UNION ALL SELECT 'm18', (SELECT count(*) FROM (SELECT year, centrality, arg_min(country_group,frequency) t FROM (FROM figure_5_12 UNION ALL FROM figure_5_13 UNION ALL FROM figure_5_14 UNION ALL FROM fig_5_15) GROUP BY ALL) WHERE t=3)
  UNION ALL SELECT 'm20', (SELECT arg_max(year,frequency) FROM fig_5_15 WHERE country_group=2)
  UNION ALL SELECT 'm21', (SELECT avg(frequency) FILTER (WHERE year>=2011)/avg(frequency) FILTER (WHERE year IN (2008,2009)) FROM fig_5_15 WHERE country_group=2)
  UNION ALL SELECT 'm22', (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) t FROM figure_5_16 WHERE year>=2011 GROUP BY year) WHERE t=4)
  UNION ALL SELECT 'm23', (SELECT count(*) FROM (SELECT year, arg_max(centrality,frequency) a, arg_min(centrality,frequency) b FROM figure_5_18 WHERE year<=2002 GROUP BY year) WHERE a=1 AND b=4)
  UNION ALL SELECT 'n34', (SELECT min(d) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM fig_5_20 WHERE year IN (2003,2007,2010) GROUP BY year))
  UNION ALL SELECT 'm24', (SELECT count(*) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM fig_5_20 GROUP BY year) WHERE (d>0)=(year<>2002))
  UNION ALL SELECT 'm26', (SELECT max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') FROM figure_5_19 WHERE year=2000)
  UNION ALL SELECT 'n35', (SELECT max(abs(d)) FROM (SELECT year, max(frequency) FILTER (WHERE sex='male')-max(frequency) FILTER (WHERE sex='female') d FROM figure_5_21 GROUP BY year))
  UNION ALL SELECT 'n37', (SELECT count(*) FILTER (WHERE county IN ('Oslo','Sør-Trøndelag','Troms')) FROM (SELECT county FROM fig_5_30 WHERE age_group='18-34' AND period='2009-2013' AND county<>'Norway' ORDER BY percent DESC, county LIMIT 3))
  UNION ALL SELECT 'n39', (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT percent v, max(percent) FILTER (WHERE county='Akershus') OVER () x FROM fig_5_30 WHERE age_group='35-62' AND period='2009-2013' AND county<>'Norway'))
  UNION ALL SELECT 'n40', (SELECT count(*) FILTER (WHERE (percent>50) <> (county IN ('Oslo','Rogaland','Hordaland','Sør-Trøndelag'))) FROM fig_5_29 WHERE sex='male' AND period='2004-2008' AND county<>'Norway')
  UNION ALL SELECT 'm28', (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT percent v, max(percent) FILTER (WHERE county='Finnmark') OVER () x FROM fig_5_29 WHERE sex='female' AND period='2009-2013' AND county<>'Norway'))
  UNION ALL SELECT 'm29', (SELECT count(*) FROM (SELECT county, max(percent) FILTER (WHERE period='2009-2013')-max(percent) FILTER (WHERE period='2004-2008') d FROM fig_5_29 WHERE sex='male' AND county<>'Norway' GROUP BY county) WHERE d>0)
  UNION ALL SELECT 'n42', (SELECT count(*) FILTER (WHERE (percent>n) <> (county IN ('Oslo','Østfold','Telemark','Vest-Agder','Nordland'))) FROM (SELECT *, max(percent) FILTER (WHERE county='Norway') OVER () n FROM figure_5_28 WHERE country_group=3 AND period='2009-2013') WHERE county<>'Norway')
  UNION ALL SELECT 'm31', (SELECT sum(CASE county WHEN 'Oslo' THEN percent ELSE -percent END) FROM fig_5_30 WHERE county IN ('Oslo','Norway') AND age_group IN ('0-6','7-17') AND period='2009-2013')
  UNION ALL SELECT 'n43', (SELECT count(*) FILTER (WHERE (p2>p1) <> (county IN ('Oslo','Rogaland'))) FROM _two_periods(fig_5_31) WHERE county<>'Norway')
  UNION ALL SELECT 'm32', (SELECT count(*) FILTER (WHERE county IN ('Buskerud','Sogn og Fjordane','Sør-Trøndelag','Troms')) FROM (SELECT county FROM _two_periods(fig_5_31) WHERE county<>'Norway' ORDER BY p2-p1 ASC, county LIMIT 4))
  UNION ALL SELECT 'm34', (SELECT avg(frequency) FILTER (WHERE duration_group='6-10')/avg(frequency) FILTER (WHERE duration_group='3-5') FROM fig_3_16 WHERE year BETWEEN 2004 AND 2013)
  UNION ALL SELECT 'n45', (SELECT count(*) FILTER (WHERE county IN ('Troms','Finnmark')) FROM (SELECT county FROM _two_periods(figure_5_34) WHERE county<>'Norway' ORDER BY p1+p2 DESC, county LIMIT 2))
  UNION ALL SELECT 'n46', (SELECT count(*) FILTER (WHERE (p2>p1) <> (county IN ('Nord-Trøndelag'))) FROM _two_periods(figure_5_37) WHERE county<>'Norway')
  UNION ALL SELECT 'm36', (SELECT count(*) FILTER (WHERE county IN ('Aust-Agder','Vest-Agder')) FROM (SELECT county FROM _two_periods(figure_5_36) WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))
  UNION ALL SELECT 'n47', (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p2-p1 v, max(p2-p1) FILTER (WHERE county='Rogaland') OVER () x FROM _two_periods(figure_5_38) WHERE county<>'Norway'))
  UNION ALL SELECT 'm37', (SELECT p2-p1 FROM _two_periods(figure_5_39) WHERE county='Norway')
  UNION ALL SELECT 'm38', (SELECT p2-p1 FROM _two_periods(fig_5_40) WHERE county='Norway')
  UNION ALL SELECT 'm40', (SELECT count(*) FILTER (WHERE county IN ('Østfold','Aust-Agder')) FROM (SELECT county FROM _two_periods(fig_5_40) WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))
  UNION ALL SELECT 'n50', (SELECT p2-p1 FROM _two_periods(figure_5_44) WHERE county='Norway')
  UNION ALL SELECT 'n51', (SELECT p2-p1 FROM _two_periods(figure_5_45) WHERE county='Norway')
  UNION ALL SELECT 'm42', (SELECT count(*) FILTER (WHERE county IN ('Aust-Agder','Vest-Agder')) FROM (SELECT county FROM _two_periods(figure_5_41) WHERE county<>'Norway' ORDER BY p1+p2 ASC, county LIMIT 2))
  UNION ALL SELECT 'n52', (SELECT count(*) FILTER (WHERE county IN ('Rogaland','Sogn og Fjordane')) FROM (SELECT county FROM _two_periods(figure_5_42) WHERE county<>'Norway' ORDER BY p1+p2 DESC, county LIMIT 2))
  UNION ALL SELECT 'n54', (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p1+p2 v, max(p1+p2) FILTER (WHERE county='Oslo') OVER () x FROM _two_periods(figure_5_46) WHERE county<>'Norway'))
  UNION ALL SELECT 'n55', (SELECT count(*) FILTER (WHERE county IN ('Troms','Sør-Trøndelag','Sogn og Fjordane')) FROM (SELECT county FROM _two_periods(fig_5_47) WHERE county<>'Norway' ORDER BY p1 DESC, county LIMIT 3))
  UNION ALL SELECT 'm43', (SELECT count(*) FILTER (WHERE v > x)+1 FROM (SELECT p2 v, max(p2) FILTER (WHERE county='Sør-Trøndelag') OVER () x FROM _two_periods(fig_5_47) WHERE county<>'Norway'))
  UNION ALL SELECT 'n56', (SELECT count(*) FROM _two_periods(fig_5_47) WHERE p2>p1 AND county IN ('Norway','Aust-Agder','Vest-Agder'))
  UNION ALL SELECT 'n58', (WITH v AS (SELECT d.equation, sqrt(r.covariance/(1-d.r2)) s, e.dependent, m.country_group FROM published_diagnostic d JOIN published_residual_covariance r ON r.equation_i=d.equation AND r.equation_j=d.equation JOIN equation e ON e.equation=d.equation JOIN model m ON m.model=e.model), l AS (UNPIVOT (SELECT country_group, year, COLUMNS('^emi_') FROM group_panel WHERE year>=1992) ON COLUMNS('^emi_') INTO NAME dependent VALUE emi), s AS (SELECT country_group, dependent, stddev_pop(emi) sd FROM l GROUP BY ALL) SELECT count(*) FILTER (WHERE sd/s BETWEEN 2.0/3 AND 1.5) FROM v JOIN s USING (country_group, dependent))
  UNION ALL SELECT 'n59', (SELECT count(*) FROM published_coefficient p JOIN sur_report s USING (model, parameter) WHERE abs(p.t_value)>2.5 AND sign(s.estimate)=sign(p.estimate))
  UNION ALL SELECT CASE experiment WHEN 'i' THEN 'n60' ELSE 'm45' END, estimated_coefficients FROM table_4_11 WHERE experiment IN ('i', 'iii') AND year IS NULL
),
summary AS (
  FROM further SELECT id, value::DOUBLE AS value, NULL AS largest
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
