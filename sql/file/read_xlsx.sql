-- read_xlsx: a sheet of an Excel workbook (.xlsx) as a table. FROM 'book.xlsx' is the same.
--
-- file    its name, a pattern (*, ?) or a list: then of the same columns, with filename
-- sheet   name or number from 1; NULL: the first that is not hidden
-- range   cells to be read, as 'A3:F20'; NULL: all
-- header  true: the first line has the names of the columns; false: they are A, B, C …;
--         NULL: as true, with titles above the headings left out
--
-- Columns are BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP or VARCHAR. A text is read as the
-- number (4 342, 0,87) or date (29.02.2012) that it is where all of its column are such;
-- codes with a zero before them stay text; of a 1,234 that no other of its column tells to
-- be 1.234 or 1234 there is a note. Marks (. .. : NA) and errors (#N/A) are NULL in a
-- column of numbers or dates. Headings in two lines, merged, are joined: "2010 men"; tidy
-- rows of such a sheet gives read_statbank. Of a formula, the value that was saved;
-- NULL, and a note, where none was. Notes below an empty line are left out.
--
--   FROM read_xlsx('book.xlsx', sheet := 'Emigration');
CREATE OR REPLACE MACRO read_xlsx(file, sheet := NULL, range := NULL, header := NULL) AS TABLE
  FROM _read_xlsx(file, sheet, range, header);
