-- _protect_input(cells, counts): the cells as the functions of protect take them: numbered,
-- counts as numbers, and all else as text. person_years is left out: it is no count, and
-- gives residents away. So are the counts of cells that are not asked for, but for the whole
-- or the part _macro of one that is.
CREATE OR REPLACE MACRO _protect_input(cells, counts) AS TABLE
SELECT list(_cell) AS _cells
FROM (
  SELECT COLUMNS(lambda c: c <> '_row' AND c <> 'person_years' AND NOT list_contains(_protect_counts(counts), lower(c)))::VARCHAR,
         COLUMNS(lambda c: c = '_row' OR list_contains(_protect_decided(counts), lower(c)))::DOUBLE
  FROM query_table(cells)
) _cell;
CREATE OR REPLACE MACRO _protect_lower(counts) AS list_transform(_names(counts), lambda c: lower(c));
CREATE OR REPLACE MACRO _protect_decided(counts) AS
list_concat(_protect_lower(counts), list_filter(['emigrations', 'emigrations_macro', 'immigrations', 'immigrations_macro'],
  lambda c: NOT list_contains(_protect_lower(counts), c) AND (list_contains(_protect_lower(counts), c || '_macro') OR list_contains(_protect_lower(counts), replace(c, '_macro', '')))));
CREATE OR REPLACE MACRO _protect_counts(counts) AS
list_concat(_protect_lower(counts), ['residents', 'emigrations', 'emigrations_macro', 'immigrations', 'immigrations_macro', 'births', 'deaths', 'moves_in', 'moves_out']);

-- protect(cells, dims, counts := …, method := 'round', base := 3, threshold := 3, zeros := false):
-- the figures of all groupings by dims, so that they can be published.
--
-- cells: a table, view or CTE of counts, any number of rows a group. dims: a column or a
-- list of up to 10 columns; [] is the total. counts: the columns that are counted, in small
-- letters; those of cell where left out, of which cells need not have all.
-- method 'round': a count of 1 to base - 1 in a cell becomes 0 or base, whichever lets the
-- figures change less, and every figure is the sum of its cells. 'suppress': counts below
-- threshold are hidden (3: counts of 1 and 2), zeros only with zeros := true, and as
-- many others as keep them from being computed.
-- Columns: grouping, such as 'county,sex', empty for the total; the dims, NULL where
-- they are not in the grouping; the counts, NULL where hidden; frequency, emigrations per
-- 100 residents, of the rounded counts, NULL where one of the two is hidden, not counted,
-- or nobody lives.
--
-- The decision is made once over the cells, by all their columns that are not counted, not
-- by dims only: whatever is asked for later of the same cells agrees with it. The same
-- cells give the same figures. Filter the answer, not the cells: other cells are another
-- decision, and so is another method, base or threshold: publish one of them, as the figures of
-- two together give away what each keeps. A count and its part, as emigrations and
-- emigrations_macro, are decided together, asked for or not, so that their difference is
-- protected as well.
--
-- What is guaranteed of 'round': figures add up, in every grouping; none is 1 to base - 1;
-- cells with base or more are as counted (of a count with a part, the part and the rest
-- are); the total changes by no more than base. Where cells has no rows for groups in which
-- nobody is, as cell has not, a group of nothing but 0 is one in which somebody is: leave those
-- out of what you publish (.protect on does). Of 'suppress': whoever knows all figures
-- shown, in all groupings, cannot compute a hidden one, nor tell that it is 1 to threshold
-- - 1: for each there is another table of whole numbers, not negative, that has all the
-- figures shown. That it is uncertain by one person at least is what is stated; how much by,
-- protect_audit says. It is so against those who know nothing more: who knows that zeros
-- are not hidden, or a person in the table, knows more. In tables of some hundred cells
-- all margins are weighed one by one; in larger ones the other table has no small counts
-- at all, which protects every sum of cells and hides more. There zeros cannot be hidden.
-- From 3000 cells on groups of few columns are kept before others. Of the residents of a
-- register of national size over year, county, centrality, country group, sex, age and
-- duration, 1 per cent of the figures by year and one more column are hidden, 5 of those
-- by two, 84 by three, half of the cells. Where more is to be published, round, or add up
-- first to what will ever be (WITH t AS (SELECT year, county, sum(residents) AS residents
-- FROM cell GROUP BY ALL) FROM protect(t, …)) and protect that table only.
-- A group in which all or none emigrate is shown as that.
-- Errors: cells or counts that are not there, counts that are NULL or not whole, a threshold
-- above base with 'round', a base above threshold with 'suppress', and where the program's own
-- audit finds a figure that is not protected.
-- Source: Langsrud and Heldal (2018), Privacy in Statistical Databases (rounding); Langsrud
-- (2024) and Fischetti and Salazar (2001), Management Science 47, section 2 (hiding).
-- Example: FROM protect(cell, ['county', 'sex']) WHERE grouping = 'county,sex';
CREATE OR REPLACE MACRO protect(cells, dims, counts := ['residents', 'emigrations', 'emigrations_macro', 'immigrations', 'immigrations_macro', 'births', 'deaths', 'moves_in', 'moves_out'],
                                method := 'round', base := 3, threshold := 3, zeros := false) AS TABLE
