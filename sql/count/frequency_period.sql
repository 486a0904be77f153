-- _periods_of(who, cells, periods): the periods asked for, with years, how many of its years
-- cells have.
CREATE OR REPLACE MACRO _periods_of(who, cells, periods) AS TABLE
SELECT _p.first_year::INTEGER AS first_year, _p.last_year::INTEGER AS last_year, _p.first_year || '-' || _p.last_year AS period, _n AS years
FROM (SELECT _p, (SELECT count(DISTINCT year) FROM query_table(cells) WHERE year BETWEEN _p.first_year AND _p.last_year) AS _n -- cells may be called years
      FROM (SELECT unnest(_periods(who, periods, (SELECT list(DISTINCT year) FROM query_table(cells)))) AS _p));

-- frequency_period(cells, dims, periods, count := 'all'): the emigration frequency
-- as a yearly average over periods.
--
-- cells, dims, count: as frequency_of. periods: a list of [first_year, last_year],
-- both included; they may overlap.
-- Columns: first_year, last_year, period (as text), the dims in the
-- order of cells; years (those of the period that cells has); residents and emigrations, averages
-- a year; frequency, the emigrations of all the years per 100 of their residents,
-- in which a year counts by the people in it; mean_frequency, the plain mean of the
-- yearly frequencies, in which small years jump. Both are NULL where nobody lives
-- in any year.
-- Source: Rapporter 2015/17, figures 5.31-5.47 ("årlig gjennomsnitt").
-- Example: FROM frequency_period(cell, ['county'], [[2004,2008],[2009,2013]]);
CREATE OR REPLACE MACRO frequency_period(cells, dims, periods, count := 'all') AS TABLE
WITH _period AS (FROM _periods_of('frequency_period', cells, periods))
SELECT first_year, last_year, period, COLUMNS(list_concat(_dimensions('frequency_period', dims), ['years'])),
       _total(residents, 'frequency_period') / any_value(years) AS residents,
       _total(emigrations, 'frequency_period') / any_value(years) AS emigrations,
       100.0 * _total(emigrations, 'frequency_period') / nullif(_total(residents, 'frequency_period'), 0) AS frequency,
       CASE WHEN count(*) = count(emigrations + residents) THEN avg(frequency ORDER BY year) END AS mean_frequency -- the same to the last digit at every reading
FROM frequency_of(cells, dims, count := count) JOIN _period ON year BETWEEN first_year AND last_year
GROUP BY ALL
ORDER BY ALL;
