-- frequency_interval(cells, dims, level := 0.95, count := 'all', method := 'poisson'):
-- frequency_of with an exact interval around every frequency.
--
-- cells, dims, count: as frequency_of. level: of confidence, between 0 and 1. method:
-- 'poisson' takes emigrations as events (Garwood 1936: half of chi-squared(a/2; 2n)
-- and of chi-squared(1 - a/2; 2n + 2), a = 1 - level), which they are: a person may
-- emigrate twice, and some who leave came in the year. 'binomial' takes them as
-- persons among the residents (Clopper and Pearson 1934), and is refused where they
-- are more than the residents.
-- Columns: as frequency_of, then low and high, per 100. NULL where nobody lives.
-- The interval covers the frequency behind the count with at least the level (of 100 of 95
-- per cent 1 to 5 miss it, 1 with few emigrations), if people leave independently of each
-- other. Families do not: it is then too narrow.
-- Example: FROM frequency_interval(cell, ['county', 'age_group']) WHERE year = 2013;
CREATE OR REPLACE MACRO frequency_interval(cells, dims, level := 0.95, count := 'all', method := 'poisson') AS TABLE
SELECT * EXCLUDE (_limit),
       100 * _limit.low / nullif(residents, 0) AS low,
       100 * _limit.high / nullif(residents, 0) AS high
FROM (SELECT *, _limits(emigrations, residents, {method: method, level: level})[1] AS _limit FROM frequency_of(cells, dims, count := count))
ORDER BY ALL;
