-- panel_long(cells, dims): a panel in long form: a row a year and group, ready for a model
-- of each group, or for a system over groups (PIVOT makes it wide).
--
-- cells: as cell. dims: a column or a list of columns: the groups.
-- Columns: year, the dims in the order of cells; residents on 1 January, person_years,
-- emigrations and emigrations_macro in the year; frequency, emigrations per 100 residents;
-- emi, emigrations_macro per resident (a fraction, as in panel_1); anko and anme, the shares
-- of the residents with a duration of 0-2 and 3-9 years; the series of macro_year; trend, 1
-- in 1990. NULL where nobody lives, and where a count is part that is NULL: it is not known.
-- Example: SELECT county, frequency, anko FROM panel_long(cell, ['county']) WHERE year = 2013;
CREATE OR REPLACE MACRO panel_long(cells, dims) AS TABLE
SELECT *, year - 1989 AS trend
FROM (
  SELECT * EXCLUDE (_few, _more) REPLACE (_whole(residents, 'panel_long') AS residents, _whole(emigrations, 'panel_long') AS emigrations, _whole(emigrations_macro, 'panel_long') AS emigrations_macro),
         100 * emigrations / nullif(residents, 0) AS frequency, emigrations_macro / nullif(residents, 0) AS emi,
         coalesce(_few, 0) / nullif(residents, 0) AS anko, coalesce(_more, 0) / nullif(residents, 0) AS anme
  FROM (
    SELECT COLUMNS(list_concat(['year'], _dimensions('panel_long', dims))), _total(residents, 'panel_long') AS residents, _person_years(person_years, 'panel_long') AS person_years,
           _total(emigrations, 'panel_long') AS emigrations, _total(emigrations_macro, 'panel_long') AS emigrations_macro,
           sum(residents) FILTER (duration_group_macro::VARCHAR::duration_group_macro = '0-2') AS _few, sum(residents) FILTER (duration_group_macro::VARCHAR::duration_group_macro = '3-9') AS _more
    FROM query_table(cells)
    GROUP BY ALL
  )
)
LEFT JOIN macro_year USING (year)
ORDER BY ALL;
