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
  SELECT year, person_id, sex, birth_country, immigrant, country_group,
         year - first_january(birth_date) AS age,
         CASE WHEN first_january(first_immigration) <= year THEN year - first_january(first_immigration) END AS duration,
         coalesce(m.municipality_code, code) AS municipality_code, municipality, county, centrality
  FROM (
    -- The 1 Januaries that a spell covers, see first_january.
    SELECT person_id, municipality_code AS code,
           unnest(range(greatest(first_january(from_date), first_year),
                        coalesce(least(first_january(to_date), last_year + 1), last_year + 1)))::INTEGER AS year
    FROM residence, (SELECT min(year) AS first_year, max(year) AS last_year FROM counted_year)
  )
  JOIN person USING (person_id)
  LEFT JOIN country ON country_code = birth_country
  LEFT JOIN municipality_of_code m USING (code)
);
