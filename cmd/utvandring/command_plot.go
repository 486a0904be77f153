package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/plot"
	"utvandring/engine"
	"utvandring/engine/width"
	"utvandring/udf/file"
	"utvandring/udf/sqltext"
)

// figureCommands draw.
func figureCommands() []command {
	return []command{
		{name: "plot", args: "[VIEW] [x= y= color= facet= …] [FILE]", help: "draw the last result or a view; FILE.svg or FILE.png", most: 99, run: runPlot,
			long: `Columns that are not named are found by name and type: year or a date is x,
frequency or another number is y, text is colour and panels; without year, bars.
  x= y= color= facet=    columns; y=actual,simulated draws two; color=none
  low= high=             ends of an interval (columns low and high are found)
  kind=                  line, area, bar, stack, point; guessed from their columns:
                         scatter (unemployment_rate beside a measure, by year or name),
                         step (survival), coefficient (estimate, std_error, published),
                         fan (q5 median q95, lower upper), correlation (equation_i, _j);
                         box: the spread of the rows over each x
  geo=                   counties: a map of squares; FILE.geojson: one of its polygons,
                         in degrees or metres (as Kartverket ships them), whose
                         properties have the codes or names of a column (x=)
  sort=                  bars by value (default), name or none
  zero=                  yes or no: whether the axis begins at 0
  background=            white or none (as usual none in .svg, white in .png)
  title= unit= note=     texts; quotes keep words together
  width= height=         pixels, or characters on a terminal
A VIEW of the report (.plot figure_5_31) is drawn as the report has it.
  .plot
  .plot x=year y=frequency color=sex facet=county
  .plot figure_5_31 oslo.svg title="Newcomers"
  .plot figure_5_47 geo=counties facet=period map.svg`},
		{name: "locale", args: "[nb | en]", help: "the language of figures, page and tables; alone: as they are written", most: 1, run: runLocale,
			long: `nb: labels, units, names of groups and countries, and notes in Norwegian, with a comma
before decimals and days as 31.01.2013; captions as the report has them. en: in English,
captions too. Thousands are parted by a space in both. Æ, Ø and Å sort last, in that order.
Figures, the report page, Markdown, LaTeX and HTML are said whole, and so is what sur_table
makes. In other tables on a screen the names of columns, texts and days (2013-01-31) stay
those of SQL, to write the next statement with, but for the names of groups. Data stay as
they are, and so do CSV, JSON, xlsx, px and what else programs read (.decimal), and titles.
  .locale nb
  .plot figure_5_31 figur.svg`},
		{name: "report", args: "DIR", help: "write every figure and table as one HTML page, and as CSV", least: 1, most: 1, file: true, run: runReport,
			long: "DIR/index.html needs nothing else; DIR/csv has the numbers with every digit,\nDIR/tables.xlsx has them as sheets of one workbook."},
	}
}

// runPlot draws the last result or a view: words → rows → chart → picture.
func runPlot(s *session, args []string) error {
	spec, err := plot.ParseSpec(args)
	if err != nil {
		return err
	}
	for _, text := range []*string{&spec.Title, &spec.Unit, &spec.Note} {
		*text = width.Visible(*text)
	}
	if spec.Places, err = s.places(spec.Geo); err != nil {
		return err
	}
	ctx, done := s.interrupt.watch()
	defer done()
	table, spec, err := s.toPlot(ctx, spec)
	if err != nil {
		return err
	}
	spec.Locale = s.settings.Locale
	chart, err := plot.NewChart(table, spec)
	if err != nil {
		return err
	}
	if spec.File == "" {
		w, err := s.out.open()
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, chart.Terminal(s.plotScreen(spec)))
		return s.out.done(err)
	}
	if err := cmp.Or(unset(spec.File), s.mayUse(spec.File)); err != nil {
		return err
	}
	picture, err := chart.Picture(spec)
	if err != nil {
		return err
	}
	if err := writeBeside(pageFile{spec.File, picture}); err != nil {
		return fmt.Errorf("plot: cannot write %w", plainPathError(err))
	}
	if s.interactive {
		fmt.Fprintf(s.errs, "drawn to %s\n", spec.File)
	}
	return nil
}

