-- _people: by what people in the cells are told apart besides year and place: a kind, a
-- state, and where a band of age and one of duration begin (-1: not immigrated yet), from
-- which all their groups follow.
CREATE TABLE IF NOT EXISTS _counted_people (people BIGINT NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL, age INTEGER NOT NULL, duration INTEGER NOT NULL);
CREATE OR REPLACE VIEW _people_live AS
SELECT people, immigrant, country_group, sex, age_group_of(age) AS age_group, duration_band_of(duration) AS duration_band,
       duration_group_of(duration) AS duration_group, duration_group_macro_of(duration) AS duration_group_macro/*own:people*/
FROM _counted_people JOIN _kind USING (kind) JOIN _state USING (state);
CREATE TABLE IF NOT EXISTS _people AS FROM _people_live;
