-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_1 AS
FROM _yearly_flow(population_cell);

-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_2 AS
WITH people AS (FROM population_cell WHERE NOT immigrant) FROM _yearly_flow(people);

-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_3 AS
WITH people AS (FROM population_cell WHERE immigrant) FROM _yearly_flow(people);

-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_4 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 1) FROM _yearly_flow(people);

-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_5 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 2) FROM _yearly_flow(people);

-- {{caption}} Columns: year, direction, migrations (persons moving, a return counted as any
-- other).
CREATE OR REPLACE VIEW figure_3_6 AS
WITH people AS (FROM population_cell WHERE immigrant AND country_group = 3) FROM _yearly_flow(people);