// places reads the places of a map: a file of GeoJSON, or none for what needs none.
func (s *session) places(geo string) ([]plot.Place, error) {
	if geo == "" || geo == plot.GeoCounties {
		return nil, nil
	}
	if err := s.mayUse(geo); err != nil {
		return nil, err
	}
	f, err := file.Access{}.Open(geo)
	if err != nil {
		return nil, fmt.Errorf("plot: geo= is a file of GeoJSON or %s: cannot read %s: %w", plot.GeoCounties, geo, err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("plot: %s: %w", geo, plainPathError(err))
	}
	places, err := plot.ReadGeoJSON(text)
	if err != nil {
		return nil, fmt.Errorf("plot: %s: %w", geo, err)
	}
	return places, nil
}

// What is shown in Norwegian is asked for in Norwegian: a note says what the data call it.
func init() { engine.InEnglish = locale.English.Text }

func runLocale(s *session, args []string) (err error) {
	s.settings.Locale, err = locale.Parse(strings.Join(args, ""))
	return err
}

// toPlot finds the rows to draw, and what is known about them.
func (s *session) toPlot(ctx context.Context, spec plot.Spec) (table plot.Table, _ plot.Spec, err error) {
	source, err := s.db.Source(ctx)
	if err != nil {
		return table, spec, err
	}
	if spec.From == "" {
		spec.Note = join(spec.Note, source)
		switch {
		case s.last == nil: // which NewChart explains
		case !s.last.Complete():
			err = errors.New("plot: the last result was too long to be kept; count or filter in SQL first")
		default:
			table, err = plotTable(s.last)
		}
		return table, spec, err
	}
	if e, ours := engine.Lookup(spec.From); ours && strings.HasSuffix(e.Kind, "macro") {
		return table, spec, fmt.Errorf("plot: %s takes arguments: run FROM %[1]s(…) first, then .plot draws its result", e.Name)
	}
	result, err := s.db.Run(ctx, "FROM "+sqltext.QuoteName(spec.From), 0)
	if err != nil {
		return table, spec, err
	}
	defer result.Close()
	if table, err = plotTable(result); err != nil {
		return table, spec, err
	}
	spec, err = s.asInReport(ctx, spec, table, source)
	return table, spec, err
}

// plotTable gives a result in the form that package plot takes.
func plotTable(r *engine.Result) (plot.Table, error) {
	t := plot.Table{Order: map[int][]string{}}
	if _, all := r.Load(); !all {
		return t, fmt.Errorf("plot: the result has more than %d rows; count or filter in SQL first", engine.Keep)
	}
	for i, c := range r.Columns {
		t.Columns = append(t.Columns, plot.Column{Name: width.Visible(c.Name), Type: plotType(c.Type)})
		if labels := c.Type.Labels(); labels != nil {
			t.Order[i] = labels
		}
	}
	for row := range r.Rows() {
		values := make([]any, len(r.Columns))
		for i, c := range t.Columns {
			values[i] = plotValue(row, i, c)
		}
		t.Rows = append(t.Rows, values)
	}
	if r.Cut() {
		return t, fmt.Errorf("plot: the last result was cut at %d rows for the screen; count or filter in SQL, or say .maxrows 0 and run it again", len(t.Rows))
	}
	return t, nil
}

func plotType(t *engine.Type) plot.Type {
	switch {
	case t.Numeric():
		return plot.Number
	case t.Temporal():
		return plot.Time
	}
	return plot.Category
}

func plotValue(row engine.Row, i int, c plot.Column) any {
	if row.Null(i) {
		return nil
	}
	switch c.Type {
	case plot.Number:
		if x := row.Float(i); !math.IsNaN(x) {
			return x
		}
		return nil
	case plot.Time:
		x := row.Float(i)
		if math.IsNaN(x) || math.Abs(x) > 1e12 { // 'infinity', or a date no axis can hold
			return nil
		}
		return time.Unix(int64(x), 0).UTC()
	}
	return width.Visible(row.Text(i))
}

// plotScreen is the terminal to draw on; a file or pipe gets 80 by 24 without
// colour, and more columns where words need them.
func (s *session) plotScreen(spec plot.Spec) plot.Screen {
	screen := plot.Screen{Width: spec.Width, Height: spec.Height, Unicode: unicodeTerminal(), Whole: true}
	columns, lines := 80, 24
	if s.out.isScreen() {
		screen.Color, screen.Whole = wantColor(), false
		columns, lines = terminalSize(s.out.standard)
	}
	screen.Width, screen.Height = cmp.Or(screen.Width, min(columns, 160)), cmp.Or(screen.Height, min(lines, 50))
	return screen
}
