// Package charset tells what a text file is written in, and reads it as UTF-8.
package charset

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// Encoding is how a text is written.
type Encoding int

// The encodings there are. Latin-1 is read as Windows-1252, which has the same
// characters and some more where Latin-1 has controls.
const (
	UTF8 Encoding = iota
	Latin1
	Windows1252 // with characters that Latin-1 has not
	UTF16LE
	UTF16BE
)

func (e Encoding) String() string {
	return [...]string{"UTF-8", "Latin-1", "Windows-1252", "UTF-16", "UTF-16 (big-endian)"}[e]
}

// LongestLine is the most bytes that a line may have: 2 MB, as DuckDB reads them.
const LongestLine = 2_000_000

// LineError is what is wrong with a line.
type LineError struct {
	Line int
	What string
}

func (e LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.What) }

// Detect reads a text to its end and tells how it is written: what a byte order mark
// says; UTF-8 where all of it is; else Windows-1252. It refuses what is no text (a NUL
// byte), a line longer than LongestLine, and what is UTF-8 in most places and not in
// one, which is a fault rather than another encoding.
func Detect(r io.Reader) (Encoding, error) {
	buffer := make([]byte, 1<<18)
	d := detector{line: 1}
	var e Encoding
	var wide, ended bool
	for begun := false; !ended; begun = true {
		n, err := io.ReadFull(r, buffer)
		if ended = err == io.EOF || err == io.ErrUnexpectedEOF; err != nil && !ended {
			return UTF8, err
		}
		block := buffer[:n]
		if !begun {
			e, wide = wideness(block)
		}
		if wide {
			err = d.measure(block, 2*LongestLine)
		} else {
			err = d.take(block)
		}
		if err != nil {
			return UTF8, err
		}
	}
	if wide {
		return e, nil
	}
	if d.carried > 0 { // of a character that the file ends in
		d.foreign(d.line)
	}
	switch {
	case d.firstForeign == 0:
		return UTF8, nil
	case d.proper > d.wrong:
		return UTF8, LineError{d.firstForeign, "not UTF-8 text, as other lines are: save the file as UTF-8"}
	case d.beyondLatin1:
		return Windows1252, nil
	}
	return Latin1, nil
}

// wideness recognises UTF-16: by its mark, or by every second byte being NUL.
func wideness(head []byte) (Encoding, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return UTF16LE, true
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return UTF16BE, true
	}
	head = head[:min(len(head), 64)&^1]
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	switch {
	case len(head) >= 4 && nul[0] == 0 && nul[1] > len(head)/4:
		return UTF16LE, true
	case len(head) >= 4 && nul[1] == 0 && nul[0] > len(head)/4:
		return UTF16BE, true
	}
	return UTF8, false
}

type detector struct {
	line         int // of the block that is read
	long         int // bytes since the last line end
	carry        [utf8.UTFMax]byte
	carried      int // bytes of a character that the block before ended in
	proper       int // characters beyond ASCII that are UTF-8
	wrong        int // bytes that are not
	firstForeign int // the line of the first of those
	beyondLatin1 bool
}

func (d *detector) take(block []byte) error {
	if i := bytes.IndexByte(block, 0); i >= 0 {
		return LineError{d.line + bytes.Count(block[:i], []byte{'\n'}), "has a NUL byte, so it is no text"}
	}
	line := d.line
	text := block
	if d.carried > 0 {
		text = append(append([]byte{}, d.carry[:d.carried]...), block...)
		d.carried = 0
	}
	if !utf8.Valid(text) || d.proper == 0 || d.firstForeign > 0 {
		d.read(text, line)
	}
	return d.measure(block, LongestLine)
}

// read looks at each character that is not ASCII.
func (d *detector) read(text []byte, line int) {
	counted := 0 // the bytes whose lines are counted
	for i := 0; i < len(text); {
		if len(text)-i >= 8 && binary.NativeEndian.Uint64(text[i:])&0x8080808080808080 == 0 {
			i += 8
			continue
		}
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			d.proper++
		case !utf8.FullRune(text[i:]):
			d.carried = copy(d.carry[:], text[i:])
			return
		default:
			line += bytes.Count(text[counted:i], []byte{'\n'})
			counted = i
			d.foreign(line)
			d.beyondLatin1 = d.beyondLatin1 || text[i] < 0xa0
		}
		i += size
	}
}

func (d *detector) foreign(line int) {
	d.wrong++
	if d.firstForeign == 0 {
		d.firstForeign = line
	}
}

// measure counts lines and their length.
func (d *detector) measure(block []byte, longest int) error {
	d.line += bytes.Count(block, []byte{'\n'})
	if i := bytes.LastIndexAny(block, "\n\r"); i >= 0 {
		d.long = len(block) - i
	} else {
		d.long += len(block)
	}
	if d.long > longest {
		return LineError{d.line, fmt.Sprintf("longer than %d MB", LongestLine/1_000_000)}
	}
	return nil
}

// NewReader reads a text of an encoding as UTF-8, without a byte order mark.
func NewReader(r io.Reader, e Encoding) io.Reader {
	switch e {
	case Latin1, Windows1252:
		return &decoder{in: r, decode: narrow}
	case UTF16LE:
		return &decoder{in: r, decode: (&wide{order: binary.LittleEndian}).decode}
	case UTF16BE:
		return &decoder{in: r, decode: (&wide{order: binary.BigEndian}).decode}
	}
	return &decoder{in: r, decode: func(to, block []byte, _ bool) []byte { return append(to, block...) }}
}

// decoder gives out what decode appends for each block.
type decoder struct {
	in      io.Reader
	decode  func(to, block []byte, last bool) []byte
	block   [1 << 16]byte
	text    []byte // decoded
	ready   []byte // of it, not yet given out
	started bool
	err     error
}

func (d *decoder) Read(p []byte) (int, error) {
	for len(d.ready) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		n, err := io.ReadFull(d.in, d.block[:])
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		d.err = err
		d.text = d.decode(d.text[:0], d.block[:n], err != nil)
		if d.ready = d.text; !d.started {
			d.started = true
			d.ready = bytes.TrimPrefix(d.ready, []byte("\ufeff"))
		}
	}
	n := copy(p, d.ready)
	d.ready = d.ready[n:]
	return n, nil
}

// windows1252 are the characters from 0x80 to 0x9f; five places have none and are read
// as Latin-1 has them.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

func narrow(to, block []byte, _ bool) []byte {
	for _, c := range block {
		switch {
		case c < 0x80:
			to = append(to, c)
		case c < 0xa0:
			to = utf8.AppendRune(to, windows1252[c-0x80])
		default:
			to = utf8.AppendRune(to, rune(c))
		}
	}
	return to
}

// wide keeps the first half of a character that a block ends in.
type wide struct {
	order binary.ByteOrder
	half  uint16
}

func (w *wide) decode(to, block []byte, last bool) []byte {
	for ; len(block) >= 2; block = block[2:] {
		unit := w.order.Uint16(block)
		switch {
		case w.half != 0:
			r := utf16.DecodeRune(rune(w.half), rune(unit))
			w.half = 0
			to = utf8.AppendRune(to, r)
			if r != utf8.RuneError {
				continue
			}
			fallthrough
		default:
			if utf16.IsSurrogate(rune(unit)) && unit < 0xdc00 {
				w.half = unit
				continue
			}
			to = utf8.AppendRune(to, rune(unit))
		}
	}
	if last && (w.half != 0 || len(block) > 0) {
		to = utf8.AppendRune(to, utf8.RuneError)
	}
	return to
}
