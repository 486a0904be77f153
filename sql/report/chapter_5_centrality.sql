-- figure_5_1: Emigrations of immigrants by centrality of the municipality,
-- 2000-2013. Section 5.1.1. Same-year movers are included. Columns: year,
-- centrality (1 least central, 4 most central), emigrations.
CREATE OR REPLACE VIEW figure_5_1 AS
SELECT year, centrality, emigrations FROM _frequency_2000_2013('centrality');

-- figure_5_2: Emigration frequency of immigrants by centrality of the
-- municipality, 2000-2013. Section 5.1.2. Same-year movers are included. Columns:
-- year, centrality (1 least central, 4 most central), residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_2 AS
FROM _frequency_2000_2013('centrality');

-- figure_5_3: Emigration frequency of immigrants by duration of residence,
-- 2000-2013. Centrality 1 (least central municipalities). Section 5.1.3.
-- Same-year movers are included. Columns: year, centrality (1), duration_group,
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_3 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 1;

-- figure_5_4: Emigration frequency of immigrants by duration of residence,
-- 2000-2013. Centrality 2 (less central municipalities). Section 5.1.3. Same-year
-- movers are included. Columns: year, centrality (2), duration_group, residents
-- (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_4 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 2;

-- figure_5_5: Emigration frequency of immigrants by duration of residence,
-- 2000-2013. Centrality 3 (somewhat central municipalities). Section 5.1.3.
-- Same-year movers are included. Columns: year, centrality (3), duration_group,
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_5 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 3;

-- figure_5_6: Emigration frequency of immigrants by duration of residence,
-- 2000-2013. Centrality 4 (central municipalities). Section 5.1.3. Same-year
-- movers are included. Columns: year, centrality (4), duration_group, residents
-- (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_6 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 4;

-- figure_5_7: Emigration frequency of immigrants with 0-2 years of residence,
-- 2000-2013, by centrality. Section 5.1.4. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), duration_group
-- (0-2), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_7 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '0-2';

-- figure_5_8: Emigration frequency of immigrants with 3-5 years of residence,
-- 2000-2013, by centrality. Section 5.1.4. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), duration_group
-- (3-5), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_8 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '3-5';

-- figure_5_9: Emigration frequency of immigrants with 6-10 years of residence,
-- 2000-2013, by centrality. Section 5.1.4. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), duration_group
-- (6-10), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_9 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '6-10';

-- figure_5_10: Emigration frequency of immigrants with 11-15 years of residence,
-- 2000-2013, by centrality. Section 5.1.4. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), duration_group
-- (11-15), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_10 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '11-15';

-- figure_5_11: Emigration frequency of immigrants with 16+ years of residence,
-- 2000-2013, by centrality. Section 5.1.4. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), duration_group
-- (16+), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_11 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '16+';

-- figure_5_12: Emigration frequency of immigrants by country group, 2000-2013.
-- Centrality 1 (least central municipalities). Section 5.1.5. Same-year movers
-- are included. Columns: year, centrality (1), country_group, residents
-- (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_12 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 1;

-- figure_5_13: Emigration frequency of immigrants by country group, 2000-2013.
-- Centrality 2 (less central municipalities). Section 5.1.5. Same-year movers are
-- included. Columns: year, centrality (2), country_group, residents (immigrants
-- on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_13 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 2;

-- figure_5_14: Emigration frequency of immigrants by country group, 2000-2013.
-- Centrality 3 (somewhat central municipalities). Section 5.1.5. Same-year movers
-- are included. Columns: year, centrality (3), country_group, residents
-- (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_14 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 3;

-- figure_5_15: Emigration frequency of immigrants by country group, 2000-2013.
-- Centrality 4 (central municipalities). Section 5.1.5. Same-year movers are
-- included. Columns: year, centrality (4), country_group, residents (immigrants
-- on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_15 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 4;

-- figure_5_16: Emigration frequency of immigrants from country group 1,
-- 2000-2013, by centrality. Section 5.1.6. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), country_group (1),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_16 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 1;

-- figure_5_17: Emigration frequency of immigrants from country group 2,
-- 2000-2013, by centrality. Section 5.1.6. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), country_group (2),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_17 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 2;

-- figure_5_18: Emigration frequency of immigrants from country group 3,
-- 2000-2013, by centrality. Section 5.1.6. Same-year movers are included.
-- Columns: year, centrality (1 least central, 4 most central), country_group (3),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_18 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 3;

-- figure_5_19: Emigration frequency of immigrants by sex, 2000-2013. Centrality 1
-- (least central municipalities). Section 5.1.7. Same-year movers are included.
-- Columns: year, centrality (1), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_19 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 1;

-- figure_5_20: Emigration frequency of immigrants by sex, 2000-2013. Centrality 2
-- (less central municipalities). Section 5.1.7. Same-year movers are included.
-- Columns: year, centrality (2), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_20 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 2;

-- figure_5_21: Emigration frequency of immigrants by sex, 2000-2013. Centrality 3
-- (somewhat central municipalities). Section 5.1.7. Same-year movers are
-- included. Columns: year, centrality (3), sex, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_21 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 3;

-- figure_5_22: Emigration frequency of immigrants by sex, 2000-2013. Centrality 4
-- (central municipalities). Section 5.1.7. Same-year movers are included.
-- Columns: year, centrality (4), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_22 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 4;

-- figure_5_23: Emigration frequency of immigrants by age group, 2000-2013.
-- Centrality 1 (least central municipalities). Section 5.1.8. Same-year movers
-- are included. Columns: year, centrality (1), age_group, residents (immigrants
-- on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_23 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 1;

-- figure_5_24: Emigration frequency of immigrants by age group, 2000-2013.
-- Centrality 2 (less central municipalities). Section 5.1.8. Same-year movers are
-- included. Columns: year, centrality (2), age_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_24 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 2;

-- figure_5_25: Emigration frequency of immigrants by age group, 2000-2013.
-- Centrality 3 (somewhat central municipalities). Section 5.1.8. Same-year movers
-- are included. Columns: year, centrality (3), age_group, residents (immigrants
-- on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_25 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 3;

-- figure_5_26: Emigration frequency of immigrants by age group, 2000-2013.
-- Centrality 4 (central municipalities). Section 5.1.8. Same-year movers are
-- included. Columns: year, centrality (4), age_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_26 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 4;
