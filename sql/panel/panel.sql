-- panel_1, panel_2, panel_3: the macro panels of the three country groups, wide, a
-- row a year, of immigrants.
--
-- Columns: year; emi_k1 ... emi_k6, emi_m1 ... emi_m6, emigrations per resident (a
-- fraction, not per cent; same-year movers left out) of women (k) and men (m) in
-- the six age groups; anko_... and anme_..., shares of residents with a duration of
-- 0-2 and 3-9 years; pop_..., residents; relinnt1 ... relinnt3, led1, led2, lednor,
-- see macro_year; beh1 ... beh3, resident immigrants of each country group; trend, 1
-- in 1990. emi, anko and anme are NULL where nobody lives. Counted by .refresh; the
-- macro series follow what is written into macro, country_year and country at once.
-- Other places or groups of people: panel_of, which has made these.
-- Source: Rapporter 2015/17, table 4.1.
-- Example: SELECT year, emi_k3, emi_m3 FROM panel_1;
CREATE TABLE IF NOT EXISTS panel_1 (
  year INTEGER NOT NULL,
  emi_k1 DOUBLE, emi_k2 DOUBLE, emi_k3 DOUBLE, emi_k4 DOUBLE, emi_k5 DOUBLE, emi_k6 DOUBLE,
  emi_m1 DOUBLE, emi_m2 DOUBLE, emi_m3 DOUBLE, emi_m4 DOUBLE, emi_m5 DOUBLE, emi_m6 DOUBLE,
  anko_k1 DOUBLE, anko_k2 DOUBLE, anko_k3 DOUBLE, anko_k4 DOUBLE, anko_k5 DOUBLE, anko_k6 DOUBLE,
  anko_m1 DOUBLE, anko_m2 DOUBLE, anko_m3 DOUBLE, anko_m4 DOUBLE, anko_m5 DOUBLE, anko_m6 DOUBLE,
  anme_k1 DOUBLE, anme_k2 DOUBLE, anme_k3 DOUBLE, anme_k4 DOUBLE, anme_k5 DOUBLE, anme_k6 DOUBLE,
  anme_m1 DOUBLE, anme_m2 DOUBLE, anme_m3 DOUBLE, anme_m4 DOUBLE, anme_m5 DOUBLE, anme_m6 DOUBLE,
  pop_k1 BIGINT, pop_k2 BIGINT, pop_k3 BIGINT, pop_k4 BIGINT, pop_k5 BIGINT, pop_k6 BIGINT,
  pop_m1 BIGINT, pop_m2 BIGINT, pop_m3 BIGINT, pop_m4 BIGINT, pop_m5 BIGINT, pop_m6 BIGINT,
  relinnt1 DOUBLE, relinnt2 DOUBLE, relinnt3 DOUBLE, led1 DOUBLE, led2 DOUBLE, lednor DOUBLE,
  beh1 BIGINT, beh2 BIGINT, beh3 BIGINT, trend INTEGER
);
CREATE TABLE IF NOT EXISTS panel_2 AS FROM panel_1 WITH NO DATA;
CREATE TABLE IF NOT EXISTS panel_3 AS FROM panel_1 WITH NO DATA;

-- What .refresh makes panel_1, panel_2 and panel_3 of, put together from county_cell at once.
CREATE OR REPLACE VIEW _panels_live AS FROM _panels_of(county_cell, [1, 2, 3]) ORDER BY country_group, year;
CREATE TABLE IF NOT EXISTS _panels AS FROM _panels_live WITH NO DATA;
CREATE OR REPLACE VIEW _panel_1_live AS SELECT * EXCLUDE (country_group) FROM _panels WHERE country_group = 1;
CREATE OR REPLACE VIEW _panel_2_live AS SELECT * EXCLUDE (country_group) FROM _panels WHERE country_group = 2;
CREATE OR REPLACE VIEW _panel_3_live AS SELECT * EXCLUDE (country_group) FROM _panels WHERE country_group = 3;

-- group_panel: the three panels below each other.
--
-- Columns: country_group, then those of panel_1.
-- Example: SELECT country_group, year, emi_k3 FROM group_panel WHERE year = 2013;
CREATE OR REPLACE VIEW group_panel AS
SELECT 1 AS country_group, * FROM panel_1 UNION ALL
SELECT 2 AS country_group, * FROM panel_2 UNION ALL
SELECT 3 AS country_group, * FROM panel_3;
