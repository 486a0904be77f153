-- The register: what .load reads and .demo invents. One row a person, a spell
-- of registered residence, a migration. Constraints catch what is nonsense in a
-- single row; .check finds what is nonsense between rows and tables. .load keeps every
-- further column of person, migration, municipality and country: dimensions of your own
-- are made of them. person.death_date, where there is one, ends residence: nobody is
-- resident on that day or after.

CREATE TABLE IF NOT EXISTS person (
  person_id         BIGINT PRIMARY KEY,
  sex               sex NOT NULL,
  birth_date        DATE NOT NULL CHECK (birth_date >= DATE '1850-01-01'),
  birth_country     VARCHAR NOT NULL CHECK (length(birth_country) = 3),  -- ISO 3166 alpha-3
  immigrant         BOOLEAN NOT NULL,  -- born abroad, two foreign-born parents, four foreign-born grandparents
  first_immigration DATE,              -- NULL: never immigrated, or not known when
  CHECK (first_immigration >= birth_date)
);

-- Registered residence from from_date until the day before to_date; NULL: still
-- resident. A move within Norway ends one spell and begins the next. A spell that does
-- not end after it begins covers nothing.
CREATE TABLE IF NOT EXISTS residence (
  person_id         BIGINT NOT NULL,
  municipality_code VARCHAR NOT NULL,
  from_date         DATE NOT NULL,
  to_date           DATE
);

CREATE TABLE IF NOT EXISTS migration (
  person_id         BIGINT NOT NULL,
  event_date        DATE NOT NULL,
  direction         direction NOT NULL,
  administrative    BOOLEAN NOT NULL DEFAULT false,  -- written out by the register, not reported
  country           VARCHAR CHECK (length(country) = 3)  -- from or to; NULL: unknown
);

-- person_key: what the extract had for person_id, where that was text: hashes, numbers
-- with leading zeros. .load fills it; empty where they were numbers. It leads back to
-- the persons, so it is no more to be given away than person is.
CREATE TABLE IF NOT EXISTS person_key (
  source_id VARCHAR PRIMARY KEY,
  person_id BIGINT NOT NULL UNIQUE
);
