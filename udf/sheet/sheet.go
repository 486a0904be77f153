// Package sheet reads and writes Excel workbooks (.xlsx).
package sheet

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"
	"strings"
	"time"

	"utvandring/udf/later"
)

// Kind is what a cell holds.
type Kind byte

// The kinds of cells.
const (
	Empty Kind = iota
	Text
	Number
	Truth // Number is 1 or 0
	Moment
	Fault // such as #N/A; Text is its name
)

// Cell is a cell of a sheet. A formula is the value that it had when the file was saved.
type Cell struct {
	Kind   Kind
	Text   string
	Number float64
	Time   time.Time // UTC, without a time of day where it is a date
}

// String is a cell as text: numbers with a point and all digits, ISO dates.
func (c Cell) String() string {
	switch c.Kind {
	case Text, Fault:
		return c.Text
	case Number:
		if a := math.Abs(c.Number); a != 0 && (a < 1e-5 || a >= 1e17) {
			return strconv.FormatFloat(c.Number, 'g', -1, 64)
		}
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	case Truth:
		return strconv.FormatBool(c.Number != 0)
	case Moment:
		if c.Time.Equal(c.Time.Truncate(24 * time.Hour)) {
			return c.Time.Format("2006-01-02")
		}
		return c.Time.Format("2006-01-02 15:04:05.999999")
	}
	return ""
}

// Limits, so that a small file cannot stand for an endless sheet.
const (
	mostPart  = 1 << 30 // bytes of a part, unpacked
	mostCells = 20_000_000
	mostRatio = 1000 // unpacked to packed, of parts over 16 MB
)

// Workbook is an open file.
type Workbook struct {
	parts  map[string]*zip.File
	Sheets []string
	Hidden map[string]bool
	paths  map[string]string
	epoch  time.Time
	dates  []bool // by style
	shared []string
}

// Open reads the list of sheets.
func Open(from io.ReaderAt, size int64) (*Workbook, error) {
	z, err := zip.NewReader(from, size)
	if err != nil {
		return nil, errors.New("is no Excel workbook (.xlsx): not a zip file")
	}
	w := &Workbook{parts: map[string]*zip.File{}, Hidden: map[string]bool{}, paths: map[string]string{}, epoch: epoch}
	for _, f := range z.File {
		w.parts[strings.TrimPrefix(f.Name, "/")] = f
	}
	book := "xl/workbook.xml"
	for _, r := range w.related("") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			book = target("", r.Target)
		}
	}
	var content struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decode(book, &content); err != nil {
		return nil, err
	}
	if content.Pr.Date1904 == "1" || content.Pr.Date1904 == "true" {
		w.epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	targets := map[string]string{}
	for _, r := range w.related(book) {
		targets[r.ID] = target(book, r.Target)
	}
	for _, s := range content.Sheets {
		w.Sheets = append(w.Sheets, s.Name)
		w.Hidden[s.Name] = s.State == "hidden" || s.State == "veryHidden"
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				w.paths[s.Name] = targets[a.Value]
			}
		}
	}
	if len(w.Sheets) == 0 {
		return nil, errors.New("has no sheet")
	}
	if err := w.styles(path.Join(path.Dir(book), "styles.xml")); err != nil {
		return nil, err
	}
	return w, w.strings(path.Join(path.Dir(book), "sharedStrings.xml"))
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// related are the parts that one refers to; none where nothing says so.
func (w *Workbook) related(part string) []relation {
	var content struct {
		Relations []relation `xml:"Relationship"`
	}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if w.parts[name] == nil || w.decode(name, &content) != nil {
		return nil
	}
	return content.Relations
}

func target(part, to string) string {
	if strings.HasPrefix(to, "/") {
		return strings.TrimPrefix(to, "/")
	}
	return path.Join(path.Dir(part), to)
}

