package px

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// asBytes gives a file without its byte order mark, one in UTF-16 as UTF-8.
func asBytes(from io.Reader) (r io.Reader, marked string) {
	b := bufio.NewReaderSize(from, 1<<16)
	begin, _ := b.Peek(3)
	switch {
	case bytes.Equal(begin, []byte("\xef\xbb\xbf")):
		b.Discard(3)
		return b, "utf-8"
	case bytes.HasPrefix(begin, []byte("\xff\xfe")), bytes.HasPrefix(begin, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b), "utf-16"
	}
	return b, ""
}

// The code pages of DOS, which the web does not know.
var codePages = map[string]encoding.Encoding{
	"437": charmap.CodePage437, "850": charmap.CodePage850, "852": charmap.CodePage852, "855": charmap.CodePage855, "858": charmap.CodePage858,
	"860": charmap.CodePage860, "862": charmap.CodePage862, "863": charmap.CodePage863, "865": charmap.CodePage865,
}

// codePage finds an encoding by what CODEPAGE calls it; nil where there is none.
func codePage(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	if e, err := htmlindex.Get(name); err == nil {
		return e
	}
	number := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz_- ")
	if e := codePages[number]; e != nil {
		return e
	}
	if e, err := htmlindex.Get("windows-" + number); err == nil {
		return e
	}
	if e, err := htmlindex.Get(strings.ReplaceAll(name, "_", "-")); err == nil {
		return e
	}
	return nil
}

// encodingOf finds how the texts of a header are written: as UTF-8 where they can be,
// whatever is declared (as offices do), or in its CODEPAGE, or by its CHARSET: ANSI is
// Windows-1252, none DOS. The name says which and why. unknown is a CODEPAGE that is not
// known.
func encodingOf(records []record) (e encoding.Encoding, name, unknown string) {
	ascii, valid := true, true
	eachText(records, func(text *string) {
		ascii = ascii && strings.IndexFunc(*text, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
		valid = valid && utf8.ValidString(*text)
	})
	declared, charset := "", ""
	for _, r := range records {
		switch r.keyword {
		case "CODEPAGE":
			declared = r.first()
		case "CHARSET":
			charset = r.first()
		}
	}
	switch {
	case ascii:
		return nil, "ascii", ""
	case valid:
		return nil, "utf-8 (valid UTF-8, whatever is declared)", ""
	}
	switch e := codePage(declared); {
	case e == unicode.UTF8: // which it is not
	case e != nil:
		return e, strings.ToLower(declared) + " (CODEPAGE)", ""
	default:
		unknown = declared
	}
	if strings.EqualFold(charset, "ANSI") {
		return charmap.Windows1252, "windows-1252 (CHARSET=ANSI)", unknown
	}
	return charmap.CodePage850, "cp850 (no CHARSET: DOS)", unknown
}

// decode turns the texts of the header into UTF-8.
func decode(records []record, e encoding.Encoding) {
	eachText(records, func(text *string) { *text = decoded(*text, e) })
}

func eachText(records []record, f func(text *string)) {
	for _, r := range records {
		for j := range r.about {
			f(&r.about[j])
		}
		for j := range r.values {
			f(&r.values[j].text)
		}
	}
}

// decoded turns a text into UTF-8; what cannot be a character is �.
func decoded(text string, e encoding.Encoding) string {
	if e != nil {
		if s, err := e.NewDecoder().String(text); err == nil {
			text = s
		}
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}
