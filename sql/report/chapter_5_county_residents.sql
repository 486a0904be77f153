-- {{caption}} Columns: period, county (and 'Norway'), duration_group, residents (average on 1
-- January), share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_27 AS
FROM _county_composition('duration_group');

-- {{caption}} Columns: period, county (and 'Norway'), country_group, residents (average on 1
-- January), share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_28 AS
FROM _county_composition('country_group');

-- {{caption}} Columns: period, county (and 'Norway'), sex, residents (average on 1 January),
-- share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_29 AS
FROM _county_composition('sex');

-- {{caption}} Columns: period, county (and 'Norway'), age_group, residents (average on 1
-- January), share (of the county's immigrants, a fraction), percent.
CREATE OR REPLACE VIEW figure_5_30 AS
FROM _county_composition('age_group');
