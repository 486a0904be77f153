-- The catalogue of models. The report's nine are there from the start
-- (equations of 4.1-4.9 as in tables 4.2-4.10); a user adds one by these.
--
--   INSERT INTO model (model) VALUES ('klein');
--   INSERT INTO equation (model, equation, formula) VALUES
--     ('klein', '1', 'cn = $a + $b*p + $c*lag(p)'), ('klein', '2', 'i = $d + $e*p + $f*lag(k)');

CREATE TABLE IF NOT EXISTS model (
  model         VARCHAR PRIMARY KEY,
  report_table  VARCHAR,   -- the table that prints its estimates
  country_group TINYINT,   -- its panel is panel_1, panel_2 or panel_3
  age_groups    VARCHAR,   -- positions in age_group, from 1
  first_year    INTEGER,   -- sample; NULL: every year that has all it needs
  last_year     INTEGER    -- likewise
);

CREATE TABLE IF NOT EXISTS equation (
  model     VARCHAR NOT NULL,
  equation  VARCHAR NOT NULL,
  dependent VARCHAR,           -- the left side, for reading
  formula   VARCHAR NOT NULL,  -- $name is a parameter, anything else a column (.help formula)
  PRIMARY KEY (model, equation)
);
