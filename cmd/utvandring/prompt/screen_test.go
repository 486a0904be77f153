package prompt

import (
	"reflect"
	"strings"
	"testing"
)

func TestLayOut(t *testing.T) {
	for _, test := range []struct {
		text        string // | is the cursor
		columns     int
		rows        []string
		row, column int
	}{
		{"|", 10, []string{"> "}, 0, 2},
		{"abc|", 10, []string{"> abc"}, 0, 5},
		{"ab\nc|d", 10, []string{"> ab", "- cd"}, 1, 3},
		{"ab|\ncd", 10, []string{"> ab", "- cd"}, 0, 4},
		{"abcdefgh|", 10, []string{"> abcdefgh", ""}, 1, 0}, // the row is full
		{"abcdefgh|i", 10, []string{"> abcdefgh", "i"}, 1, 0},
		{"abcdefgh\n|", 10, []string{"> abcdefgh", "- "}, 1, 2},
		{"abcdefgh|\n", 10, []string{"> abcdefgh", "", "- "}, 1, 0},
		{"abcdefg日|", 10, []string{"> abcdefg", "日"}, 1, 2}, // no half of a wide one
		{"👨\u200d👩\u200d👧é|x", 10, []string{"> 👨\u200d👩\u200d👧éx"}, 0, 5},
		{"abcdefg🚀|", 10, []string{"> abcdefg", "🚀"}, 1, 2},
		{"✔\ufe0f🇳🇴|", 10, []string{"> ✔\ufe0f🇳🇴"}, 0, 6},
		{"|\x00", 10, []string{"> \x00"}, 0, 2},
	} {
		b := bufferOf(test.text)
		p := layOut(Prompt{"> ", "- "}, b.text, b.pos, nil, test.columns)
		if !reflect.DeepEqual(p, page{test.rows, test.row, test.column}) {
			t.Errorf("%q: %+v", test.text, p)
		}
	}
}

func TestLayOutStyles(t *testing.T) {
	text := []rune("a'b\nc'd")
	styles := []Style{Plain, Text, Text, Text, Text, Text, Plain}
	p := layOut(Prompt{"\x1b[1m>\x1b[0m ", "- "}, text, 0, styles, 80)
	want := []string{"\x1b[1m>\x1b[0m a\x1b[32m'b\x1b[0m", "- \x1b[32mc'\x1b[0md"}
	if !reflect.DeepEqual(p.rows, want) || p.cursorColumn != 2 {
		t.Errorf("%q, cursor at %d", p.rows, p.cursorColumn)
	}
}

func TestPaintOfTallText(t *testing.T) {
	var out strings.Builder
	s := screen{out: &out}
	text := []rune(strings.Repeat("x\n", 50) + "last")
	s.paint(layOut(Prompt{}, text, len(text), nil, 80), []string{"candidate"}, 10)
	if rows := strings.Count(out.String(), "\r\n") + 1; rows != 10 || s.cursorRow != 9 || !strings.Contains(out.String(), "last") {
		t.Errorf("%d rows, cursor in row %d: %q", rows, s.cursorRow, out.String())
	}
}
