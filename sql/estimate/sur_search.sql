-- sur_search: every specification that a model leaves open: the model without some of its
-- parameters, each estimated, and ranked.
--
-- model       the largest specification, with all candidates: regressors, lags, and by their
--             names which equations share a parameter
-- keep        parameters that every specification has: ['a', 'b_k3']. NULL: the constants
-- signs       what parameters must be where they are in: 'b > 0, r < 0'
-- min_t       the least |t_value| of a parameter that is not kept, as sur has it
-- method      as in sur
-- divisor     of the residual covariance, for t_value. NULL: 'T', with 'ols' 'T-k', the usual
--             s² of one equation
-- admissible  true: only specifications with these signs and |t|; false: all
-- top         how many are listed, NULL: all
-- Other arguments as sur; distribution changes nothing here.
--
-- All are estimated, on the same sample, that of the largest: up to 20 parameters may come
-- and go, 2^20 specifications; keep the others. A specification without an estimate (no
-- convergence) is left out, and a note says how many are.
-- Columns, by bic: specification (the parameters that are in, with spaces between), parameters
-- (how many), loglik, aic = -2 loglik + 2 q, bic = -2 loglik + q ln T, q the parameters and
-- the M(M+1)/2 elements of the residual covariance; adjusted_r2, of a system
-- 1 - (1 - R²)(MT - M)/(MT - K)
-- with McElroy's R²; rank_aic, rank_bic, rank_adjusted_r2 among the admissible; signs_ok, t_ok.
-- t-values of what was chosen for them are no t-values: sur_search_t says what they are worth.
-- Source: leaps and bounds' all-subsets regression, for systems with shared parameters.
--
--   FROM sur_search('4.4', panel_1, signs := 'c_k5 > 0, e_k5 < 0', admissible := false, top := 10);
CREATE OR REPLACE MACRO sur_search(model, panel, keep := NULL, signs := NULL, min_t := 0, method := 'isur', admissible := true, top := 100,
    divisor := NULL, first_year := NULL, last_year := NULL, tolerance := 1e-10, max_iterations := 10000, std_errors := 'classical',
    bandwidth := NULL, distribution := NULL, index := 'year') AS TABLE {{answer}};

-- sur_search_of: the same for a list of formulas, as sur_of.
--
--   FROM sur_search_of(['emi_k3 = $a + $b*lag(emi_k3) + $c*anko_k3 + $e*ln(lag(relinnt1)) +
--       $g*lag(led1) + $h*lednor + $u*trend'],
--     panel_1, signs := 'b > 0, c > 0, e < 0', min_t := 1.7, method := 'ols');
{{of sur_search}}

-- sur_search_t: how much the search has flattered the t-values of what it chose.
--
-- Arguments as sur_search, and
-- criterion     what the best specification is best by: 'bic', 'aic' or 'adjusted_r2'
-- replications  how often data are drawn in which no candidate has an effect (residuals as
--               in sur_bootstrap from the model with the kept parameters only; lagged left
--               sides rebuilt) and searched in the same way; seed of the draws
--
-- Columns, a row per candidate in the best specification: parameter, estimate, std_error,
-- t_value and p_value as sur has them; search_p, the share of the searches of drawn data that
-- find a |t_value| as large, (1 + n) / (1 + replications); critical_t, what |t_value| must be
-- for search_p = 0.05; found_by_chance, the share of the searches that find something with
-- p_value < 0.05 where nothing is; replications with an estimate, failed ones.
-- Of 100 searches by 'ols' among five candidates without effect in 22 years, one of them the
-- lagged left side, 25 find a p_value below 0.05 (distribution := 't'), and 5 a search_p.
-- No row where the best specification has no candidate, and a note says so.
--
--   FROM sur_search_t('4.4', panel_1, replications := 99);
CREATE OR REPLACE MACRO sur_search_t(model, panel, keep := NULL, signs := NULL, min_t := 0, method := 'isur', criterion := 'bic',
    replications := 199, seed := 1, {{as sur_search, without keep, without signs, without min_t, without method, without admissible, without top}}) AS TABLE {{answer}};

-- sur_search_t_of: the same for a list of formulas, as sur_of.
{{of sur_search_t}}
