-- sur_equations: what is reported of each equation. Arguments as sur; lags: the order
-- of the Breusch-Godfrey test.
--
-- n years; k coefficients: the rank of the regressors, restrictions inside the equation
-- taken off; r2 = 1 - e'e / sum (y - mean)², may be negative; rmse = sqrt(e'e / divisor).
-- durbin_watson = sum (e_t - e_t-1)² / sum e_t², over years whose year before is there (below
-- 2 without autocorrelation where years are missing, which durbin_watson_p and durbin_h allow
-- for), NULL, as all of autocorrelation, where that is so of none;
-- durbin_watson_p: the probability of so small a one without autocorrelation (Imhof's
-- integral, given the regressors), exact for least squares of one equation. Biased towards
-- 2 where lagged_left_side, then see durbin_h (Durbin 1970, normal; (1 - durbin_watson / 2)
-- sqrt(n / (1 - n v)), v the classical variance, with divisor, of the coefficient of the left
-- side lagged once; NULL where n v reaches 1), durbin_alternative (t of e_t-1 among the
-- regressors of e_t, normal) or breusch_godfrey. lm_het: T R² of e² on a constant and the
-- squared fitted values, chi²(1), as TSP prints; lm_het_fitted: on the fitted values themselves.
-- breusch_godfrey: the residuals, cleared of the regressors, which the residuals of a
-- system are not orthogonal to, leave SSR0; regressed on the regressors and their own lags
-- SSR1. F = ((SSR0 - SSR1) / lags) / (SSR1 / (T - k - lags)), F(lags, T - k - lags);
-- breusch_godfrey_chi2 = T (SSR0 - SSR1) / SSR0, chi²(lags). NULL where n is not above
-- k + lags, and an error where more than one lag is asked for and no equation has the years.
-- jarque_bera: chi²(2).
-- Of 100 true hypotheses these tests reject at 5 per cent, in simulated systems of four
-- equations with 22 years: breusch_godfrey 5 to 6, breusch_godfrey_chi2 8 to 9, lm_het and
-- lm_het_fitted 4 to 5, jarque_bera 3; durbin_watson_p 5 to 6, but with lagged left sides 6 to
-- 13 (5 to 13 together); durbin_h 9 to 15, and more with divisor 'T-k'; durbin_alternative 6 to
-- 7. With 200 years 4 to 6, but durbin_watson_p of least squares with lagged left sides 2 to 3.
-- Sources: Breusch (1978), Godfrey (1978); Ansley, Kohn and Shively (1992) of
-- durbin_watson_p.
--
--   SELECT equation, r2, durbin_watson, lm_het_p FROM sur_equations('4.1', panel_1);
CREATE OR REPLACE MACRO sur_equations(model, panel, {{as sur}}, lags := 1) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur_equations(model, _models, _equations, _rows, {{options}}) AS _answer
        FROM _model_input(panel));

-- sur_system: what is reported of the whole system, one row. Arguments as sur; lags: the
-- order of the portmanteau test.
--
-- first_year, last_year: of the sample; NULL with an index such as 2003Q2, which is no
-- number (sur_residuals has the periods). std_errors and distribution: those of sur with these
-- arguments; bandwidth: of 'hac', chosen or given, else NULL. loglik always with divisor T;
-- aic = -2 loglik + 2 q, bic = -2 loglik + q ln T, q the
-- parameters and the M (M + 1) / 2 elements of the residual covariance. iterations:
-- steps taken; converged: false where max_iterations did not suffice. bounded: 'proven'
-- where no parameters make the likelihood infinite; 'not proven' where equations that share
-- parameters are so many for the years that some might, but a search from many starts found
-- none; NULL where it is not maximised (method 'sur' or 'ols', or nothing to estimate). A
-- bounded likelihood too may have several local maxima (Drton and Richardson 2004). The
-- estimates are at the one that is reached from least squares, as in other programs;
-- higher_loglik: that of a higher one, looked for from up to eight other starts where an
-- equation has fewer than ten degrees of freedom, T - k - M + 1. Where one is found trust
-- neither. NULL where none was found: such a search can miss one. condition: of the
-- regressors, scaled, restrictions imposed (Belsley, Kuh and Welsch): above 30 is high.
-- residual_condition: of the correlations of the residuals, largest by smallest eigenvalue.
-- Above some hundreds, look whether left sides add up: four shares that do, but for their rounding,
-- are estimated to nonsense. A note names the combination of equations where it is one of
-- shares or the residuals nearly cancel, and the parameters whose regressors nearly do.
-- The diagonal tests: that residuals of different equations are uncorrelated, r_ij their
-- correlations under that hypothesis (least squares; where equations share parameters,
-- weighted by each one's variance, to the maximum), chi²(diagonal_df), M (M - 1) / 2.
-- diagonal_test: T sum r_ij² (Breusch and Pagan); diagonal_lr: 2 (loglik - that under the
-- hypothesis), with method 'isur' and divisor 'T'; diagonal_corrected:
-- -(T - mean k - (2 M + 5) / 6) ln det r (Box): the one for few years.
-- portmanteau: T² sum_j tr(C_j' C_0^-1 C_j C_0^-1) / (T - j), j up to lags, C_j = sum_t e_t
-- e_t-j' / T, T - j the products that are there, that residuals are not correlated with
-- earlier ones of any equation, chi²(portmanteau_df), M² lags: as if residuals were errors,
-- which no exact ones are known for where left sides are lagged.
-- Of 100 true hypotheses these tests reject at 5 per cent, in simulated systems of four
-- equations with 22 years (with 200): diagonal_test 8 to 9 (6 to 7), diagonal_lr 14 to 32 (6 to
-- 7), diagonal_corrected 2 to 4 (5 to 6); portmanteau 4 to 8 (3 to 8).
-- mcelroy_r2: R² of the whole system, 1 - sum w_ij e_i'e_j / sum w_ij (y_i - mean)'(y_j - mean),
-- w the inverse of the residual covariance; residual_determinant: of that covariance, in the
-- product of the squared units of the left sides. Both with divisor, and NULL, as loglik is,
-- where the residuals of the equations are collinear.
-- Sources: McElroy (1977), as systemfit has it (Henningsen and Hamann 2007); Breusch and
-- Pagan (1980); Box (1949); Hosking (1980).
--
--   FROM sur_system('4.1', panel_1);
CREATE OR REPLACE MACRO sur_system(model, panel, {{as sur}}, lags := 4) AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur_system(model, _models, _equations, _rows, {{options}}) AS _answer
        FROM _model_input(panel));

-- sur_equations_of, sur_system_of: the same for a list of formulas, as sur_of.
{{of sur_equations}}
{{of sur_system}}
