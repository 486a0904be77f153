-- figure_3_7: Immigrants who emigrated 2009-2013, by age and sex. Section 3.2.2.
-- Same-year movers are left out. Columns: age in completed years at emigration,
-- sex, emigrations (in the five years together).
CREATE OR REPLACE VIEW figure_3_7 AS
FROM _emigrants('age', 'sex');

-- figure_3_8: Immigrants who emigrated 2009-2013, by age and country group.
-- Section 3.2.2. Same-year movers are left out. Columns: age in completed years
-- at emigration, country_group, emigrations (in the five years together).
CREATE OR REPLACE VIEW figure_3_8 AS
FROM _emigrants('age', 'country_group');

-- figure_3_9: Immigrants who emigrated 2009-2013, by duration of residence and
-- country group. Section 3.2.2. Same-year movers are left out. Columns: duration
-- in completed years at emigration, country_group, emigrations (in the five years
-- together).
CREATE OR REPLACE VIEW figure_3_9 AS
FROM _emigrants('duration', 'country_group');
