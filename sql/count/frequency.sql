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

{{frequency_by county, centrality, country_group, sex, age_group, duration_group}}