WITH _numbered AS MATERIALIZED (SELECT row_number() OVER () AS _row, * FROM query_table(cells)),
_cells AS (FROM _protect_input('_numbered', counts)),
_figure AS (SELECT unnest(_protect(_cells, _names(dims), _protect_lower(counts), method, base, threshold, zeros), recursive := true) FROM _cells)
SELECT * EXCLUDE (_place)
FROM (
  SELECT CASE WHEN alias(COLUMNS(list_concat(['grouping'], _names(dims)))) = 'grouping' OR list_contains(string_split(lower("grouping"), ','), lower(alias(COLUMNS(list_concat(['grouping'], _names(dims))))))
         THEN COLUMNS(list_concat(['grouping'], _names(dims))) END AS '\0',
         _values[coalesce(list_position(_protect_lower(counts), lower(alias(COLUMNS(lambda c: c = '_place' OR list_contains(_protect_lower(counts), lower(c)))))), -1)]::BIGINT AS '\0',
         _values[-2] AS frequency
  FROM _figure JOIN _numbered USING (_row)
)
ORDER BY COLUMNS(list_concat(['_place'], _names(dims)));

-- protect_audit(cells, dims, …): what the program's own audit says of the figures that
-- protect gives for the same arguments, and what protecting them costs.
--
-- Columns: count, a row for each that is decided (with its part); verdict, 'protected' or
-- what is wrong; figures, in all groupings; small, those that must not be shown as they
-- are; hidden, and secondary, hidden without being small; hidden_share, the sum of the hidden
-- figures
-- over that of all; smallest_width, by how many persons the best known hidden figure is uncertain at
-- least; mean_change and largest_change, of the figures by rounding, absolute;
-- total_change; decided: 'rounded', 'over all margins' (one by one) or 'over all sums' of
-- cells (large tables). NULL where it is of the other method.
-- What rounding changes tells what a few small counts were: it is for whoever publishes, not
-- to be published.
-- The audit takes from the decision only the tables that prove it, and compares them
-- figure by figure.
-- Example: FROM protect_audit(cell, ['county', 'sex'], method := 'suppress');
CREATE OR REPLACE MACRO protect_audit(cells, dims, counts := ['residents', 'emigrations', 'emigrations_macro', 'immigrations', 'immigrations_macro', 'births', 'deaths', 'moves_in', 'moves_out'],
                                      method := 'round', base := 3, threshold := 3, zeros := false) AS TABLE
WITH _numbered AS MATERIALIZED (SELECT row_number() OVER () AS _row, * FROM query_table(cells)),
_cells AS (FROM _protect_input('_numbered', counts))
SELECT unnest(_protect_audit(_cells, _names(dims), _protect_lower(counts), method, base, threshold, zeros), recursive := true) FROM _cells;
