-- _country_number(text): a number, with or without commas or spaces between thousands; NULL where
-- it is none, or not finite. Of 3,5 that would make 35.
CREATE OR REPLACE MACRO _country_number(text) AS
  CASE WHEN regexp_full_match(text, '\s*[-+]?[1-9][0-9]{0,2}((,[0-9]{3})+|([ \x{a0}\x{202f}][0-9]{3})+)(\.[0-9]*)?\s*') THEN TRY_CAST(regexp_replace(text, '[,\s\x{a0}\x{202f}]', '', 'g') AS DOUBLE)
       WHEN regexp_full_match(text, '\s*[-+]?[0-9 \x{a0}\x{202f}]*,[0-9]+\s*') THEN error('the file has "' || text || '", a decimal comma: save it with points')
       WHEN isfinite(TRY_CAST(text AS DOUBLE)) THEN TRY_CAST(text AS DOUBLE) END;

-- _country_cell(file, heading): the cells of a CSV file of countries and years, whether years
-- are rows or columns: subject is the name of the column, or what the row says it is of.
CREATE OR REPLACE MACRO _country_cell(file, heading) AS TABLE
SELECT upper(trim(coalesce(line['countrycode'], line['country_code'], line['country code'], line['iso'], line['iso3'], line['ref_area'], line['location'], line['geo'], line['country']))) AS country_code,
       TRY_CAST(CASE WHEN regexp_full_match(name, '[0-9]{4}') THEN name ELSE coalesce(line['year'], line['time_period'], line['time']) END AS INTEGER) AS year,
       lower(CASE WHEN regexp_full_match(name, '[0-9]{4}') OR name IN ('value', 'obs_value')
                  THEN coalesce(line['weo subject code'], line['indicator code'], line['indicator'], line['measure'], line['subject'], 'value') ELSE name END) AS subject,
       _country_number(line[name]) AS value,
       coalesce(line['freq'], line['frequency'], 'A') AS frequency
FROM (
  SELECT line, unnest(map_keys(line)) AS name
  FROM (
    SELECT map(list_transform(map_keys(m), lambda k: lower(k)), map_values(m)) AS line
    FROM (SELECT from_json(to_json(t), '"MAP(VARCHAR, VARCHAR)"') AS m FROM read_csv(file, skip = heading, header = true, all_varchar = true, null_padding = true) t)
  )
)
WHERE _country_number(line[name]) IS NOT NULL;

-- read_pwt(file, gdp := 'cgdpe', vintage := NULL): the Penn World Table as series of
-- countries: GDP at purchasing-power parity in millions of US dollars (gdp names its
-- column: cgdpe, cgdpo, rgdpe, rgdpo, rgdpna) and population in millions.
--
-- Columns, of all that read series of countries: country_code (ISO 3166 alpha-3), year,
-- variable (unemployment_rate, gdp_ppp or population, as country_year has them), value (per
-- cent; in millions, whatever the unit of the file, so that sources go together), source,
-- vintage. A row a value; none for what is not there. vintage tells the edition:
-- the argument, or what the file or its name says, or NULL.
-- Source: Feenstra, Inklaar and Timmer (2015), The Next Generation of the Penn World Table.
-- Example: FROM read_pwt('pwt101.csv.gz') WHERE country_code = 'NOR' AND year = 2013;
CREATE OR REPLACE MACRO read_pwt(file, gdp := 'cgdpe', vintage := NULL) AS TABLE
SELECT country_code, year, CASE subject WHEN 'pop' THEN 'population' ELSE 'gdp_ppp' END AS variable, value, 'Penn World Table, ' || subject AS source,
       coalesce(vintage, nullif(regexp_extract(file, 'pwt[0-9]+'), ''))::VARCHAR AS vintage
FROM _country_cell(file, 0) WHERE subject IN ('pop', lower(gdp));

-- read_wdi(file, vintage := NULL): a file of the World Bank's indicators (API_….csv) as
-- series of countries: unemployment (SL.UEM.TOTL.ZS or .NE.ZS), GDP at purchasing-power parity
-- (NY.GDP.MKTP.PP.CD or .KD) and population (SP.POP.TOTL). The vintage is the file's Last
-- Updated Date.
--
-- Columns: see read_pwt. Regions of the world keep the Bank's codes, which no country has.
-- Source: World Development Indicators, CC BY 4.0.
-- Example: FROM read_wdi('API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_36.csv') WHERE country_code = 'NOR';
CREATE OR REPLACE MACRO read_wdi(file, vintage := NULL) AS TABLE
SELECT country_code, year, CASE WHEN subject LIKE 'sl.uem%' THEN 'unemployment_rate' WHEN subject LIKE 'ny.gdp%' THEN 'gdp_ppp' ELSE 'population' END AS variable,
       CASE WHEN subject LIKE 'sl.uem%' THEN value ELSE value / 1e6 END AS value, 'World Bank, ' || upper(subject) AS source,
       coalesce(vintage, (SELECT nullif(regexp_extract(content, '"Last Updated Date","([^"]*)"', 1), '') FROM read_text(file)))::VARCHAR AS vintage
