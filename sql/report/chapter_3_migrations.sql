-- figure_3_1: Immigrations and emigrations, the whole population, 1990-2013.
-- Section 3.2. Same-year movers are left out. Columns: year, direction,
-- migrations (persons moving, a return counted as any other).
CREATE OR REPLACE VIEW figure_3_1 AS
FROM _yearly_flow(population_cell);

-- figure_3_2: Immigrations and emigrations of non-immigrants, 1990-2013. Section
-- 3.2.1. Same-year movers are left out. Columns: year, direction, migrations
-- (persons moving, a return counted as any other).
CREATE OR REPLACE VIEW figure_3_2 AS
WITH people AS (FROM population_cell WHERE NOT immigrant) FROM _yearly_flow(people);

-- figure_3_3: Immigrations and emigrations of immigrants, 1990-2013. Section
-- 3.2.1. Same-year movers are left out. Columns: year, direction, migrations
-- (persons moving, a return counted as any other).
CREATE OR REPLACE VIEW figure_3_3 AS
WITH people AS (FROM population_cell WHERE immigrant) FROM _yearly_flow(people);

-- figure_3_4: Immigrations and emigrations of immigrants from country group 1
-- (Western Europe, North America, Australia and New Zealand), 1990-2013. Section
-- 3.2.1. Same-year movers are left out. Columns: year, direction, migrations
-- (persons moving, a return counted as any other).
CREATE OR REPLACE VIEW figure_3_4 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 1) FROM _yearly_flow(people);

-- figure_3_5: Immigrations and emigrations of immigrants from country group 2 (EU
-- members in Eastern Europe), 1990-2013. Section 3.2.1. Same-year movers are left
-- out. Columns: year, direction, migrations (persons moving, a return counted as
-- any other).
CREATE OR REPLACE VIEW figure_3_5 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 2) FROM _yearly_flow(people);

-- figure_3_6: Immigrations and emigrations of immigrants from country group 3
-- (the rest of the world), 1990-2013. Section 3.2.1. Same-year movers are left
-- out. Columns: year, direction, migrations (persons moving, a return counted as
-- any other).
CREATE OR REPLACE VIEW figure_3_6 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 3) FROM _yearly_flow(people);
