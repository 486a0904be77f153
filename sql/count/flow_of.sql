-- _places_asked(dims): the places among them, as they go on in a regular expression.
CREATE OR REPLACE MACRO _places_asked(dims) AS array_to_string(['|\Q' || d || '\E' FOR d IN _names(dims) IF list_contains(_place_columns(), d)], '');

-- _rows(n, who): how many rows there are; where n is no BOOLEAN, that no row has, they tell.
CREATE OR REPLACE MACRO _rows(n, who) AS CASE WHEN typeof(min(n)) = 'BOOLEAN' THEN count(*) ELSE _whole(_known_total(n, who), who) END;

-- flow_of(moves, dims): how many move from where to where.
--
-- moves: move, or a table, view or CTE with its columns; a row is a move, or as many as a
-- column moves of its own says. dims: a column or a list of
-- columns: places (municipality, county, centrality, those of your own), of which each
-- gives two columns, and any others.
-- Columns: year; from_DIM and to_DIM of each place, the other dims, in the order of moves;
-- moves. Moves within a place are left out: without any place there is no row. A NULL
-- place is one of its own.
-- Example: FROM flow_of(move, ['county', 'sex']) WHERE year = 2013;
CREATE OR REPLACE MACRO flow_of(moves, dims) AS TABLE
WITH _flow AS (
  SELECT COLUMNS(list_concat(['year'], flatten([CASE WHEN list_contains(_place_columns(), d) THEN ['from_' || d, 'to_' || d] ELSE [d] END FOR d IN _names(dims)]))),
         _rows(_move.moves, 'flow_of') AS moves
  FROM (FROM query_table(moves) UNION ALL BY NAME SELECT NULL::BOOLEAN AS moves WHERE false) _move
  GROUP BY ALL
)
FROM _flow
-- Structs, which are compared by name: the columns of moves may stand in any order.
WHERE (SELECT p FROM (SELECT COLUMNS('(?i)^(?:from_)?(year' || _places_asked(dims) || ')$') AS '\1' FROM (SELECT unnest(_flow))) p)
  IS DISTINCT FROM (SELECT p FROM (SELECT COLUMNS('(?i)^(?:to_)?(year' || _places_asked(dims) || ')$') AS '\1' FROM (SELECT unnest(_flow))) p)
ORDER BY ALL;
