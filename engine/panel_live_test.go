package engine

import (
	"context"
	"testing"
)

// The macro series of a panel are those of this moment: a scenario that is
// written into country_year or macro is in the panel at once, without .refresh.
func TestPanelReadsMacroSeriesLive(t *testing.T) {
	ctx := context.Background()
	db := open(t, "", Options{})
	if err := db.Demo(ctx, 0.005, 1); err != nil {
		t.Fatal(err)
	}
	// By hand: country group 2 is Poland and Lithuania in 2013, with 10 and 12 per
	// cent unemployed of 30 and 10 people: (10*30 + 12*10) / 40 = 10.5; Norway's
	// GDP per head is 600/10 = 60, theirs (900 + 300) / 40 = 30: relative income 2.
	if err := db.Exec(ctx, `
		INSERT INTO country_year VALUES ('NOR', 2013, 4, 600, 10), ('POL', 2013, 10, 900, 30), ('LTU', 2013, 12, 300, 10);
		UPDATE macro SET led1 = 77 WHERE year = 2013`); err != nil {
		t.Fatal(err)
	}
	var led1, led2, lednor, relinnt2, relinnt1 float64
	row := db.Conn().QueryRowContext(ctx, "SELECT led1, led2, lednor, relinnt2, relinnt1 FROM panel_3 WHERE year = 2013")
	if err := row.Scan(&led1, &led2, &lednor, &relinnt2, &relinnt1); err != nil {
		t.Fatal(err)
	}
	// relinnt1 is not in country_year, so the shipped 1.4113 stays (report, macro.csv).
	if led1 != 77 || led2 != 10.5 || lednor != 4 || relinnt2 != 2 || relinnt1 != 1.4113 {
		t.Error(led1, led2, lednor, relinnt2, relinnt1)
	}
}
