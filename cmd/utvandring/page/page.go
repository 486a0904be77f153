// Package page makes pages of HTML: of figures and tables with inline SVG, and of help.
// They have no script but that of the search box, and nothing from the network. It takes
// rows and charts, never a database.
package page

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/plot"
	"utvandring/udf/later"
)

// Item is a figure or a table.
type Item struct {
	Name    string // of the view; also the anchor and the CSV file
	Title   string // number and caption
	English string // the caption in English; may be empty
	Section string
	// SectionName is what the report calls it; may be empty.
	SectionName string
	Table       plot.Table
	Spec        plot.Spec // how it is drawn; Note stands under the picture
	NoChart     bool      // the report has it as a table
	Problem     string    // why there are no rows, such as an error of the query
	SQL         string    // what makes it
}

// Page is the whole report.
type Page struct {
	Title  string
	Source string // that the register is synthetic, or where it comes from
	// Protection says whether the figures are protected; it stands first.
	Protection string
	// Workbook is the file with all tables; "": there is none.
	Workbook string
	Items    []Item // in order; those of a section stand together
	Locale   locale.Locale
}

// Pictures are drawn twice, for a desk and for a phone: one that is shrunk to
// half cannot be read. The style sheet shows one of them.
const (
	deskWidth  = 680
	phoneWidth = 350
)

// maxRows is how many rows of a table the page shows; the CSV has all.
const maxRows = 500

//go:embed page.tmpl
var pageText string

//go:embed page.css
var style string

var page = template.Must(template.New("page").Funcs(saying("")).Parse(pageText))

// saying gives the template the words of a language.
func saying(in locale.Locale) template.FuncMap { return template.FuncMap{"say": in.Text} }

// Write writes the page. What cannot be drawn is said in its place; the rest of
// the page is whole.
func (p Page) Write(w io.Writer) error {
	type section struct {
		Title, Name string
		ID          string
		Items       []view
	}
	var sections []section
	for i, it := range p.Items {
		if i == 0 || it.Section != p.Items[i-1].Section {
			name := p.Locale.Text(it.SectionName)
			sections = append(sections, section{Title: p.Locale.Text(it.Section), Name: name, ID: fmt.Sprintf("section-%d", len(sections)+1)})
		}
		s := &sections[len(sections)-1]
		it.Spec.Locale = p.Locale
		if p.Locale != "" {
			it.English = "" // one language
		}
		s.Items = append(s.Items, it.view())
	}
	localised, err := page.Clone()
	if err != nil {
		return err
	}
	caption := locale.Norwegian
	if p.Locale == locale.English {
		caption = p.Locale
	}
	say := p.Locale.Text
	return localised.Funcs(saying(p.Locale)).Execute(w, map[string]any{
		"Title": say(p.Title), "Source": say(p.Source), "Protection": say(p.Protection), "Workbook": p.Workbook, "Sections": sections, "Style": template.CSS(style), "Search": template.JS(search),
		"Lang": cmp.Or(p.Locale, locale.English), "Caption": caption,
	})
}

// view is an item as the template wants it.
type view struct {
	Item
	Anchor      string
	Desk, Phone template.HTML
	Seen        string // what one sees on the picture
	Note        string
	Missing     string // why there is no picture
	Header      []cell
	Rows        [][]cell
	Left        string // what is said of rows not shown
}

type cell struct {
	Text   string
	Number bool
}

// Long texts are broken into lines, and need a column that is not too narrow.
func (c cell) Long() bool { return len(c.Text) > 40 }

func (it Item) view() view {
	v := view{Item: it, Anchor: anchor(it.Name)}
	if it.Problem != "" {
		v.Missing = it.Problem
		return v
	}
	v.Header, v.Rows = it.cells()
	if n := len(it.Table.Rows); n > maxRows {
		v.Left = it.Spec.Locale.Text(fmt.Sprintf("The first %d of %d rows; the CSV has all.", maxRows, n))
	}
	if it.NoChart {
		v.Note = it.Spec.Locale.Text(it.Spec.Note)
		return v
	}
	chart, err := plot.NewChart(it.Table, it.Spec)
	if err != nil {
		v.Missing, v.Note = it.Spec.Locale.Text(strings.TrimPrefix(err.Error(), "plot: ")), it.Spec.Locale.Text(it.Spec.Note)
		return v
	}
	v.Seen = describe(chart)
	chart.Title, chart.Subtitle = "", "" // the caption says it
	// What gonum escapes is escaped; see plot.InlineSVG.
	v.Desk = template.HTML(chart.Scene(deskWidth, 0).InlineSVG(it.Title))
	v.Phone = template.HTML(chart.Scene(phoneWidth, 0).InlineSVG(it.Title))
	return v
}

var odd = later.Compile(`[^A-Za-z0-9_.-]+`)

// anchor makes a name fit for an address and a file.
func anchor(name string) string { return odd.ReplaceAllString(name, "_") }

// CSVName is the file in which the page expects the numbers of an item.
func (it Item) CSVName() string { return "csv/" + anchor(it.Name) + ".csv" }
