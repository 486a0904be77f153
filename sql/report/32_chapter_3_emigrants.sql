-- figure_3_7: Immigrants who emigrated 2009-2013, by age and sex. Section 3.2.2.
-- Same-year movers are left out. Columns: age in completed years at emigration,
-- sex, emigrations (in the five years together). Ages and durations in single
-- years are not in the cells: this reads the register itself.
CREATE OR REPLACE VIEW figure_3_7 AS
SELECT age, sex, count(*) AS emigrations FROM _emigrant_2009_2013 GROUP BY ALL ORDER BY ALL;

-- figure_3_8: Immigrants who emigrated 2009-2013, by age and country group.
-- Section 3.2.2. Same-year movers are left out. Columns: age in completed years
-- at emigration, country_group, emigrations (in the five years together). Reads
-- the register itself.
CREATE OR REPLACE VIEW figure_3_8 AS
SELECT age, country_group, count(*) AS emigrations FROM _emigrant_2009_2013 GROUP BY ALL ORDER BY ALL;

-- figure_3_9: Immigrants who emigrated 2009-2013, by duration of residence and
-- country group. Section 3.2.2. Same-year movers are left out. Columns: duration
-- in completed years at emigration, country_group, emigrations (in the five years
-- together). Reads the register itself.
CREATE OR REPLACE VIEW figure_3_9 AS
SELECT duration, country_group, count(*) AS emigrations FROM _emigrant_2009_2013 GROUP BY ALL ORDER BY ALL;
