-- Table 4.11 of the report (section 4.10) as one statement: from 2000 on, (i) relative
-- income of all three country groups is raised by 0.1, (ii) unemployment in Norway,
-- (iii) in country group 1 and (iv) in group 2, which the report does not print as it
-- is very small, by one percentage point. Dynamic simulation from 1992 with the
-- published coefficients; the number and composition of immigrants stay as observed.
-- Change in emigrations, persons, beside what the report prints.
WITH
  shift(scenario, income, norway, group1, group2) AS (
    VALUES ('reference', 0, 0, 0, 0), ('i', 0.1, 0, 0, 0), ('ii', 0, 1, 0, 0), ('iii', 0, 0, 1, 0), ('iv', 0, 0, 0, 1)),
  panel AS (
    SELECT 1 AS country_group, * FROM panel_1 UNION ALL BY NAME
    SELECT 2 AS country_group, * FROM panel_2 UNION ALL BY NAME
    SELECT 3 AS country_group, * FROM panel_3),
  shocked AS (
    SELECT scenario, p.* REPLACE (
      relinnt1 + income * (year >= 2000)::INT AS relinnt1,
      relinnt2 + income * (year >= 2000)::INT AS relinnt2,
      relinnt3 + income * (year >= 2000)::INT AS relinnt3,
      lednor + norway * (year >= 2000)::INT AS lednor,
      led1 + group1 * (year >= 2000)::INT AS led1,
      led2 + group2 * (year >= 2000)::INT AS led2)
    FROM panel p, shift),
  shocked_1 AS (FROM shocked WHERE country_group = 1),
  shocked_2 AS (FROM shocked WHERE country_group = 2),
  shocked_3 AS (FROM shocked WHERE country_group = 3),
  frequency_change AS (
    SELECT 1 AS country_group, * FROM simulate_scenarios(['4.1', '4.4', '4.7'], shocked_1, published_coefficient, first_year := 1992)
    UNION ALL
    SELECT 2 AS country_group, * FROM simulate_scenarios(['4.2', '4.5', '4.8'], shocked_2, published_coefficient, first_year := 1992)
    UNION ALL
    SELECT 3 AS country_group, * FROM simulate_scenarios(['4.3', '4.6', '4.9'], shocked_3, published_coefficient, first_year := 1992)),
  residents AS (
    UNPIVOT (SELECT country_group, year, COLUMNS('^pop_[km][1-6]$') FROM panel)
    ON COLUMNS('^pop_') INTO NAME variable VALUE residents),
  change AS (
    SELECT c.year,
      sum(c.difference * r.residents) FILTER (scenario = 'i') AS income,
      sum(c.difference * r.residents) FILTER (scenario = 'ii') AS unemployment_norway,
      sum(c.difference * r.residents) FILTER (scenario = 'iii') AS unemployment_group1,
      sum(c.difference * r.residents) FILTER (scenario = 'iv') AS unemployment_group2
    FROM frequency_change c JOIN residents r
      ON r.country_group = c.country_group AND r.year = c.year AND r.variable = replace(c.variable, 'emi', 'pop')
    WHERE c.year >= 2000
    GROUP BY c.year)
SELECT
  coalesce(year::VARCHAR, '2000-2013') AS year,
  round(sum(income), 1) + 0 AS income,                           sum(relative_income_plus_0_1) AS printed_i,
  round(sum(unemployment_norway), 1) + 0 AS unemployment_norway, sum(unemployment_norway_plus_1pp) AS printed_ii,
  round(sum(unemployment_group1), 1) + 0 AS unemployment_group1, sum(unemployment_group1_plus_1pp) AS printed_iii,
  round(sum(unemployment_group2), 1) + 0 AS unemployment_group2
FROM change JOIN published_counterfactual USING (year)
GROUP BY GROUPING SETS (year, ())
ORDER BY grouping(change.year), 1;
