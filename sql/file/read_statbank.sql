-- read_statbank: tidy rows of a table that an office gives away for spreadsheets.
--
-- file   CSV, TSV or .xlsx; a pattern (*, ?) or a list: of the same dimensions, with filename
-- sheet  of a workbook: name or number from 1; NULL: the first that is not hidden
--
-- Reads StatBank's CSV (semicolons, a title above, periods as columns, labels written once),
-- headings in two lines, the World Bank's form, Eurostat's TSV and SDMX-CSV, in UTF-8,
-- UTF-16, Latin-1 or Windows-1252. Gives a column of text (NULL where empty) for each
-- dimension, named as in the file or its title ("by sex and year"), else contents,
-- variable, year or period; "0301 Oslo" becomes region_code and region; then value (DOUBLE;
-- NULL where there is none, never 0) and status: the mark (. .. : NA, ": c") or the flags
-- after a number (123 e). A bare - is 0 with the status '-'. Numbers may have a decimal comma
-- and spaces between thousands. Those of SDMX stay as they are where its UNIT_MULT is not 0,
-- which is then a column, and a note. Titles and notes in the file are left out. What is neither a
-- number nor a mark is an error with its line.
--
--   SELECT region_code, "år", value FROM read_statbank('07459.csv') WHERE status IS NULL;
CREATE OR REPLACE MACRO read_statbank(file, sheet := NULL) AS TABLE
  FROM _read_statbank(file, sheet);
