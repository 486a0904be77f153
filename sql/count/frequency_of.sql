-- _total(x, who): the sum of counts, NULL where one of them is not known: it is not zero. An
-- error where one is negative: nothing is counted so.
CREATE OR REPLACE MACRO _total(x, who) AS
  CASE WHEN min(x) < 0 THEN error(who || ': a count is ' || min(x) || ', and none is below 0: correct the cells, or leave it out (WHERE …)')
       WHEN count(*) = count(x) THEN sum(x) END;

-- _known_total(x, who): the same, but an error where one is not known.
CREATE OR REPLACE MACRO _known_total(x, who) AS
  CASE WHEN count(*) = count(x) THEN _total(x, who) ELSE error(who || ': a count is NULL, so that what it is part of is not known: leave its groups out (WHERE …)') END;

-- _whole(total, who): a sum of counts, an error where it is no whole number: rounded, it would
-- be another.
CREATE OR REPLACE MACRO _whole(total, who) AS
  CASE WHEN total::BIGINT <> total THEN error(who || ': counts add up to ' || total || ', which is no whole number of persons or events: round them first') ELSE total::BIGINT END;

-- frequency_of(cells, dims, count := 'all'): the emigration frequency of any cells
-- by any of their columns.
--
-- cells: a table, view or CTE with year, residents, emigrations and, for count := 'macro',
-- emigrations_macro: those of the register, or published counts with whatever dimensions
-- they have. A count that is NULL is not known, nor is a sum that it is part of; counts
-- below 0 and sums that are not whole numbers are an error. dims: a column or a list of
-- columns; [] is the total. count: 'macro' leaves same-year movers out, as the macro analysis
-- does.
-- Columns: year, the dims in the order of cells, residents, emigrations, frequency
-- (emigrations in the year per 100 residents on 1 January; NULL where nobody lives).
-- Source: Rapporter 2015/17, section 1.2.2.
-- Example: WITH oslo AS (FROM cell WHERE county = 'Oslo')
--   FROM frequency_of(oslo, ['sex', 'age_group']);
CREATE OR REPLACE MACRO frequency_of(cells, dims, count := 'all') AS TABLE
SELECT *, 100.0 * emigrations / nullif(residents, 0) AS frequency
FROM (
  SELECT * REPLACE (_whole(residents, 'frequency_of') AS residents, _whole(emigrations, 'frequency_of') AS emigrations)
  FROM (
    SELECT COLUMNS(list_concat(['year'], _dimensions('frequency_of', dims))),
           _total(residents, 'frequency_of') AS residents, _total(COLUMNS(_column_counted({count: count})), 'frequency_of') AS emigrations
    FROM query_table(cells)
    GROUP BY ALL
  )
)
ORDER BY ALL;
