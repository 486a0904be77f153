-- transition_of(dims, people := transition): what becomes of the residents of each group
-- until next 1 January.
--
-- dims: a column or a list of columns of transition; [] is the total; next_... tell where
-- people are then. people: transition, or a table, view or CTE with its columns, by name; a
-- row is a person, or as many as a column persons of its own says.
-- Columns: year, the dims in the order of people, outcome (unless it is among the dims),
-- persons. The outcomes of a group add up to its residents, without a next_... among the dims.
--
--   WITH immigrants AS (FROM transition WHERE immigrant)
--     FROM transition_of(['centrality', 'next_centrality'], people := immigrants);
CREATE OR REPLACE MACRO transition_of(dims, people := 'transition') AS TABLE
SELECT COLUMNS(list_distinct(list_concat(['year'], _names(dims), ['outcome']))), _rows(_person.persons, 'transition_of') AS persons
FROM (FROM query_table(people) UNION ALL BY NAME SELECT NULL::BOOLEAN AS persons WHERE false) _person
GROUP BY ALL
ORDER BY ALL;
