-- Emigration from country group 2 beyond the data, to 2030, with bands: the panel simply has
-- more years. Here macro series, duration shares, residents and the linear trend, which would
-- take frequencies below nil in the end, stay as in 2013, and the frequencies, which are not
-- known, are left out (UNION ALL BY NAME makes them NULL). What the equations missed in 2013
-- they go on missing, 30 per cent less every year (residuals := 'decay'), so that the path
-- leads from the 266 emigrations of that year to where the equations lie; with nothing added
-- it would jump to 427 at once.
WITH
  future AS (
    FROM panel_2
    UNION ALL BY NAME
    SELECT y::INTEGER AS year, COLUMNS('^(anko|anme|pop|relinnt|led|beh|trend)')
    FROM panel_2, range(2014, 2031) r(y) WHERE year = 2013)
SELECT year, round(simulated, 1) AS emigrations, round(std_error, 1) AS std_error, round(lower, 1) AS lower, round(upper, 1) AS upper
FROM simulate_stochastic(['4.2', '4.5', '4.8', emigrations_formula()], future, published_coefficient, first_year := 2014,
  residuals := 'decay', residual_decay := 0.7, residual_covariance := (SELECT list(c) FROM published_residual_covariance c), level := 0.8)
WHERE variable = 'emigrations';

-- The same with stocks that answer: everybody stays, leaves and dies at the rates of 2012 as
-- far as the models do not say otherwise, and as many arrive as in 2013. The account begins
-- with the stock of 2013, so that year is simulated too, with all frequencies as observed.
WITH
  future AS (
    FROM panel_2
    UNION ALL BY NAME
    SELECT y::INTEGER AS year, COLUMNS('^(relinnt|led|beh|trend)')
    FROM panel_2, range(2014, 2031) r(y) WHERE year = 2013),
  account AS (FROM cohort WHERE country_group = 2 AND year >= 2012),
  future_account AS (
    -- 2013, whose stayers are not known yet, with the rates of 2012.
    SELECT a.* REPLACE (a.residents * coalesce(b.emigrations / b.residents, 0) AS emigrations, a.residents * coalesce(b.stayers / b.residents, 1) AS stayers)
    FROM account a LEFT JOIN account b ON b.year = 2012 AND (b.sex, b.age, b.duration) = (a.sex, a.age, a.duration)
    WHERE a.year = 2013
    UNION ALL BY NAME
    -- Later years: rates of 2012 (residents, emigrations and stayers matter as rates only).
    SELECT * REPLACE (y::INTEGER AS year, 0 AS arrivals) FROM account, range(2014, 2031) r(y) WHERE year = 2012
    UNION ALL BY NAME
    -- And the arrivals of 2013, as rows of their own: cells of the account add up.
    SELECT * REPLACE (y::INTEGER AS year, 0 AS residents, 0 AS emigrations, 0 AS stayers) FROM account, range(2014, 2031) r(y) WHERE year = 2013)
SELECT year, round(any_value(simulated) FILTER (variable = 'beh2'))::INTEGER AS residents, round(any_value(simulated) FILTER (variable = 'emigrations'))::INTEGER AS emigrations
FROM simulate(['4.2', '4.5', '4.8', emigrations_formula()], future, published_coefficient, first_year := 2013, residuals := 'decay', residual_decay := 0.7,
  exogenous := (SELECT list(column_name || ':2013') FROM (DESCRIBE panel_2) WHERE column_name LIKE 'emi\_%' ESCAPE '\'),
  cohorts := (SELECT list(c) FROM future_account c))
GROUP BY year ORDER BY year;

-- All country groups without models: the rates of 2009-2013 go on, and arrivals follow the
-- three shipped scenarios (.help project).
SELECT year, round(any_value(residents) FILTER (scenario = 'low'))::INTEGER AS low, round(any_value(residents) FILTER (scenario = 'main'))::INTEGER AS main,
       round(any_value(residents) FILTER (scenario = 'high'))::INTEGER AS high, round(any_value(emigrations) FILTER (scenario = 'main'))::INTEGER AS emigrations_main
FROM (FROM project('low') UNION ALL FROM project('main') UNION ALL FROM project('high'))
WHERE year IN (2013, 2014) OR year % 5 = 0
GROUP BY year ORDER BY year;
