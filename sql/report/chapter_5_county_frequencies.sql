-- {{caption}} Columns: period, county (and 'Norway'), duration_group (0-2), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_31 AS
FROM _county_frequency(['duration_group']) WHERE duration_group = '0-2';

-- {{caption}} Columns: period, county (and 'Norway'), duration_group (3-5), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_32 AS
FROM _county_frequency(['duration_group']) WHERE duration_group = '3-5';

-- {{caption}} Columns: period, county (and 'Norway'), duration_group (6-10), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_33 AS
FROM _county_frequency(['duration_group']) WHERE duration_group = '6-10';

-- {{caption}} Columns: period, county (and 'Norway'), duration_group (11-15), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_34 AS
FROM _county_frequency(['duration_group']) WHERE duration_group = '11-15';

-- {{caption}} Columns: period, county (and 'Norway'), duration_group (16+), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_35 AS
FROM _county_frequency(['duration_group']) WHERE duration_group = '16+';

-- {{caption}} Columns: period, county (and 'Norway'), country_group (1), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_36 AS
FROM _county_frequency(['country_group']) WHERE country_group = 1;

-- {{caption}} Columns: period, county (and 'Norway'), country_group (2), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_37 AS
FROM _county_frequency(['country_group']) WHERE country_group = 2;

-- {{caption}} Columns: period, county (and 'Norway'), country_group (3), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_38 AS
FROM _county_frequency(['country_group']) WHERE country_group = 3;

-- {{caption}} Columns: period, county (and 'Norway'), sex (male), residents and emigrations
-- (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_39 AS
FROM _county_frequency(['sex']) WHERE sex = 'male';

-- {{caption}} Columns: period, county (and 'Norway'), sex (female), residents and emigrations
-- (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_40 AS
FROM _county_frequency(['sex']) WHERE sex = 'female';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (0-6), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_41 AS
FROM _county_frequency(['age_group']) WHERE age_group = '0-6';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (7-17), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_42 AS
FROM _county_frequency(['age_group']) WHERE age_group = '7-17';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (18-34), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_43 AS
FROM _county_frequency(['age_group']) WHERE age_group = '18-34';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (35-62), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_44 AS
FROM _county_frequency(['age_group']) WHERE age_group = '35-62';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (63-70), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_45 AS
FROM _county_frequency(['age_group']) WHERE age_group = '63-70';

-- {{caption}} Columns: period, county (and 'Norway'), age_group (71+), residents and
-- emigrations (averages a year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_46 AS
FROM _county_frequency(['age_group']) WHERE age_group = '71+';

-- {{caption}} Columns: period, county (and 'Norway'), residents and emigrations (averages a
-- year), frequency (per 100, of the years together).
CREATE OR REPLACE VIEW figure_5_47 AS
FROM _county_frequency([]);
