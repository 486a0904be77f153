-- unresolved_code: the codes of municipalities that immigrants were counted under without
-- a municipality, because nobody knows which one of the division in force it is.
--
-- Columns: division; code; candidates, as municipality_in gives them (none of an unknown
-- code; the same code may be resolved in one year and not in another); residents, added
-- up over the 1 Januaries of counted_year; events: emigrations, immigrations, births,
-- deaths and either side of moves in these years.
-- Example: FROM unresolved_code ORDER BY residents DESC;
CREATE OR REPLACE VIEW unresolved_code AS
SELECT (SELECT max(year) FROM _division) AS division, code, candidates, count(residents) AS residents, count(*) - count(residents) AS events
FROM _happened
WHERE immigrant AND municipality_code IS NULL AND code IS NOT NULL AND year IN (SELECT year FROM counted_year)
GROUP BY ALL;
