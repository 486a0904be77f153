-- What the examples in the comments of sql take for granted: a user's files, tables and
-- models. The numbers are invented.
COPY (SELECT 'NOR' AS countrycode, 2013 AS year, 300000 AS cgdpe, 5.1 AS pop) TO 'pwt101.csv.gz';
COPY (SELECT unnest(['Data Source,World Development Indicators', '', '"Last Updated Date","2024-01-01"', '',
                     'Country Name,Country Code,Indicator Name,Indicator Code,2012,2013', 'Norway,NOR,Unemployment,SL.UEM.TOTL.ZS,3.1,3.4']))
  TO 'API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_36.csv' (HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\t');
COPY (SELECT 'NOR' AS country, 2013 AS year, 3.4 AS lur) TO 'imf_weo_lur.csv';
COPY (SELECT 'NOR' AS LOCATION, 'UNE_LF_M' AS SUBJECT, 'A' AS FREQUENCY, 2013 AS TIME, 3.4 AS Value) TO 'oecd.csv';
CREATE TABLE series AS SELECT country_code, year, 'unemployment_rate' AS variable, unemployment_rate AS value, 'IMF, LUR' AS source, NULL::VARCHAR AS vintage
  FROM country_year WHERE unemployment_rate IS NOT NULL;
CREATE TABLE panel_by_county AS SELECT county, year, frequency AS y, residents AS x FROM frequency_by_county;
INSERT INTO model (model, first_year, last_year) VALUES ('country', 1992, 2013);
INSERT INTO equation (model, equation, dependent, formula) SELECT 'country', equation, dependent, formula FROM country_equation;
