-- sur_interval: a confidence interval for each parameter.
--
-- Arguments as sur, but std_errors is 'small_sample' unless another is asked for; level
-- of the intervals. Columns: parameter, estimate (that of sur), std_error, df (degrees of
-- freedom of t; NULL: normal), low and high = estimate -/+ quantile * std_error, equations.
--
-- sur has 'classical' unless asked, as TSP and the report print; these intervals hold with
-- few years. Of 100 of 95 per cent, 4 to 10 miss the truth in simulated systems of four
-- equations with 22 years, with lagged left sides 7 to 10, and 5 to 6 with 200. Where the
-- variance of the errors changes it is 6 to 13 (200 years: 9 to 16): std_errors := 'robust'
-- holds there, and the table in help of sur has all kinds. In the report's nine models with
-- their 22 years 91 to 96 per cent cover the truth. See sur for the formulas.
--
--   FROM sur_interval('4.1', panel_1);
--   FROM sur_interval('4.1', panel_1, level := 0.9, std_errors := 'classical');
CREATE OR REPLACE MACRO sur_interval(model, panel, level := 0.95, {{as sur, std_errors := 'small_sample'}}) AS TABLE {{answer}};

-- sur_interval_of: the same for a list of formulas, as sur_of.
{{of sur_interval}}
