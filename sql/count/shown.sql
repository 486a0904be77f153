-- _counted(cells), _shown(x): the cells to add up, and a sum of counts. Where figures are
-- hidden (.protect on suppress) they are others: the cells have the counts masked, and
-- a sum is NULL where the masks do not cancel. Every sum of the counts of cells stands in _shown.
CREATE OR REPLACE MACRO _counted(cells) AS cells;
CREATE OR REPLACE MACRO _shown(x) AS x;
