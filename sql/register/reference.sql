-- Reference tables. Shipped: the municipalities of 2013 (annex D), every change of
-- them in 1972-2024, country groups (table A1) and the macro series; an extract may
-- bring its own.

CREATE TABLE IF NOT EXISTS municipality (
  municipality_code VARCHAR PRIMARY KEY,
  municipality      VARCHAR NOT NULL,
  county_code       VARCHAR NOT NULL,
  county            VARCHAR NOT NULL,
  centrality        TINYINT CHECK (centrality > 0)  -- 1 least central; NULL: not known
);

-- municipality_change: what became of a municipality on 1 January of year: a row for each
-- new one. Chains are followed, to later divisions and to earlier ones; where a code leads to
-- several, see municipality_in. A municipality that goes on under its code while it takes in
-- or gives off another has a row too, old_code = new_code.
--
-- Shipped: Norway's of 1972-2024. Source: Statistics Norway, KLASS 131, CC BY 4.0.
CREATE TABLE IF NOT EXISTS municipality_change (
  old_code VARCHAR NOT NULL,
  new_code VARCHAR NOT NULL,
  year     INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS country (
  country_code  VARCHAR PRIMARY KEY,  -- ISO 3166 alpha-3; not the home country
  country       VARCHAR NOT NULL,
  country_group TINYINT NOT NULL CHECK (country_group > 0)  -- 1 to 3, or as many as the study has
);

-- Yearly figures a country, Norway ('NOR') among them. Empty until loaded.
CREATE TABLE IF NOT EXISTS country_year (
  country_code      VARCHAR NOT NULL,
  year              INTEGER NOT NULL,
  unemployment_rate DOUBLE CHECK (unemployment_rate BETWEEN 0 AND 100),  -- per cent
  gdp_ppp           DOUBLE CHECK (gdp_ppp > 0 AND isfinite(gdp_ppp)),    -- at purchasing-power parity, any unit that is the same for all
  population        DOUBLE CHECK (population > 0 AND isfinite(population)),  -- any unit that is the same for all
  PRIMARY KEY (country_code, year)
);

-- RELINNTj, LEDNOR and LEDj as shipped (Penn World Table 10.01; IMF, ILO and
-- World Bank), used for the years that country_year does not cover.
CREATE TABLE IF NOT EXISTS macro (
  year     INTEGER PRIMARY KEY,
  relinnt1 DOUBLE, relinnt2 DOUBLE, relinnt3 DOUBLE,  -- Norway's GDP per head / the group's
  lednor   DOUBLE, led1 DOUBLE, led2 DOUBLE           -- unemployment rates, per cent
);
