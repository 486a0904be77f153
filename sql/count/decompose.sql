-- _decompose_cells(cells, by, over, count): the cells of by and over as one list, in
-- which the levels stand in their own order: what the functions of decompose take.
CREATE OR REPLACE MACRO _decompose_cells(cells, "by", "over", count) AS TABLE
SELECT list(_row) AS _rows
FROM (
  SELECT COLUMNS(list_distinct(list_concat(_columns_named('decompose: by', "by"), _columns_named('decompose: over', "over"))))::VARCHAR, residents, emigrations
  FROM (
    SELECT COLUMNS(list_distinct(list_concat(_columns_named('decompose: by', "by"), _columns_named('decompose: over', "over")))), _known_total(residents, 'decompose')::DOUBLE AS residents,
           _known_total(COLUMNS(_column_counted({count: count})), 'decompose')::DOUBLE AS emigrations
    FROM query_table(cells) GROUP BY ALL ORDER BY ALL
  )
) _row;

-- decompose(cells, by, over, from, to, count := 'all'): how much of the difference
-- between the frequencies of two groups is who lives there, and how much is what
-- they do (Kitagawa; Das Gupta).
--
-- cells: a table, view or CTE with residents, emigrations and emigrations_macro; all
-- its years together, so filter it, or compare years. by: the column that tells
-- the groups apart: 'county', 'year', or a column of your own such as a period.
-- over: the factors of the composition, one name or a list of up to 10. from, to: a
-- value of by, a list of values taken together, or NULL for everybody in cells.
-- count: as frequency_of. ("by", "from" and "to" are SQL words: give the arguments
-- by position.)
-- Columns: component, 'composition' (a row a factor) or 'rates'; factor; effect, in
-- percentage points: the effects add up to frequency_to - frequency_from exactly;
-- share of that difference, NULL where it is 0; frequency_from and frequency_to, per
-- 100. A third component, 'no residents', stands there when people emigrated who
-- belong to a combination of the factors in which nobody lived on 1 January.
--
-- With w the share of the residents and r the frequency in each combination of the
-- factors, rates is the sum of (w_from + w_to)/2 * (r_to - r_from), composition that
-- of (r_from + r_to)/2 * (w_to - w_from), divided among the factors symmetrically: w
-- is written as a product of one term a factor, and a factor's effect is what
-- exchanging its term does, averaged over all orders (the Shapley value). Where one
-- group has no residents in a combination, the other's frequency is taken for
-- both, so that the difference there is composition. Finer factors move rates into
-- composition: name them when you report it.
-- Source: Kitagawa (1955), JASA 50, 1168-1194; Das Gupta (1978), Demography 15,
-- 99-112, and (1993), Standardization and Decomposition of Rates, U.S. Bureau of
-- the Census P23-186, chapter 5 and equation 3.54.
-- Example: FROM decompose(cell, 'county', ['duration_group', 'age_group', 'country_group', 'sex'],
--   ['Aust-Agder', 'Vest-Agder'], 'Oslo');
CREATE OR REPLACE MACRO decompose(cells, "by", "over", "from", "to", count := 'all') AS TABLE
SELECT unnest(_decompose("by", "over", "from", "to", _rows), recursive := true)
FROM _decompose_cells(cells, "by", "over", count);

-- decompose_rates(cells, by, over, from, to, count := 'all'): which people make the
-- component rates of decompose.
--
-- Arguments as decompose. Columns: factor, level (NULL: not known), effect in
-- percentage points, share of the whole difference. Each factor divides the same
-- component: the effects of the levels of a factor add up to rates.
-- Example: FROM decompose_rates(cell, 'year', ['duration_group', 'country_group'], 2007, 2013);
CREATE OR REPLACE MACRO decompose_rates(cells, "by", "over", "from", "to", count := 'all') AS TABLE
SELECT unnest(_decompose_rates("by", "over", "from", "to", _rows), recursive := true)
FROM _decompose_cells(cells, "by", "over", count);
