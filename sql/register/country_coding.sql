-- country_coding: what other codings than ISO 3166 alpha-3 call the countries: ssb
-- (Statistics Norway's three digits), numeric (ISO 3166, three digits), iso2 (ISO 3166
-- alpha-2, with EL and UK as the European Union writes Greece and the United Kingdom) and
-- name (in Norwegian and English, small letters). country_code is NULL where the code
-- means that the country is not known: 990, XX, uoppgitt.
-- Source: Statistics Norway, KLASS, CC BY 4.0; ISO 3166; names of Unicode's CLDR.
CREATE TABLE IF NOT EXISTS country_coding (
  coding       VARCHAR NOT NULL,
  code         VARCHAR NOT NULL,
  country_code VARCHAR
);

-- country_in(code, coding): the ISO 3166 alpha-3 code of a country in a coding of
-- country_coding, for load.sql.
--
-- Zeros that a number has lost and the case of names do not matter. NULL where the code
-- means unknown, for NULL and for nothing. A code that the coding has not comes back as it
-- is, so that .load refuses it with its file and line.
-- Example: SELECT country_in('0101', 'ssb'), country_in('36', 'numeric'),
--   country_in('EL', 'iso2'), country_in('Sverige', 'name');
CREATE OR REPLACE MACRO country_in(code, coding) AS
  nullif(coalesce((SELECT any_value(coalesce(_country, '')) FROM country_coding AS _coding(_of, _code, _country)
                   WHERE _of = coding AND _code = CASE coding WHEN 'name' THEN lower(trim(code::VARCHAR)) WHEN 'iso2' THEN upper(trim(code::VARCHAR))
                                                              ELSE lpad(ltrim(nullif(trim(code::VARCHAR), ''), '0'), 3, '0') END), trim(code::VARCHAR)), '');

-- day_in(value, format): a date that is written in another way, for load.sql: by a
-- format of strptime ('%d.%m.%Y'), or 'excel' for Excel's number of days, whose fraction is the
-- time of the day. (Excel counts a 29 February 1900 that never was: 59 is the 28th, 61 1 March.)
--
-- The value is text YYYY-MM-DD; NULL for NULL and for nothing. What is not in the format comes
-- back as it is, so that .load refuses it with its file and line.
-- Example: SELECT day_in('29.02.1980', '%d.%m.%Y'), day_in('29280', 'excel'),
--   day_in('31.02.1980', '%d.%m.%Y');
CREATE OR REPLACE MACRO day_in(value, format) AS
  coalesce(CASE format WHEN 'excel' THEN DATE '1899-12-30' + CASE WHEN floor(TRY_CAST(value::VARCHAR AS DOUBLE)) BETWEEN 1 AND 59 THEN 1 + floor(value::VARCHAR::DOUBLE)::INTEGER
                                                                       WHEN floor(TRY_CAST(value::VARCHAR AS DOUBLE)) BETWEEN 61 AND 2958465 THEN floor(value::VARCHAR::DOUBLE)::INTEGER END
                       ELSE try_strptime(trim(value::VARCHAR), format)::DATE END::VARCHAR, nullif(trim(value::VARCHAR), ''));

-- end_in(value, format, inclusive := false): the day a spell ends, for load.sql.
--
-- As day_in, but NULL for the years from 2099, by which registers say that a spell is
-- open; and the day after where the value is the last day that belongs to the spell
-- (inclusive), because to_date is the first that does not.
-- Example: SELECT end_in('31.12.2012', '%d.%m.%Y', inclusive := true), end_in('99991231', '%Y%m%d');
CREATE OR REPLACE MACRO end_in(value, format, inclusive := false) AS
  CASE WHEN TRY_CAST(day_in(value, format) AS DATE) >= DATE '2099-01-01' THEN NULL
       WHEN inclusive THEN coalesce((TRY_CAST(day_in(value, format) AS DATE) + 1)::VARCHAR, day_in(value, format))
       ELSE day_in(value, format) END;
