-- completed_years(since, on_date): whole years from one date to another, as age
-- and duration of residence are counted.
--
-- A year is complete on the anniversary itself. Someone born on 29 February
-- completes a year on 29 February in leap years and on 1 March in others, as the
-- population register compares month and day. Negative before since; NULL where
-- either date is NULL.
--
-- Source: Rapporter 2015/17, section 1.2.2 (duration: years since the first
-- registered immigration, later stays abroad not deducted).
-- Example: SELECT completed_years(DATE '2000-02-29', DATE '2013-02-28');  -- 12
CREATE OR REPLACE MACRO completed_years(since, on_date) AS
  (year(on_date) - year(since)
   - CASE WHEN 100 * month(on_date) + day(on_date) < 100 * month(since) + day(since) THEN 1 ELSE 0 END)::INTEGER;

-- first_january(on_date): the year of the first 1 January on or after a date.
--
-- Everything that the stock on 1 January needs follows from it by subtraction: a
-- spell is resident in the years from first_january(from_date) until the year
-- before first_january(to_date); age on 1 January y is y - first_january(birth_date).
-- Example: SELECT first_january(DATE '2005-01-01'), first_january(DATE '2005-01-02');  -- 2005, 2006
CREATE OR REPLACE MACRO first_january(on_date) AS (year(on_date - 1) + 1)::INTEGER;

-- _anniversary(since, year): the day of a year on which completed_years(since, day) grows.
CREATE OR REPLACE MACRO _anniversary(since, in_year) AS
  CASE WHEN month(since) = 2 AND day(since) = 29 THEN make_date(in_year, 3, 1) - (day(make_date(in_year, 3, 1) - 1) = 29)::INTEGER
       ELSE make_date(in_year, month(since), day(since)) END;
