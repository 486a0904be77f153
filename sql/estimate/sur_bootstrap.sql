-- sur_bootstrap: the sampling distribution of the estimates by drawing residuals and
-- estimating anew.
--
-- method      'residual': the centred residuals of whole years are drawn with
--             replacement, so that the correlation between equations stays;
--             'wild': the residuals of a year stay where they are and change sign
--             together with probability 1/2, which keeps heteroskedasticity;
--             'parametric': normal with the estimated residual covariance
-- replications, seed   the same seed gives the same result on any number of threads
-- level       of the intervals
-- estimator   what sur calls method: 'isur', 'sur' or 'ols'; other arguments as sur
--
-- Where a left side is a regressor, lagged or of another equation in the same year, it is
-- rebuilt year by year from the observed start; other columns keep their values, and so do
-- left sides in years that sur leaves out of the sample. What
-- follows from left sides is rebuilt with them:
--   * the column that a left side can be solved for, the first of the same year in it:
--     emi_k3 in diff(emi_k3), ln(emi_k3), diff(ln(emi_k3)), emi_k3/pop_k3 (pop_k3 keeps its
--     values, unless another equation determines it), 2*emi_k3 + x;
--   * the column on the left side of an identity, a formula without a parameter, that
--     depends on a left side, also through other identities: 'tot = emi_k3 + emi_m3'. What
--     an identity misses in the data, in level, stays as it is.
-- A column dk that is computed from emi_k3 beforehand is a column like any other: in
-- 'dk = $a + $b*lag(emi_k3)' the lag keeps its values unless 'emi_k3 = lag(emi_k3) + dk'
-- stands beside it (or the left side is diff(emi_k3)). An error where left sides and
-- identities need each other in the same year, or a column that is read cannot be solved for.
-- Residuals are scaled by sqrt(T / (T - k_i)), as fitting has shrunk them.
-- Columns: parameter, estimate, std_error (of sur), bootstrap_std_error, bias (mean of the
-- replications less the estimate), lower and upper (percentiles), bc_lower and bc_upper
-- (bias-corrected percentiles, Efron 1981), replications with an estimate and failed ones
-- (no convergence or an unbounded likelihood on drawn data), which are left out. Where
-- equations that share parameters are so many for the years that the likelihood could be
-- unbounded, that is decided for every replication, of large systems by a short search.
-- Ctrl-C stops it.
-- Of 100 intervals of 95 per cent lower to upper miss the truth, in simulated systems of four
-- equations with 22 years (199 replications): 5 to 20 by 'residual', 5 to 21 by 'parametric'
-- and 8 to 22 by 'wild', the more with lagged left sides, whose bias they double; bc_lower to
-- bc_upper 5 to 12 by the first two and 8 to 15 by 'wild'. With 200 years 5 to 10. So they are no
-- better than those of sur_interval; what they are for is what has no standard error.
--
--   FROM sur_bootstrap('4.1', panel_1);
--   FROM sur_bootstrap('4.1', panel_1, replications := 9999, method := 'wild', level := 0.9);
CREATE OR REPLACE MACRO sur_bootstrap(model, panel, replications := 1000, seed := 1, method := 'residual', level := 0.95,
    {{as sur, estimator for method}}) AS TABLE {{answer}};

-- sur_bootstrap_draws: the replications themselves: replication, parameter, estimate.
-- Arguments as sur_bootstrap. A distribution of any function of the parameters:
--
--   SELECT quantile_cont(e / (1 - b), [0.025, 0.975])
--   FROM (PIVOT (FROM sur_bootstrap_draws('4.3', panel_3)) ON parameter IN ('b', 'e')
--     USING any_value(estimate) GROUP BY replication);
CREATE OR REPLACE MACRO sur_bootstrap_draws(model, panel, replications := 1000, seed := 1, method := 'residual', level := 0.95,
    {{as sur, estimator for method}}) AS TABLE {{answer}};

-- sur_bootstrap_of, sur_bootstrap_draws_of: the same for a list of formulas, as sur_of.
{{of sur_bootstrap}}
{{of sur_bootstrap_draws}}
