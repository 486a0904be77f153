-- cell: the counts of immigrants, with where they live: what most questions use.
--
-- Columns: as population_cell, without immigrant. What has no place, and residents with
-- a code that is unknown or was divided, have a NULL municipality and centrality.
-- Example: SELECT county, sum(emigrations) FROM cell WHERE year = 2013 GROUP BY ALL;
CREATE OR REPLACE VIEW cell AS
SELECT * EXCLUDE (immigrant) FROM population_cell WHERE immigrant;

-- county_cell: cell summed over the municipalities of a county and centrality,
-- materialised by .refresh: a tenth of the rows, for what does not ask for
-- municipalities. The frequency views of the report's dimensions and the panels read it.
--
-- Columns: year, county, centrality, country_group, sex, age_group, duration_group,
-- duration_group_macro, residents, emigrations, emigrations_macro, immigrations,
-- immigrations_macro; NULLs as in cell. A row a group that has any of these.
-- Example: FROM frequency_of(county_cell, ['county', 'duration_group_macro'], count := 'macro');
CREATE OR REPLACE VIEW _county_cell_live AS
SELECT year, county, centrality, country_group, sex, age_group, duration_group, duration_group_macro,
       sum(residents)::INTEGER AS residents,
       sum(emigrations)::INTEGER AS emigrations, sum(emigrations_macro)::INTEGER AS emigrations_macro,
       sum(immigrations)::INTEGER AS immigrations, sum(immigrations_macro)::INTEGER AS immigrations_macro
FROM cell
WHERE residents > 0 OR emigrations > 0 OR immigrations > 0
GROUP BY ALL;
CREATE TABLE IF NOT EXISTS county_cell AS FROM _county_cell_live;
