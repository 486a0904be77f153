-- sur: estimate a system of equations by iterated SUR.
--
-- Generalised least squares over all equations at once, repeated until the
-- residual covariance no longer changes: at the maximum of the Gaussian likelihood
-- (the report's "iterativ multivariat minste kvadraters metode"). A parameter name
-- used in several equations is one parameter: that is how restrictions are written.
--
-- model          a name in table model
-- panel          any relation with an integer column year, one row a year, in any order, by
--                its name, or a file: 'panel.csv'. A column of text that holds only numbers
--                and marks of what is missing (NA, ., .., ..., :, nothing) is read as numbers
--                where a formula uses it, and a note says so
-- first_year, last_year  the sample. NULL: the model's own years in table model, else every
--                year that has all it needs. All equations share one sample: a year that one
--                of them lacks a value for, in it or at a lag, is left out of all, and a note
--                says which and why where it is not at either end. A lag is that many years
--                before, never the row before
--                No weights: write them into the formula, sqrt(w)*y = $a*sqrt(w) + $b*sqrt(w)*x
-- index          the column that numbers the rows, where that is not year: whole numbers, days
--                1, 3, 6 or 12 months apart, or texts such as 2003Q2, 2003-K2, 2003M04, 2003-04
--                (index := 'quarter'). A lag is one step of it; first_year, last_year and
--                messages are in its values (first_year := '2003Q2'), and where results have a
--                year, they have the text column period in its place
-- method         'isur'; 'sur': one step from least squares; 'ols': least squares
--                pooled over the equations, restrictions respected; its standard errors
--                allow for residuals of a year that are correlated between equations:
--                (sum Z_i'Z_i)^-1 (sum s_ij Z_i'Z_j) (sum Z_i'Z_i)^-1, for each equation by
--                itself the textbook's
-- divisor        of the residual covariance: 'T', or 'T-k': sqrt((T-ki)(T-kj)), also
--                called 'geomean', k_i the coefficients of equation i: the rank of its
--                regressors, so that restrictions inside an equation count
-- tolerance      distance to the maximum, in standard errors, that counts as converged
-- max_iterations no convergence within it is an error (sur_system reports it instead)
-- std_errors     'classical': sqrt diag (sum w_ij Z_i'Z_j)^-1; 'small_sample': the same
--                estimates, but the residual covariance in it divided by
--                sqrt((T-ki-M+1)(T-kj-M+1)), for T of a few tens ('ols', which does not look
--                at other equations: by sqrt((T-ki)(T-kj))); 'robust':
--                heteroskedasticity of unknown form, for T of a few tens too; 'hc0', 'hc1',
--                'hc2', 'hc3': White's and MacKinnon and White's; 'hac': Newey and West's,
--                autocorrelation too. See below
-- bandwidth      lags of 'hac'. NULL: floor(4 (T/100)^(2/9)); Bartlett weights
-- distribution   of t_value: 'normal' (asymptotic, as TSP prints) or 't', by std_errors:
--                with 'classical' of M T - K degrees of freedom, M equations, T years, K
--                parameters; with 'small_sample' of T - k_i - M + 1 ('ols': T - k_i), the
--                average over the equations of a shared parameter; with the others of T -
--                the mean of the k_i. NULL: 'normal' with 'classical', else 't'
-- restrictions   linear restrictions between parameters, 'e_k3 = e_k4, a + b = 1'; a
--                parameter is fixed (calibrated) by 'b_k3 = 0.7', with std_error NULL. All
--                may be: then sur_equations, sur_system and sur_residuals tell how given
--                coefficients, such as the published ones, fit the panel
--
-- Columns: parameter (without the $), estimate, std_error, t_value, p_value
-- (two-sided), equations it stands in. Order: first appearance in the equations.
-- Errors rather than numbers: an unbounded likelihood, collinear regressors, too few
-- observations, a value that is missing, not finite or outside the domain of ln. The
-- likelihood of few years and shared parameters may have several maxima; the estimates
-- are at the one reached from least squares, and sur_system looks for a higher one.
-- Few years make residuals, and so standard errors, too small. Of 100 true hypotheses about
-- one parameter, tests at 5 per cent reject with std_errors ('classical, t': with
-- distribution := 't') in simulated systems of four equations like the report's, by 'isur'
-- and 'ols', with parameters shared by the equations and without, of other than lagged left
-- sides and of these; the second and the fourth number with errors whose variance changes:
--                    22 years: slopes    of lagged left sides  200 years
--   classical, t    8-16  10-20  15-34  20-39      6   9-14    7-9  24-26
--   classical       8-17  11-21  16-34  20-40      6   9-14    7-9  25-26
--   small_sample     4-7   6-11   8-19  12-24    5-6   9-14    7-8  24-25
--   hc0             9-17   8-17  18-35  18-38    6-7    5-6    7-9   8-10
--   hc1             8-13   6-13  14-29  14-32    5-6    4-6    7-8   8-10
--   hc2             7-12   5-12  13-26  11-27    5-6    4-6    7-8    7-9
--   hc3              4-8    3-8   8-18   5-16    5-6    4-5    7-8    6-7
--   robust           3-4    2-3    5-9    3-9      5    4-5    6-7    5-7
--   hac            13-20  11-20  24-40  25-43    7-8      6   8-10  12-14
-- So 'small_sample' or 'robust' with few years; nothing of the kind of 'hac' holds there.
-- The default is what TSP and the report print, sur_interval's is 'small_sample': for its
-- intervals there is nothing printed to agree with. In the report's nine models with their 22
-- years estimate -/+ 1.96 std_error covers the truth in 82 to 91 per cent of the samples,
-- intervals by 'small_sample' and its t in 91 to 96. A lagged left side has its coefficient
-- estimated too small: by up to 0.09 in those models, by about (1 + 3b) / T where little else
-- explains the left side (sur_bootstrap shows it as bias).
-- 'hc0' to 'hac' are A^-1 (sum s_t s_t') A^-1, the years being independent of each other
-- but the equations of a year not: with W = C'C the weights of a year (the inverse of the
-- residual covariance; 1 for 'ols'), Z_t its regressors, A = sum Z_t' W Z_t and
-- H_t = C Z_t A^-1 Z_t' C', s_t = Z_t' C' G_t C e_t. 'hc0': G_t = 1; 'hc1': times
-- T M / (T M - K); 'hc2': G_t = (1 - H_t)^-1/2; 'hc3': G_t = (1 - H_t)^-1; 'robust': 'hc3'
-- times T / (T - mean k - (M - 1)), for 'ols' T / (T - mean k). Those of one equation are
-- R's sandwich's. A year that alone determines a parameter, as a dummy in every equation
-- does, is left out of 'hc2', 'hc3' and 'robust', which a note says; the parameter's
-- std_error is NULL. 'hac': 'hc0' and the products with s of up to bandwidth years before.
-- Sources: Zellner (1962); small_sample: Telser (1964); MacKinnon and White (1985), for
-- systems Bell and McCaffrey (2002); Newey and West (1987), Driscoll and Kraay (1998);
-- Rapporter 2015/17, section 4 and annex B.
--
--   FROM sur('4.1', panel_1);
--   FROM sur('4.1', panel_1, first_year := 1995, std_errors := 'hac', bandwidth := 2);
--   FROM sur('4.1', panel_1, restrictions := 'e_k3 = e_k4, m = 0');
--   FROM sur('4.1', panel_1, restrictions := (SELECT list(parameter || ' = ' || estimate)
--     FROM published_coefficient WHERE model = '4.1' AND parameter LIKE 'b_%'));  -- calibrated
--   FROM sur_equations('4.1', panel_1, restrictions := (SELECT list(parameter || ' = ' || estimate)
--     FROM published_coefficient WHERE model = '4.1'));  -- nothing estimated
--   INSERT INTO model (model, first_year) VALUES ('4.1b', 1995);  -- a copy, changed
--   INSERT INTO equation SELECT '4.1b', equation, dependent, replace(formula, ' + $g*lag(led1)', '')
--     FROM equation WHERE model = '4.1';
CREATE OR REPLACE MACRO sur(model, panel, first_year := NULL, last_year := NULL, method := 'isur', divisor := 'T', tolerance := 1e-10,
    max_iterations := 10000, std_errors := 'classical', bandwidth := NULL, distribution := NULL, restrictions := NULL,
    index := 'year') AS TABLE
  SELECT unnest(_answer, recursive := true)
  FROM (SELECT _sur(model, _models, _equations, _rows, {{options}}) AS _answer
        FROM _model_input(panel));

-- sur_of: the same without the catalogue: a list of formulas, equations numbered
-- from 1. Arguments and columns as sur.
--
--   FROM sur_of(['emi_k3 = $a + $b*lag(emi_k3) + $c*ln(relinnt1)', 'emi_m3 = $d + $b*lag(emi_m3)'],
--               panel_1, first_year := 1995);
{{of sur}}

-- sur_fit: the same as a scalar, for one estimation per group. rows: the panel as a
-- list of rows, in any order. Gives a list of rows with the columns of sur.
--
-- A group that cannot be estimated fails the statement: see try_sur_fit; for what else is
-- reported of a group, sur_equations_fit and its like. Thousands of groups take a fraction
-- of a second; of a wide table hand over only the columns that the formulas need, and
-- leave ORDER BY out of the list: DuckDB would spend more time on sorting whole rows than
-- the estimation takes.
--
--   SELECT county, unnest(sur_fit(['y = $a + $b*x'], list(p)), recursive := true)
--   FROM panel_by_county p GROUP BY county;
--   SELECT county, sur_fit(['y = $a + $b*x'], list({year: year, y: y, x: x})) AS fit
--   FROM panel_by_county GROUP BY county;
CREATE OR REPLACE MACRO sur_fit(formulas, rows, {{as sur}}) AS
  _sur(formulas, 'sur_fit', NULL, rows, {{options}});

-- try_sur_fit: sur_fit where some groups may have no answer: one more column, error, says
-- why (NULL where there is one), and the parameters are there without numbers.
--
--   SELECT county, unnest(try_sur_fit(['y = $a + $b*x'], list(p)), recursive := true)
--   FROM panel_by_county p GROUP BY county;
CREATE OR REPLACE MACRO try_sur_fit(formulas, rows, {{as sur}}) AS
  _sur_report(formulas, 'try_sur_fit', NULL, rows, {{options}});
