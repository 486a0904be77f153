-- sur_long_run: what every variable of a left side changes by in the end when another
-- variable changes by 1 for good: the long-run matrix of a whole model.
--
-- Arguments as sur. The equations must be linear in the variables of their left sides (in
-- emi_k3, or in ln(emi_k3) where that is what stands on the left); other variables may stand
-- in any expression, and what changes by 1 is the expression, ln(relinnt1) or anko_k3. Lags
-- of a variable are put together. Identities, formulas without parameters, count where an
-- equation reads their left side. Nonlinear models: multiplier, which simulates.
--
-- Columns: variable, shock; long_run = (I - A1 - A2 ...)^-1 (B0 + B1 ...) at the estimates;
-- std_error by the delta method (of a ratio such as g/(1 - b): sur_effect has a set that
-- holds also where b is near 1); verdict 'stable', or 'unit root' (a root of modulus 1, to
-- 1e-10) or 'explosive', and then there is no long run and both are NULL. Only roots that
-- stand between the shock and the variable count. Order: that of the equations; no row where
-- a variable does not depend on another.
--
--   FROM sur_long_run('4.1', panel_1);
--   PIVOT (FROM sur_long_run('4.1', panel_1)) ON shock USING any_value(long_run) GROUP BY variable;
CREATE OR REPLACE MACRO sur_long_run(model, panel, {{as sur}}) AS TABLE {{answer}};

-- sur_long_run_of: the same for a list of formulas, as sur_of.
--
--   FROM sur_long_run_of(['emi_k3 = $a + $b*lag(emi_k3) + $g*lag(led1)'], panel_1);
{{of sur_long_run}}
