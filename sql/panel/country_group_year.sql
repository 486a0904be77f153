-- country_group_year: relative income and unemployment of a country group, from
-- the yearly figures of its countries.
--
-- Columns: country_group, year; relinnt, Norway's GDP per head at purchasing-power
-- parity divided by the group's (sum of GDP / sum of population over its countries
-- that have both); led, the population-weighted mean of its unemployment rates, in
-- per cent, over the countries that have a rate and a population; countries, how
-- many rates that are. NULL where nothing is known. led has no meaning for group
-- 3, where too few countries publish a rate: the panels leave it out.
-- Source: Rapporter 2015/17, table 4.1 (RELINNTj, LEDj).
-- Example: FROM country_group_year WHERE year = 2013;
CREATE OR REPLACE VIEW country_group_year AS
WITH norway AS (
  SELECT year, gdp_ppp / population AS income FROM country_year WHERE country_code = _setting('home_country')
)
SELECT country_group, year,
       any_value(income) / (sum(gdp_ppp) FILTER (population > 0) / sum(population) FILTER (gdp_ppp IS NOT NULL)) AS relinnt,
       sum(unemployment_rate * population) / sum(population) FILTER (unemployment_rate IS NOT NULL) AS led,
       count(unemployment_rate * population) AS countries
FROM country_year JOIN country USING (country_code) LEFT JOIN norway USING (year)
GROUP BY ALL;

-- country_group_coverage: how many of a country group's people the countries stand for that
-- a year's relinnt and led are computed from, beside the years before and after.
--
-- Columns: country_group, year; series, 'relinnt' or 'led'; value; countries, how many have
-- the figures that the series takes; of, how many table country has in the group; covered, of
-- the people of the countries that a year beside has, the share who live in one that this
-- year has too (the smaller of the two shares; NULL where no year beside has any); shipped,
-- whether a year beside is not computed from country_year, but taken from table macro; uneven:
-- covered is below 0.95, or a year beside is shipped and fewer than half of the countries
-- are here, so that the value is not to be compared with those beside it. .load, .check and a
-- statement that writes such a year say so. A row a year with a value; no led of group 3.
-- Example: FROM country_group_coverage WHERE uneven;
CREATE OR REPLACE VIEW country_group_coverage AS
WITH figure AS (
  SELECT country_group, 'relinnt' AS series, year, country_code, population
  FROM country_year JOIN country USING (country_code)
  WHERE gdp_ppp IS NOT NULL AND population IS NOT NULL
    AND year IN (SELECT year FROM country_year WHERE country_code = _setting('home_country') AND gdp_ppp IS NOT NULL AND population IS NOT NULL)
  UNION ALL
  SELECT country_group, 'led', year, country_code, population
  FROM country_year JOIN country USING (country_code)
  WHERE unemployment_rate IS NOT NULL AND population IS NOT NULL AND country_group < 3
),
beside AS (
  SELECT country_group, series, year, min(share) AS covered
  FROM (
    SELECT country_group, series, n.year, other, sum(n.population) FILTER (f.country_code IS NOT NULL) / sum(n.population) AS share
    FROM (SELECT * EXCLUDE (year), year AS other, unnest([year - 1, year + 1]) AS year FROM figure) n
    LEFT JOIN figure f USING (country_group, series, year, country_code)
    GROUP BY ALL
  )
  GROUP BY ALL
),
shipped AS (
  SELECT unnest([1, 2, 3, 1, 2]) AS country_group, unnest(['relinnt', 'relinnt', 'relinnt', 'led', 'led']) AS series, year,
         unnest([relinnt1, relinnt2, relinnt3, led1, led2]) AS value
  FROM macro
)
SELECT *, coalesce(covered < 0.95, false) OR shipped AND 2 * countries < "of" AS uneven
FROM (
  SELECT y.*, "of", b.covered,
         EXISTS (FROM shipped s WHERE s.country_group = y.country_group AND s.series = y.series AND abs(s.year - y.year) = 1 AND s.value IS NOT NULL
                 AND NOT EXISTS (FROM figure f WHERE f.country_group = s.country_group AND f.series = s.series AND f.year = s.year)) AS shipped
  FROM (
    SELECT f.country_group, f.year, f.series, any_value(CASE f.series WHEN 'led' THEN g.led ELSE g.relinnt END) AS value, count(*) AS countries
    FROM figure f JOIN country_group_year g USING (country_group, year) GROUP BY ALL
  ) y
  JOIN (SELECT country_group, count(*) AS "of" FROM country GROUP BY ALL) USING (country_group)
  LEFT JOIN beside b USING (country_group, series, year)
)
ORDER BY country_group, series, year;

-- _uneven_series: a text for each that is uneven.
CREATE OR REPLACE VIEW _uneven_series AS
SELECT country_group, year, series,
       series || country_group || ' of ' || year || ' is ' || round(value, 4) || ' from ' || countries || ' of ' || "of" || ' countries, ' ||
       CASE WHEN covered < 0.95 THEN 'with ' || floor(100 * covered)::INTEGER || ' per cent of the people of those of the years beside'
            ELSE 'beside years from the shipped table macro' END AS text
FROM country_group_coverage WHERE uneven;

-- _series_source(computed, value): the table that a value of macro_year is from.
CREATE OR REPLACE MACRO _series_source(computed, value) AS
  CASE WHEN computed IS NOT NULL THEN 'country_year' WHEN value IS NOT NULL THEN 'macro' END;

-- macro_year: the macro series of the panels, a row a year.
--
-- Columns: year; relinnt1, relinnt2, relinnt3; led1, led2, lednor, per cent. Each
-- is computed from country_year where that has the countries, and taken from the
-- shipped table macro where it has not; relinnt1_source ... lednor_source say from which
-- table each has come. From how many countries: country_group_coverage.
-- Example: FROM macro_year WHERE year >= 2010;
CREATE OR REPLACE VIEW macro_year AS
SELECT year,
       coalesce(any_value(relinnt) FILTER (country_group = 1), any_value(relinnt1)) AS relinnt1,
       coalesce(any_value(relinnt) FILTER (country_group = 2), any_value(relinnt2)) AS relinnt2,
       coalesce(any_value(relinnt) FILTER (country_group = 3), any_value(relinnt3)) AS relinnt3,
       coalesce(any_value(led) FILTER (country_group = 1), any_value(led1)) AS led1,
       coalesce(any_value(led) FILTER (country_group = 2), any_value(led2)) AS led2,
       coalesce(any_value(unemployment_rate), any_value(lednor)) AS lednor,
       _series_source(any_value(relinnt) FILTER (country_group = 1), any_value(relinnt1)) AS relinnt1_source,
       _series_source(any_value(relinnt) FILTER (country_group = 2), any_value(relinnt2)) AS relinnt2_source,
       _series_source(any_value(relinnt) FILTER (country_group = 3), any_value(relinnt3)) AS relinnt3_source,
       _series_source(any_value(led) FILTER (country_group = 1), any_value(led1)) AS led1_source,
       _series_source(any_value(led) FILTER (country_group = 2), any_value(led2)) AS led2_source,
       _series_source(any_value(unemployment_rate), any_value(lednor)) AS lednor_source
FROM (
  -- One aggregation over everything known of a year is several times faster than joins.
  FROM macro
  UNION ALL BY NAME
  SELECT year, country_group, relinnt, led FROM country_group_year
  UNION ALL BY NAME
  SELECT year, unemployment_rate FROM country_year WHERE country_code = _setting('home_country')
)
GROUP BY year;
