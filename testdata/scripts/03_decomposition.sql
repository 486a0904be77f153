-- What makes Oslo, Rogaland and Sør-Trøndelag high and Agder low, and what made the
-- national frequency rise after 2007? The report argues it in words (sections 3.2.3,
-- 5.2 and 5.3): part of a difference is who lives there, part is what they do. Here it
-- gets numbers, for every period and combination by the same few lines.
--
--   utvandring -f testdata/scripts/03_decomposition.sql
--
-- Composition is by duration of residence, age, country group and sex, crossed. What
-- these four do not tell apart (reason for immigration, work, education, family)
-- counts as what people do. Numbers of a demo register are of invented people.
.mode markdown

CREATE OR REPLACE TEMP VIEW studied AS
SELECT *, CASE WHEN county IN ('Aust-Agder', 'Vest-Agder') THEN 'Agder' ELSE county END AS region,
       CASE WHEN year BETWEEN 2004 AND 2007 THEN '2004-2007' WHEN year BETWEEN 2008 AND 2013 THEN '2008-2013' END AS period
FROM cell WHERE year BETWEEN 2004 AND 2013 AND county IS NOT NULL;

SET VARIABLE factors = ['duration_group', 'age_group', 'country_group', 'sex'];

.print ## Counties as they are and standardised, 2004-2013
-- standardised: with the country's composition. ratio: emigrations by what its own
-- composition lets expect, with an exact 95 per cent interval.
SELECT region, residents, emigrations, round(frequency, 2) AS frequency, round(standardised, 2) AS standardised,
       round(ratio, 2) AS ratio, round(ratio_low, 2) AS ratio_low, round(ratio_high, 2) AS ratio_high, round(covered, 3) AS covered
FROM frequency_standardised(studied, 'region', getvariable('factors'))
ORDER BY ratio DESC;

.print
.print ## Each against the country, 2004-2013: percentage points
CREATE OR REPLACE TEMP MACRO against_country(place) AS TABLE
SELECT place AS region, * FROM decompose(studied, 'region', getvariable('factors'), NULL, place);

CREATE OR REPLACE TEMP TABLE against AS
FROM against_country('Oslo') UNION ALL FROM against_country('Rogaland') UNION ALL FROM against_country('Sør-Trøndelag') UNION ALL FROM against_country('Agder');

SELECT region, round(any_value(frequency_from), 2) AS country, round(any_value(frequency_to), 2) AS frequency,
       round(any_value(frequency_to - frequency_from), 2) AS difference,
       round(sum(effect) FILTER (factor = 'duration_group'), 2) AS duration, round(sum(effect) FILTER (factor = 'age_group'), 2) AS age,
       round(sum(effect) FILTER (factor = 'country_group'), 2) AS country_group, round(sum(effect) FILTER (factor = 'sex'), 2) AS sex,
       round(sum(effect) FILTER (component <> 'composition'), 2) AS rates
FROM against GROUP BY region ORDER BY difference DESC;

.print
.print ## In a sentence
SELECT region || ' is ' || CASE WHEN difference > 0 THEN 'higher' ELSE 'lower' END || ' than the country by ' || round(abs(difference), 2) || ' points: ' ||
       round(composition, 2) || ' by who lives there, ' || round(difference - composition, 2) || ' by what they do.' AS answer
FROM (
  SELECT region, any_value(frequency_to - frequency_from) AS difference, sum(effect) FILTER (component = 'composition') AS composition
  FROM against GROUP BY region
) ORDER BY difference DESC;

.print
.print ## Which people make Oslo's rates differ from Agder's
SELECT factor, level, round(effect, 2) AS effect
FROM decompose_rates(studied, 'region', getvariable('factors'), 'Agder', 'Oslo')
WHERE factor IN ('duration_group', 'country_group');

.print
.print ## Does the answer hang on the choice of factors? Agder to Oslo
SELECT 'duration' AS factors, round(sum(effect) FILTER (component = 'composition'), 2) AS composition, round(sum(effect) FILTER (component = 'rates'), 2) AS rates
FROM decompose(studied, 'region', 'duration_group', 'Agder', 'Oslo')
UNION ALL
SELECT 'duration, country group', round(sum(effect) FILTER (component = 'composition'), 2), round(sum(effect) FILTER (component = 'rates'), 2)
FROM decompose(studied, 'region', ['duration_group', 'country_group'], 'Agder', 'Oslo')
UNION ALL
SELECT 'duration, country group, age, sex', round(sum(effect) FILTER (component = 'composition'), 2), round(sum(effect) FILTER (component = 'rates'), 2)
FROM decompose(studied, 'region', ['duration_group', 'country_group', 'age_group', 'sex'], 'Agder', 'Oslo');

.print
.print ## The country before and after 2007: percentage points
SELECT '2007 to 2013' AS change, component, factor, round(effect, 2) + 0 AS effect, round(frequency_from, 2) AS frequency_from, round(frequency_to, 2) AS frequency_to
FROM decompose(cell, 'year', getvariable('factors'), 2007, 2013)
UNION ALL
SELECT '2004-2007 to 2008-2013', component, factor, round(effect, 2) + 0, round(frequency_from, 2), round(frequency_to, 2)
FROM decompose(studied, 'period', getvariable('factors'), '2004-2007', '2008-2013');

.print
.print ## Whose rates changed between 2007 and 2013
SELECT factor, level, round(effect, 2) AS effect
FROM decompose_rates(cell, 'year', getvariable('factors'), 2007, 2013)
WHERE factor IN ('duration_group', 'country_group');

.print
.print ## The same year by year: composition and rates against 2007
CREATE OR REPLACE TEMP MACRO since_2007(last) AS TABLE
SELECT last AS year, * FROM decompose(cell, 'year', getvariable('factors'), 2007, last);

SELECT year, round(any_value(frequency_to), 2) AS frequency, round(sum(effect) FILTER (component = 'composition'), 2) AS composition,
       round(sum(effect) FILTER (component <> 'composition'), 2) AS rates
FROM (FROM since_2007(2008) UNION ALL FROM since_2007(2009) UNION ALL FROM since_2007(2010)
      UNION ALL FROM since_2007(2011) UNION ALL FROM since_2007(2012) UNION ALL FROM since_2007(2013))
GROUP BY year ORDER BY year;
