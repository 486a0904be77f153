-- {{caption}} Columns: age in completed years at emigration, sex, emigrations (in the five
-- years together).
CREATE OR REPLACE VIEW figure_3_7 AS
FROM _emigrants('age', 'sex');

-- {{caption}} Columns: age in completed years at emigration, country_group, emigrations (in
-- the five years together).
CREATE OR REPLACE VIEW figure_3_8 AS
FROM _emigrants('age', 'country_group');

-- {{caption}} Columns: duration in completed years at emigration, country_group, emigrations
-- (in the five years together).
CREATE OR REPLACE VIEW figure_3_9 AS
FROM _emigrants('duration', 'country_group');
