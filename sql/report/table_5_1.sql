-- table_5_1: Municipalities by centrality. Section 5.1. Counts residents, so that
-- same-year movers do not matter. Columns: centrality, title, definition (after
-- Statistics Norway's standard), municipalities (of 2013), residents and immigrants
-- (1 January 2013), population_percent and immigrant_percent of the country's, those
-- of an unknown municipality left out; NULL without residents in 2013.
CREATE OR REPLACE VIEW table_5_1 AS
WITH level AS (
  FROM (VALUES
    (1, 'Least central municipalities', 'No urban settlement of level 1-3, and more than 45 minutes from one of level 1, 60 minutes from one of level 2 and 75 minutes (to Oslo 90) from a regional centre'),
    (2, 'Less central municipalities', 'An urban settlement of level 1, or within 45 minutes of the centre of one'),
    (3, 'Somewhat central municipalities', 'An urban settlement of level 2, or within 60 minutes of the centre of one'),
    (4, 'Central municipalities', 'An urban settlement of level 3 (a regional centre), or within 75 minutes (to Oslo 90) of the centre of one')
  ) AS l(centrality, title, definition)
),
people AS (
  SELECT centrality, sum(residents)::BIGINT AS residents, sum(residents) FILTER (immigrant)::BIGINT AS immigrants
  FROM population_cell WHERE municipality_code IS NOT NULL AND year = 2013 GROUP BY ALL
)
SELECT centrality, title, definition,
       (SELECT count(*) FROM municipality m WHERE m.centrality = level.centrality) AS municipalities,
       coalesce(residents, 0) AS residents, coalesce(immigrants, 0) AS immigrants,
       100 * coalesce(residents, 0) / nullif(sum(residents) OVER (), 0) AS population_percent,
       100 * coalesce(immigrants, 0) / nullif(sum(immigrants) OVER (), 0) AS immigrant_percent
FROM level LEFT JOIN people USING (centrality)
ORDER BY centrality;
