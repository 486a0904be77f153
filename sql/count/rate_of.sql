-- _person_years(x, who): _total of person_years that are days / 365.25 without what adding them
-- up has put to it; of others, as whole ones of protected cells, as it is.
CREATE OR REPLACE MACRO _person_years(x, who) AS
CASE WHEN _total(x, who) IS NULL THEN NULL WHEN abs(fsum(x) * 365.25 - round(fsum(x) * 365.25)) < 0.001 THEN round(fsum(x) * 365.25) / 365.25 ELSE fsum(x) END;

-- rate_of(cells, dims, events := 'emigrations', level := 0.95): how often something
-- happens per 100 person-years, of any cells by any of their columns.
--
-- cells: a table, view or CTE with year, person_years and the counts; what is NULL is not
-- known, nor is a sum that it is part of; below 0 is an error. dims: a column or a list of
-- columns; [] is the total. events: the column that is counted: 'emigrations', 'deaths',
-- 'moves_out', …
-- Columns: year, the dims in the order of cells, events, person_years (the days of all,
-- added up and divided by 365.25 once), rate per 100, low and high: an exact Poisson
-- interval of that level (Garwood 1936). NULL where nobody lived. frequency_of divides by
-- the residents of 1 January instead, whom those who come later in the year are not among.
-- Source: Carstensen (2005), Demography and epidemiology: practical use of the Lexis diagram.
-- Example: FROM rate_of(cell, ['county'], events := 'deaths') WHERE year = 2013;
CREATE OR REPLACE MACRO rate_of(cells, dims, events := 'emigrations', level := 0.95) AS TABLE
SELECT * EXCLUDE (_count, person_years, _limit), _count AS events, person_years,
       100 * _count / nullif(person_years, 0) AS rate,
       100 * _limit.low / nullif(person_years, 0) AS low,
       100 * _limit.high / nullif(person_years, 0) AS high
FROM (
  SELECT *, _limits(_count, _count, {level: level})[1] AS _limit
  FROM (
    SELECT COLUMNS(list_concat(['year'], _dimensions('rate_of', dims))), _whole(_total(COLUMNS([events::VARCHAR]), 'rate_of'), 'rate_of') AS _count,
           _person_years(person_years, 'rate_of') AS person_years
    FROM query_table(cells)
    GROUP BY ALL
  )
)
ORDER BY ALL;
