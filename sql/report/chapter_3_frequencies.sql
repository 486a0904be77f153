-- {{caption}} Columns: year, residents (immigrants on 1 January), emigrations, frequency (per
-- 100).
CREATE OR REPLACE VIEW figure_3_10 AS
FROM frequency_of(county_cell, [], count := 'macro') WHERE year BETWEEN 1990 AND 2013;

-- {{caption}} Columns: year, sex, emigrations.
CREATE OR REPLACE VIEW figure_3_11 AS
SELECT year, sex, emigrations FROM _frequency_2000_2013('sex');

-- {{caption}} Columns: year, sex, residents (immigrants on 1 January), emigrations, frequency
-- (per 100).
CREATE OR REPLACE VIEW figure_3_12 AS
FROM _frequency_2000_2013('sex');

-- {{caption}} Columns: year, age_group, emigrations.
CREATE OR REPLACE VIEW figure_3_13 AS
SELECT year, age_group, emigrations FROM _frequency_2000_2013('age_group');

-- {{caption}} Columns: year, age_group, residents (immigrants on 1 January), emigrations,
-- frequency (per 100).
CREATE OR REPLACE VIEW figure_3_14 AS
FROM _frequency_2000_2013('age_group');

-- {{caption}} Columns: year, duration_group, emigrations.
CREATE OR REPLACE VIEW figure_3_15 AS
SELECT year, duration_group, emigrations FROM _frequency_2000_2013('duration_group');

-- {{caption}} Columns: year, duration_group, residents (immigrants on 1 January), emigrations,
-- frequency (per 100).
CREATE OR REPLACE VIEW figure_3_16 AS
FROM _frequency_2000_2013('duration_group');

-- {{caption}} Columns: year, country_group, emigrations.
CREATE OR REPLACE VIEW figure_3_17 AS
SELECT year, country_group, emigrations FROM _frequency_2000_2013('country_group');

-- {{caption}} Columns: year, country_group, residents (immigrants on 1 January), emigrations,
-- frequency (per 100).
CREATE OR REPLACE VIEW figure_3_18 AS
FROM _frequency_2000_2013('country_group');
