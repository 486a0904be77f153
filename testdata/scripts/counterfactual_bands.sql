-- Table 4.11 with bands, which the report does not give: how much the responses vary when
-- the coefficients are as uncertain as their published t-values say.
--
-- The models are linear in the lagged frequencies, so residuals cancel in a difference; what
-- makes a response uncertain is the coefficients. Annex C prints no covariances of them, so
-- they are drawn independently here, with standard errors estimate / t; with estimates of
-- your own take (SELECT list(c) FROM sur_covariance(…) c). Every scenario of a replication
-- has the same coefficients. Sums over country groups are taken replication by replication.
WITH
  shift(scenario, income, norway, group1) AS (VALUES ('reference', 0, 0, 0), ('i', 0.1, 0, 0), ('ii', 0, 1, 0), ('iii', 0, 0, 1)),
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
      led1 + group1 * (year >= 2000)::INT AS led1)
    FROM panel p, shift),
  shocked_1 AS (FROM shocked WHERE country_group = 1),
  shocked_2 AS (FROM shocked WHERE country_group = 2),
  shocked_3 AS (FROM shocked WHERE country_group = 3),
  uncertainty AS (
    SELECT list({model: model, parameter_i: parameter, parameter_j: parameter, covariance: (estimate / t_value)^2}) AS covariance
    FROM published_coefficient),
  run AS (
    FROM simulate_runs(['4.1', '4.4', '4.7', emigrations_formula()], shocked_1, published_coefficient, variables := 'emigrations',
      first_year := 1992, reference := 'reference', draws := 'parameters', parameter_covariance := (SELECT covariance FROM uncertainty))
    UNION ALL
    FROM simulate_runs(['4.2', '4.5', '4.8', emigrations_formula()], shocked_2, published_coefficient, variables := 'emigrations',
      first_year := 1992, reference := 'reference', draws := 'parameters', parameter_covariance := (SELECT covariance FROM uncertainty))
    UNION ALL
    FROM simulate_runs(['4.3', '4.6', '4.9', emigrations_formula()], shocked_3, published_coefficient, variables := 'emigrations',
      first_year := 1992, reference := 'reference', draws := 'parameters', parameter_covariance := (SELECT covariance FROM uncertainty))),
  total AS (
    SELECT scenario, replication, year, sum(value) AS emigrations FROM run WHERE year >= 2000 GROUP BY ALL),
  change AS (
    SELECT t.scenario, t.replication, coalesce(t.year::VARCHAR, '2000-2013') AS year, sum(t.emigrations - r.emigrations) AS change
    FROM total t JOIN total r ON r.scenario = 'reference' AND r.replication = t.replication AND r.year = t.year
    WHERE t.scenario <> 'reference'
    GROUP BY GROUPING SETS ((t.scenario, t.replication, t.year), (t.scenario, t.replication)))
SELECT scenario AS experiment, year, round(quantile_cont(change, 0.05), 1) + 0 AS lower, round(median(change), 1) + 0 AS median,
       round(quantile_cont(change, 0.95), 1) + 0 AS upper, round(stddev_samp(change), 1) AS std_error
FROM change
GROUP BY scenario, year
ORDER BY scenario, length(year), year;
