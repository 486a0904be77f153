package width

import "testing"

func TestOf(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "Østfold": 7, "e\u0301": 1, "日本": 4, "ﾊ": 1, "😀": 2, "…": 1, "│": 1} {
		if got := Of(text); got != want {
			t.Errorf("%q: %d columns, want %d", text, got, want)
		}
	}
}

func TestCutMiddle(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{{"published_r2", 12, "published_r2"}, {"published_r2", 8, "pub…d_r2"}, {"published_r2", 9, "pub…ed_r2"}, {"published_r2", 2, "…2"}, {"published_r2", 1, "…"}, {"日本語日本", 7, "日…日本"}} {
		if got := CutMiddle(test.text, test.columns); got != test.want || Of(got) > test.columns {
			t.Errorf("%q to %d: %q, want %q", test.text, test.columns, got, test.want)
		}
	}
	if got, want := CutMiddle("year", 0), Cut("year", 0); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCut(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{{"Sogn og Fjordane", 16, "Sogn og Fjordane"}, {"Sogn og Fjordane", 7, "Sogn o…"}, {"日本語", 4, "日…"}, {"日本語", 5, "日本…"}} {
		if got := Cut(test.text, test.columns); got != test.want || Of(got) > test.columns {
			t.Errorf("%q to %d: %q, want %q", test.text, test.columns, got, test.want)
		}
	}
}
