-- figure_3_10: Emigration frequency of immigrants in Norway, 1990-2013. Section
-- 3.2.2. Same-year movers are left out. Columns: year, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_3_10 AS
FROM frequency_of(county_cell, [], count := 'macro') WHERE year BETWEEN 1990 AND 2013;

-- figure_3_11: Emigrations of immigrants by sex, 2000-2013. The whole country.
-- Section 3.2.3. Same-year movers are included. Columns: year, sex, emigrations.
CREATE OR REPLACE VIEW figure_3_11 AS
SELECT year, sex, emigrations FROM _frequency_2000_2013('sex');

-- figure_3_12: Emigration frequency of immigrants by sex, 2000-2013. The whole
-- country. Section 3.2.3. Same-year movers are included. Columns: year, sex,
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_3_12 AS
FROM _frequency_2000_2013('sex');

-- figure_3_13: Emigrations of immigrants by age group, 2000-2013. The whole
-- country. Section 3.2.3. Same-year movers are included. Columns: year,
-- age_group, emigrations.
CREATE OR REPLACE VIEW figure_3_13 AS
SELECT year, age_group, emigrations FROM _frequency_2000_2013('age_group');

-- figure_3_14: Emigration frequency of immigrants by age group, 2000-2013. The
-- whole country. Section 3.2.3. Same-year movers are included. Columns: year,
-- age_group, residents (immigrants on 1 January), emigrations, frequency (per
-- 100).
CREATE OR REPLACE VIEW figure_3_14 AS
FROM _frequency_2000_2013('age_group');

-- figure_3_15: Emigrations of immigrants by duration of residence, 2000-2013. The
-- whole country. Section 3.2.3. Same-year movers are included. Columns: year,
-- duration_group, emigrations.
CREATE OR REPLACE VIEW figure_3_15 AS
SELECT year, duration_group, emigrations FROM _frequency_2000_2013('duration_group');

-- figure_3_16: Emigration frequency of immigrants by duration of residence,
-- 2000-2013. The whole country. Section 3.2.3. Same-year movers are included.
-- Columns: year, duration_group, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_3_16 AS
FROM _frequency_2000_2013('duration_group');

-- figure_3_17: Emigrations of immigrants by country group, 2000-2013. The whole
-- country. Section 3.2.3. Same-year movers are included. Columns: year,
-- country_group, emigrations.
CREATE OR REPLACE VIEW figure_3_17 AS
SELECT year, country_group, emigrations FROM _frequency_2000_2013('country_group');

-- figure_3_18: Emigration frequency of immigrants by country group, 2000-2013.
-- The whole country. Section 3.2.3. Same-year movers are included. Columns: year,
-- country_group, residents (immigrants on 1 January), emigrations, frequency (per
-- 100).
CREATE OR REPLACE VIEW figure_3_18 AS
FROM _frequency_2000_2013('country_group');
