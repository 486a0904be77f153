package natural

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestCompare(t *testing.T) {
	for _, order := range []string{
		"02 2 4.1.1 4.1.2 4.1.10 4.2 10 a b b2 b10",
		"figure_5 figure_5_1 figure_5_9 figure_5_10 figure_5_47 figures",
		"3 3.2 3.2.1 3.10 5.1 A1 AnnexA AnnexB",
		"frequency frequency_by_county frequency_by_county_sex frequency_of frequency_period",
		"panel panel_1 panel_2 panel_10 panels sur sur_of sur_test sure",
		"b_1 b1 b2 b10 æ1 æ2 æ10",
		"1 18446744073709551616 18446744073709551617 100000000000000000000",
	} {
		want := strings.Fields(order)
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, Compare)
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// It is an order of any texts: of one direction, and no circle.
func FuzzCompare(f *testing.F) {
	f.Add("4.1.2", "4.1.10", "4.1.02")
	f.Add("a_1", "a1", "a 1")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		list := []string{a, b, c}
		slices.SortFunc(list, Compare)
		for i, x := range list {
			for j, y := range list {
				if d := Compare(x, y); i < j && d > 0 || i > j && d < 0 || (d == 0) != (x == y) {
					t.Errorf("%q and %q compare as %d in %q", x, y, d, list)
				}
			}
		}
	})
}

func TestLeading(t *testing.T) {
	for label, want := range map[string]string{
		"7-17": "7 true", "71+": "71 true", "16+ years": "16 true", " 3": "3 true", "-1": "-1 true", "0.25": "0.25 true", "2.": "2 true",
		"": "0 false", "a1": "0 false", "+1": "0 false", ".5": "0 false",
	} {
		x, ok := Leading(label)
		if got := fmt.Sprint(x, ok); got != want {
			t.Errorf("%q: %s, want %s", label, got, want)
		}
	}
}
