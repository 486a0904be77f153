-- _lifetime: when every person is born and dies: death_date is NULL where person has no
-- such column.
CREATE OR REPLACE VIEW _lifetime AS
SELECT person_id, birth_date, death_date FROM (FROM person UNION ALL BY NAME SELECT NULL::DATE AS death_date WHERE false);

-- _who: every person, with what stays the same for life: the columns of person that
-- counting needs, the country group, and the own dimensions of kinds person and
-- country. death_date is NULL where person has no such column.
CREATE OR REPLACE VIEW _who AS
SELECT person_id, sex, birth_date, birth_country, immigrant, first_immigration, death_date, country_group/*own:who*/
FROM (SELECT */*own:immigrant*//*own:person*/ FROM (FROM person UNION ALL BY NAME SELECT NULL::DATE AS death_date WHERE false) person) p
LEFT JOIN country ON country.country_code = birth_country/*own:country*/;
