-- flow_of(moves, dims): how many move from where to where.
--
-- moves: move, or a table, view or CTE with its columns. dims: a column or a list of
-- columns: places (municipality, county, centrality, those of your own), of which each
-- gives two columns, and any others.
-- Columns: year; from_DIM and to_DIM of each place, the other dims, in the order of moves;
-- moves. Moves within a place are left out: without any place there is no row. A NULL
-- place is one of its own.
-- Example: FROM flow_of(move, ['county', 'sex']) WHERE year = 2013;
CREATE OR REPLACE MACRO flow_of(moves, dims) AS TABLE
SELECT COLUMNS(list_concat(['year'], flatten([CASE WHEN list_contains(_place_columns(), d) THEN ['from_' || d, 'to_' || d] ELSE [d] END FOR d IN _names(dims)]))),
       count(*) AS moves
FROM (
  SELECT *, row(*COLUMNS(list_concat(['year'], ['from_' || d FOR d IN _names(dims) IF list_contains(_place_columns(), d)]))) AS _left,
         row(*COLUMNS(list_concat(['year'], ['to_' || d FOR d IN _names(dims) IF list_contains(_place_columns(), d)]))) AS _reached
  FROM query_table(moves)
)
WHERE _left IS DISTINCT FROM _reached
GROUP BY ALL
ORDER BY ALL;
