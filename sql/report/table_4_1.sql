-- table_4_1: Variables of the macro analysis. Section 4. Same-year movers are left out
-- of EMI. Columns: variable as printed, description, columns (of panel_1, panel_2 and
-- panel_3; k is women, m men), unit.
CREATE OR REPLACE VIEW table_4_1 AS
FROM (VALUES
  ('EMI_Ki',   'Emigration frequency of women in age group i, i = 1, …, 6', 'emi_k1 … emi_k6', 'fraction'),
  ('EMI_Mi',   'Emigration frequency of men in age group i, i = 1, …, 6', 'emi_m1 … emi_m6', 'fraction'),
  ('ANKO_Ki',  'Share with short duration of residence among women in age group i, i = 1, …, 6', 'anko_k1 … anko_k6', 'fraction'),
  ('ANME_Ki',  'Share with medium duration of residence among women in age group i, i = 1, …, 6', 'anme_k1 … anme_k6', 'fraction'),
  ('ANKO_Mi',  'Share with short duration of residence among men in age group i, i = 1, …, 6', 'anko_m1 … anko_m6', 'fraction'),
  ('ANME_Mi',  'Share with medium duration of residence among men in age group i, i = 1, …, 6', 'anme_m1 … anme_m6', 'fraction'),
  ('RELINNTj', 'Ratio of GDP per head in Norway to GDP per head in country group j, at purchasing-power parity, j = 1, 2, 3', 'relinnt1 … relinnt3', 'ratio'),
  ('LEDNOR',   'Unemployment rate in Norway', 'lednor', 'per cent'),
  ('LEDj',     'Unemployment rate in country group j, j = 1, 2', 'led1, led2', 'per cent'),
  ('BEHj',     'Immigrants from country group j who live in Norway on 1 January, j = 1, 2, 3', 'beh1 … beh3', 'persons'),
  ('Trend',    'Linear trend, 1 in 1990 and 1 more each year', 'trend', 'years')
) AS t(variable, description, columns, unit);
