-- municipality_of_code: every municipality code, today's or an older one, and the
-- municipality it is counted under.
--
-- Columns: code, municipality_code, municipality, county_code, county,
-- centrality, successors. A code of table municipality stands for itself,
-- whatever municipality_change says of it. An older one is followed through
-- municipality_change until it reaches one; where it was divided between several
-- (successors > 1) the lowest code takes all. A code that is not here is unknown:
-- its residents keep their code and have a NULL municipality, county and
-- centrality; .check counts them.
-- Example: FROM municipality_of_code WHERE code = '1214';  -- Ølen, since 2006 in Vindafjord
CREATE OR REPLACE VIEW municipality_of_code AS
WITH RECURSIVE successor AS (
  SELECT municipality_code AS code, municipality_code FROM municipality
  UNION
  SELECT c.old_code, s.municipality_code
  FROM successor s JOIN municipality_change c ON c.new_code = s.code
  WHERE c.old_code NOT IN (SELECT municipality_code FROM municipality)
)
SELECT s.code, m.*, s.successors
FROM (SELECT code, min(municipality_code) AS municipality_code, count(*) AS successors FROM successor GROUP BY code) s
JOIN municipality m USING (municipality_code);
