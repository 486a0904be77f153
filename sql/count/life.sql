-- _life_person, _life_residence, _life_migration: the register as it is counted: person_id,
-- value (of a person the number of _kind, of a migration 1 for an emigration), and dates, of
-- which infinity is none: of birth, first immigration and death; of a spell; of an event.
-- A status is counted from its table in the same way.
CREATE OR REPLACE VIEW _life_person AS
SELECT person_id, kind AS "value", birth_date AS "from", coalesce(first_immigration, DATE 'infinity') AS "until", coalesce(death_date, DATE 'infinity') AS died
FROM _who w JOIN _kind k ON k.immigrant = w.immigrant AND k.country_group IS NOT DISTINCT FROM w.country_group AND k.sex = w.sex/*own:w kind*/;

CREATE OR REPLACE VIEW _life_residence AS
SELECT person_id, municipality_code AS "value", from_date AS "from", coalesce(to_date, DATE 'infinity') AS "until", DATE 'infinity' AS died FROM residence;

CREATE OR REPLACE VIEW _life_migration AS
SELECT person_id, (direction = 'emigration')::INTEGER AS "value", event_date AS "from", event_date AS "until", DATE 'infinity' AS died FROM migration;
