-- emigration: every registered emigration, with the person as he or she was that day.
--
-- Columns and NULLs as in migration_event, without direction. Someone who
-- emigrates twice in a year has two rows.
-- Example: SELECT year, count(*) FROM emigration WHERE immigrant AND administrative GROUP BY ALL
--   ORDER BY ALL;
CREATE OR REPLACE VIEW emigration AS
SELECT * EXCLUDE (direction) FROM migration_event WHERE direction = 'emigration';

-- immigration: every registered immigration, with the person as he or she was that day.
--
-- Columns and NULLs as in migration_event, without direction. A return counts as
-- any other; duration is 0 at the first.
-- Example: SELECT country_group, count(*) FROM immigration WHERE year = 2013 GROUP BY ALL;
CREATE OR REPLACE VIEW immigration AS
SELECT * EXCLUDE (direction) FROM migration_event WHERE direction = 'immigration';
