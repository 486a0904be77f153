-- Makes sql/data/municipality_change.csv and municipality_name.csv from Statistics Norway's
-- standard for municipalities (KLASS 131, CC BY 4.0): all its changes of 1971-2024 and its
-- list of 2013, as its API gives them in JSON.
--
--   utvandring :memory: -v codes=FOLDER -f make.sql
CREATE TABLE change AS
  SELECT DISTINCT c.oldCode AS old_code, c.newCode AS new_code, year(c.changeOccurred::DATE)::INTEGER AS year,
         trim(c.oldName) AS old_name, trim(c.newName) AS new_name
  FROM (SELECT unnest(codeChanges) AS c FROM read_json(getvariable('codes') || '/municipality_changes.json', maximum_object_size = 10000000));

COPY (SELECT DISTINCT old_code, new_code, year FROM change ORDER BY old_code, year, new_code) TO 'sql/data/municipality_change.csv';

-- A name holds from first_year on. The list of changes has no name for a municipality that
-- nothing happened to: those have the one of 2013.
CREATE TABLE name AS
WITH given AS (
  SELECT new_code AS municipality_code, year AS first_year, new_name AS municipality, 1 AS source FROM change
  UNION ALL
  SELECT o.old_code, coalesce((SELECT max(n.year) FROM change n WHERE n.new_code = o.old_code AND n.year < o.year), 1971), o.old_name, 2
  FROM change o
  UNION ALL
  SELECT i.code, 1971, i.name, 3
  FROM (SELECT unnest(classificationItems) AS i FROM read_json(getvariable('codes') || '/municipalities_2013.json', maximum_object_size = 10000000))
  WHERE i.code <> '9999' AND i.code NOT IN (SELECT old_code FROM change UNION SELECT new_code FROM change)
),
once AS (
  SELECT municipality_code, first_year, arg_min(municipality, (source, municipality)) AS municipality FROM given GROUP BY ALL
)
SELECT * FROM once
QUALIFY municipality IS DISTINCT FROM lag(municipality) OVER (PARTITION BY municipality_code ORDER BY first_year);

COPY (SELECT municipality_code, municipality, first_year FROM name ORDER BY municipality_code, first_year) TO 'sql/data/municipality_name.csv';
