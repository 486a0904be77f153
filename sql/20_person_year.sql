-- person_year: everybody resident on 1 January, a row a person and year.
--
-- Columns: year; person_id, sex, birth_country, immigrant; age and duration on
-- 1 January in completed years, with their groups; country_group of the birth
-- country; municipality_code, municipality, county, centrality of residence.
--
-- A spell of residence covers 1 January when from_date <= 1 January < to_date:
-- whoever moves out on 1 January itself is not resident that day. NULL: duration
-- of those who have not immigrated (yet); country_group of those born in Norway
-- or in a country that table country lacks; municipality, county and centrality
-- of an unknown code. Years: counted_year. Read straight from the register, not
-- from the cells, so no .refresh is needed.
-- Source: Rapporter 2015/17, section 1.2.2 and annex A.
-- Example: SELECT county, count(*) FROM person_year WHERE year = 2013 AND immigrant GROUP BY ALL;
CREATE OR REPLACE VIEW person_year AS
SELECT year, person_id, sex,
       age, age_group_of(age) AS age_group,
       duration, duration_group_of(duration) AS duration_group, duration_group_macro_of(duration) AS duration_group_macro,
       country_group, birth_country, immigrant,
       municipality_code, municipality, county, centrality
FROM (
  SELECT y.year, p.person_id, p.sex, p.birth_country, p.immigrant, c.country_group,
         completed_years(p.birth_date, y.january_1) AS age,
         CASE WHEN p.first_immigration <= y.january_1 THEN completed_years(p.first_immigration, y.january_1) END AS duration,
         coalesce(m.municipality_code, r.municipality_code) AS municipality_code, m.municipality, m.county, m.centrality
  FROM residence r
  JOIN counted_year y ON r.from_date <= y.january_1 AND coalesce(r.to_date, DATE 'infinity') > y.january_1
  JOIN person p USING (person_id)
  LEFT JOIN country c ON c.country_code = p.birth_country
  LEFT JOIN municipality_of_code m ON m.code = r.municipality_code
);
