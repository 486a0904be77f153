-- projection_scenario: how many immigrants arrive in the years of a projection.
--
-- A factor is held against the arrivals of an average named year (see project). Between years
-- with a row it goes in a straight line, before the first and after the last it stays. Of the
-- rows that hold for a group of people only those that name most of it count, its country group
-- before its sex before its age: levels by rows of all, profiles by rows of some.
-- Shipped are round assumptions, no forecasts, and no published alternatives: main keeps
-- the arrivals as they were, low leads to half of them by 2040, high to half as many again.
--
--   INSERT INTO projection_scenario (scenario, year, factor)
--     VALUES ('war', NULL, 1), ('war', 2014, 1.5), ('war', 2016, 1);
--   INSERT INTO projection_scenario (scenario, country_group, sex, age_group, factor)
--     VALUES ('work', NULL, NULL, NULL, 1), ('work', 2, 'male', '18-34', 2);
CREATE TABLE IF NOT EXISTS projection_scenario (
  scenario      VARCHAR NOT NULL CHECK (scenario <> 'reference'),
  country_group TINYINT,                                            -- NULL: all without rows of their own; so sex and age_group
  sex           sex,
  age_group     age_group,                                          -- on 1 January after the arrival
  year          INTEGER,                                            -- of arrival, as in cohort; NULL: the year that the projection begins in
  factor        DOUBLE NOT NULL CHECK (factor >= 0 AND factor < 1000)
);

-- projection_death: deaths of a scenario by a table, in place of the register's other exits.
--
-- rate is deaths during the year per resident on 1 January of that sex and age, alike in all
-- years and country groups; age 71 is 71 and over. A scenario has a row for both sexes and all
-- ages from 0 to 71, or none: then other exits are the register's own (see project).
--
--   INSERT INTO projection_scenario (scenario, factor) VALUES ('longer lives', 1);
--   INSERT INTO projection_death
--     SELECT 'longer lives', s, a, CASE WHEN a > 70 THEN 0.05 ELSE exp(a / 12) / 10000 END
--     FROM (SELECT unnest(['female', 'male']) AS s), range(72) t(a);
CREATE TABLE IF NOT EXISTS projection_death (
  scenario VARCHAR NOT NULL,
  sex      sex NOT NULL,
  age      INTEGER NOT NULL CHECK (age BETWEEN 0 AND 71),
  rate     DOUBLE NOT NULL CHECK (rate BETWEEN 0 AND 1),
  PRIMARY KEY (scenario, sex, age)
);

-- projection_frequency: emigration frequencies of a scenario from simulated models, in place
-- of averages of named years.
--
-- variable is emi_k1_1 ... emi_m6_3 as in panel_country: the emigrations of women (k) or men (m)
-- of one of the six age groups and of a country group, per resident. A variable has a row
-- for every year of the projection after its first, or none: then the averages go on (see project).
--
--   INSERT INTO projection_scenario (scenario, factor) VALUES ('calm', 1);
--   INSERT INTO projection_frequency
--     SELECT 'calm', year, 'emi_m3_2', 0.05 FROM range(2014, 2041) t(year);
CREATE TABLE IF NOT EXISTS projection_frequency (
  scenario  VARCHAR NOT NULL,
  year      INTEGER NOT NULL,
  variable  VARCHAR NOT NULL,
  frequency DOUBLE NOT NULL CHECK (frequency BETWEEN 0 AND 1),
  PRIMARY KEY (scenario, year, variable)
);

-- _placed(part, county, centrality): the name of a part of the immigrants who live in a place.
CREATE OR REPLACE MACRO _placed(part, county, centrality) AS concat_ws('|', part, coalesce(county, ''), coalesce(centrality::VARCHAR, ''));

