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
