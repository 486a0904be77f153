-- panel_1, panel_2, panel_3: the macro panels of the three country groups, wide, a
-- row a year, of immigrants.
--
-- Columns: year; emi_k1 ... emi_k6, emi_m1 ... emi_m6, emigrations per resident (a
-- fraction, not per cent; same-year movers left out) of women (k) and men (m) in
-- the six age groups; anko_... and anme_..., shares of residents with a duration of
-- 0-2 and 3-9 years; pop_..., residents; relinnt1 ... relinnt3, led1, led2, lednor,
-- see macro_year; beh1 ... beh3, resident immigrants of each country group; trend, 1
-- in 1990. emi, anko and anme are NULL where nobody lives. Other places or groups of
-- people: panel_of, which has made these.
-- Source: Rapporter 2015/17, table 4.1.
-- Example: SELECT year, emi_k3, emi_m3 FROM panel_1;
CREATE OR REPLACE VIEW panel_1 AS FROM panel_of(county_cell, 1);
CREATE OR REPLACE VIEW panel_2 AS FROM panel_of(county_cell, 2);
CREATE OR REPLACE VIEW panel_3 AS FROM panel_of(county_cell, 3);
