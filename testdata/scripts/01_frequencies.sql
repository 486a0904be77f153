-- Who emigrates? Section 3.2 of the report: numbers, then frequencies.
--
--   utvandring -f testdata/scripts/01_frequencies.sql
--
-- Prints Markdown. Numbers of a demo register are of invented people.
.mode markdown

.print ## Immigrants: residents, emigrations and frequency
SELECT year, residents, emigrations, round(frequency, 2) AS frequency FROM frequency WHERE year >= 2000;

.print
.print ## Women and men (figures 3.11 and 3.12)
PIVOT (SELECT year, sex, round(frequency, 2) AS frequency FROM figure_3_12) ON sex USING any_value(frequency) ORDER BY year;

.print
.print ## Average of the years by one dimension at a time, 2000-2013
SELECT 'sex' AS dimension, sex::VARCHAR AS level, round(frequency, 2) AS frequency FROM frequency_period(cell, 'sex', [[2000,2013]])
UNION ALL
SELECT 'age', age_group::VARCHAR, round(frequency, 2) FROM frequency_period(cell, 'age_group', [[2000,2013]])
UNION ALL
SELECT 'duration of residence', duration_group::VARCHAR, round(frequency, 2) FROM frequency_period(cell, 'duration_group', [[2000,2013]])
UNION ALL
SELECT 'country group', country_group::VARCHAR, round(frequency, 2) FROM frequency_period(cell, 'country_group', [[2000,2013]]);

.print
.print ## Share of emigrants aged 20-39, 2009-2013, same-year movers left out (figure 3.7)
-- The report: 69 per cent of the women and 63 per cent of the men.
SELECT sex, round(100 * sum(emigrations) FILTER (age BETWEEN 20 AND 39) / sum(emigrations), 1) AS percent
FROM figure_3_7 GROUP BY sex ORDER BY sex;

.print
.print ## The most common duration of residence among emigrants (figure 3.9)
-- The report: one year in country group 1, two in groups 2 and 3.
SELECT country_group, arg_max(duration, emigrations) AS years FROM figure_3_9 GROUP BY country_group ORDER BY country_group;

.print
.print ## What leaving out same-year movers means
SELECT a.year, a.emigrations AS all_emigrations, m.emigrations AS without_same_year_movers,
       round(a.frequency, 2) AS frequency, round(m.frequency, 2) AS frequency_without
FROM frequency a JOIN frequency_of(cell, [], count := 'macro') m USING (year)
WHERE year >= 2009 ORDER BY year;
