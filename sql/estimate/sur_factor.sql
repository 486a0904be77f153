-- sur_factor: estimate a system whose residuals have latent factors in common.
--
-- y_t = Z_t b + L f_t + e_t, e_t normal with a variance of its own in every equation, f_t one
-- or two factors that nobody has observed, with variance 1: what hits several equations at
-- once. By maximum likelihood. A system of many equations has no free residual covariance
-- with few years (sur refuses 36 equations on 22); this one has 36 loadings and 36 variances
-- in its place.
--
-- factors         1 or 2
-- dynamics        'white': independent from year to year; 'ar1': f_t = phi f_t-1 + u_t, which
--                 needs years without gaps
-- max_iterations  of Newton's method; no convergence within it is an error
-- Other arguments as sur; lagged left sides may stand on the right.
--
-- Columns: parameter, estimate, std_error (inverse of the observed information), t_value,
-- equations. NULL std_error: fixed by restrictions. Loadings, variances and phi stand in
-- sur_factor_loadings, the factors in sur_factor_path, the log-likelihood in
-- sur_factor_system.
-- The estimates are at the highest of the maxima that are reached from several starts. A
-- variance that goes to 0 (a Heywood case, usual with few years: the factor has become that
-- equation's residual) ends at 0.005 times the mean squared residual of pooled least squares;
-- a note names the equation.
-- Errors: a model that is not identified (one factor of white noise takes 3 equations, two
-- take 5), an unbounded likelihood (equations with so many regressors for the years that
-- their residuals can be made proportional), and what sur refuses.
-- Sources: Shumway and Stoffer (1982), Watson and Engle (1983); Durbin and Koopman (2012).
--
--   FROM sur_factor('country', panel_country, dynamics := 'ar1');
--   FROM sur_factor('4.1', panel_1);
CREATE OR REPLACE MACRO sur_factor(model, panel, factors := 1, dynamics := 'white', first_year := NULL, last_year := NULL,
    restrictions := NULL, max_iterations := 200, index := 'year') AS TABLE {{answer}};

-- sur_factor_of: the same for a list of formulas, as sur_of.
{{of sur_factor}}

-- sur_factor_covariance: of the estimates: parameter_i, parameter_j, covariance (from the
-- inverse of the observed information of all that is estimated), correlation, model; every
-- pair in both orders. Arguments as sur_factor. simulate_stochastic takes the rows as
-- parameter_covariance, beside those of sur_factor_loadings as factor.
--
--   WITH estimate AS (FROM sur_factor('4.1', panel_1))
--   FROM simulate_stochastic('4.1', panel_1, estimate, draws := 'both', replications := 200,
--     parameter_covariance := (SELECT list(c) FROM sur_factor_covariance('4.1', panel_1) c),
--     factor := (SELECT list(l) FROM sur_factor_loadings('4.1', panel_1) l));
CREATE OR REPLACE MACRO sur_factor_covariance(model, panel, {{as sur_factor}}) AS TABLE SELECT *, model AS model FROM ({{answer}});

-- sur_factor_covariance_of: the same for a list of formulas, as sur_of, without the column
-- model.
{{of sur_factor_covariance}}

-- sur_factor_loadings: what the factors do in every equation. Arguments as sur_factor.
--
-- Columns, a row per equation and factor: equation, factor, loading (in the units of the left
-- side: its response to a factor of 1), std_error (NULL where heywood), variance of the
-- equation's own residual, heywood (the variance is at its bound), communality (the share of
-- the residual variance that the factors explain together); and of the factor phi (0 of
-- 'white'), phi_std_error, state and state_variance, its last value and the variance of that,
-- in state_year.
-- These rows are what simulate_stochastic takes as factor.
-- Signs: the sum of loading / standard deviation over the equations is positive; the factor
-- that explains more comes first; two of 'white' are turned until L' diag(1/variance) L is
-- diagonal.
--
--   FROM sur_factor_loadings('country', panel_country, dynamics := 'ar1') ORDER BY communality DESC;
CREATE OR REPLACE MACRO sur_factor_loadings(model, panel, {{as sur_factor}}) AS TABLE {{answer}};

-- sur_factor_loadings_of: the same for a list of formulas, as sur_of.
{{of sur_factor_loadings}}

-- sur_factor_path: the factors themselves, as far as the data tell. Arguments as sur_factor,
-- and level of the band.
--
-- Columns: year, factor, value (expected given all years); std_error of that where the
-- parameters are known; lower and upper, the band with the parameters estimated (Hamilton
-- 1986). With few years the two differ much, as the constants of the equations take a part
-- of the factor: of 100 bands of 95 per cent 8 to 9 miss the factor in simulated systems of
-- twelve equations with 22 years and 5 with 100; value -/+ 1.96 std_error would in 39 to 54,
-- and in 18.
--
--   SELECT year, value, lednor FROM sur_factor_path('country', panel_country, dynamics := 'ar1')
--     JOIN macro_year USING (year);
--   .plot
CREATE OR REPLACE MACRO sur_factor_path(model, panel, level := 0.95, {{as sur_factor}}) AS TABLE
  SELECT COLUMNS(_c -> _c <> CASE WHEN lower(index) = 'year' THEN 'period' ELSE 'year' END)
  FROM ({{answer}});

-- sur_factor_path_of: the same for a list of formulas, as sur_of.
{{of sur_factor_path}}

-- sur_factor_system: how well the data are described without factors, with one and with two.
-- Arguments as sur_factor, but factors is the most that are tried.
--
-- Columns: factors, dynamics (NULL without factors), loglik, parameters (that count:
-- coefficients, variances, loadings, phi, less a rotation of two 'white' ones), aic, bic (with
-- ln of the years: less is better), heywood (equations with a variance at its bound),
-- converged, iterations. Without factors: a diagonal residual covariance. Likelihood ratios
-- between the rows are not chi-squared, as a loading of 0 leaves phi without meaning.
--
--   FROM sur_factor_system('country', panel_country, dynamics := 'ar1');
CREATE OR REPLACE MACRO sur_factor_system(model, panel, {{as sur_factor, factors := 2}}) AS TABLE {{answer}};

-- sur_factor_system_of: the same for a list of formulas, as sur_of.
{{of sur_factor_system}}
