-- frequency_standardised(cells, by, over, standard := cells, count := 'all',
-- level := 0.95): what the frequency of each group would be if its people were as
-- everywhere.
--
-- cells: a table, view or CTE with residents, emigrations and emigrations_macro; all
-- its years together (filter it, or put year into by). by: the column or columns
-- of the groups, such as 'county'. over: the factors of the composition, such as
-- ['duration_group', 'country_group']; crossed, they make the strata. standard: a
-- relation with the same columns; the cells themselves where left out. count: as
-- frequency_of.
-- Columns: by; residents and emigrations (summed over the years of cells);
-- frequency per 100; standardised: the group's frequencies in the strata, weighted
-- by the residents of the standard (direct standardisation), with standardised_low and
-- standardised_high, its interval of that level (Fay and Feuer); expected: the
-- emigrations there would be if the group had the standard's frequency in every
-- stratum (indirect); ratio: emigrations / expected, with ratio_low and ratio_high,
-- an exact Poisson interval of that level (Garwood); covered: the share of the
-- standard's residents who are in strata where the group has residents at all.
--
-- Of a stratum where the group has no residents its frequency is not known: the
-- standard's is used, so that a low covered warns. Emigrations from a stratum
-- without residents are in emigrations and frequency, but not in standardised; those
-- from a stratum where the standard has none are not in ratio either. So the
-- standard itself has the ratio 1. NULL where nobody lives or nothing is expected.
-- The expected emigrations are taken as known: the interval of ratio is for groups that
-- are small beside the standard. That of standardised is of the group's emigrations in its
-- own strata; of one stratum it is the exact Poisson interval. Of 100 intervals of 95
-- per cent 3 to 5 miss the truth, 1 where a stratum has less than an emigration.
-- Source: Fay and Feuer (1997), Statistics in Medicine 16, 791-801; Breslow and Day (1987),
-- Statistical Methods in Cancer Research II, IARC,
-- chapter 2; Kitagawa (1964), Demography 1, 296-315.
-- Example: FROM frequency_standardised(cell, 'county', ['duration_group', 'country_group',
--   'age_group', 'sex']);
CREATE OR REPLACE MACRO frequency_standardised(cells, "by", "over", standard := NULL, count := 'all', level := 0.95) AS TABLE
WITH _standard AS (
  SELECT row(*COLUMNS(_columns_named('frequency_standardised: over', "over"))) AS _stratum, residents,
         emigrations / nullif(residents, 0) AS _rate, residents / nullif(sum(residents) OVER (), 0) AS _weight
  FROM (
    -- A stratum is its values in the order of cells, which need not be that of standard.
    SELECT COLUMNS(_columns_named('frequency_standardised: over', "over")) FROM query_table(cells) WHERE false
    UNION ALL BY NAME
    SELECT COLUMNS(_columns_named('frequency_standardised: over', "over")), _known_total(residents, 'frequency_standardised')::DOUBLE AS residents, _known_total(COLUMNS(_column_counted({count: count})), 'frequency_standardised')::DOUBLE AS emigrations
    FROM query_table(coalesce(standard, cells)) GROUP BY ALL
  )
),
_group AS (
  SELECT COLUMNS(_columns_named('frequency_standardised: by', "by")), row(*COLUMNS(_columns_named('frequency_standardised: over', "over"))) AS _stratum, residents, emigrations
  FROM (
    SELECT COLUMNS(list_distinct(list_concat(_columns_named('frequency_standardised: by', "by"), _columns_named('frequency_standardised: over', "over")))),
           _known_total(residents, 'frequency_standardised')::DOUBLE AS residents, _known_total(COLUMNS(_column_counted({count: count})), 'frequency_standardised')::DOUBLE AS emigrations
    FROM query_table(cells) GROUP BY ALL
  )
),
_total AS (
  -- Sums of fractions are in the order of the strata, so that the last digit is the
  -- same at every reading.
  SELECT sum(_weight * _rate ORDER BY _stratum) AS _rate, sum(residents ORDER BY _stratum) AS _residents FROM _standard
),
_result AS (
  SELECT COLUMNS(_columns_named('frequency_standardised: by', "by")),
         sum(g.residents) AS residents, sum(g.emigrations) AS emigrations,
         100 * sum(g.emigrations) / nullif(sum(g.residents), 0) AS frequency,
         -- The standard's own frequency, changed by what the group's differs from it
         -- in the strata where the group has one.
         CASE WHEN sum(g.residents) > 0 THEN
           100 * (any_value(t._rate) + coalesce(sum(s._weight * (g.emigrations / nullif(g.residents, 0) - s._rate) ORDER BY s._stratum), 0))
         END AS standardised,
         100 * sum(s._weight / g.residents * g.emigrations ORDER BY s._stratum) FILTER (g.residents > 0) AS _own,
         10000 * sum((s._weight / g.residents)^2 * g.emigrations ORDER BY s._stratum) FILTER (g.residents > 0) AS _variance,
         100 * max(s._weight / g.residents) FILTER (g.residents > 0 AND s._weight > 0) AS _largest,
         sum(g.residents * s._rate ORDER BY s._stratum) AS expected,
         sum(g.emigrations) FILTER (s._rate IS NOT NULL) AS _counted,
         -- Not a sum of weights, which need not be 1 where all is covered.
         coalesce(sum(s.residents ORDER BY s._stratum) FILTER (g.residents > 0) / nullif(any_value(t._residents), 0), 0) AS covered
  FROM _group g LEFT JOIN _standard s ON s._stratum = g._stratum, _total t
  GROUP BY ALL
)
SELECT * EXCLUDE (expected, _own, _variance, _largest, _counted, covered, _limit, _direct) REPLACE (_whole(residents, 'frequency_standardised') AS residents, _whole(emigrations, 'frequency_standardised') AS emigrations),
       standardised - _own + _direct.low AS standardised_low,
       standardised - _own + _direct.high AS standardised_high,
       expected,
       _counted / nullif(expected, 0) AS ratio,
       _limit.low / nullif(expected, 0) AS ratio_low,
       _limit.high / nullif(expected, 0) AS ratio_high,
       CASE WHEN max(covered) OVER () = 0 AND max(residents) OVER () > 0
            THEN error('frequency_standardised: standard has nobody in any stratum where somebody of cells lives, so that nothing is compared: its columns of over need the same values') ELSE covered END AS covered
FROM (SELECT *, _limits(_counted, _counted, {level: level})[1] AS _limit, _weighted_limits(_own, _variance, _largest, {level: level})[1] AS _direct FROM _result)
ORDER BY ALL;
