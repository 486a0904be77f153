-- read_px: the cells of a PC-Axis file (.px), one a row. FROM 'table.px' is the same.
--
-- file      its name; with * ? or [ ] several, or a list of names: then the column
--           filename tells which, and the files must have the same dimensions
-- language  of names and labels, as 'en'; NULL: the main one of the file
--
-- Gives, for each dimension of the file, stub before heading, its label under its name and
-- its code under NAME_code (both text, NULL where empty; where the file has no codes, the
-- period of TIMEVAL or the label); then value (DOUBLE) and status: the mark in place of a
-- number. Missing (. .. ... to six dots, :) is NULL, never 0; - is 0 and has the status '-'.
-- With KEYS, rows that are not in the file are 0. Rows are in the order of the file. Valid
-- UTF-8 is read as that whatever is declared; else by CODEPAGE, else CHARSET. What cannot be
-- read is an error with line and keyword; what is odd is a note FILE:LINE: KEYWORD: what, and
-- a row of px_metadata. Source: PX file format 2013, Statistics Sweden.
--
--   FROM read_px('folketall.px', language := 'en') WHERE region_code = '0301';
CREATE OR REPLACE MACRO read_px(file, language := NULL) AS TABLE
  FROM _read_px(file, language);

-- px_metadata: what the header of a PC-Axis file says, and what is odd about the file.
--
-- file  as in read_px
--
-- Gives property ('title', 'source', 'units', 'updated', 'note', 'elimination', 'languages',
-- 'encoding' and every other keyword in small letters; 'dimension', whose value is how many
-- categories it has; 'warning', whose element is the keyword), language (NULL: the main one),
-- dimension and element (what it is about; NULL: the table), value, line.
--
--   FROM px_metadata('folketall.px') WHERE property IN ('title', 'note', 'warning');
CREATE OR REPLACE MACRO px_metadata(file) AS TABLE
  FROM _px_metadata(file);
