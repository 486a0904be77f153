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
  SELECT centrality, _shown(sum(residents))::BIGINT AS residents, _shown(coalesce(sum(residents) FILTER (immigrant), 0))::BIGINT AS immigrants
  FROM population_cell WHERE municipality_code IS NOT NULL AND year = 2013 GROUP BY ALL
)
SELECT centrality, title, definition,
       (SELECT count(*) FROM municipality m WHERE m.centrality = level.centrality) AS municipalities,
       residents, immigrants,
       100 * residents / CASE WHEN count(*) OVER () = count(residents) OVER () THEN nullif(sum(residents) OVER (), 0) END AS population_percent,
       100 * immigrants / CASE WHEN count(*) OVER () = count(immigrants) OVER () THEN nullif(sum(immigrants) OVER (), 0) END AS immigrant_percent
FROM (SELECT level.*, if(people.centrality IS NULL, 0, residents) AS residents, if(people.centrality IS NULL, 0, immigrants) AS immigrants FROM level LEFT JOIN people USING (centrality)) level
ORDER BY centrality;
