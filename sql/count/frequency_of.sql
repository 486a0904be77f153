-- frequency_of(cells, dims, count := 'all'): the emigration frequency of any cells
-- by any of their columns.
--
-- cells: a table, view or CTE with year, residents, emigrations and
-- emigrations_macro. dims: a column or a list of columns; [] is the total. count:
-- 'macro' leaves same-year movers out, as the macro analysis does.
-- Columns: year, the dims in the order of cells, residents, emigrations, frequency
-- (emigrations in the year per 100 residents on 1 January; NULL where nobody lives).
-- Source: Rapporter 2015/17, section 1.2.2.
-- Example: WITH oslo AS (FROM cell WHERE county = 'Oslo') FROM frequency_of(oslo, ['sex', 'age_group']);
CREATE OR REPLACE MACRO frequency_of(cells, dims, count := 'all') AS TABLE
SELECT *, 100.0 * emigrations / nullif(residents, 0) AS frequency
FROM (
  SELECT COLUMNS(list_concat(['year'], _names(dims))),
         sum(residents)::BIGINT AS residents,
         sum(COLUMNS(_column_counted({count: count})))::BIGINT AS emigrations
  FROM query_table(cells)
  GROUP BY ALL
)
ORDER BY ALL;