-- project: the number of immigrants in years to come, by country group, sex, age, duration of
-- residence and region.
--
-- scenario    'low', 'main', 'high' or another of projection_scenario; 'reference': what the
--             register has, year by year, by the same accounting (its stocks come back)
-- dims        one or a list of country_group, sex, age, age_group, duration,
--             duration_group_macro, county, centrality; [] is the total
-- first_year  whose residents on 1 January it begins with; NULL: the last counted year
--             ('reference': the first). An earlier one shows what would have been projected
-- last_year   NULL: 2040 ('reference': the last counted year)
-- years       [first, last], both included: whose averages go on; [2013, 2013] is the last
--             year alone. NULL: the five to first_year
-- replications  of the bands; 0: none. seed, level (0.95), estimates, common and draws
--             as in counterfactual_band
--
-- Columns: scenario, year, the dims; residents on 1 January; arrivals, how many of these were
-- not there a year earlier (NULL in the first year of the register, which has no earlier one);
-- emigrations during the year, without same-year movers; other_exits, deaths and all else that
-- ends residence, less returns (NULL in the last counted year of 'reference'). Persons, with
-- decimals (six). Residents = residents + arrivals - emigrations - other exits: arrivals of the year
-- itself, all else of the year before. Age 71 is 71 and over, duration 10 is 10 and over.
--
-- Emigrations per resident are those of the named years together, by country group, sex,
-- single year of age and duration; so are other exits, over those of them whose next
-- 1 January is counted (the last year before the register ends, if none is). Where nobody lived in a
-- cell, the rates are those of its age, then its sex, then its country group. Emigrations of
-- first_year are the register's. Arrivals are those of an average named year, by the same
-- cells, times the factor of projection_scenario. Rates stay as they are: nobody lives longer
-- or reacts to anything, but for rows of the scenario in projection_death, which are then all other
-- exits there are, and in projection_frequency: everybody of a group leaves then more or less
-- often by the same factor, such that its frequency is the one given (where single years of age
-- of a small register would leave more often than once, once, and the frequency is lower). There
-- are no children born in Norway. People are those of cohort.
--
-- By county or centrality, residents divide as those of their country group, sex, age group
-- and duration_group_macro do in first_year ('reference': in each year; where nobody lived in a
-- group, as all durations of it, then all ages, then both sexes). arrivals, emigrations and
-- other_exits are NULL then.
--
-- With replications there are lower, median and upper of residents (else NULL): frequencies
-- go up and down about those of the projection as the nine models say, with shocks, parameters
-- and the macro series of first_year, and stocks answer. The scenarios themselves are the same
-- with and without; bands begin in the second year after first_year, whose emigrations are
-- known. Not drawn are arrivals, deaths and the averages that go on; the factor in first_year
-- is taken for unknown. Nobody leaves where a drawn frequency is below 0. Bands are of the
-- dims asked for, and do not add up.
--
-- How near Statistics Norway's main alternative of 2014 (MMMM; Population projections 2014-2100,
-- 17 June 2014, key figures; several moves of a person in a year left out, as here): main on the
-- demo register of national size has 64 000 arrivals in 2020 and in 2040, that has 64 700 and
-- 56 200; emigrations are 26 900 and 30 700, there 35 600 and 37 000. There people born in Norway
-- come and go as well, and immigration falls after 2020, as in no scenario of ours but low.
--
--   FROM project('main', last_year := 2030);
--   FROM project('high', 'country_group', years := [2011, 2013]) WHERE year = 2040;
--   SELECT year, lower, median, upper FROM project('main', replications := 200);
--   .plot
CREATE OR REPLACE MACRO project(scenario, dims := [], first_year := NULL, last_year := NULL, years := NULL, replications := 0, seed := 1, level := 0.95,
    estimates := 'joint', common := true, draws := 'both') AS TABLE
