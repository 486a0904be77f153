-- _kind: the kinds of people there are, as far as they do not change in life; account is
-- the same for immigrants who differ in own dimensions only, and NULL for others; _state:
-- the combinations of the own dimensions of kind status, of which it is the sum of the
-- lowest numbers that have the value of each: the last of a value is that of none.
CREATE OR REPLACE VIEW _kind_live AS
SELECT (row_number() OVER () - 1)::INTEGER AS kind, CASE WHEN immigrant THEN (dense_rank() OVER (ORDER BY immigrant DESC, country_group, sex) - 1)::INTEGER END AS account, *
FROM (SELECT DISTINCT immigrant, country_group, sex/*own:kind*/ FROM _who ORDER BY ALL);
CREATE TABLE IF NOT EXISTS _kind AS FROM _kind_live;
CREATE OR REPLACE VIEW _state_live AS
SELECT (row_number() OVER (ORDER BY one/*own:state order*/) - 1)::INTEGER AS state, * EXCLUDE (one) FROM (SELECT 1 AS one/*own:state*/ FROM (SELECT 1)/*own:states*/);
CREATE TABLE IF NOT EXISTS _state AS FROM _state_live;