FROM _country_cell(file, 4) WHERE subject IN ('sl.uem.totl.zs', 'sl.uem.totl.ne.zs', 'ny.gdp.mktp.pp.cd', 'ny.gdp.mktp.pp.kd', 'sp.pop.totl');

-- read_weo(file, vintage := NULL): the IMF's World Economic Outlook as series of
-- countries: the unemployment rate (LUR), GDP at purchasing-power parity (PPPGDP, billions
-- in the file) and population (LP). The file is IMF's own, a line a country and subject
-- with years as columns, or long: year, country and a column lur, pppgdp or lp.
--
-- Columns: see read_pwt. Forecasts are among the values: of years from the vintage on
-- nothing was observed.
-- Source: International Monetary Fund, World Economic Outlook Database.
-- Example: FROM read_weo('imf_weo_lur.csv', vintage := 'October 2019') WHERE country_code = 'NOR';
CREATE OR REPLACE MACRO read_weo(file, vintage := NULL) AS TABLE
SELECT country_code, year, CASE subject WHEN 'lur' THEN 'unemployment_rate' WHEN 'pppgdp' THEN 'gdp_ppp' ELSE 'population' END AS variable,
       CASE subject WHEN 'pppgdp' THEN 1000 * value ELSE value END AS value, 'IMF, ' || upper(subject) AS source, vintage::VARCHAR AS vintage
FROM _country_cell(file, 0) WHERE subject IN ('lur', 'pppgdp', 'lp');

-- read_country_series(file, variable, source, vintage := NULL, subject := NULL): any other
-- CSV file with a country (ISO 3166 alpha-3), a year and a value in each row, as series of
-- countries: the OECD's SDMX-CSV (REF_AREA or LOCATION, TIME_PERIOD, OBS_VALUE), Gapminder's
-- (geo, time). variable and source say what it is; subject which measure, indicator or
-- column, where the file has several. value is as in the file: beside other sources GDP and
-- population have to be in millions.
--
-- Columns: see read_pwt. Only yearly values are taken, where the file has a frequency.
-- Example: FROM read_country_series('oecd.csv', 'unemployment_rate', 'OECD, UNE_LF_M',
--   vintage := '2014-10', subject := 'UNE_LF_M');
CREATE OR REPLACE MACRO read_country_series(file, variable, source, vintage := NULL, subject := NULL) AS TABLE
SELECT country_code, year, variable::VARCHAR AS variable, value, source::VARCHAR AS source, vintage::VARCHAR AS vintage
FROM _country_cell(file, 0) AS _cell(country_code, year, _subject, value, frequency)
WHERE frequency = 'A' AND _subject NOT IN ('year', 'time', 'time_period') AND (subject IS NULL OR _subject = lower(subject));

