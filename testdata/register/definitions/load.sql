-- load.sql: what the tables of a register are in the files beside it. Drafted from what
-- is in them: look it through. What they did not tell is marked with three question
-- marks, and .load refuses it until none is left. Only CREATE VIEW, CREATE MACRO and
-- SET VARIABLE have a place here; .help country_in, .help day_in and .help end_in say
-- what these do.
--
-- migration.csv: UTF-8, separated by commas
--
-- person.csv: UTF-8, separated by commas
--
-- residence.csv: UTF-8, separated by commas
--
-- README.md: not looked at
-- expected: is a directory

CREATE VIEW person AS
SELECT person_id,
       sex,
       birth_date,
       birth_country,
       immigrant,
       first_immigration
FROM read_csv('person.csv', delim = ',', header = true, all_varchar = true);

CREATE VIEW residence AS
SELECT person_id,
       municipality_code,
       from_date,
       end_in(to_date, '%Y-%m-%d', inclusive := false) AS to_date  -- 1 spells begin the day another ends
FROM read_csv('residence.csv', delim = ',', header = true, all_varchar = true);

CREATE VIEW migration AS
SELECT person_id,
       event_date,
       direction,
       administrative,
       country
FROM read_csv('migration.csv', delim = ',', header = true, all_varchar = true);
