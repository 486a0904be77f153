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

-- _emigrants(by, color): the emigrations of immigrants 2009-2013 by a single year of age
-- or duration, without same-year movers, for figures 3.7-3.9.
CREATE OR REPLACE MACRO _emigrants("by", color) AS TABLE
SELECT COLUMNS(["by"]), COLUMNS([color]), sum(emigrations_macro)::BIGINT AS emigrations
FROM emigrant_cell WHERE year BETWEEN 2009 AND 2013 AND emigrations_macro > 0
GROUP BY ALL ORDER BY ALL;

-- _frequency_2000_2013(dims): the frequency views from 2000, with same-year movers.
CREATE OR REPLACE MACRO _frequency_2000_2013(dims) AS TABLE
FROM frequency_of(county_cell, dims) WHERE year BETWEEN 2000 AND 2013;

-- _county_period(dims): the yearly counts of each county and of 'Norway' 2004-2013,
-- with period '2004-2008' or '2009-2013' and years, how many of its years there are: fewer
-- than five are noted.
--
-- Norway is the sum of the counties, events without a place and residents with an
-- unknown code (county NULL) among them. place sorts as the county codes, Norway last.
CREATE OR REPLACE MACRO _county_period(dims) AS TABLE
WITH _count AS (
  SELECT period, f.* EXCLUDE (frequency), years
  FROM frequency_of(county_cell, list_concat(['county'], dims)) f
  JOIN _periods_of('figures of counties', county_cell, [[2004, 2008], [2009, 2013]]) ON year BETWEEN first_year AND last_year
)
SELECT _row.*, coalesce(county_code, '98') AS place
FROM (FROM _count UNION ALL SELECT * REPLACE ('Norway' AS county) FROM _count) _row
     LEFT JOIN (SELECT county, min(county_code) AS county_code FROM municipality GROUP BY county UNION ALL SELECT 'Norway', '99') USING (county);

-- _county_frequency(dims): the frequency of each county and of 'Norway', as a yearly
-- average over 2004-2008 and 2009-2013: of all the years' emigrations and residents, as
-- frequency_period has it.
CREATE OR REPLACE MACRO _county_frequency(dims) AS TABLE
SELECT * EXCLUDE (place)
FROM (
  SELECT COLUMNS(list_concat(['period', 'county'], dims)), place, sum(residents) / any_value(years) AS residents, sum(emigrations) / any_value(years) AS emigrations,
         100 * sum(emigrations) / nullif(sum(residents), 0) AS frequency
  FROM _county_period(dims)
  GROUP BY ALL
)
ORDER BY period, place;

-- _two_periods(figure): what a figure of counties has in the periods beside each other.
CREATE OR REPLACE MACRO _two_periods(figure) AS TABLE
SELECT county, max(frequency) FILTER (period = '2004-2008') AS p1, max(frequency) FILTER (period = '2009-2013') AS p2
FROM query_table(figure) GROUP BY county;

-- _county_composition(of): the residents of each county and of 'Norway' by one
-- dimension, as composition has it.
CREATE OR REPLACE MACRO _county_composition(of) AS TABLE
SELECT period, county, COLUMNS([of]), residents / years AS residents, share, 100 * share AS percent
FROM (
  -- Shares are of whole numbers, so that they are the same at every reading.
  SELECT *, residents / nullif(sum(residents) OVER (PARTITION BY period, place), 0) AS share
  FROM (
    SELECT period, county, COLUMNS([of]), place, years, sum(residents) AS residents
    FROM _county_period([of])
    GROUP BY ALL
  )
)
ORDER BY period, place, COLUMNS([of]);
