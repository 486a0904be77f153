-- panel_of(cells, group): the macro panel of a country group, wide, a row a year.
--
-- cells: as cell. group: 1, 2 or 3.
-- Columns: year; emi_k1 ... emi_k6, emi_m1 ... emi_m6, emigrations per resident (a
-- fraction, not per cent; same-year movers left out) of women (k) and men (m) in
-- the six age groups; anko_... and anme_..., the shares of the same residents with
-- a duration of 0-2 and 3-9 years; pop_..., those residents; relinnt1 ... relinnt3,
-- led1, led2, lednor from macro_year; beh1 ... beh3, resident immigrants of each
-- country group; trend, 1 in 1990. Years: counted_year. emi, anko and anme are
-- NULL where nobody lives.
-- Source: Rapporter 2015/17, table 4.1.
-- Example: WITH oslo AS (FROM cell WHERE county = 'Oslo') FROM panel_of(oslo, 2);
CREATE OR REPLACE MACRO panel_of(cells, "group") AS TABLE
WITH _size AS (
  SELECT year, sum(residents) FILTER (country_group = 1) AS beh1, sum(residents) FILTER (country_group = 2) AS beh2,
         sum(residents) FILTER (country_group = 3) AS beh3
  FROM query_table(cells) GROUP BY year
),
_kind AS (
  SELECT year, CASE sex WHEN 'female' THEN 'k' ELSE 'm' END || (enum_code(age_group) + 1) AS kind,
         sum(residents)::BIGINT AS residents, sum(emigrations_macro) / nullif(sum(residents), 0) AS emi,
         coalesce(sum(residents) FILTER (duration_group_macro = '0-2'), 0) / nullif(sum(residents), 0) AS anko,
         coalesce(sum(residents) FILTER (duration_group_macro = '3-9'), 0) / nullif(sum(residents), 0) AS anme
  FROM query_table(cells) WHERE country_group = "group" GROUP BY ALL
)
SELECT y.year,
       any_value(emi) FILTER (kind = 'k1') AS emi_k1, any_value(emi) FILTER (kind = 'k2') AS emi_k2, any_value(emi) FILTER (kind = 'k3') AS emi_k3, any_value(emi) FILTER (kind = 'k4') AS emi_k4, any_value(emi) FILTER (kind = 'k5') AS emi_k5, any_value(emi) FILTER (kind = 'k6') AS emi_k6,
       any_value(emi) FILTER (kind = 'm1') AS emi_m1, any_value(emi) FILTER (kind = 'm2') AS emi_m2, any_value(emi) FILTER (kind = 'm3') AS emi_m3, any_value(emi) FILTER (kind = 'm4') AS emi_m4, any_value(emi) FILTER (kind = 'm5') AS emi_m5, any_value(emi) FILTER (kind = 'm6') AS emi_m6,
       any_value(anko) FILTER (kind = 'k1') AS anko_k1, any_value(anko) FILTER (kind = 'k2') AS anko_k2, any_value(anko) FILTER (kind = 'k3') AS anko_k3, any_value(anko) FILTER (kind = 'k4') AS anko_k4, any_value(anko) FILTER (kind = 'k5') AS anko_k5, any_value(anko) FILTER (kind = 'k6') AS anko_k6,
       any_value(anko) FILTER (kind = 'm1') AS anko_m1, any_value(anko) FILTER (kind = 'm2') AS anko_m2, any_value(anko) FILTER (kind = 'm3') AS anko_m3, any_value(anko) FILTER (kind = 'm4') AS anko_m4, any_value(anko) FILTER (kind = 'm5') AS anko_m5, any_value(anko) FILTER (kind = 'm6') AS anko_m6,
       any_value(anme) FILTER (kind = 'k1') AS anme_k1, any_value(anme) FILTER (kind = 'k2') AS anme_k2, any_value(anme) FILTER (kind = 'k3') AS anme_k3, any_value(anme) FILTER (kind = 'k4') AS anme_k4, any_value(anme) FILTER (kind = 'k5') AS anme_k5, any_value(anme) FILTER (kind = 'k6') AS anme_k6,
       any_value(anme) FILTER (kind = 'm1') AS anme_m1, any_value(anme) FILTER (kind = 'm2') AS anme_m2, any_value(anme) FILTER (kind = 'm3') AS anme_m3, any_value(anme) FILTER (kind = 'm4') AS anme_m4, any_value(anme) FILTER (kind = 'm5') AS anme_m5, any_value(anme) FILTER (kind = 'm6') AS anme_m6,
       coalesce(any_value(residents) FILTER (kind = 'k1'), 0) AS pop_k1, coalesce(any_value(residents) FILTER (kind = 'k2'), 0) AS pop_k2, coalesce(any_value(residents) FILTER (kind = 'k3'), 0) AS pop_k3, coalesce(any_value(residents) FILTER (kind = 'k4'), 0) AS pop_k4, coalesce(any_value(residents) FILTER (kind = 'k5'), 0) AS pop_k5, coalesce(any_value(residents) FILTER (kind = 'k6'), 0) AS pop_k6,
       coalesce(any_value(residents) FILTER (kind = 'm1'), 0) AS pop_m1, coalesce(any_value(residents) FILTER (kind = 'm2'), 0) AS pop_m2, coalesce(any_value(residents) FILTER (kind = 'm3'), 0) AS pop_m3, coalesce(any_value(residents) FILTER (kind = 'm4'), 0) AS pop_m4, coalesce(any_value(residents) FILTER (kind = 'm5'), 0) AS pop_m5, coalesce(any_value(residents) FILTER (kind = 'm6'), 0) AS pop_m6,
       any_value(relinnt1) AS relinnt1, any_value(relinnt2) AS relinnt2, any_value(relinnt3) AS relinnt3,
       any_value(led1) AS led1, any_value(led2) AS led2, any_value(lednor) AS lednor,
       coalesce(any_value(beh1), 0)::BIGINT AS beh1, coalesce(any_value(beh2), 0)::BIGINT AS beh2, coalesce(any_value(beh3), 0)::BIGINT AS beh3,
       y.year - 1989 AS trend
FROM counted_year y LEFT JOIN _kind USING (year) LEFT JOIN _size USING (year) LEFT JOIN macro_year USING (year)
GROUP BY y.year
ORDER BY y.year;

-- panel_1, panel_2, panel_3: the macro panels of the three country groups.
--
-- Columns as panel_of. Example: SELECT year, emi_k3, emi_m3 FROM panel_1;
CREATE OR REPLACE VIEW panel_1 AS FROM panel_of(county_cell, 1);
CREATE OR REPLACE VIEW panel_2 AS FROM panel_of(county_cell, 2);
CREATE OR REPLACE VIEW panel_3 AS FROM panel_of(county_cell, 3);
