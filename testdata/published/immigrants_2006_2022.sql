-- What can be said about immigrants in 2006-2022 without a register: from published
-- stocks and flows of Statistics Norway, through the macros that count a register.
--   utvandring :memory: -v data=FOLDER -f immigrants_2006_2022.sql
-- FOLDER/ssb has the published files. Counts that come aggregated are cells: a table
-- with year, residents, and whatever dimensions they have.
.mode markdown
.digits 4

-- Stocks: immigrants by country, municipality and year. Small counts are left out of the
-- file by its publisher, so that sums are somewhat low. Municipalities are those of each
-- year; their centrality is that of 2013, also of one that was made of several later where
-- all of these had the same; else it is NULL, not known.
CREATE TEMP TABLE place AS
SELECT region, centrality
FROM (SELECT DISTINCT region FROM read_csv(getvariable('data') || '/ssb/immigrants_country_municipality_2006_2022.csv.gz', types = {'region': 'VARCHAR'}))
LEFT JOIN read_csv(getvariable('data') || '/ssb/region_to_2013_code.csv', all_varchar = true) USING (region)
LEFT JOIN LATERAL (
  SELECT CASE WHEN min(centrality) = max(centrality) THEN min(centrality) END AS centrality
  FROM municipality WHERE municipality_code = code2013 OR code2013 IS NULL AND list_contains(municipality_in(region, DATE '2022-01-01', 2013), municipality_code)
) ON true;
CREATE TEMP TABLE stock AS
SELECT year, centrality, country_group, persons AS residents
FROM read_csv(getvariable('data') || '/ssb/immigrants_country_municipality_2006_2022.csv.gz', types = {'region': 'VARCHAR'}) s
JOIN place USING (region) LEFT JOIN country c ON c.country_code = country_in(s.country, 'name');

.print ## Immigrants by where they come from (no group: those that the file calls others)
SELECT first_year AS year, country_group, residents, percent FROM composition(stock, [], 'country_group', [[2007, 2007], [2013, 2013], [2022, 2022]]) ORDER BY ALL;

.print
.print ## Immigrants by centrality: table 5.1 of the report prints 5.8, 4.0, 12.1 and 78.1 per cent for 2013
SELECT first_year AS year, centrality, residents, percent FROM composition(stock, [], 'centrality', [[2007, 2007], [2013, 2013], [2022, 2022]]) ORDER BY ALL;

.print
.print ## How the stock grew: immigration less emigration and deaths, which stocks alone do not tell apart
SELECT centrality, sum(residents) FILTER (year = 2007) AS in_2007, sum(residents) FILTER (year = 2022) AS in_2022,
       100 * ((in_2022 / in_2007) ^ (1 / 15) - 1) AS percent_a_year
FROM stock WHERE centrality IS NOT NULL GROUP BY centrality ORDER BY centrality;

-- Flows: emigrations of everybody by county in 2008, children and others; and those they
-- are out of, the population by age. Sandefjord, Andebu and Stokke are not in that file,
-- so that Vestfold's residents are not known: NULL, not a number that is too low.
CREATE TEMP TABLE population AS
SELECT m.county, CASE WHEN TRY_CAST(regexp_extract(age, '^[0-9]+') AS INTEGER) < 18 THEN '0-17' ELSE '18+' END AS age_group, sum("Persons 2008"::BIGINT)::BIGINT AS residents
FROM read_csv(getvariable('data') || '/ssb/population_municipality_age_2005_2009.tsv.gz', delim = '\t', encoding = 'latin-1', all_varchar = true) p
JOIN municipality m ON m.municipality_code = left(p.region, 4)
GROUP BY ALL;
CREATE TEMP TABLE flow AS
WITH emigrations AS (
  SELECT substr(county, 4) AS county, unnest(['0-17', '18+']) AS age_group, unnest([emi_0_17, emi_all - emi_0_17]) AS emigrations
  FROM read_csv(getvariable('data') || '/ssb/flows_by_county_2008.csv') WHERE county <> 'Hele landet'
)
SELECT 2008 AS year, county, age_group, if(county = 'Vestfold', NULL, residents) AS residents, emigrations
FROM emigrations LEFT JOIN population USING (county, age_group);

.print
.print ## Emigrations of everybody per 100 residents, 2008, by county
FROM frequency_of(flow, 'county') ORDER BY frequency DESC NULLS LAST;

.print
.print ## The same with the whole country's children and others
CREATE TEMP TABLE known AS FROM flow WHERE county <> 'Vestfold';
SELECT county, frequency, standardised, ratio, ratio_low, ratio_high FROM frequency_standardised(known, 'county', 'age_group') ORDER BY standardised DESC LIMIT 5;

.print
.print ## Why Oslo is above Finnmark
FROM decompose(known, 'county', 'age_group', 'Finnmark', 'Oslo');

.print
.print ## Emigrations of foreign citizens per 100 immigrants, where the year of a flow has a stock
-- Citizenship is not country of birth: immigrants who became Norwegians are among the
-- residents and not among these emigrations, so that the frequency is too low.
CREATE TEMP TABLE citizens AS
SELECT year, sum(residents) AS residents, any_value(emigration) AS emigrations
FROM stock JOIN read_csv(getvariable('data') || '/ssb/emigration_immigration_by_citizenship.csv') f USING (year)
WHERE citizenship_no = 'Utlandet i alt' GROUP BY year;
FROM frequency_interval(citizens, []);

-- What cannot be said without a register: emigration by municipality, country group and
-- duration of residence together, and who emigrates of those who came when.
