package charset

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// text is the same in every encoding; long enough that no buffer holds it.
var text = strings.Repeat("0219;Bærum;Tromsø\r\n", 30_000)

func wideText(s string, big, mark bool) string {
	var b strings.Builder
	if mark {
		s = "\ufeff" + s
	}
	for _, r := range s {
		units := []uint16{uint16(r)}
		if r > 0xffff {
			units = []uint16{uint16((r-0x10000)>>10) + 0xd800, uint16((r-0x10000)&0x3ff) + 0xdc00}
		}
		for _, u := range units {
			if big {
				b.WriteByte(byte(u >> 8))
			}
			b.WriteByte(byte(u))
			if !big {
				b.WriteByte(byte(u >> 8))
			}
		}
	}
	return b.String()
}

func TestEveryEncodingGivesTheSameText(t *testing.T) {
	latin1 := strings.NewReplacer("æ", "\xe6", "ø", "\xf8", "€", "\x80")
	for _, c := range []struct {
		name, file string
		want       Encoding
		text       string
	}{
		{"nothing", "", UTF8, ""},
		{"ASCII", "a,b\n", UTF8, "a,b\n"},
		{"UTF-8", text, UTF8, text},
		{"UTF-8 with a mark", "\ufeff" + text, UTF8, text},
		{"Latin-1", latin1.Replace(text), Latin1, text},
		{"Windows-1252", latin1.Replace(text + "€"), Windows1252, text + "€"},
		{"one foreign byte at the end", strings.Repeat("a;b\n", 100_000) + "\xe6", Latin1, strings.Repeat("a;b\n", 100_000) + "æ"},
		{"UTF-16", wideText(text+"🦆", false, true), UTF16LE, text + "🦆"},
		{"UTF-16, big-endian", wideText(text, true, true), UTF16BE, text},
		{"UTF-16 without a mark", wideText(text, false, false), UTF16LE, text},
		{"half a UTF-16 character", wideText("ab", false, true) + "x", UTF16LE, "ab�"},
	} {
		readers := []io.Reader{strings.NewReader(c.file)}
		if len(c.file) < 100 {
			readers = append(readers, iotest.OneByteReader(strings.NewReader(c.file)))
		}
		for _, r := range readers {
			if got, err := Detect(r); err != nil || got != c.want {
				t.Errorf("%s: %v, %v", c.name, got, err)
			}
		}
		decoded, err := io.ReadAll(NewReader(iotest.HalfReader(strings.NewReader(c.file)), c.want))
		if err != nil || string(decoded) != c.text {
			t.Errorf("%s: read as %.60q, %v", c.name, decoded, err)
		}
	}
}

type zeros byte

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(z)
	}
	return len(p), nil
}

func TestDetectRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		file io.Reader
		want string
	}{
		{"endless NULs", zeros(0), "line 1: has a NUL byte, so it is no text"},
		{"an endless line", zeros('x'), "line 1: longer than 2 MB"},
		{"an endless wide line", io.MultiReader(strings.NewReader("\xff\xfea\x00\n\x00"), zeros('x')), "line 2: longer than 2 MB"},
		{"a fault in UTF-8", strings.NewReader("æ\nø\nå \xe5\n"), "line 3: not UTF-8 text, as other lines are: save the file as UTF-8"},
		{"a reader that fails", iotest.ErrReader(io.ErrClosedPipe), io.ErrClosedPipe.Error()},
	} {
		if _, err := Detect(c.file); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Whatever the bytes, what is read is UTF-8, and what is UTF-8 already is read as it is.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "æ", "\xe6", "\xff\xfea\x00\x3d\xd8", "\xfe\xff\xd8", "\ufeffa", "a\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		e, err := Detect(bytes.NewReader(file))
		if err != nil {
			return
		}
		text, err := io.ReadAll(NewReader(bytes.NewReader(file), e))
		if err != nil || !utf8.Valid(text) {
			t.Fatal(e, text, err)
		}
		if e == UTF8 && !bytes.Equal(text, bytes.TrimPrefix(file, []byte("\ufeff"))) {
			t.Fatal("changed")
		}
	})
}
