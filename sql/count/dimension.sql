-- dimension: by what people are told apart. The six of the report are there; rows of your
-- own become columns of person_year, emigration, immigration, birth, death, move,
-- transition, population_cell and cell at the next .refresh, and frequency_by_... exists
-- for every set of all of them: the report's six first, then your own in the order given.
--
-- Columns: dimension, the name; kind; definition: of kind
--   person    an SQL expression over the columns of person: 'reason'; none that gives another
--             value another time, as random() and today() do
--   age       where groups of completed years begin: '0, 5, 10' makes 0-4, 5-9, 10+
--   duration  the same of the years since the first immigration
--   country   a column of country, or TABLE.COLUMN with a country_code: 'continent'
--   place     a column of municipality, or TABLE.COLUMN with a municipality_code: 'region.region'
--   status    TABLE.COLUMN of spells with person_id, from_date and to_date: 'status.status';
--             a day that several cover is of the one that begins last (.check says how many)
-- Below the first cut, without a value, without a spell: NULL, a group of its own. A
-- definition that makes no sense is refused by .refresh, and the counts of before stay; a
-- file of another version of the program is opened and counted without it, and says so.
-- That a table, view or macro has changed which a definition reads is noticed, of a file not.
-- Example: INSERT INTO dimension VALUES ('age_5', 'age',
--   '0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85');
CREATE TABLE IF NOT EXISTS dimension (
  dimension  VARCHAR NOT NULL,
  kind       VARCHAR NOT NULL,
  definition VARCHAR NOT NULL
);
