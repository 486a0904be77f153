-- table_a1: Country groups. Annex A. Columns: country_group, description, country_code,
-- country: a row a country of table country. No migrations are in it.
CREATE OR REPLACE VIEW table_a1 AS
SELECT country_group,
       CASE country_group WHEN 1 THEN 'Western Europe, USA, Canada, Australia and New Zealand'
                          WHEN 2 THEN 'Members of the EU in Eastern Europe since 2004 or later'
                          ELSE 'The rest of the world' END AS description,
       country_code, country
FROM country ORDER BY country_group, country;

-- table_a2: Age groups. Annex A. Columns: number, age_group (completed years). No
-- migrations are in it.
CREATE OR REPLACE VIEW table_a2 AS
SELECT enum_code(age_group) + 1 AS number, age_group
FROM (SELECT unnest(enum_range(NULL::age_group))::age_group AS age_group)
ORDER BY number;

-- table_a3: Groups of duration of residence, in the macro analysis (A3a, chapter 4) and
-- in the regional analyses (A3b, chapter 5). Annex A. Columns: part, number, title (as
-- the macro analysis names them), duration_group (completed years). No migrations are
-- in it.
CREATE OR REPLACE VIEW table_a3 AS
SELECT 'A3a' AS part, enum_code(d) + 1 AS number, ['short', 'medium', 'long'][number] AS title, d::VARCHAR AS duration_group
FROM (SELECT unnest(enum_range(NULL::duration_group_macro))::duration_group_macro AS d)
UNION ALL
SELECT 'A3b', enum_code(d) + 1, NULL, d::VARCHAR
FROM (SELECT unnest(enum_range(NULL::duration_group))::duration_group AS d)
ORDER BY part, number;

-- table_d: Municipalities of each centrality, division of 1 January 2013. Annex D.
-- Columns: centrality (1 least central, 4 central), title, municipality_code,
-- municipality, county. No migrations are in it.
CREATE OR REPLACE VIEW table_d AS
SELECT centrality, ['least central', 'less central', 'somewhat central', 'central'][centrality] AS title,
       municipality_code, municipality, county
FROM municipality ORDER BY centrality, municipality_code;
