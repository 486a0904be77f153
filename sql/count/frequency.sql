-- frequency, frequency_by_...: the emigration frequency of immigrants, a view for
-- every set of dimensions out of county, centrality, country_group, sex, age_group
-- and duration_group, in this order in the name: frequency_by_county_sex, ...; dimensions
-- of your own come after them, in the order given.
--
-- Columns: year, the dimensions, residents (immigrants on 1 January), emigrations
-- (in the year, same-year movers included), frequency (per 100; NULL where nobody
-- lives). A NULL dimension is a group of its own: a country or place that is not
-- known. Each view adds up to frequency. They read the cells: .refresh brings them
-- up to date. For other groups, other people or the macro count: frequency_of.
-- Source: Rapporter 2015/17, chapter 5.
-- Example: FROM frequency_by_county_sex WHERE year = 2013;
CREATE OR REPLACE VIEW frequency AS FROM frequency_of(county_cell, []);

CREATE OR REPLACE VIEW frequency_by_county AS FROM frequency_of(county_cell, ['county']);
CREATE OR REPLACE VIEW frequency_by_centrality AS FROM frequency_of(county_cell, ['centrality']);
CREATE OR REPLACE VIEW frequency_by_country_group AS FROM frequency_of(county_cell, ['country_group']);
CREATE OR REPLACE VIEW frequency_by_sex AS FROM frequency_of(county_cell, ['sex']);
CREATE OR REPLACE VIEW frequency_by_age_group AS FROM frequency_of(county_cell, ['age_group']);
CREATE OR REPLACE VIEW frequency_by_duration_group AS FROM frequency_of(county_cell, ['duration_group']);

CREATE OR REPLACE VIEW frequency_by_county_centrality AS FROM frequency_of(county_cell, ['county', 'centrality']);
CREATE OR REPLACE VIEW frequency_by_county_country_group AS FROM frequency_of(county_cell, ['county', 'country_group']);
CREATE OR REPLACE VIEW frequency_by_county_sex AS FROM frequency_of(county_cell, ['county', 'sex']);
CREATE OR REPLACE VIEW frequency_by_county_age_group AS FROM frequency_of(county_cell, ['county', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_duration_group AS FROM frequency_of(county_cell, ['county', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group AS FROM frequency_of(county_cell, ['centrality', 'country_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_sex AS FROM frequency_of(county_cell, ['centrality', 'sex']);
CREATE OR REPLACE VIEW frequency_by_centrality_age_group AS FROM frequency_of(county_cell, ['centrality', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_duration_group AS FROM frequency_of(county_cell, ['centrality', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_sex AS FROM frequency_of(county_cell, ['country_group', 'sex']);
CREATE OR REPLACE VIEW frequency_by_country_group_age_group AS FROM frequency_of(county_cell, ['country_group', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_duration_group AS FROM frequency_of(county_cell, ['country_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_sex_age_group AS FROM frequency_of(county_cell, ['sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_sex_duration_group AS FROM frequency_of(county_cell, ['sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_age_group_duration_group AS FROM frequency_of(county_cell, ['age_group', 'duration_group']);

CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_sex AS FROM frequency_of(county_cell, ['county', 'centrality', 'sex']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_age_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_sex AS FROM frequency_of(county_cell, ['county', 'country_group', 'sex']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_age_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_duration_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_sex_age_group AS FROM frequency_of(county_cell, ['county', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_sex_duration_group AS FROM frequency_of(county_cell, ['county', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_sex AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'sex']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_age_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_duration_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_sex_age_group AS FROM frequency_of(county_cell, ['centrality', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_sex_duration_group AS FROM frequency_of(county_cell, ['centrality', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_age_group_duration_group AS FROM frequency_of(county_cell, ['centrality', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_sex_age_group AS FROM frequency_of(county_cell, ['country_group', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_sex_duration_group AS FROM frequency_of(county_cell, ['country_group', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_age_group_duration_group AS FROM frequency_of(county_cell, ['country_group', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['sex', 'age_group', 'duration_group']);

CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_sex AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'sex']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_age_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_sex_age_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_sex_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_sex_age_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_sex_duration_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'sex', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_sex_age_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_sex_duration_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_age_group_duration_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['centrality', 'sex', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_country_group_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['country_group', 'sex', 'age_group', 'duration_group']);

CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_sex_age_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'sex', 'age_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_sex_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'sex', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_centrality_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'sex', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_county_country_group_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'country_group', 'sex', 'age_group', 'duration_group']);
CREATE OR REPLACE VIEW frequency_by_centrality_country_group_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['centrality', 'country_group', 'sex', 'age_group', 'duration_group']);

CREATE OR REPLACE VIEW frequency_by_county_centrality_country_group_sex_age_group_duration_group AS FROM frequency_of(county_cell, ['county', 'centrality', 'country_group', 'sex', 'age_group', 'duration_group']);