// open opens a part, but not more of it than a sheet may be.
func (w *Workbook) open(name string) (io.ReadCloser, error) {
	f := w.parts[name]
	if f == nil {
		return nil, fmt.Errorf("is no Excel workbook, or a damaged one: it has no %s", name)
	}
	if f.UncompressedSize64 > mostPart || f.UncompressedSize64 > 16<<20 && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
		return nil, fmt.Errorf("is refused: %s in it would be %d MB unpacked (from %d kB)", name, f.UncompressedSize64>>20, f.CompressedSize64>>10)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("is damaged: %s: %w", name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(r, mostPart), r}, nil
}

func (w *Workbook) decode(name string, to any) error {
	r, err := w.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := xml.NewDecoder(r).Decode(to); err != nil {
		return fmt.Errorf("is damaged: %s: %w", name, err)
	}
	return nil
}

// quotedFormat are the letters of a format that stand for themselves, or are as wide (_) or fill (*).
var quotedFormat = later.Compile(`"[^"]*"|\[[^\]]*\]|[\\_*].`)

// elapsed are the hours, minutes or seconds of a length of time: days, whole and in part.
var elapsed = later.Compile(`(?i)\[(?:h+|m+|s+)\]`)

// isDate reports whether a format shows a number as a date.
func isDate(format string) bool {
	if elapsed.MatchString(format) {
		return false
	}
	format = quotedFormat.ReplaceAllString(strings.ToLower(format), "")
	return strings.ContainsAny(format, "ymdhs") && !strings.Contains(format, "general")
}

// styles finds out which styles show a number as a date.
func (w *Workbook) styles(name string) error {
	if w.parts[name] == nil {
		return nil
	}
	var content struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := w.decode(name, &content); err != nil {
		return err
	}
	custom := map[int]bool{}
	for _, f := range content.Formats {
		custom[f.ID] = isDate(f.Code)
	}
	for _, c := range content.Cells {
		id := c.Format
		w.dates = append(w.dates, id >= 14 && id <= 22 || id == 45 || id == 47 || id >= 27 && id <= 36 || id >= 50 && id <= 58 || custom[id])
	}
	return nil
}

// strings reads the texts that cells share.
func (w *Workbook) strings(name string) error {
	if w.parts[name] == nil {
		return nil
	}
	r, err := w.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("is damaged: %s: %w", name, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			text, err := richText(d)
			if err != nil {
				return fmt.Errorf("is damaged: %s: %w", name, err)
			}
			if w.shared = append(w.shared, text); len(w.shared) > mostCells {
				return fmt.Errorf("has more than the %d texts that are read", mostCells)
			}
		}
	}
}

