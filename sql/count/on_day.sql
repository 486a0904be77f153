-- _grouped(people): people as they were on a day, for whatever is counted of them.
--
-- people: the columns of _who; age and duration that day, in completed years; status_day,
-- whose status counts; the columns of _reading that tell the place. Adds the groups of age
-- and duration, and the own dimensions.
CREATE OR REPLACE MACRO _grouped(people) AS TABLE
SELECT d.*, age_group_of(age) AS age_group, duration_group_of(duration) AS duration_group, duration_group_macro_of(duration) AS duration_group_macro/*own:day*/
FROM query_table(people) d/*own:day joins*/;

-- _on_day(days): the same of people without a place, but with code, the municipality code
-- that counts, read in place_year.
CREATE OR REPLACE MACRO _on_day(days) AS TABLE
WITH _placed AS (
  SELECT d.*, coalesce(m.place, 0) AS place, coalesce(m.candidates, []) AS candidates, m.* EXCLUDE (code, first_year, last_year, first_day, end_day, place, candidates)
  FROM query_table(days) d
  LEFT JOIN _reading m ON m.code = d.code AND d.place_year BETWEEN m.first_year AND m.last_year
)
FROM _grouped(_placed);

-- _events(events): what happened to people, ready for _on_day.
--
-- events: the columns of _who, event_date; code, the municipality code read the days
-- place_back before it, and status_back those of the status.
CREATE OR REPLACE MACRO _events(events) AS TABLE
SELECT *, year(event_date)::INTEGER AS year, completed_years(birth_date, event_date) AS age,
       CASE WHEN first_immigration <= event_date THEN completed_years(first_immigration, event_date) END AS duration,
       year(event_date - place_back)::INTEGER AS place_year, event_date - status_back AS status_day
FROM query_table(events);
