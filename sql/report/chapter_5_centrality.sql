-- {{caption}} Columns: year, centrality (1 least central, 4 most central), emigrations.
CREATE OR REPLACE VIEW figure_5_1 AS
SELECT year, centrality, emigrations FROM _frequency_2000_2013('centrality');

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), residents
-- (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_2 AS
FROM _frequency_2000_2013('centrality');

-- {{caption}} Columns: year, centrality (1), duration_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_3 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 1;

-- {{caption}} Columns: year, centrality (2), duration_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_4 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 2;

-- {{caption}} Columns: year, centrality (3), duration_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_5 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 3;

-- {{caption}} Columns: year, centrality (4), duration_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_6 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE centrality = 4;

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), duration_group
-- (0-2), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_7 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '0-2';

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), duration_group
-- (3-5), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_8 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '3-5';

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), duration_group
-- (6-10), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_9 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '6-10';

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), duration_group
-- (11-15), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_10 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '11-15';

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), duration_group
-- (16+), residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_11 AS
FROM _frequency_2000_2013(['centrality', 'duration_group']) WHERE duration_group = '16+';

-- {{caption}} Columns: year, centrality (1), country_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_12 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 1;

-- {{caption}} Columns: year, centrality (2), country_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_13 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 2;

-- {{caption}} Columns: year, centrality (3), country_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_14 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 3;

-- {{caption}} Columns: year, centrality (4), country_group, residents (immigrants on 1
-- January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_15 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE centrality = 4;

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), country_group (1),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_16 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 1;

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), country_group (2),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_17 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 2;

-- {{caption}} Columns: year, centrality (1 least central, 4 most central), country_group (3),
-- residents (immigrants on 1 January), emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_18 AS
FROM _frequency_2000_2013(['centrality', 'country_group']) WHERE country_group = 3;

-- {{caption}} Columns: year, centrality (1), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_19 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 1;

-- {{caption}} Columns: year, centrality (2), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_20 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 2;

-- {{caption}} Columns: year, centrality (3), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_21 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 3;

-- {{caption}} Columns: year, centrality (4), sex, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_22 AS
FROM _frequency_2000_2013(['centrality', 'sex']) WHERE centrality = 4;

-- {{caption}} Columns: year, centrality (1), age_group, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_23 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 1;

-- {{caption}} Columns: year, centrality (2), age_group, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_24 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 2;

-- {{caption}} Columns: year, centrality (3), age_group, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_25 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 3;

-- {{caption}} Columns: year, centrality (4), age_group, residents (immigrants on 1 January),
-- emigrations, frequency (per 100).
CREATE OR REPLACE VIEW figure_5_26 AS
FROM _frequency_2000_2013(['centrality', 'age_group']) WHERE centrality = 4;
