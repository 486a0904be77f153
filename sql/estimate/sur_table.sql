-- _significant(x, digits): a number with so many significant digits, 17 at most, which are
-- all that a DOUBLE has, as text, without exponent where it is not tiny.
CREATE OR REPLACE MACRO _significant(x, digits) AS
  CASE WHEN x = 0 THEN '0' WHEN abs(x) < 1e-6 THEN format('{:.{}e}', x::DOUBLE, least(digits, 17) - 1)
       ELSE format('{:.{}f}', x::DOUBLE, greatest(0, least(digits, 17) - 1 - floor(log10(abs(x))))::INTEGER) END;

-- sur_table: estimates of several models side by side, as papers print them.
--
-- models      a name in table model or a list of them, a column each
-- panel       any relation that sur takes. Where it has a column country_group, a model that
--             has one is estimated on the rows of its own: the default, group_panel, is the
--             three macro panels
-- published   true: before each column the report's numbers; false: none. NULL: beside the
--             report's own models, 4.1-4.9
-- below       what stands in parentheses below an estimate: 'std_error', 't_value', 'p_value',
--             or 'none'. std_error of what is published is estimate / t_value; its p_value that
--             of a normal distribution
-- stars       p-values below which an estimate gets a star, two, three; [] for none
-- digits      significant digits; what is published stands as printed
-- statistics  columns of sur_system, then of sur_equations, that are printed below
-- Other arguments as sur.
--
-- Columns, all text: parameter; variable: what it is multiplied by, the first two of many; a
-- column per model. A row per parameter and variables, in the order in which they appear
-- first, and one for what stands below; an empty row; statistics of the systems, then those
-- of each equation by its left side; an empty row; how it was estimated. Markdown, LaTeX and
-- HTML are modes: .once table.tex before it. A model that cannot be estimated is an error.
--
--   FROM sur_table(['4.1', '4.2']);
--   FROM sur_table(['4.1', '4.4'], panel_1, below := 't_value', stars := [],
--     std_errors := 'small_sample');
CREATE OR REPLACE MACRO sur_table(models, panel := 'group_panel', published := NULL, below := 'std_error', stars := [0.05, 0.01, 0.001],
    digits := 4, statistics := ['sample', 'years', 'equations', 'parameters', 'loglik', 'aic', 'bic', 'diagonal_p', 'r2', 'lm_het_p', 'durbin_watson'],
    {{as sur}}) AS TABLE
  WITH _input AS (
    SELECT o.model, place, _models, _equations, _rows
    FROM (SELECT unnest(_names(models)) AS model, unnest(range(len(_names(models)))) AS place) o
         LEFT JOIN model m ON lower(m.model) = lower(o.model), _catalogue,
         LATERAL (SELECT list(p) AS _rows FROM query_table(panel) p WHERE m.country_group IS NULL OR country_group = m.country_group)
  ), _variable AS (
    SELECT lower(model) AS model, parameter, list(regressor ORDER BY seen) AS variables
    FROM (SELECT model, parameter, CASE regressor WHEN '1' THEN 'constant' ELSE regressor END AS regressor, min(seen) AS seen
          FROM (SELECT *, row_number() OVER () AS seen FROM equation_term) WHERE parameter IS NOT NULL GROUP BY ALL)
    GROUP BY ALL
  ), _fit AS (
    SELECT model, unnest(_answer, recursive := true), 1000 * place + generate_subscripts(_answer, 1) AS seen
    FROM (SELECT model, place, _sur(model, _models, _equations, _rows, {{options of sur}}) AS _answer FROM _input)
  ), _estimate AS (
    SELECT min(seen) OVER (PARTITION BY f.parameter, variables) AS seen, f.parameter,
           coalesce(array_to_string(variables[:2], ', ') || CASE WHEN len(variables) > 2 THEN ', …' ELSE '' END, '') AS variable, n.*
    FROM _fit f LEFT JOIN _variable v ON v.model = lower(f.model) AND v.parameter = f.parameter
         LEFT JOIN published_coefficient p ON p.model = lower(f.model) AND p.parameter = f.parameter,
         LATERAL (SELECT f.model AS heading, _significant(f.estimate, digits) AS text, f.std_error, f.t_value, f.p_value UNION ALL
                  SELECT 'published ' || f.model, p.estimate::VARCHAR, abs(p.estimate / nullif(p.t_value, 0)), p.t_value, _normal_p(p.t_value)[1]) n
  ), _system AS (
    FROM (SELECT model AS heading, s.first_year || '–' || s.last_year AS sample, COLUMNS(* EXCLUDE (model, place))::VARCHAR
          FROM (SELECT model, place, unnest(_sur_system(model, _models, _equations, _rows, {{options of sur}}), recursive := true) FROM _input) s)
    UNPIVOT INCLUDE NULLS (value FOR name IN (COLUMNS(* EXCLUDE (heading))))
  ), _equation AS (
    SELECT * REPLACE (left_side || CASE WHEN count(*) OVER (PARTITION BY model, left_side) > 1 THEN ' (' || equation || ')' ELSE '' END AS left_side)
    FROM (SELECT model, unnest(_answer, recursive := true), 1000 * place + generate_subscripts(_answer, 1) AS seen
          FROM (SELECT model, place, _sur_equations(model, _models, _equations, _rows, {{options of sur}}) AS _answer FROM _input))
  ), _statistic AS (
    SELECT 0 AS seen, '' AS variable, * FROM _system
    UNION ALL BY NAME
    FROM (SELECT min(seen) OVER (PARTITION BY left_side) AS seen, left_side AS variable, model AS heading,
                 COLUMNS(* EXCLUDE (seen, left_side, model))::VARCHAR FROM _equation)
    UNPIVOT INCLUDE NULLS (value FOR name IN (COLUMNS(* EXCLUDE (seen, variable, heading))))
    UNION ALL BY NAME
    FROM (SELECT min(seen) OVER (PARTITION BY left_side) AS seen, left_side AS variable, 'published ' || model AS heading,
                 COLUMNS(p.* EXCLUDE (equation))::VARCHAR FROM _equation e JOIN published_diagnostic p USING (equation))
    UNPIVOT (value FOR name IN (COLUMNS(* EXCLUDE (seen, variable, heading))))
  ), _line AS (
    SELECT 1 AS part, seen, 1 AS line, parameter, variable, heading,
           text || repeat('*', len(list_filter(stars::DOUBLE[], lambda s: p_value < s))) AS text
    FROM _estimate
    UNION ALL
    SELECT 1, seen, 2, '', '', heading, '(' || _significant(CASE below WHEN 'std_error' THEN std_error WHEN 't_value' THEN t_value ELSE p_value END, digits) || ')'
    FROM _estimate WHERE below <> 'none'
    UNION ALL
    SELECT 3, list_position(statistics, name), seen,
           coalesce({years: 'N', loglik: 'log-likelihood', aic: 'AIC', bic: 'BIC', r2: 'R²', diagonal_p: 'diagonal covariance, p',
                     lm_het_p: 'heteroskedasticity, p', durbin_watson: 'Durbin–Watson'}::JSON ->> name, replace(name, '_', ' ')), variable, heading,
           CASE WHEN starts_with(heading, 'published ') OR TRY_CAST(value AS DOUBLE) IS NULL OR value NOT LIKE '%.%' THEN value
                ELSE _significant(value::DOUBLE, digits) END
    FROM _statistic WHERE name IN (SELECT unnest(statistics))
    UNION ALL
    SELECT unnest([2, 4]), 0, 0, '', '', NULL, NULL
    UNION ALL
    SELECT 5, 1, 0, 'method', any_value(value) FILTER (name = 'method') || ', divisor ' || any_value(value) FILTER (name = 'divisor'), NULL, NULL FROM _system
    UNION ALL
    SELECT 5, 2, 0, 'standard errors', any_value(value) FILTER (name = 'std_errors') || ', ' || any_value(value) FILTER (name = 'distribution'), NULL, NULL FROM _system
    UNION ALL
    SELECT 5, 3, 0, 'in parentheses', below, NULL, NULL WHERE below <> 'none'
    UNION ALL
    SELECT 5, 4, 0, 'stars', array_to_string(list_transform(list_reverse_sort(stars::DOUBLE[]), lambda s, i: repeat('*', i::INTEGER) || ' p < ' || s), ', '), NULL, NULL WHERE len(stars) > 0
    UNION ALL
    SELECT 3, 0, 0, error('sur_table: statistics: neither sur_system nor sur_equations has a column "' || wanted || '"'), '', NULL, NULL
    FROM (SELECT unnest(statistics) AS wanted) WHERE wanted NOT IN (SELECT name FROM _statistic)
  )
  FROM query(CASE
    WHEN len(_names(models)) = 0 THEN error('sur_table: models is an empty list; it takes a model or a list of models')
    WHEN below NOT IN ('std_error', 't_value', 'p_value', 'none')
    THEN error('sur_table: below is "' || below || '", not ''std_error'', ''t_value'', ''p_value'' or ''none''')
    WHEN digits NOT BETWEEN 1 AND 17 THEN error('sur_table: digits is ' || digits || ', not 1 to 17')
    ELSE 'SELECT parameter, variable' || array_to_string(list_transform(flatten(list_transform(_names(models), lambda m:
        CASE WHEN coalesce(published, regexp_matches(m, '^4\.[1-9]$')) THEN ['published ' || m, m] ELSE [m] END)), lambda m:
        ', coalesce(any_value(text) FILTER (heading = ''' || replace(m, '''', '''''') || '''), '''') AS "' || replace(m, '"', '""') || '"'), '')
      || ' FROM _line GROUP BY part, seen, line, parameter, variable ORDER BY part, seen, line' END);
