-- From where do they emigrate? Chapter 5 of the report: centrality, then counties.
--
--   utvandring -f testdata/scripts/02_regions.sql
.mode markdown

.print ## Municipalities by centrality (table 5.1)
SELECT centrality, title, municipalities, round(population_percent, 1) AS population_percent, round(immigrant_percent, 1) AS immigrant_percent FROM table_5_1;

.print
.print ## Frequency by centrality (figure 5.2)
PIVOT (SELECT year, centrality, round(frequency, 2) AS frequency FROM figure_5_2) ON centrality USING any_value(frequency) ORDER BY year;

.print
.print ## Who lives in the counties: the last period of figures 5.27-5.30
WITH composition AS (
  SELECT county, 'duration 0-5' AS what, sum(percent) FILTER (duration_group IN ('0-2', '3-5')) AS percent FROM figure_5_27 WHERE period = '2009-2013' GROUP BY county
  UNION ALL
  SELECT county, 'country group 3', sum(percent) FILTER (country_group = 3) FROM figure_5_28 WHERE period = '2009-2013' GROUP BY county
  UNION ALL
  SELECT county, 'men', sum(percent) FILTER (sex = 'male') FROM figure_5_29 WHERE period = '2009-2013' GROUP BY county
  UNION ALL
  SELECT county, 'age 18-34', sum(percent) FILTER (age_group = '18-34') FROM figure_5_30 WHERE period = '2009-2013' GROUP BY county
)
PIVOT (SELECT county, what, round(percent, 1) AS percent FROM composition) ON what USING any_value(percent) ORDER BY county;

.print
.print ## Frequency by county (figure 5.47) and the change between the periods
SELECT county, round(first.frequency, 2) AS "2004-2008", round(last.frequency, 2) AS "2009-2013",
       round(last.frequency - first.frequency, 2) AS change
FROM (FROM figure_5_47 WHERE period = '2004-2008') first JOIN (FROM figure_5_47 WHERE period = '2009-2013') last USING (county)
ORDER BY last.frequency DESC;

.print
.print ## How much of it may be chance: newly arrived, 2013, with exact 95 per cent intervals
WITH newcomers AS (FROM cell WHERE duration_group = '0-2' AND county IS NOT NULL)
SELECT county, residents, emigrations, round(frequency, 1) AS frequency, round(low, 1) AS low, round(high, 1) AS high
FROM frequency_interval(newcomers, 'county') WHERE year = 2013 ORDER BY county;
