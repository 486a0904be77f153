-- The shapes that the figures share. Their names begin with an underscore: they are
-- for the views of this folder; questions of your own start from frequency_of,
-- frequency_period and composition.

-- _yearly_flow(cells): immigrations and emigrations a year, 1990-2013, without
-- same-year movers, for figures 3.1-3.6.
CREATE OR REPLACE MACRO _yearly_flow(cells) AS TABLE
WITH _count AS (
  SELECT year, sum(immigrations_macro)::BIGINT AS immigration, sum(emigrations_macro)::BIGINT AS emigration
  FROM query_table(cells) WHERE year BETWEEN 1990 AND 2013 GROUP BY year
)
SELECT year, 'immigration'::direction AS direction, immigration AS migrations FROM _count
UNION ALL
SELECT year, 'emigration', emigration FROM _count
ORDER BY ALL;

-- _emigrant_2009_2013: the emigrations of immigrants 2009-2013 with age and duration
-- in completed years, without same-year movers, for figures 3.7-3.9.
--
-- As view emigration, without what the figures do not show: finding where each
-- emigrant lived would take most of the time.
CREATE OR REPLACE VIEW _emigrant_2009_2013 AS
WITH moved AS (
  SELECT person_id, event_date, direction FROM migration
  WHERE event_date BETWEEN DATE '2009-01-01' AND DATE '2013-12-31'
)
SELECT sex, country_group, completed_years(birth_date, event_date) AS age, completed_years(first_immigration, event_date) AS duration
FROM moved e JOIN person USING (person_id) LEFT JOIN country ON country_code = birth_country
WHERE direction = 'emigration' AND immigrant
  AND NOT EXISTS (FROM moved i WHERE i.person_id = e.person_id AND i.direction = 'immigration' AND year(i.event_date) = year(e.event_date));

-- _frequency_2000_2013(dims): the frequency views from 2000, with same-year movers.
CREATE OR REPLACE MACRO _frequency_2000_2013(dims) AS TABLE
FROM frequency_of(cell, dims) WHERE year BETWEEN 2000 AND 2013;

-- _county_frequency(cells): the frequency of each county and of 'Norway', as a yearly
-- average over 2004-2008 and 2009-2013, in the order of the county codes.
--
-- Norway is the sum of the rows of the counties, events without a place and unknown
-- codes (county NULL) among them.
CREATE OR REPLACE MACRO _county_frequency(cells) AS TABLE
WITH _people AS (FROM query_table(cells) WHERE year BETWEEN 2004 AND 2013),
_county AS (
  SELECT period, county, residents, emigrations FROM frequency_period(_people, 'county', [[2004,2008],[2009,2013]])
),
_row AS (
  FROM _county
  UNION ALL
  SELECT period, 'Norway', sum(residents), sum(emigrations) FROM _county GROUP BY period
)
SELECT period, county, residents, emigrations, 100 * emigrations / nullif(residents, 0) AS frequency
FROM _row LEFT JOIN (SELECT DISTINCT county, county_code FROM municipality) USING (county)
ORDER BY period, county = 'Norway', county_code;

-- _county_composition(of): the residents of each county and of 'Norway' by one
-- dimension, as _county_frequency.
CREATE OR REPLACE MACRO _county_composition(of) AS TABLE
WITH _people AS (FROM cell WHERE year BETWEEN 2004 AND 2013),
_row AS (
  SELECT period, county, COLUMNS([of]), residents, share, percent FROM composition(_people, 'county', of, [[2004,2008],[2009,2013]])
  UNION ALL
  SELECT period, 'Norway', COLUMNS([of]), residents, share, percent FROM composition(_people, [], of, [[2004,2008],[2009,2013]])
)
SELECT _row.* FROM _row LEFT JOIN (SELECT DISTINCT county, county_code FROM municipality) USING (county)
ORDER BY period, county = 'Norway', county_code, COLUMNS([of]);
