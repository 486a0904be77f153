package width

import (
	"strings"
	"testing"
)

// What terminals show: Unicode's grapheme clusters (UAX #29), two columns for wide
// ones (UAX #11) and for what is shown as emoji (UTS #51).
func TestOf(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"", 0}, {"abc", 3}, {"Østfold æøåÆØÅ", 14}, {"áčđŋšŧž", 7}, {"ẞß€§–−…", 7}, {"αβ Жя", 5},
		{"e\u0301", 1}, {"A\u030angström", 8}, {"Z\u0351\u036b\u0343", 1}, {"\u0301", 0}, // combining marks
		{"日本", 4}, {"한국", 4}, {"\u1112\u1161\u11ab", 2}, {"ﾊ", 1}, {"Ａ！", 4}, {"\u3000", 2}, {"葛\U000E0100", 2}, {"\U00020000", 2},
		{"😀", 2}, {"🚀", 2}, {"✅", 2}, {"☕", 2}, {"🫨", 2}, {"✓", 1}, {"✔", 1}, {"❤", 1}, {"⚠", 1}, {"©", 1}, {"☎", 1},
		{"✔\ufe0f", 2}, {"❤\ufe0f", 2}, {"⚠\ufe0f", 2}, {"©\ufe0f", 2}, {"1\ufe0f\u20e3", 2}, {"☎\ufe0e", 1}, // variation selectors
		{"👨\u200d👩\u200d👧\u200d👦", 2}, {"👩\u200d💻", 2}, {"🏳\ufe0f\u200d🌈", 2}, {"👍🏽", 2}, // joined
		{"🇳🇴", 2}, {"🇳🇴🇸🇪🇩🇰", 6}, {"🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", 2}, // flags
		{"│─┼", 3}, {"█▒▓", 3}, {"⣀●■", 3}, {"\u00a0", 1}, {"\u200b\u200d\ufeff\u200f", 0},
		{"\t", 0}, {"\n\r", 0}, {"\x00\x7f\u0085", 0}, {"a\tb", 2}, {"\x1b[1;34mdemo\x1b[0m> ", 6}, // control
		{"سلام", 4}, {"שָׁ", 1}, {"\xff", 1}, {"a\xe6b", 3},
	} {
		if got := Of(test.text); got != test.want {
			t.Errorf("%q: %d columns, want %d", test.text, got, test.want)
		}
	}
}

const family = "👨\u200d👩\u200d👧"

func TestCut(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{
		{"Sogn og Fjordane", 16, "Sogn og Fjordane"}, {"Sogn og Fjordane", 7, "Sogn o…"}, {"日本語", 4, "日…"}, {"日本語", 5, "日本…"},
		{family + family, 4, family + family}, {family + family, 3, family + "…"}, {family + family, 2, "…"}, {"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"🇳🇴🇸🇪", 3, "🇳🇴…"}, {"Bærum", 1, "…"},
	} {
		if got := Cut(test.text, test.columns); got != test.want || Of(got) > test.columns {
			t.Errorf("%q to %d: %q, want %q", test.text, test.columns, got, test.want)
		}
	}
}

func TestCutMiddle(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{
		{"published_r2", 12, "published_r2"}, {"published_r2", 8, "pub…d_r2"}, {"published_r2", 9, "pub…ed_r2"}, {"published_r2", 2, "…2"}, {"published_r2", 1, "…"},
		{"日本語日本", 7, "日…日本"}, {"a" + family + "b" + family, 5, "a…b" + family}, {"a" + family + "b" + family, 4, "a…" + family}, {"ae\u0301be\u0301c", 4, "a…e\u0301c"},
	} {
		if got := CutMiddle(test.text, test.columns); got != test.want || Of(got) > test.columns {
			t.Errorf("%q to %d: %q, want %q", test.text, test.columns, got, test.want)
		}
	}
	if got, want := CutMiddle("year", 0), Cut("year", 0); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPad(t *testing.T) {
	for text, want := range map[string]string{"": "    ", "日": "日  ", "e\u0301": "e\u0301   ", family + family: family + family, "Larvik": "Larvik"} {
		if got := Pad(text, 4); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIndex(t *testing.T) {
	for _, test := range []struct {
		text   string
		column int
		want   string // what stands there
	}{
		{"abc", 1, "bc"}, {"日本xx", 4, "xx"}, {"日本xx", 3, "本xx"}, {"e\u0301x", 1, "x"}, {family + "x", 2, "x"}, {"ab", 2, ""}, {"ab", 9, ""}, {"æøåx", 3, "x"},
	} {
		if got := test.text[Index(test.text, test.column):]; got != test.want {
			t.Errorf("column %d of %q: %q, want %q", test.column, test.text, got, test.want)
		}
	}
}

// The clusters joined are the text, their columns its columns; cut, it is no wider
// than asked.
func FuzzClusters(f *testing.F) {
	f.Add("Østfold "+family+"🇳🇴 e\u0301\x1b[1m\xff\t", 5)
	f.Fuzz(func(t *testing.T, s string, columns int) {
		var joined strings.Builder
		n := 0
		for cluster, wide := range Clusters(s) {
			if cluster == "" || wide < 0 {
				t.Fatalf("%q: cluster %q of %d columns", s, cluster, wide)
			}
			joined.WriteString(cluster)
			n += wide
		}
		if joined.String() != s || n != Of(s) {
			t.Fatalf("%q: %q of %d columns, not %d", s, joined.String(), n, Of(s))
		}
		columns = columns & 63
		if columns > 0 && (Of(Cut(s, columns)) > columns || Of(CutMiddle(s, columns)) > columns) {
			t.Fatalf("%q to %d: %q, %q", s, columns, Cut(s, columns), CutMiddle(s, columns))
		}
		if Of(Pad(s, columns)) != max(Of(s), columns) {
			t.Fatalf("%q to %d: %q", s, columns, Pad(s, columns))
		}
	})
}

func BenchmarkOf(b *testing.B) {
	for name, s := range map[string]string{"ascii": "published_coefficient", "norwegian": "Møre og Romsdal", "emoji": family + "🇳🇴✅"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Of(s)
			}
		})
	}
}
