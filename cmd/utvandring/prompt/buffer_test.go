package prompt

import "testing"

// cursor puts a | where the cursor is.
func (b *buffer) cursor() string { return string(b.text[:b.pos]) + "|" + string(b.text[b.pos:]) }

func bufferOf(s string) *buffer {
	b := &buffer{}
	for i, r := range []rune(s) {
		if r == '|' {
			b.pos = i
		} else {
			b.text = append(b.text, r)
		}
	}
	return b
}

func TestBuffer(t *testing.T) {
	for _, test := range []struct {
		before string
		keys   []action
		after  string
	}{
		{"ab|c", []action{backspace}, "a|c"},
		{"|abc", []action{backspace}, "|abc"},
		{"a|bc", []action{deleteChar}, "a|c"},
		{"abc|", []action{deleteChar}, "abc|"},
		{"ae\u0301|c", []action{left}, "a|e\u0301c"}, // a letter and its mark are one
		{"a|e\u0301c", []action{right}, "ae\u0301|c"},
		{"x👨\u200d👩\u200d👧|", []action{backspace}, "x|"},
		{"|🇳🇴x", []action{deleteChar}, "|x"},
		{"a\n|b", []action{left, right, right}, "a\nb|"},
		{"a|æc", []action{right, right, right, right}, "aæc|"},
		{"a b_c|", []action{wordLeft}, "a |b_c"},
		{"a b_c|", []action{killWordLeft}, "a |"},
		{"FROM |cell c", []action{wordRight}, "FROM cell| c"},
		{"FROM| cell", []action{killWordRight, yank}, "FROM cell|"},
		{"a\nb|c\nd", []action{home}, "a\n|bc\nd"},
		{"a\nb|c\nd", []action{end}, "a\nbc|\nd"},
		{"a\nb|c\nd", []action{killToEnd, yank}, "a\nbc|\nd"},
		{"a\nbc|\nd", []action{killToEnd}, "a\nbc|d"},
		{"a\nbc|\nd", []action{killToStart}, "a\n|\nd"},
		{"abc\nd|", []action{up}, "a|bc\nd"},
		{"a\nbcd|", []action{up}, "a|\nbcd"},
		{"a|bc\n", []action{down}, "abc\n|"},
		{"abc|\nde", []action{down}, "abc\nde|"},
		{"ab|", []action{transpose}, "ba|"},
		{"a|bc", []action{transpose}, "ba|c"},
		{"a|", []action{transpose}, "a|"},
		{"  a|b", []action{newLine}, "  a\n  |b"},
		{"a b|", []action{killWordLeft, killWordLeft, undo}, "a |"},
		{"a b|", []action{killWordLeft, killWordLeft, undo, undo}, "a b|"},
		{"|", []action{undo, yank, up, down, left, right, wordLeft, wordRight, killToEnd, killToStart}, "|"},
		{"a\nb|", []action{textStart, textEnd, textStart}, "|a\nb"},
	} {
		b := bufferOf(test.before)
		for _, a := range test.keys {
			switch a {
			case up:
				b.up()
			case down:
				b.down()
			default:
				b.do(key{action: a})
			}
		}
		if got := b.cursor(); got != test.after {
			t.Errorf("%q %v: %q, want %q", test.before, test.keys, got, test.after)
		}
	}
}

func TestUndoTakesTypingTogether(t *testing.T) {
	b := &buffer{}
	for _, r := range "SELECT one" {
		b.do(key{insert, string(r)})
	}
	b.do(key{action: undo})
	if got := b.cursor(); got != "SELECT |" {
		t.Errorf("%q, want the last word undone", got)
	}
}

func FuzzBuffer(f *testing.F) {
	f.Add("a\nb", []byte{1, 2, 3, 20})
	f.Fuzz(func(t *testing.T, text string, keys []byte) {
		b := &buffer{}
		b.insert(text)
		for _, k := range keys {
			switch a := action(k) % (cancel + 1); a {
			case up:
				b.up()
			case down:
				b.down()
			default:
				b.do(key{a, "x"})
			}
			if b.pos < 0 || b.pos > len(b.text) {
				t.Fatalf("cursor at %d of %d", b.pos, len(b.text))
			}
			layOut(Prompt{"> ", "> "}, b.text, b.pos, nil, 7)
		}
	})
}
