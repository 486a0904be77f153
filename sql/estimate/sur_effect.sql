-- sur_effect: functions of the parameters, such as long-run effects, with their errors.
--
-- effects       ['g/(1 - b_m3)', 'ln(0.5)/ln(b_m3)', …] or one text: expressions of
--               parameters, with or without $ (ln, exp, sqrt, …; see .help formula)
-- level         of the intervals
-- replications  draws of the parameters; 0: none
-- seed          of the draws; the same gives the same on any number of threads
-- draws         'residual', 'wild' or 'parametric': estimated anew as in sur_bootstrap;
--               'normal': from N(estimates, their covariance), without estimating anew
-- Other arguments as sur: std_errors := 'small_sample' for few years.
--
-- Columns, a row per effect in the order given: effect (without $), estimate; std_error by
-- the delta method, sqrt(J V J'), J the exact derivative; lower and upper = estimate -/+ c
-- std_error, c the quantile of t with df degrees of freedom (those of sur's t, averaged over
-- the parameters in it; NULL: normal). Of a ratio n/d of linear functions (up to a number
-- that is added or multiplied) Fieller's set, all values θ for which n - θd = 0 is not
-- rejected at the same c: fieller 'interval' from fieller_lower to fieller_upper; 'rays':
-- everything outside the two; 'line': everything, the ends NULL. fieller is NULL of what is
-- no such ratio. In the last two cases d is not significantly different from 0, no finite
-- interval exists, and lower and upper are fiction: with b near 1 and some twenty years that
-- is often so. draw_lower, draw_median, draw_upper: quantiles of the draws, drawn of which
-- have a value; no moments, as those of a ratio do not exist. NULL without draws.
-- std_error is NULL where restrictions fix all parameters in it.
-- Of 100 intervals of 95 per cent miss the truth, for g/(1 - b), and for g/e with e hardly
-- significant where nothing is lagged, in simulated systems of four equations with 22 years:
-- lower to upper with 'classical' 15 to 44, with 'small_sample' 7 to 39 (g/(1 - b): 15 to 19 and
-- 7 to 9); Fieller's set 9 to 19 and 3 to 8; quantiles of draws 'residual' 10 to 13,
-- 'normal' 12 to 19
-- (199 replications). With 200 years 4 to 9. So with few years Fieller's set with 'small_sample'.
-- Errors: a name that is no parameter, an effect without a value at the estimates.
-- Sources: Greene, Econometric Analysis, on functions of parameters; Fieller (1954).
--
--   FROM sur_effect('4.1', panel_1, ['g/(1 - b_k3)', 'g/(1 - b_m3)'], std_errors := 'small_sample');
--   FROM sur_effect('4.3', panel_3, 'e/(1 - b)', replications := 999);
CREATE OR REPLACE MACRO sur_effect(model, panel, effects, level := 0.95, replications := 0, seed := 1, draws := 'residual', {{as sur}}) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur_effect(model, _models, _equations, _rows, {{options, effects}}) AS _answer
        FROM _model_input(panel));

-- sur_effect_of: the same for a list of formulas, as sur_of.
--
--   FROM sur_effect_of(['emi_k3 = $a + $b*lag(emi_k3) + $g*lag(led1)'], panel_1, 'g/(1 - b)');
{{of sur_effect}}
