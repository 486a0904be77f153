-- figure_5_27: Immigrants of each county by duration of residence, average of
-- 2004-2008 and of 2009-2013. Section 5.2.1. Counts residents, so that same-year
-- movers do not matter. Columns: period, county (and 'Norway'), duration_group,
-- residents (average on 1 January), share (of the county's immigrants, a
-- fraction), percent.
CREATE OR REPLACE VIEW figure_5_27 AS
FROM _county_composition('duration_group');

-- figure_5_28: Immigrants of each county by country group, average of 2004-2008
-- and of 2009-2013. Section 5.2.1. Counts residents, so that same-year movers do
-- not matter. Columns: period, county (and 'Norway'), country_group, residents
-- (average on 1 January), share (of the county's immigrants, a fraction),
-- percent.
CREATE OR REPLACE VIEW figure_5_28 AS
FROM _county_composition('country_group');

-- figure_5_29: Immigrants of each county by sex, average of 2004-2008 and of
-- 2009-2013. Section 5.2.1. Counts residents, so that same-year movers do not
-- matter. Columns: period, county (and 'Norway'), sex, residents (average on 1
-- January), share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_29 AS
FROM _county_composition('sex');

-- figure_5_30: Immigrants of each county by age group, average of 2004-2008 and
-- of 2009-2013. Section 5.2.1. Counts residents, so that same-year movers do not
-- matter. Columns: period, county (and 'Norway'), age_group, residents (average
-- on 1 January), share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_30 AS
FROM _county_composition('age_group');