WITH RECURSIVE _asked AS (
  SELECT *, least(_from, _end - 1) AS _exits_from, least(_to, _end - 1) AS _exits_to -- stayers of the last year are not known
  FROM (
    SELECT *, coalesce((years::INTEGER[])[1], greatest(_first - 4, _begin + 1)) AS _from, coalesce((years::INTEGER[])[2], greatest(_first, _begin + 1)) AS _to
    FROM (
      SELECT *, coalesce(first_year, CASE WHEN _known THEN _begin ELSE _end END)::INTEGER AS _first, coalesce(last_year, CASE WHEN _known THEN _end ELSE 2040 END)::INTEGER AS _last
      FROM (SELECT *, coalesce(scenario::VARCHAR, '') = 'reference' AS _known, list_contains(_dims, 'county') AS _by_county, list_contains(_dims, 'centrality') AS _by_centrality, _by_county OR _by_centrality AS _regional
            FROM (SELECT min(year) AS _begin, max(year) AS _end FROM cohort), (SELECT list_transform(_names(dims), lambda d: lower(d)) AS _dims))
    )
  )
),
_group AS MATERIALIZED (
  FROM (SELECT DISTINCT country_group FROM cohort), (SELECT unnest(enum_range(NULL::sex))::sex AS sex), (SELECT unnest(enum_range(NULL::age_group))::age_group AS age_group)
),
_death AS (SELECT d._sex AS sex, d._age AS age, d.rate FROM projection_death d(_name, _sex, _age, rate) WHERE d._name = scenario::VARCHAR),
_target AS (
  SELECT f._year AS year, f._variable, f.frequency, regexp_extract(lower(f._variable), '^emi_([km])([1-6])_([0-9]+)$', ['sex', 'age', 'of']) AS _part
  FROM projection_frequency f(_name, _year, _variable, frequency) WHERE f._name = scenario::VARCHAR
),
_factor AS (
  SELECT g.*, s._given, s.factor
  FROM projection_scenario s(_name, _of, _sex, _age, _given, factor)
  JOIN _group g ON g.country_group = coalesce(s._of, g.country_group) AND g.sex = coalesce(s._sex, g.sex) AND g.age_group = coalesce(s._age, g.age_group)
  WHERE s._name = scenario::VARCHAR
  QUALIFY rank() OVER (PARTITION BY g.country_group, g.sex, g.age_group ORDER BY s._of IS NULL, s._sex IS NULL, s._age IS NULL) = 1
),
_strange AS (SELECT _variable FROM _target WHERE coalesce(try_cast(_part.of AS INTEGER) NOT IN (SELECT g.country_group FROM _group g), true)),
-- Of one row; LIMIT keeps DuckDB from looking for the best order of the subqueries here and
-- below together, which takes it a fifth of the time that it plans for.
_named AS (
  FROM _asked
  WHERE CASE
    WHEN _begin IS NULL THEN error('project: nobody is in cohort to begin with: load a register (.load, .demo) and count it (.refresh)')
    WHEN NOT _known AND NOT EXISTS (FROM projection_scenario s(_name, _of, _sex, _age, _given, factor) WHERE s._name = scenario::VARCHAR)
    THEN error('project: there is no scenario "' || coalesce(scenario::VARCHAR, 'NULL') || '" (there are ' || coalesce((SELECT string_agg(DISTINCT s._name, ', ' ORDER BY s._name) FROM projection_scenario s(_name, _of, _sex, _age, _given, factor)) || ', ', '') || 'reference): add its rows to projection_scenario')
    WHEN NOT _known AND EXISTS (FROM _group ANTI JOIN _factor USING (country_group, sex, age_group))
    THEN error('project: scenario "' || scenario || '" has no factor for ' || (SELECT 'country group ' || country_group || ', ' || sex || ' ' || age_group FROM _group ANTI JOIN _factor USING (country_group, sex, age_group) ORDER BY ALL LIMIT 1) || ': add a row to projection_scenario')
    WHEN NOT _known AND EXISTS (SELECT 1 FROM _factor GROUP BY country_group, sex, age_group, _given HAVING count(*) > 1)
    THEN error('project: scenario "' || scenario || '" has more than one factor for the same year and people: delete all but one from projection_scenario')
    ELSE true END
  LIMIT 1
),
_projection AS MATERIALIZED (
  FROM _named
  WHERE CASE
    WHEN (SELECT count(*) FROM _death) NOT IN (0, 144)
    THEN error('project: scenario "' || scenario || '" has ' || (SELECT count(*) FROM _death) || ' rates in projection_death, not one for both sexes and all ages from 0 to 71')
    WHEN EXISTS (FROM _strange) THEN error('project: projection_frequency has "' || (SELECT min(_variable) FROM _strange) || '" in scenario "' || scenario || '", which is none of emi_k1_1 to emi_m6_3: name it as in panel_country')
    WHEN list_concat([first_year, last_year]::DOUBLE[], years::DOUBLE[]) <> list_concat([first_year, last_year]::INTEGER[], years::INTEGER[])::DOUBLE[]
    THEN error('project: first_year, last_year and years are ' || list_concat([first_year, last_year]::DOUBLE[], years::DOUBLE[])::VARCHAR || ', not all whole numbers')
    WHEN _first NOT BETWEEN _begin AND _end THEN error('project: first_year is ' || _first || ', which the register does not have (it has ' || _begin || ' to ' || _end || ')')
    WHEN _last < _first THEN error('project: last_year is ' || _last || ', before ' || _first || ', which the projection begins with: give a later one')
    WHEN _known AND _last > _end THEN error('project: last_year is ' || _last || ', and scenario "reference" is what the register knows, to ' || _end || ': give an earlier one, or another scenario')
    WHEN _last > _first + 300 THEN error('project: last_year is ' || _last || ', more than 300 years after ' || _first || ': give an earlier one')
    WHEN EXISTS (SELECT 1 FROM _target GROUP BY lower(_variable) HAVING count(DISTINCT year) FILTER (year BETWEEN _first + 1 AND _last) < _last - _first OR count(*) > count(DISTINCT year))
    THEN error('project: projection_frequency has not ' || (SELECT string_agg(_name, ', ' ORDER BY _name) FROM (SELECT min(_variable) AS _name FROM _target GROUP BY lower(_variable) HAVING count(DISTINCT year) FILTER (year BETWEEN _first + 1 AND _last) < _last - _first OR count(*) > count(DISTINCT year)))
      || ' of scenario "' || scenario || '" once for every year from ' || _first + 1 || ' to ' || _last)
    WHEN replications IS NULL OR replications < 0 THEN error('project: replications is ' || coalesce(replications::VARCHAR, 'NULL') || ', not 0 (no bands) or more')
    WHEN _known AND replications > 0 THEN error('project: scenario "reference" is what the register has, of which there is no band: leave replications out')
    WHEN replications > 0 AND _last = _first THEN error('project: last_year is ' || _last || ', with which the projection begins: there is nothing to draw')
    WHEN _known AND years IS NOT NULL THEN error('project: scenario "reference" has the rates and arrivals of each year: leave years out')
    WHEN years IS NOT NULL AND (len(years::INTEGER[]) <> 2 OR (years::INTEGER[])[1] IS NULL OR (years::INTEGER[])[2] IS NULL) THEN error('project: years is ' || years::VARCHAR || ', not [first, last]')
    WHEN NOT _known AND _begin = _end THEN error('project: the register has ' || _begin || ' only, and who arrived or left is known from two years on')
    WHEN NOT _known AND (_from <= _begin OR _to > _end) THEN error('project: years are ' || _from || ' to ' || _to || ', and arrivals are known for ' || _begin + 1 || ' to ' || _end || ': give years among them')
    WHEN NOT _known AND _from > _to THEN error('project: years are ' || _from || ' to ' || _to || ': give the earlier one first')
    WHEN NOT list_has_all(['country_group', 'sex', 'age', 'age_group', 'duration', 'duration_group_macro', 'county', 'centrality'], _dims)
    THEN error('project: dims are ' || _names(dims)::VARCHAR || ' (there are country_group, sex, age, age_group, duration, duration_group_macro, county, centrality)')
    WHEN replications > 0 AND NOT coalesce(level > 0 AND level < 1, false) THEN error('project: level is ' || coalesce(level::VARCHAR, 'NULL') || ', not a number between 0 and 1')
    ELSE true END
),
-- Totals of the named years in every cell, also those that nobody lived in.
_total_of AS (
  SELECT country_group, sex, age, duration, coalesce(n, 0) AS n, coalesce(left_country, 0) AS left_country, coalesce(m, 0) AS m, coalesce(other, 0) AS other, coalesce(arrivals, 0) AS arrivals
  FROM (SELECT DISTINCT country_group, sex FROM _group) CROSS JOIN (SELECT unnest(range(72))::INTEGER AS age) CROSS JOIN (SELECT unnest(range(11))::INTEGER AS duration)
  LEFT JOIN (
    SELECT country_group, sex, age, duration, sum(residents) FILTER (year BETWEEN _from AND _to) AS n, sum(emigrations) FILTER (year BETWEEN _from AND _to) AS left_country,
           sum(residents) FILTER (year BETWEEN _exits_from AND _exits_to) AS m, sum(residents - emigrations - stayers) FILTER (year BETWEEN _exits_from AND _exits_to) AS other,
           sum(arrivals) FILTER (year BETWEEN _from AND _to) / any_value(_to - _from + 1) AS arrivals
    FROM cohort, _projection GROUP BY ALL
  ) USING (country_group, sex, age, duration)
),
_mean AS MATERIALIZED (
  SELECT country_group, sex, age, duration, arrivals,
         coalesce(left_country / nullif(n, 0), sum(left_country) OVER _age / nullif(sum(n) OVER _age, 0), sum(left_country) OVER _sex / nullif(sum(n) OVER _sex, 0), sum(left_country) OVER _all / nullif(sum(n) OVER _all, 0), 0) AS leave,
         coalesce(rate, other / nullif(m, 0), sum(other) OVER _age / nullif(sum(m) OVER _age, 0), sum(other) OVER _sex / nullif(sum(m) OVER _sex, 0), sum(other) OVER _all / nullif(sum(m) OVER _all, 0), 0) AS other
  FROM _total_of LEFT JOIN _death USING (sex, age)
  WINDOW _age AS (PARTITION BY country_group, sex, age), _sex AS (PARTITION BY country_group, sex), _all AS (PARTITION BY country_group)
),
-- Per resident: who leaves, and who is here a year later. Year 0 is every later one.
_rate AS MATERIALIZED (
  SELECT *, (country_group * 10 + CASE sex WHEN 'female' THEN 1 ELSE 2 END) * 10 + enum_code(age_group_of(age)::age_group) + 1 AS _people FROM (
  SELECT year, country_group, sex, age, duration, emigrations / residents AS leave,
         CASE WHEN _known THEN stayers / residents ELSE least(1, greatest(0, 1 - emigrations / residents - m.other)) END AS stay, m.other
  FROM cohort JOIN _projection ON CASE WHEN _known THEN year BETWEEN _first AND _last ELSE year = _first END
  LEFT JOIN _mean m USING (country_group, sex, age, duration)
  WHERE residents > 0
  UNION ALL
  SELECT 0, country_group, sex, age, duration, leave, least(1, greatest(0, 1 - leave - other)), other FROM _mean
  )
),
_arrival AS MATERIALIZED (
  SELECT year, country_group, sex, age, duration, arrivals::DOUBLE AS arrivals FROM cohort JOIN _projection ON _known AND year BETWEEN _first + 1 AND _last
  UNION ALL
  SELECT _to_come, country_group, sex, age, duration,
         arrivals * CASE WHEN _before IS NULL THEN _next WHEN _after IS NULL OR _after = _before THEN _previous ELSE _previous + (_next - _previous) * (_to_come - _before) / (_after - _before) END
  FROM (SELECT *, age_group_of(age) AS age_group FROM _mean WHERE arrivals > 0) JOIN (
    SELECT country_group, sex, age_group, _to_come, max(_year) FILTER (_year <= _to_come) AS _before, arg_max(factor, _year) FILTER (_year <= _to_come) AS _previous,
           min(_year) FILTER (_year >= _to_come) AS _after, arg_min(factor, _year) FILTER (_year >= _to_come) AS _next
    FROM (SELECT *, coalesce(_given, least(_first, min(_given) OVER (PARTITION BY country_group, sex, age_group) - 1)) AS _year FROM _factor, _projection WHERE NOT _known),
         LATERAL (SELECT unnest(range(_first + 1, _last + 1)) AS _to_come)
    GROUP BY country_group, sex, age_group, _to_come
  ) USING (country_group, sex, age_group)
),
_frequency AS MATERIALIZED (
  SELECT year, (_part.of || CASE _part.sex WHEN 'k' THEN '1' ELSE '2' END || _part.age)::INTEGER AS _people, frequency
  FROM _target, _projection WHERE year > _first
),
-- The casts to DOUBLE are needed: whole numbers beside them would make arrivals whole numbers.
-- What is read once, DuckDB computes anew for every year; counted as well, it is once for all.
_path AS (
  SELECT year, country_group, sex, age, duration, residents::DOUBLE AS residents, CASE WHEN year > _begin THEN arrivals::DOUBLE END AS arrivals, leave::DOUBLE AS leave, stay::DOUBLE AS stay
  FROM cohort JOIN _projection ON year = _first JOIN _rate r USING (year, country_group, sex, age, duration)
  WHERE (SELECT count(*) FROM _arrival) + (SELECT count(*) FROM _frequency) >= 0
  UNION ALL
  SELECT year, country_group, sex, age, duration, residents, arrivals, _leave, CASE WHEN frequency IS NULL THEN stay ELSE least(1, greatest(0, 1 - _leave - other)) END
  FROM (
    SELECT n.*, stay, other, frequency,
           CASE WHEN frequency IS NULL THEN leave WHEN sum(residents * leave) OVER _alike > 0 THEN least(1, leave * frequency * sum(residents) OVER _alike / sum(residents * leave) OVER _alike) ELSE frequency END AS _leave
    FROM (
      SELECT year, country_group, sex, age, duration, sum(residents) AS residents, sum(arrivals) AS arrivals
      FROM (
        SELECT p.year + 1 AS year, country_group, sex, least(age + 1, 71)::INTEGER AS age, least(duration + 1, 10)::INTEGER AS duration, residents * stay AS residents, 0::DOUBLE AS arrivals
        FROM _path p JOIN _projection ON p.year < _last
        UNION ALL
        SELECT year, country_group, sex, age, duration, arrivals, arrivals FROM _arrival WHERE year = (SELECT max(year) + 1 FROM _path)
      )
      GROUP BY year, country_group, sex, age, duration
    ) n
    JOIN _projection ON true JOIN _rate r USING (country_group, sex, age, duration)
    LEFT JOIN _frequency f ON f.year = n.year AND f._people = r._people
    WHERE r.year = CASE WHEN _known THEN n.year ELSE 0 END
    WINDOW _alike AS (PARTITION BY r._people)
  )
),
_cells AS MATERIALIZED (
  SELECT *, concat_ws(' ', 'residents', CASE WHEN list_contains(_dims, 'country_group') THEN country_group END, CASE WHEN list_contains(_dims, 'sex') THEN sex END,
                      CASE WHEN list_contains(_dims, 'age') THEN age END, CASE WHEN list_contains(_dims, 'age_group') THEN age_group END,
                      CASE WHEN list_contains(_dims, 'duration') THEN duration END, CASE WHEN list_contains(_dims, 'duration_group_macro') THEN duration_group_macro END) AS part,
         CASE WHEN _regional THEN concat_ws(' ', part, country_group, sex, age_group, duration_group_macro) ELSE part END AS _kind
  FROM (
    SELECT year, country_group, sex, age, age_group_of(age) AS age_group, duration, duration_group_macro_of(duration) AS duration_group_macro,
           residents, arrivals, residents * leave AS emigrations, residents * stay AS stayers
    FROM _path
  ), (SELECT _dims, _regional FROM _projection)
),
-- How people of a kind divide by region in a year.
_counted AS MATERIALIZED (
  SELECT year AS _at, country_group, sex, age_group, duration_group_macro, CASE WHEN _by_county THEN county END AS county, CASE WHEN _by_centrality THEN centrality END AS centrality, sum(residents) AS n
  FROM cell JOIN (SELECT *, unnest(range(_first, CASE WHEN _known THEN _last ELSE _first END + 1))::INTEGER AS year FROM _projection WHERE _regional) USING (year)
  WHERE duration_group_macro IS NOT NULL AND residents > 0
  GROUP BY ALL
),
_region AS MATERIALIZED (
  SELECT _at, country_group, sex, age_group, duration_group_macro, county, centrality,
         coalesce(n / nullif(sum(n) OVER (PARTITION BY _at, country_group, sex, age_group, duration_group_macro), 0),
                  sum(n) OVER (PARTITION BY _at, country_group, sex, age_group, county, centrality) / nullif(sum(n) OVER (PARTITION BY _at, country_group, sex, age_group), 0),
                  sum(n) OVER (PARTITION BY _at, country_group, sex, county, centrality) / nullif(sum(n) OVER (PARTITION BY _at, country_group, sex), 0),
                  sum(n) OVER (PARTITION BY _at, country_group, county, centrality) / nullif(sum(n) OVER (PARTITION BY _at, country_group), 0)) AS share
  FROM (
    SELECT r._at, g.country_group, g.sex, g.age_group, d.duration_group_macro, r.county, r.centrality, coalesce(n, 0) AS n
    FROM _group g CROSS JOIN (SELECT unnest(enum_range(NULL::duration_group_macro)) AS duration_group_macro) d CROSS JOIN (SELECT DISTINCT _at, county, centrality FROM _counted) r
    LEFT JOIN _counted c ON c._at = r._at AND c.country_group = g.country_group AND c.sex = g.sex AND c.age_group = g.age_group AND c.duration_group_macro = d.duration_group_macro
      AND c.county IS NOT DISTINCT FROM r.county AND c.centrality IS NOT DISTINCT FROM r.centrality
  )
  QUALIFY share > 0
),
-- The frequencies of the projection are the path that residuals := 'actual' gives back; draws
-- go up and down about it.
_account AS (
  SELECT list({year: year, country_group: country_group, sex: sex::VARCHAR, age: age, duration: duration, residents: residents, emigrations: emigrations, stayers: stayers, arrivals: coalesce(arrivals, 0), part: _kind}) AS _cohorts,
         list(DISTINCT _kind) AS _parts
  FROM _cells WHERE replications > 0
),
_series AS (
  SELECT list(_row ORDER BY year) AS _rows
  FROM (
    SELECT p.* FROM panel_country p JOIN _projection ON year <= _first
    UNION ALL BY NAME
    SELECT unnest(range(_first + 1, _last + 1))::INTEGER AS year, _held.*
    FROM (SELECT arg_max(COLUMNS('^(?:relinnt.|led.|lednor|trend)$'), year) AS '\0' FROM panel_country JOIN _projection ON year <= _first) _held, _projection
  ) _row
),
_draw AS (FROM _country_draw(estimates, common, draws), _account, _series, _projection WHERE replications > 0),
-- By region the runs themselves divide, as what is common to groups does not add up in bands.
_band AS (
  SELECT year, variable AS part, lower, median, upper
  FROM (
    SELECT unnest(_simulate_stochastic(_formulas, NULL, NULL, _rows, _coefficients,
      {first_year: _first + 1, residuals: 'actual', cohorts: _cohorts, variables: _parts, replications: replications, seed: seed, draws: draws, level: level, on_failure: 'drop',
       parameter_covariance: _parameter_covariance, residual_covariance: _residual_covariance, factor: _factor}, NULL), recursive := true)
    FROM _draw WHERE NOT _regional
  )
  UNION ALL
  SELECT year, part, quantile_cont(residents, greatest(0, (1 - level) / 2)), median(residents), quantile_cont(residents, least(1, (1 + level) / 2))
  FROM (
    SELECT replication, year, _placed(part, county, centrality) AS part, sum(value * share) AS residents
    FROM (
      SELECT unnest(_simulate_runs(_formulas, NULL, NULL, _rows, _coefficients,
        {first_year: _first + 1, residuals: 'actual', cohorts: _cohorts, variables: _parts, replications: replications, seed: seed, draws: draws, on_failure: 'drop',
         parameter_covariance: _parameter_covariance, residual_covariance: _residual_covariance, factor: _factor}, NULL), recursive := true)
      FROM _draw WHERE _regional
    ) JOIN (SELECT DISTINCT _kind, part, country_group, sex, age_group, duration_group_macro FROM _cells) ON variable = _kind JOIN _region USING (country_group, sex, age_group, duration_group_macro)
    GROUP BY ALL
  )
  GROUP BY ALL
)
SELECT * EXCLUDE (part, _begins) REPLACE (round(if(_begins, residents, lower), 6) AS lower, round(if(_begins, residents, median), 6) AS median, round(if(_begins, residents, upper), 6) AS upper)
FROM (
  SELECT scenario::VARCHAR AS scenario, COLUMNS(lambda c: c = 'year' OR list_contains(list_transform(_names(dims), lambda d: lower(d)), c)), part, _begins,
         round(sum(_residents), 6) AS residents, round(sum(_arrivals), 6) AS arrivals, round(sum(_emigrations), 6) AS emigrations, round(sum(_other_exits), 6) AS other_exits -- the same at every reading
  FROM (
    SELECT c.year, _begins, country_group, sex, age, age_group, duration, duration_group_macro, county, centrality, CASE WHEN _regional THEN _placed(part, county, centrality) ELSE part END AS part, c.residents * coalesce(share, 1) AS _residents,
           CASE WHEN NOT _regional THEN c.arrivals END AS _arrivals, CASE WHEN NOT _regional THEN c.emigrations END AS _emigrations, CASE WHEN NOT _regional THEN c.residents - c.emigrations - c.stayers END AS _other_exits
    FROM (
      SELECT year, CASE WHEN _known THEN year ELSE _first END AS _at, country_group, sex, age_group, duration_group_macro,
             CASE WHEN list_contains(c._dims, 'age') THEN age END AS age, CASE WHEN list_contains(c._dims, 'duration') THEN duration END AS duration, part, c._regional,
             replications > 0 AND year = _first AS _begins, -- whose residents are known
             sum(residents) AS residents, sum(arrivals) AS arrivals, sum(emigrations) AS emigrations, sum(stayers) AS stayers
      FROM _cells c, _projection GROUP BY ALL
    ) c LEFT JOIN _region r USING (_at, country_group, sex, age_group, duration_group_macro)
  )
  GROUP BY ALL
) LEFT JOIN _band USING (year, part)
ORDER BY ALL;
