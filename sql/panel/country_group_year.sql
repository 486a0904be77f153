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

-- macro_year: the macro series of the panels, a row a year.
--
-- Columns: year; relinnt1, relinnt2, relinnt3; led1, led2, lednor, per cent. Each
-- is computed from country_year where that has the countries, and taken from the
-- shipped table macro where it has not.
-- Example: FROM macro_year WHERE year >= 2010;
CREATE OR REPLACE VIEW macro_year AS
SELECT year,
       coalesce(any_value(relinnt) FILTER (country_group = 1), any_value(relinnt1)) AS relinnt1,
       coalesce(any_value(relinnt) FILTER (country_group = 2), any_value(relinnt2)) AS relinnt2,
       coalesce(any_value(relinnt) FILTER (country_group = 3), any_value(relinnt3)) AS relinnt3,
       coalesce(any_value(led) FILTER (country_group = 1), any_value(led1)) AS led1,
       coalesce(any_value(led) FILTER (country_group = 2), any_value(led2)) AS led2,
       coalesce(any_value(unemployment_rate), any_value(lednor)) AS lednor
FROM (
  -- One aggregation over everything known of a year is several times faster than joins.
  FROM macro
  UNION ALL BY NAME
  SELECT year, country_group, relinnt, led FROM country_group_year
  UNION ALL BY NAME
  SELECT year, unemployment_rate FROM country_year WHERE country_code = _setting('home_country')
)
GROUP BY year;