// richText joins the <t> in an element, those of its phonetic guide left out.
func richText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	inText, phonetic := false, 0
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				phonetic++
			}
		case xml.EndElement:
			depth--
			inText = false
			if t.Name.Local == "rPh" {
				phonetic--
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// Find gives the name of a sheet: by its name, its number from 1, or "" for the first
// that is not hidden.
func (w *Workbook) Find(which string) (string, error) {
	for _, name := range w.Sheets {
		if which == "" && !w.Hidden[name] || which != "" && strings.EqualFold(name, which) {
			return name, nil
		}
	}
	if n, err := strconv.Atoi(which); err == nil && n >= 1 && n <= len(w.Sheets) {
		return w.Sheets[n-1], nil
	}
	if which == "" {
		return w.Sheets[0], nil
	}
	return "", fmt.Errorf("has no sheet %q but %s", which, strings.Join(w.Sheets, ", "))
}

// Read reads a sheet.
func (w *Workbook) Read(sheet string) (*Grid, error) {
	r, err := w.open(w.paths[sheet])
	if err != nil {
		return nil, err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	g := &Grid{}
	row, column, cells := -1, -1, 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("is damaged: sheet %s: %w", sheet, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "row":
			row++
			if n, err := strconv.Atoi(attribute(start, "r")); err == nil {
				row = n - 1
			}
			if row < 0 || row >= 1<<20 {
				return nil, fmt.Errorf("is damaged: sheet %s has a row %d", sheet, row+1)
			}
			column = -1
		case "c":
			column++
			if at := attribute(start, "r"); at != "" {
				if row, column, ok = place(at); !ok {
					return nil, fmt.Errorf("is damaged: sheet %s has a cell %q", sheet, at)
				}
			}
			c, err := w.cell(d, start)
			if err != nil {
				return nil, fmt.Errorf("is damaged: sheet %s: %w", sheet, err)
			}
			if c.Kind == Empty || row < 0 {
				if c.Text != "" {
					g.Unsaved, g.First = g.Unsaved+1, cmp.Or(g.First, c.Text)
				}
				continue
			}
			for len(g.Rows) <= row {
				g.Rows = append(g.Rows, nil)
			}
			if cells += max(column+1-len(g.Rows[row]), 1); cells > mostCells {
				return nil, fmt.Errorf("is refused: sheet %s has more than the %d cells that are read", sheet, mostCells)
			}
			for len(g.Rows[row]) <= column {
				g.Rows[row] = append(g.Rows[row], Cell{})
			}
			g.Rows[row][column] = c
		case "mergeCell":
			if m, err := ParseRange(attribute(start, "ref")); err == nil && len(g.Merged) < 1<<20 {
				g.Merged = append(g.Merged, m)
			}
		}
	}
	return g, nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// cell reads a <c>.
func (w *Workbook) cell(d *xml.Decoder, start xml.StartElement) (Cell, error) {
	kind, style := attribute(start, "t"), attribute(start, "s")
	value, within, formula, saved := "", "", "", false
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return Cell{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "is" {
				if value, err = richText(d); err != nil {
					return Cell{}, err
				}
				continue
			}
			depth++
			if within = t.Name.Local; within == "f" {
				formula = cmp.Or(attribute(start, "r"), "a cell")
			}
			saved = saved || within == "v" && kind == "str" // an empty text
		case xml.EndElement:
			depth--
			within = ""
		case xml.CharData:
			if within == "v" {
				value += string(t)
			}
		}
	}
	if formula != "" && value == "" && !saved {
		return Cell{Text: formula}, nil
	}
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || n < 0 || n >= len(w.shared) {
			return Cell{}, fmt.Errorf("cell %s has no text", attribute(start, "r"))
		}
		return text(w.shared[n]), nil
	case "str", "inlineStr":
		return text(value), nil
	case "e":
		return Cell{Kind: Fault, Text: value}, nil
	case "d":
		for _, layout := range []string{"2006-01-02T15:04:05.999Z07:00", "2006-01-02T15:04:05.999", "2006-01-02"} {
			if t, err := time.Parse(layout, value); err == nil {
				return Cell{Kind: Moment, Time: t}, nil
			}
		}
		return text(value), nil
	}
	if value = strings.TrimSpace(value); value == "" {
		return Cell{}, nil
	}
	x, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil || math.IsInf(x, 0) || math.IsNaN(x):
		return Cell{}, fmt.Errorf("cell %s is no number: %.20s", attribute(start, "r"), value)
	case kind == "b":
		return Cell{Kind: Truth, Number: x}, nil
	}
	if n, err := strconv.Atoi(style); err == nil && n >= 0 && n < len(w.dates) && w.dates[n] && x >= 1 && x < 2958466 {
		day := math.Floor(x)
		if w.epoch == epoch { // Excel counts a 29 February 1900 that never was
			if day == 60 {
				return Cell{Kind: Text, Text: "1900-02-29"}, nil
			}
			if day < 60 {
				day++
			}
		}
		ms := math.Round((x - math.Floor(x)) * 86400e3)
		return Cell{Kind: Moment, Number: x, Time: w.epoch.AddDate(0, 0, int(day)).Add(time.Duration(ms) * time.Millisecond)}, nil
	}
	return Cell{Kind: Number, Number: x}, nil
}

// escaped is a character as Excel writes those that XML has not: _x000D_ is a carriage return, and
// _x005F_ the first character of a text that only looks like one of these.
var escaped = later.Compile(`_x[0-9A-Fa-f]{4}_`)

func text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	s = escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16)
		return string(rune(n))
	})
	return Cell{Kind: Text, Text: s}
}
