-- _place: the places that a code can be read as: municipalities, counties of what is
-- unresolved, and 0, nowhere known; with names, centrality and the own dimensions of
-- kind place.
CREATE OR REPLACE VIEW _place_live AS
SELECT (row_number() OVER (ORDER BY k.municipality_code NULLS FIRST, k.county_code NULLS FIRST) - 1)::INTEGER AS place,
       k.municipality_code, m.municipality, k.county_code, coalesce(m.county, c.county) AS county, m.centrality/*own:place*/
FROM (SELECT municipality_code, county_code FROM _code_reading UNION SELECT NULL, NULL) k
LEFT JOIN municipality m ON m.municipality_code = k.municipality_code
LEFT JOIN (SELECT county_code, min(county) AS county FROM municipality GROUP BY county_code) c ON c.county_code = k.county_code/*own:place joins*/;
CREATE TABLE IF NOT EXISTS _place AS FROM _place_live;

-- _reading: every code with its place, and the years in which it is read so.
CREATE OR REPLACE VIEW _reading_live AS
SELECT k.code, k.first_year, k.last_year, make_date(first_year, 1, 1) AS first_day, make_date(last_year + 1, 1, 1) AS end_day, k.candidates, p.*
FROM _code_reading k
JOIN _place p ON p.municipality_code IS NOT DISTINCT FROM k.municipality_code AND p.county_code IS NOT DISTINCT FROM k.county_code;
CREATE TABLE IF NOT EXISTS _reading AS FROM _reading_live;

-- _place_columns(): the columns that tell where somebody is.
CREATE OR REPLACE MACRO _place_columns() AS ['municipality_code', 'municipality', 'county_code', 'county', 'centrality'/*own:places*/];
