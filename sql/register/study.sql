-- study: the settings that make a study another one than the report's, a row a setting.
--
-- Columns: setting, value. Shipped:
--   home_country             NOR: who is born there is no immigrant of any country group; its
--                            GDP per head and unemployment are RELINNTj's numerator and LEDNOR
--   division                 2013: the year whose division into municipalities everything is
--                            counted in; .division YEAR writes it
--   immigrant                immigrant: who is counted as an immigrant, an SQL condition over
--                            the columns of person
--   country_groups           3: how many groups table country divides the countries into
--   municipality_code_length 4: characters of a municipality's code
--   county_code_length       2: how many of its first ones are the county's
-- Not there at first:
--   shares                   employed, participation: variables that are shares beside the
--                            report's, so that a simulation notes values outside 0 to 1
-- First and last year are in register_period, dimensions in table dimension. A setting holds
-- from the next .refresh on. .study shows all of it, as SQL that repeats it elsewhere.
--
--   UPDATE study SET value = 'DNK' WHERE setting = 'home_country';
--   UPDATE study SET value = 'immigrant AND birth_country <> ''SWE''' WHERE setting = 'immigrant';
CREATE TABLE IF NOT EXISTS study (
  setting VARCHAR PRIMARY KEY,
  value   VARCHAR NOT NULL
);

-- _setting: one of them.
CREATE OR REPLACE MACRO _setting(name) AS (SELECT value FROM study WHERE setting = name);
