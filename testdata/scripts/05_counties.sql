-- A system over the 19 counties: one equation a county, each with its own level, all with
-- one slope. Nobody writes 19 formulas: a query does, from a panel in long form.
--
--   utvandring -f testdata/scripts/05_counties.sql
.mode markdown

.print ## The panel in long form: a row a year and county
CREATE OR REPLACE TEMP TABLE long AS
SELECT *, 'c' || county_code AS name FROM panel_long(cell, ['county_code', 'county']) WHERE county_code IS NOT NULL;
SELECT year, county, residents, round(person_years, 1) AS person_years, round(frequency, 2) AS frequency, round(anko, 3) AS anko
FROM long WHERE year = 2013;

.print
.print ## The same in wide form, for a system: c01_emi, c01_anko, ...
CREATE OR REPLACE TEMP TABLE wide AS
PIVOT (SELECT year, name, emi, anko FROM long) ON name USING first(emi) AS emi, first(anko) AS anko GROUP BY year ORDER BY year;
SELECT count(*) AS years, (SELECT count(*) FROM duckdb_columns() WHERE table_name = 'wide') AS columns FROM wide;

.print
.print ## The formulas
SET VARIABLE formulas = (SELECT list(format('{0}_emi = $a_{0} + $b*{0}_anko', name) ORDER BY name) FROM (SELECT DISTINCT name FROM long));
SELECT unnest(getvariable('formulas')[:3]) AS formula;

.print
.print ## One slope for all counties, weighted by the residuals of least squares
SELECT parameter, round(estimate, 4) AS estimate, round(std_error, 4) AS std_error, round(t_value, 2) AS t_value
FROM sur_of(getvariable('formulas'), wide, method := 'sur') WHERE parameter IN ('a_c03', 'b');
