-- cell: the counts of immigrants, with where they live: what the frequency views
-- and most questions use.
--
-- Columns: year, municipality_code, municipality, county, centrality,
-- country_group, sex, age_group, duration_band, duration_group,
-- duration_group_macro, residents, emigrations, emigrations_macro, immigrations,
-- immigrations_macro, as in population_cell_live. Events without a place and
-- residents with an unknown code have a NULL municipality, county and centrality.
-- Example: SELECT county, sum(emigrations) FROM cell WHERE year = 2013 GROUP BY ALL;
CREATE OR REPLACE VIEW cell AS
SELECT year, municipality_code, municipality, county, centrality, country_group, sex, age_group,
       duration_band, duration_group, duration_group_macro,
       residents, emigrations, emigrations_macro, immigrations, immigrations_macro
FROM population_cell LEFT JOIN municipality USING (municipality_code)
WHERE immigrant;

-- county_cell: cell summed over the municipalities of a county and centrality,
-- materialised by .refresh: a tenth of the rows, for what does not ask for
-- municipalities. The frequency views and panels read it.
--
-- Columns: year, county, centrality, country_group, sex, age_group, duration_group,
-- duration_group_macro, residents, emigrations, emigrations_macro, immigrations,
-- immigrations_macro; NULLs as in cell.
-- Example: FROM frequency_of(county_cell, ['county', 'duration_group_macro'], count := 'macro');
CREATE OR REPLACE VIEW _county_cell_live AS
SELECT year, county, centrality, country_group, sex, age_group, duration_group, duration_group_macro,
       sum(residents)::INTEGER AS residents,
       sum(emigrations)::INTEGER AS emigrations, sum(emigrations_macro)::INTEGER AS emigrations_macro,
       sum(immigrations)::INTEGER AS immigrations, sum(immigrations_macro)::INTEGER AS immigrations_macro
FROM cell
GROUP BY ALL;
CREATE TABLE IF NOT EXISTS county_cell AS FROM _county_cell_live;
