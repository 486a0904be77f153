-- _that_day: who had a spell of residence begin on the day of birth or death itself.
CREATE OR REPLACE VIEW _that_day AS
SELECT person_id, from_date, min(municipality_code) AS code
FROM residence WHERE from_date <= coalesce(to_date, from_date) GROUP BY ALL;

-- _death_day: the deaths, ready for _on_day.
CREATE OR REPLACE VIEW _death_day AS
WITH _event AS (
  SELECT w.*, death_date AS event_date, r.code, 1 AS place_back, 1 AS status_back
  FROM _spell r JOIN _who w USING (person_id)
  WHERE death_date IS NOT NULL AND birth_date < death_date AND r.from_date < death_date AND death_date <= r.until -- the first, so that the living are left out at once
  UNION ALL
  SELECT w.*, death_date, r.code, 0, 1
  FROM _that_day r JOIN _who w ON w.person_id = r.person_id AND w.death_date = r.from_date
  WHERE death_date IS NOT NULL AND NOT EXISTS (FROM _spell s WHERE s.person_id = w.person_id AND w.birth_date < w.death_date AND s.from_date < w.death_date AND w.death_date <= s.until)
)
FROM _events(_event);

-- _birth_day: the births, ready for _on_day.
CREATE OR REPLACE VIEW _birth_day AS
WITH _event AS (
  SELECT w.*, birth_date AS event_date, r.code, 0 AS place_back, 0 AS status_back
  FROM _spell r JOIN _who w USING (person_id)
  WHERE r.from_date <= birth_date AND birth_date < r.until AND birth_date < coalesce(death_date, DATE 'infinity')
    AND NOT EXISTS (FROM migration e WHERE e.person_id = w.person_id AND e.event_date = w.birth_date AND e.direction = 'immigration')
  UNION ALL
  SELECT w.*, birth_date, r.code, 0, 0
  FROM _that_day r JOIN _who w ON w.person_id = r.person_id AND w.birth_date = r.from_date
  WHERE death_date = birth_date
)
FROM _events(_event);

-- death, birth: the deaths and the births of residents, with the person as he or she was
-- that day.
--
-- Columns: year, event_date, person_id, sex, age, age_group, duration, duration_group,
-- duration_group_macro, country_group, birth_country, immigrant, municipality_code,
-- municipality, county, centrality; then the dimensions of your own. NULLs as in
-- person_year. All years of the register.
--
-- A death is that of somebody resident on the day before, in the municipality and with
-- the status of that day; or of somebody who is born, arrives and dies on one day, in the
-- municipality of the spell that begins then (of several, the lowest code). Others have
-- died abroad. A birth is that of somebody resident on the day of birth, in the
-- municipality of that day; who immigrates that very day was born abroad. But a birth is
-- also that of somebody who is born, arrives and dies on one day: the immigration on a day
-- of death is not counted, and the account adds up.
-- A register without death_date has no deaths.
-- Example: SELECT year, count(*) FROM death WHERE immigrant GROUP BY ALL ORDER BY ALL;
CREATE OR REPLACE VIEW death AS
SELECT year, event_date, person_id, sex, age, age_group, duration, duration_group, duration_group_macro,
       country_group, birth_country, immigrant, municipality_code, municipality, county, centrality/*own*/
FROM _on_day(_death_day);
CREATE OR REPLACE VIEW birth AS
SELECT year, event_date, person_id, sex, age, age_group, duration, duration_group, duration_group_macro,
       country_group, birth_country, immigrant, municipality_code, municipality, county, centrality/*own*/
FROM _on_day(_birth_day);
