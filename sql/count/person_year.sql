-- _on_january(stays): the people of stays, with their other columns, on each 1 January,
-- ready for _on_day; _person_day: those of person_year.
CREATE OR REPLACE MACRO _on_january(stays) AS TABLE
SELECT year, s.* EXCLUDE (from_date), year - first_january(birth_date) AS age,
       CASE WHEN first_immigration <= january_1 THEN year - first_january(first_immigration) END AS duration,
       year AS place_year, january_1 AS status_day
FROM counted_year, query_table(stays) s
-- CASE, so that it is a filter on every year of every stay and no join of inequalities:
-- several times faster than that or making rows of ranges, and a year asked for reaches the stays.
WHERE CASE WHEN from_date <= january_1 THEN january_1 < until ELSE false END;
CREATE OR REPLACE VIEW _person_day AS FROM _on_january(_stay);

-- _person_placed: the same with their places, ready for _grouped: these are joined to the
-- stays and not to their years, so that a municipality asked for reaches the spells.
CREATE OR REPLACE VIEW _person_placed AS
WITH _placed AS (
  SELECT w.*, m.* EXCLUDE (code, first_year, last_year, first_day, end_day, place, candidates),
         greatest(from_date, birth_date, m.first_day) AS from_date, least(until, death_date, m.end_day) AS until -- of NULL and a date the date is either
  FROM _spell r
  JOIN _who w ON w.person_id = r.person_id
  LEFT JOIN _reading m ON m.code = r.code
  -- A code is read in some way in every year. Not in ON, so that the codes that a municipality asked for has are looked for in the scan.
  WHERE CASE WHEN m.code IS NOT NULL THEN from_date < m.end_day AND m.first_day < until ELSE true END
)
FROM _on_january(_placed);

-- person_year: everybody resident on 1 January, a row a person and year.
--
-- Columns: year; person_id, sex, birth_country, immigrant; age and duration on
-- 1 January in completed years, with their groups; country_group of the birth
-- country; municipality_code, municipality, county, centrality of residence; then the
-- dimensions of your own.
--
-- A spell of residence covers 1 January when from_date <= 1 January < to_date:
-- whoever moves out on 1 January itself is not resident that day, nor is who dies
-- that day. NULL: duration of those who have not immigrated (yet); country_group of
-- those born in Norway or in a country that table country lacks; municipality and
-- centrality of a code that is unknown or was divided, and their county, unless it is
-- the same for all parts. Years: counted_year. Read straight from the register, not
-- from the cells, so no .refresh is needed (but for spells that overlap).
-- Source: Rapporter 2015/17, section 1.2.2 and annex A.
-- Example: SELECT county, count(*) FROM person_year WHERE year = 2013 AND immigrant GROUP BY ALL;
CREATE OR REPLACE VIEW person_year AS
SELECT year, person_id, sex, age, age_group, duration, duration_group, duration_group_macro,
       country_group, birth_country, immigrant, municipality_code, municipality, county, centrality/*own*/
FROM _grouped(_person_placed);
