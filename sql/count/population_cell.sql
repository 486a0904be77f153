-- _cell: the counts, as .refresh counted them. Nine cells of ten are quiet: nothing happens
-- to anybody in them. Each cell is in one of the two tables.
CREATE TABLE IF NOT EXISTS _quiet_cell (
  year INTEGER NOT NULL, place INTEGER NOT NULL, people BIGINT NOT NULL, residents INTEGER NOT NULL, person_days BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS _busy_cell (
  year INTEGER NOT NULL, place INTEGER NOT NULL, people BIGINT NOT NULL, residents INTEGER NOT NULL, person_days BIGINT NOT NULL,
  emigrations INTEGER NOT NULL, emigrations_macro INTEGER NOT NULL, immigrations INTEGER NOT NULL, immigrations_macro INTEGER NOT NULL,
  births INTEGER NOT NULL, deaths INTEGER NOT NULL, moves_in INTEGER NOT NULL, moves_out INTEGER NOT NULL
);
CREATE OR REPLACE VIEW _cell AS
FROM _busy_cell UNION ALL SELECT *, 0, 0, 0, 0, 0, 0, 0, 0 FROM _quiet_cell;

-- population_cell: how many live where, of what kind, and what happens to them: the
-- counts of everybody, as .refresh counted them.
--
-- Columns: year; immigrant; municipality_code, municipality, county_code, county,
-- centrality; country_group, sex, age_group, duration_band, duration_group,
-- duration_group_macro; the dimensions of your own; residents (persons on 1 January);
-- emigrations and immigrations (events in the year, grouped by what the person is when
-- it happens); emigrations_macro and immigrations_macro (the same without same-year
-- movers); births, deaths; moves_in and moves_out (across the borders of
-- municipalities, in the group of the municipality moved to and from); person_years,
-- lived in the group during the year: days / 365.25. One row a group that has any; no
-- NULL among the counts. NULLs of the dimensions as in person_year and migration_event:
-- what has no place is a row with a NULL municipality_code, so that everything adds up.
-- Years: counted_year. .load and .demo refresh it; after changes of your own to the
-- register, .refresh does.
-- Source: of person_years, Carstensen (2005), Demography and epidemiology: practical use
-- of the Lexis diagram; a day is in the group of its age, duration, place and status.
-- Example: SELECT year, sum(residents), sum(person_years) FROM population_cell GROUP BY ALL
--   ORDER BY ALL;
CREATE OR REPLACE VIEW population_cell AS
SELECT year, immigrant, municipality_code, municipality, county_code, county, centrality, country_group, sex,
       age_group, duration_band, duration_group, duration_group_macro/*own*/,
       residents, emigrations, emigrations_macro, immigrations, immigrations_macro, births, deaths, moves_in, moves_out,
       person_days / 365.25 AS person_years
FROM _cell JOIN _place USING (place) JOIN _people USING (people);
