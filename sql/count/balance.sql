-- balance: the account that ties residents and events together, of everybody.
--
-- Columns: year, municipality_code (NULL: not known); residents on 1 January; births,
-- immigrations, moves_in; deaths, emigrations, moves_out in the year; unexplained: what
-- would have to be added to arrive at the residents of the next 1 January, NULL in the
-- last counted year. In a register that records everything it is 0 but for events on a 1
-- January, which the residents of that day have behind them already. Without death_date
-- the dead are in it, and so are residents who come or go without an event, codes that are
-- read otherwise from one year to the next, and changes of code that may or may not be
-- moves. .check says how many.
-- Example: SELECT year, sum(residents), sum(unexplained) FROM balance GROUP BY year ORDER BY year;
CREATE OR REPLACE VIEW balance AS
SELECT year, municipality_code, sum(residents)::BIGINT AS residents, sum(births)::BIGINT AS births, sum(immigrations)::BIGINT AS immigrations, sum(moves_in)::BIGINT AS moves_in,
       sum(deaths)::BIGINT AS deaths, sum(emigrations)::BIGINT AS emigrations, sum(moves_out)::BIGINT AS moves_out,
       CASE WHEN year < (SELECT max(year) FROM counted_year)
            THEN (sum(next_residents) - sum(residents) - sum(births) - sum(immigrations) - sum(moves_in) + sum(deaths) + sum(emigrations) + sum(moves_out))::BIGINT END AS unexplained
FROM (
  SELECT year, municipality_code, residents, births, immigrations, moves_in, deaths, emigrations, moves_out, 0 AS next_residents FROM population_cell
  UNION ALL
  SELECT year - 1, municipality_code, 0, 0, 0, 0, 0, 0, 0, residents FROM population_cell WHERE residents > 0
)
WHERE year >= (SELECT min(year) FROM counted_year)
GROUP BY year, municipality_code;
