-- {{caption}} Columns: year, series ('country group 1' to '3', 'unemployment in Norway'),
-- percent (emigrations per 100 residents; unemployed in per cent of the labour force, from
-- macro_year). Immigrants of an unknown country group are left out.
CREATE OR REPLACE VIEW figure_4_2 AS
SELECT year, 'country group ' || country_group AS series, frequency AS percent
FROM frequency_of(county_cell, 'country_group', count := 'macro') WHERE year BETWEEN 1990 AND 2013 AND country_group IS NOT NULL
UNION ALL
SELECT year, 'unemployment in Norway', lednor FROM macro_year WHERE year BETWEEN 1990 AND 2013
ORDER BY ALL;
