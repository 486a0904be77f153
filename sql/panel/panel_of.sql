-- _panels_of(cells, groups): panel_of of several country groups, which takes the time of one.
CREATE OR REPLACE MACRO _panels_of(cells, groups) AS TABLE
WITH _size AS (
  SELECT year, any_value(n) FILTER (country_group = 1) AS beh1, any_value(n) FILTER (country_group = 2) AS beh2, any_value(n) FILTER (country_group = 3) AS beh3
  FROM (SELECT year, country_group, _whole(n, 'panel_of') AS n
        FROM (SELECT year, country_group, _known_total(residents, 'panel_of') AS n FROM query_table(cells) WHERE country_group IN (1, 2, 3) GROUP BY ALL))
  GROUP BY year
),
_kind AS (
  SELECT country_group, year, kind, _whole(n, 'panel_of') AS residents, emigrations / nullif(n, 0) AS emi, coalesce(few, 0) / nullif(n, 0) AS anko, coalesce(more, 0) / nullif(n, 0) AS anme
  FROM (
    SELECT _group AS country_group, year, coalesce(CASE sex::VARCHAR WHEN 'female' THEN 'k' WHEN 'male' THEN 'm' END || (enum_code(TRY_CAST(age_group::VARCHAR AS age_group)) + 1),
                          error('panel_of: in ' || year || ' there is sex ' || coalesce(sex::VARCHAR, 'NULL') || ' with age_group ' || coalesce(age_group::VARCHAR, 'NULL') || ', which is none of the twelve series: code it as in cell, or leave it out (WHERE …)')) AS kind,
           _known_total(residents, 'panel_of') AS n, _known_total(emigrations_macro, 'panel_of') AS emigrations,
           sum(residents) FILTER (duration_group_macro::VARCHAR::duration_group_macro = '0-2') AS few, sum(residents) FILTER (duration_group_macro::VARCHAR::duration_group_macro = '3-9') AS more
    FROM query_table(cells) _cells JOIN (SELECT unnest(groups) AS _group) ON _cells.country_group = _group GROUP BY ALL
  )
),
_wide AS (
  SELECT country_group, year, map_from_entries(list((kind, {emi: emi, anko: anko, anme: anme, pop: residents}))) AS _of FROM _kind GROUP BY country_group, year
)
SELECT country_group, year,
       _of['k1'].emi AS emi_k1, _of['k2'].emi AS emi_k2, _of['k3'].emi AS emi_k3, _of['k4'].emi AS emi_k4, _of['k5'].emi AS emi_k5, _of['k6'].emi AS emi_k6,
       _of['m1'].emi AS emi_m1, _of['m2'].emi AS emi_m2, _of['m3'].emi AS emi_m3, _of['m4'].emi AS emi_m4, _of['m5'].emi AS emi_m5, _of['m6'].emi AS emi_m6,
       _of['k1'].anko AS anko_k1, _of['k2'].anko AS anko_k2, _of['k3'].anko AS anko_k3, _of['k4'].anko AS anko_k4, _of['k5'].anko AS anko_k5, _of['k6'].anko AS anko_k6,
       _of['m1'].anko AS anko_m1, _of['m2'].anko AS anko_m2, _of['m3'].anko AS anko_m3, _of['m4'].anko AS anko_m4, _of['m5'].anko AS anko_m5, _of['m6'].anko AS anko_m6,
       _of['k1'].anme AS anme_k1, _of['k2'].anme AS anme_k2, _of['k3'].anme AS anme_k3, _of['k4'].anme AS anme_k4, _of['k5'].anme AS anme_k5, _of['k6'].anme AS anme_k6,
       _of['m1'].anme AS anme_m1, _of['m2'].anme AS anme_m2, _of['m3'].anme AS anme_m3, _of['m4'].anme AS anme_m4, _of['m5'].anme AS anme_m5, _of['m6'].anme AS anme_m6,
       coalesce(_of['k1'].pop, 0) AS pop_k1, coalesce(_of['k2'].pop, 0) AS pop_k2, coalesce(_of['k3'].pop, 0) AS pop_k3, coalesce(_of['k4'].pop, 0) AS pop_k4, coalesce(_of['k5'].pop, 0) AS pop_k5, coalesce(_of['k6'].pop, 0) AS pop_k6,
       coalesce(_of['m1'].pop, 0) AS pop_m1, coalesce(_of['m2'].pop, 0) AS pop_m2, coalesce(_of['m3'].pop, 0) AS pop_m3, coalesce(_of['m4'].pop, 0) AS pop_m4, coalesce(_of['m5'].pop, 0) AS pop_m5, coalesce(_of['m6'].pop, 0) AS pop_m6,
       relinnt1, relinnt2, relinnt3, led1, led2, lednor,
       coalesce(beh1, 0)::BIGINT AS beh1, coalesce(beh2, 0)::BIGINT AS beh2, coalesce(beh3, 0)::BIGINT AS beh3,
       year - 1989 AS trend
FROM counted_year CROSS JOIN (SELECT unnest(groups) AS country_group) LEFT JOIN _wide USING (country_group, year) LEFT JOIN _size USING (year) LEFT JOIN macro_year USING (year);

-- panel_of(cells, group): the macro panel of a country group, wide, a row a year.
--
-- cells: as cell. group: 1, 2 or 3; another is an error, and so is a count that is NULL.
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
SELECT * EXCLUDE (country_group)
FROM _panels_of(cells, ["group"])
WHERE CASE WHEN "group" IN (1, 2, 3) THEN true ELSE error('panel_of: there is no country group ' || coalesce("group"::VARCHAR, 'NULL') || ' (they are 1, 2 and 3)') END
ORDER BY year;
