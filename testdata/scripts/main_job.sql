-- The main job, end to end: from a population register to a counterfactual.
.digits 4

.print Emigration frequency of immigrants: emigrations per 100 residents on 1 January
PIVOT (SELECT year, country_group, frequency FROM frequency_by_country_group WHERE year >= 2006)
ON 'group_' || country_group USING first(frequency) ORDER BY year;

.print Model 4.1 of the report, emigration of 18-62-year-olds of country group 1: published and estimated here
SELECT parameter, p.estimate AS published, e.estimate, e.std_error, e.t_value, e.equations
FROM sur('4.1', panel_1) e LEFT JOIN published_coefficient p USING (parameter)
WHERE p.model = '4.1';

.print Change in emigrations, persons, with the report's coefficients (table 4.11; the demo register is 0.05 of Norway)
.read counterfactual.sql
