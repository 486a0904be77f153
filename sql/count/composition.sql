-- composition(cells, dims, of, periods): who the residents of each group are.
--
-- cells: a table, view or CTE with year and residents. dims: a column or a list of
-- columns; [] is the total. of: the column (or columns) whose shares are wanted.
-- periods: a list of [first_year, last_year], both included.
-- Columns: first_year, last_year, period (as text), the dims, then of; residents,
-- the average on 1 January over the years of the period that cells has; share of
-- the residents of the dims in the period, a fraction: the shares of a group add up
-- to 1; percent, the same in per cent. NULL where nobody lives.
-- Source: Rapporter 2015/17, figures 5.27-5.30.
-- Example: FROM composition(cell, ['county'], 'duration_group', [[2004,2008],[2009,2013]]);
CREATE OR REPLACE MACRO composition(cells, dims, of, periods) AS TABLE
WITH _period AS (FROM _periods_of('composition', cells, periods))
SELECT first_year, last_year, COLUMNS(list_concat(['period'], _dimensions('composition', dims))), COLUMNS(_dimensions('composition', of)),
       residents / years AS residents,
       residents / nullif(of_group, 0) AS share,
       100 * residents / nullif(of_group, 0) AS percent
FROM (
  SELECT *, CASE WHEN count(*) OVER _whole = count(residents) OVER _whole THEN sum(residents) OVER _whole END AS of_group
  FROM (
    SELECT first_year, last_year, period, COLUMNS(list_concat(_names(dims), ['years'])), COLUMNS(_names(of)),
           row(*COLUMNS(list_concat(['first_year', 'last_year'], _names(dims)))) AS _group,
           _total(residents, 'composition') AS residents
    FROM query_table(cells) JOIN _period ON year BETWEEN first_year AND last_year
    GROUP BY ALL
  )
  WINDOW _whole AS (PARTITION BY _group)
)
ORDER BY ALL;
