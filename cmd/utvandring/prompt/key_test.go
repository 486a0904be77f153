package prompt

import (
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	for in, want := range map[string]struct {
		key
		n int
	}{
		"a":                               {key{insert, "a"}, 1},
		"øre":                             {key{insert, "ø"}, 2},
		"\xc3":                            {key{}, 0}, // the rest of ø is to come
		"\xff":                            {key{}, 1}, // not UTF-8: ignored
		"\x03":                            {key{action: interrupt}, 1},
		"\x04":                            {key{action: endOfFile}, 1},
		"\r":                              {key{action: enter}, 1},
		"\t":                              {key{action: complete}, 1},
		"\x7f":                            {key{action: backspace}, 1},
		"\x1b":                            {key{}, 0},
		"\x1b[":                           {key{}, 0},
		"\x1b[A":                          {key{action: up}, 3},
		"\x1bOA":                          {key{action: up}, 3},
		"\x1b[1;5D":                       {key{action: wordLeft}, 6},
		"\x1b[1;5Dx":                      {key{action: wordLeft}, 6},
		"\x1b[1~":                         {key{action: home}, 4},
		"\x1b[Z":                          {key{action: completeBack}, 3},
		"\x1b[99;99~":                     {key{}, 8}, // unknown keys do nothing
		"\x1b\r":                          {key{action: newLine}, 2},
		"\x1bø":                           {key{}, 3},
		"\x1b\x1b[A":                      {key{}, 1},
		"\x1b[200~a;\rb\tc\x1b[201~":      {key{paste, "a;\nb    c"}, 18},
		"\x1b[200~a":                      {key{}, 0},
		"\x1b[200~\x1b[31m\x07x\x1b[201~": {key{paste, "[31mx"}, 19},
	} {
		k, n := decode(in)
		if k != want.key || n != want.n {
			t.Errorf("%q: %v %d, want %v %d", in, k, n, want.key, want.n)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("\x1b[200~x\x1b[201~\x1b[1;5D")
	f.Fuzz(func(t *testing.T, in string) {
		for in != "" {
			_, n := decode(in)
			if n == 0 {
				return
			}
			in = in[n:]
		}
	})
}

// .help keys has all that do something.
func TestKeyHelp(t *testing.T) {
	for c, action := range control {
		if name := "Ctrl-" + string(rune('@'+c)); action != none && !strings.Contains(KeyHelp, name) && !strings.Contains("Ctrl-I Ctrl-J Ctrl-M Ctrl-G", name) {
			t.Errorf("%s is not in the help", name)
		}
	}
	for code := range escapes {
		if name := "Alt-" + strings.ToUpper(code); len(code) == 1 && code[0] > ' ' && code[0] < 0x7f && !strings.Contains(KeyHelp, name) {
			t.Errorf("%s is not in the help", name)
		}
	}
}
