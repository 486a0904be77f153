-- read_jsonstat: the cells of a JSON-stat file, one a row. FROM 'table.json' is the same
-- where the file is JSON-stat.
--
-- file     its name; with * ? or [ ] several, or a list of names: then the column filename
--          tells which, and the files must have the same dimensions
-- dataset  the name of one in a bundle, or its number from 1; NULL: the only one
--
-- Gives, for each dimension, the label under its id and the code under ID_code (both text,
-- NULL where empty); then value (DOUBLE; NULL where there is none, never 0) and status (text).
-- Rows are in the order of the file, also of sparse values. Versions 1 and 2, datasets,
-- bundles and collections with datasets in them; links and metadata without values are
-- refused. A value that is text is NULL and its status. What cannot be read is an error with
-- line and keyword; what is odd is a note FILE:LINE: KEYWORD: what, and a row of
-- jsonstat_metadata.
-- Source: JSON-stat 2.0 full documentation, json-stat.org.
--
--   FROM read_jsonstat('oecd-canada.json', dataset := 'canada');
CREATE OR REPLACE MACRO read_jsonstat(file, dataset := NULL) AS TABLE
  FROM _read_jsonstat(file, dataset);

-- jsonstat_metadata: what a dataset of a JSON-stat file says of itself, and what is odd
-- about it.
--
-- file, dataset  as in read_jsonstat
--
-- Gives property ('title', 'source', 'updated', 'note', 'units', 'decimals', 'role', 'child',
-- 'elimination'; 'dimension', whose value is how many categories it has, and its 'label';
-- 'warning', whose element is the keyword), language (NULL: JSON-stat has one), dimension and
-- element (the code of the category that it is about), value, line.
--
--   FROM jsonstat_metadata('oecd-canada.json', dataset := 1) WHERE property = 'units';
CREATE OR REPLACE MACRO jsonstat_metadata(file, dataset := NULL) AS TABLE
  FROM _jsonstat_metadata(file, dataset);
