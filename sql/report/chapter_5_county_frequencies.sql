-- figure_5_31: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants with 0-2 years of residence. Section 5.2.3. Same-year
-- movers are included. Columns: period, county (and 'Norway'), duration_group
-- (0-2), residents and emigrations (averages a year), frequency (per 100, of the
-- years together).
CREATE OR REPLACE VIEW figure_5_31 AS
WITH people AS (FROM county_cell WHERE duration_group = '0-2')
SELECT period, county, '0-2'::duration_group AS duration_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_32: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants with 3-5 years of residence. Section 5.2.3. Same-year
-- movers are included. Columns: period, county (and 'Norway'), duration_group
-- (3-5), residents and emigrations (averages a year), frequency (per 100, of the
-- years together).
CREATE OR REPLACE VIEW figure_5_32 AS
WITH people AS (FROM county_cell WHERE duration_group = '3-5')
SELECT period, county, '3-5'::duration_group AS duration_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_33: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants with 6-10 years of residence. Section 5.2.3. Same-year
-- movers are included. Columns: period, county (and 'Norway'), duration_group
-- (6-10), residents and emigrations (averages a year), frequency (per 100, of the
-- years together).
CREATE OR REPLACE VIEW figure_5_33 AS
WITH people AS (FROM county_cell WHERE duration_group = '6-10')
SELECT period, county, '6-10'::duration_group AS duration_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_34: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants with 11-15 years of residence. Section 5.2.3. Same-year
-- movers are included. Columns: period, county (and 'Norway'), duration_group
-- (11-15), residents and emigrations (averages a year), frequency (per 100, of
-- the years together).
CREATE OR REPLACE VIEW figure_5_34 AS
WITH people AS (FROM county_cell WHERE duration_group = '11-15')
SELECT period, county, '11-15'::duration_group AS duration_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_35: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants with 16+ years of residence. Section 5.2.3. Same-year
-- movers are included. Columns: period, county (and 'Norway'), duration_group
-- (16+), residents and emigrations (averages a year), frequency (per 100, of the
-- years together).
CREATE OR REPLACE VIEW figure_5_35 AS
WITH people AS (FROM county_cell WHERE duration_group = '16+')
SELECT period, county, '16+'::duration_group AS duration_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_36: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants from country group 1. Section 5.2.4. Same-year movers are
-- included. Columns: period, county (and 'Norway'), country_group (1), residents
-- and emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_36 AS
WITH people AS (FROM county_cell WHERE country_group = 1)
SELECT period, county, 1::TINYINT AS country_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_37: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants from country group 2. Section 5.2.4. Same-year movers are
-- included. Columns: period, county (and 'Norway'), country_group (2), residents
-- and emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_37 AS
WITH people AS (FROM county_cell WHERE country_group = 2)
SELECT period, county, 2::TINYINT AS country_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_38: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants from country group 3. Section 5.2.4. Same-year movers are
-- included. Columns: period, county (and 'Norway'), country_group (3), residents
-- and emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_38 AS
WITH people AS (FROM county_cell WHERE country_group = 3)
SELECT period, county, 3::TINYINT AS country_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_39: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Men. Section 5.2.5. Same-year movers are included. Columns: period,
-- county (and 'Norway'), sex (male), residents and emigrations (averages a year),
-- frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_39 AS
WITH people AS (FROM county_cell WHERE sex = 'male')
SELECT period, county, 'male'::sex AS sex, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_40: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Women. Section 5.2.5. Same-year movers are included. Columns:
-- period, county (and 'Norway'), sex (female), residents and emigrations
-- (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_40 AS
WITH people AS (FROM county_cell WHERE sex = 'female')
SELECT period, county, 'female'::sex AS sex, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_41: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 0-6. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (0-6), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_41 AS
WITH people AS (FROM county_cell WHERE age_group = '0-6')
SELECT period, county, '0-6'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_42: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 7-17. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (7-17), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_42 AS
WITH people AS (FROM county_cell WHERE age_group = '7-17')
SELECT period, county, '7-17'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_43: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 18-34. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (18-34), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_43 AS
WITH people AS (FROM county_cell WHERE age_group = '18-34')
SELECT period, county, '18-34'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_44: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 35-62. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (35-62), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_44 AS
WITH people AS (FROM county_cell WHERE age_group = '35-62')
SELECT period, county, '35-62'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_45: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 63-70. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (63-70), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_45 AS
WITH people AS (FROM county_cell WHERE age_group = '63-70')
SELECT period, county, '63-70'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_46: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. Immigrants aged 71+. Section 5.2.6. Same-year movers are included.
-- Columns: period, county (and 'Norway'), age_group (71+), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_46 AS
WITH people AS (FROM county_cell WHERE age_group = '71+')
SELECT period, county, '71+'::age_group AS age_group, residents, emigrations, frequency FROM _county_frequency(people);

-- figure_5_47: Emigration frequency by county, average of 2004-2008 and of
-- 2009-2013. All immigrants. Section 5.2.7. Same-year movers are included.
-- Columns: period, county (and 'Norway'), residents and emigrations (averages a
-- year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_47 AS
FROM _county_frequency(county_cell);
