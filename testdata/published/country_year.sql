-- country_year filled from international sources, and what becomes of them: relative
-- incomes and unemployment of the report's country groups.
--   utvandring :memory: -v data=FOLDER -f country_year.sql
-- FOLDER/macro has the files as their publishers give them.
.mode markdown
.digits 4

-- Each value with its source and vintage. IMF's rates for Croatia are of registered
-- unemployment, not of the labour force survey, so that they are left out.
CREATE TEMP TABLE series AS
FROM read_pwt(getvariable('data') || '/macro/pwt101.csv.gz', vintage := '10.01')
UNION ALL
FROM read_weo(getvariable('data') || '/macro/imf_weo_lur.csv', vintage := '2019') WHERE country_code <> 'HRV'
UNION ALL
FROM read_country_series(getvariable('data') || '/macro/gapminder_aged_15plus_unemployment_rate_percent.csv', 'unemployment_rate', 'ILO via Gapminder, 15 and over')
UNION ALL
FROM read_wdi(getvariable('data') || '/macro/API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_36.csv');

.print ## What there is
SELECT source, vintage, variable, count(DISTINCT country_code) AS countries, min(year) AS first_year, max(year) AS last_year FROM series GROUP BY ALL ORDER BY ALL;

-- The rule (.help country_year_of): the IMF, else the ILO, else the World Bank; GDP and
-- population of the Penn World Table; nothing filled.
CREATE TEMP TABLE chosen AS
FROM country_year_of(series, ['IMF', 'ILO', 'World Bank', 'Penn World Table']) WHERE year BETWEEN 1990 AND 2013;
INSERT OR REPLACE INTO country_year BY NAME SELECT * EXCLUDE (unemployment_source, gdp_source) FROM chosen;

.print
.print ## Where the unemployment rates of groups 1 and 2 come from
SELECT country_group, unemployment_source, count(*) AS country_years FROM chosen JOIN country USING (country_code)
WHERE country_group < 3 AND unemployment_rate IS NOT NULL GROUP BY ALL ORDER BY ALL;

.print
.print ## What is lacking of groups 1 and 2
SELECT country_group, variable, count(DISTINCT country_code) AS countries, sum(years) AS country_years, string_agg(DISTINCT country_code, ' ' ORDER BY country_code) AS which
FROM country_year_gap(1990, 2013) WHERE country_group < 3 GROUP BY ALL ORDER BY ALL;

.print
.print ## Years that are not to be compared with those beside them
SELECT country_group, year, series, round(value, 6) AS value, countries, "of", round(covered, 6) AS covered FROM country_group_coverage WHERE uneven AND year BETWEEN 1990 AND 2013;

.print
.print ## The series of the report
SELECT year, round(relinnt1, 6) AS relinnt1, round(relinnt2, 6) AS relinnt2, round(relinnt3, 6) AS relinnt3, lednor,
       round(led1, 6) AS led1, round(led2, 6) AS led2, led1_source
FROM macro_year WHERE year IN (1990, 1995, 2000, 2005, 2010, 2013) ORDER BY year;

.print
.print ## A gap of two years filled on the straight line, told as filled
CREATE TEMP TABLE holes AS FROM series WHERE NOT (country_code = 'NOR' AND variable = 'unemployment_rate' AND year IN (2000, 2001));
SELECT year, unemployment_rate, unemployment_source FROM country_year_of(holes, ['IMF'], fill := 2) WHERE country_code = 'NOR' AND year BETWEEN 1999 AND 2002;
