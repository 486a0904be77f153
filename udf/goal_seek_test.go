package udf

import (
	"testing"
)

// What goal_seek finds makes simulate hit the goal.
func TestGoalSeek(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, "CREATE TEMP TABLE goals AS SELECT 'y' AS variable, year::INTEGER AS year, 60.0 + (year - 1935) AS value FROM range(1935, 1940) r(year)")
	execute(t, conn, `CREATE TEMP TABLE found AS FROM goal_seek('klein', klein, klein_2sls, goals, 'g')`)
	if n := number(t, conn, "SELECT count(*) FROM found WHERE role = 'instrument' AND before = (SELECT g FROM klein k WHERE k.year = found.year)"); n != 5 {
		t.Errorf("%g instruments with the value they had", n)
	}
	worst := number(t, conn, `
WITH changed AS (SELECT k.* REPLACE (coalesce(f.after, k.g) AS g) FROM klein k LEFT JOIN found f ON f.role = 'instrument' AND f.year = k.year)
SELECT max(abs(simulated - value)) FROM simulate('klein', changed, klein_2sls) s JOIN goals USING (year, variable)`)
	closeTo(t, "distance from the goals", worst, 0, 1e-8)
}

// An instrument that works with a lag is moved before its goals, and that is said.
func TestGoalSeekSaysWhatItMovesBefore(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, `
CREATE TEMP TABLE p AS SELECT 2000 + i AS year, 1.0 AS y, 1.0 AS x, 1.0 AS z FROM range(5) t(i);
CREATE TEMP TABLE none AS SELECT 'a' AS parameter, 1.0 AS estimate WHERE false;
CREATE TEMP TABLE goals AS SELECT 'y' AS variable, 2003 AS year, 7.0 AS value`)
	call := "goal_seek(['y = 2*lag(x, 2) + z'], p, none, goals, "
	if got := notesOf(t, conn, "FROM "+call+"'x')"); got != "goal_seek: x works with a lag and is moved before the goals, in 2001 for those of 2003" {
		t.Error(got)
	}
	closeTo(t, "x of 2001", number(t, conn, "SELECT after FROM "+call+"'x') WHERE variable = 'x' AND year = 2001"), 3, 1e-12)
	if got := notesOf(t, conn, "FROM "+call+"'z')"); got != "" {
		t.Error(got)
	}
}