-- country_year_of(series, sources, fill := 0): the rows of country_year from the series of
-- several sources.
--
-- series is any relation with the columns of read_pwt; sources lists beginnings of its sources, the
-- first to be preferred: ['IMF', 'ILO', 'World Bank', 'Penn World Table']. The rule: for
-- each country, year and variable the value of the first source that has one; GDP and
-- population are of one source, because their ratio is used. A gap of at most fill years
-- between two years with a value is filled on the straight line between them; nothing is
-- filled before the first and after the last. Countries: those of table country and the
-- home country.
--
-- Columns: those of country_year, then unemployment_source and gdp_source (source and
-- vintage; 'filled' where the gap was), a row a country and year with any value. An error
-- where a source, or two of one place in sources, have two values for one cell.
-- Example: INSERT OR REPLACE INTO country_year BY NAME
--   SELECT * EXCLUDE (unemployment_source, gdp_source)
--   FROM country_year_of(series, ['IMF', 'ILO', 'Penn World Table'], fill := 2);
CREATE OR REPLACE MACRO country_year_of(series, sources, fill := 0) AS TABLE
WITH _series AS (
  SELECT country_code, year, variable, source || coalesce(', ' || vintage, '') AS source,
         list_position(list_transform(sources, lambda s: starts_with(source, s)), true) AS rank, value
  FROM query_table(series)
  WHERE country_code = _setting('home_country') OR country_code IN (SELECT country_code FROM country)
),
_ranked AS (
  SELECT country_code, year, variable, rank,
         CASE WHEN count(*) OVER _cell = 1 THEN value
              ELSE error('country_year_of: ' || min(source) OVER _cell || CASE WHEN min(source) OVER _cell < max(source) OVER _cell THEN ' and ' || max(source) OVER _cell || ' have ' ELSE ' has ' END || count(*) OVER _cell || ' values of ' || variable || ' for ' || country_code || ' in ' || year) END AS value, source
  FROM _series WHERE rank IS NOT NULL
  WINDOW _cell AS (PARTITION BY country_code, year, variable, rank)
),
_pair AS ( -- GDP and population of one source
  SELECT g.country_code, g.year, arg_min(g.value, rank) AS gdp_ppp, arg_min(p.value, rank) AS population, arg_min(g.source, rank) AS source
  FROM _ranked g JOIN _ranked p USING (country_code, year, rank)
  WHERE g.variable = 'gdp_ppp' AND p.variable = 'population' GROUP BY ALL
),
_rate AS (
  SELECT country_code, year, arg_min(value, rank) AS unemployment_rate, arg_min(source, rank) AS source FROM _ranked WHERE variable = 'unemployment_rate' GROUP BY ALL
),
_people AS ( -- where no source has both
  SELECT country_code, year, arg_min(value, rank) AS population, arg_min(source, rank) AS source FROM _ranked WHERE variable = 'population' GROUP BY ALL
),
_long AS (
  SELECT country_code, year, 'gdp_ppp' AS variable, gdp_ppp AS value, source FROM _pair
  UNION ALL
  SELECT country_code, year, 'population', coalesce(g.population, p.population), coalesce(g.source, p.source)
  FROM _pair g FULL JOIN _people p USING (country_code, year)
  UNION ALL
  SELECT country_code, year, 'unemployment_rate', unemployment_rate, source FROM _rate
),
_beside AS (
  SELECT *, lead(year) OVER _of AS next_year, lead(value) OVER _of AS next_value FROM _long WINDOW _of AS (PARTITION BY country_code, variable ORDER BY year)
),
_filled AS (
  SELECT country_code, year, variable, value, source FROM _long
  UNION ALL
  SELECT country_code, y, variable, value + (next_value - value) * (y - year) / (next_year - year), 'filled'
  FROM (SELECT *, unnest(range(year + 1, next_year))::INTEGER AS y FROM _beside WHERE next_year - year - 1 BETWEEN 1 AND fill)
)
SELECT country_code, year,
       any_value(value) FILTER (variable = 'unemployment_rate') AS unemployment_rate, any_value(value) FILTER (variable = 'gdp_ppp') AS gdp_ppp,
       any_value(value) FILTER (variable = 'population') AS population,
       any_value(source) FILTER (variable = 'unemployment_rate') AS unemployment_source,
       coalesce(any_value(source) FILTER (variable = 'gdp_ppp'), any_value(source) FILTER (variable = 'population')) AS gdp_source
FROM _filled GROUP BY country_code, year ORDER BY country_code, year;

-- country_year_gap(first_year, last_year): what country_year lacks in a range of years.
--
-- Columns: country_group (NULL: the home country), country_code, variable, from_year, to_year
-- and years, how many that are. A row a gap. Of what a year's countries stand for:
-- country_group_coverage.
-- Example: FROM country_year_gap(1990, 2013) WHERE country_group < 3;
CREATE OR REPLACE MACRO country_year_gap(first_year, last_year) AS TABLE
WITH _asked AS (
  SELECT country_group, country_code, variable, year
  FROM (SELECT country_group, country_code FROM country UNION ALL SELECT NULL, _setting('home_country')),
       (SELECT unnest(['unemployment_rate', 'gdp_ppp', 'population']) AS variable),
       (SELECT unnest(range(first_year::INTEGER, last_year::INTEGER + 1))::INTEGER AS year)
),
_absent AS (
  SELECT a.*, a.year - row_number() OVER (PARTITION BY a.country_code, variable ORDER BY a.year) AS island
  FROM _asked a LEFT JOIN country_year c ON c.country_code = a.country_code AND c.year = a.year
  WHERE CASE variable WHEN 'unemployment_rate' THEN c.unemployment_rate WHEN 'gdp_ppp' THEN c.gdp_ppp ELSE c.population END IS NULL
)
SELECT country_group, country_code, variable, min(year) AS from_year, max(year) AS to_year, count(*) AS years
FROM _absent GROUP BY country_group, country_code, variable, island ORDER BY country_group NULLS FIRST, country_code, variable, from_year;
