-- emigrations_formula(): the identity that adds up the emigrations of a country group, to
-- be put beside its models: frequency × residents of the twelve groups. Its variable is
-- emigrations.
--
--   SELECT year, simulated FROM simulate(['4.1', '4.4', '4.7', emigrations_formula()], panel_1,
--     published_coefficient)
--   WHERE variable = 'emigrations';
CREATE OR REPLACE MACRO emigrations_formula() AS
  'emigrations = emi_k1*pop_k1 + emi_k2*pop_k2 + emi_k3*pop_k3 + emi_k4*pop_k4 + emi_k5*pop_k5 + emi_k6*pop_k6 '
  || '+ emi_m1*pop_m1 + emi_m2*pop_m2 + emi_m3*pop_m3 + emi_m4*pop_m4 + emi_m5*pop_m5 + emi_m6*pop_m6';
