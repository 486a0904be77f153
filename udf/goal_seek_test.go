package udf

import (
	"testing"
)

// What goal_seek finds makes simulate hit the goal.
func TestGoalSeek(t *testing.T) {
	conn := simulation(t)
	execute(t, conn, "CREATE TABLE goals AS SELECT 'y' AS variable, year::INTEGER AS year, 60.0 + (year - 1935) AS value FROM range(1935, 1940) r(year)")
	execute(t, conn, `CREATE TABLE found AS FROM goal_seek('klein', klein, klein_2sls, goals, 'g')`)
	if n := number(t, conn, "SELECT count(*) FROM found WHERE role = 'instrument' AND before = (SELECT g FROM klein k WHERE k.year = found.year)"); n != 5 {
		t.Errorf("%g instruments with the value they had", n)
	}
	worst := number(t, conn, `
WITH changed AS (SELECT k.* REPLACE (coalesce(f.after, k.g) AS g) FROM klein k LEFT JOIN found f ON f.role = 'instrument' AND f.year = k.year)
SELECT max(abs(simulated - value)) FROM simulate('klein', changed, klein_2sls) s JOIN goals USING (year, variable)`)
	closeTo(t, "distance from the goals", worst, 0, 1e-8)
}
