package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/chzyer/readline"

	"utvandring/cmd/utvandring/plot"
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
  kind=                  line, area, bar, stack or point
  sort=                  bars by value (default), name or none
  zero=                  yes or no: whether the axis begins at 0
  title= unit= note=     texts; quotes keep words together
  width= height=         pixels, or characters on a terminal
A VIEW of the report (.plot figure_5_31) is drawn as the report has it.
  .plot
  .plot x=year y=frequency color=sex facet=county
  .plot figure_5_31 oslo.svg title="Newcomers"`},
		{name: "report", args: "DIR", help: "write every figure and table as one HTML page, and as CSV", least: 1, most: 1, run: runReport,
			long: "DIR/index.html needs nothing else; DIR/csv has the numbers with every digit."},
	}
}

// runPlot draws the last result or a view.
func runPlot(s *session, args []string) error {
	spec, err := plot.ParseSpec(args)
	if err != nil {
		return err
	}
	ctx, done := s.interrupt.watch()
	defer done()
	table, spec, err := s.toPlot(ctx, spec)
	if err != nil {
		return err
	}
	chart, err := plot.NewChart(table, spec)
	if err != nil {
		return err
	}
	if spec.File != "" {
		return s.drawFile(chart, spec)
	}
	w, err := s.out.open()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, chart.Terminal(s.plotScreen(spec)))
	if e := s.out.done(); err == nil {
		err = e
	}
	return err
}

// toPlot finds the rows to draw, and what is known about them.
func (s *session) toPlot(ctx context.Context, spec plot.Spec) (plot.Table, plot.Spec, error) {
	source, err := s.db.Source(ctx)
	if err != nil {
		return plot.Table{}, spec, err
	}
	if spec.From == "" {
		spec.Note = join(spec.Note, source)
		if s.last == nil {
			return plot.Table{}, spec, nil // which NewChart explains
		}
		if !s.last.Complete() {
			return plot.Table{}, spec, errors.New("plot: the last result was too long to be kept; count or filter in SQL first")
		}
		table, err := plotTable(s.last)
		return table, spec, err
	}
	found, err := s.figures(ctx, spec.From)
	if err != nil {
		return plot.Table{}, spec, err
	}
	result, err := s.db.Run(ctx, "FROM "+sqltext.QuoteName(spec.From), 0)
	if err != nil {
		return plot.Table{}, spec, err
	}
	defer result.Close()
	table, err := plotTable(result)
	if err != nil {
		return table, spec, err
	}
	if len(found) == 0 {
		spec.Note = join(spec.Note, source)
		return table, spec.Default(plot.Spec{Title: spec.From}), nil
	}
	f := found[0]
	e, err := s.expects()
	if err != nil {
		return table, spec, err
	}
	lacks := e.lacks(f, table)
	if len(table.Rows) == 0 {
		return table, spec, fmt.Errorf("plot: %s has no rows. %s", f.name, lacks)
	}
	spec.Note = join(spec.Note, f.note(lacks, source))
	known := f.spec
	known.Title = f.title()
	if spec.X+spec.Color+spec.Facet+spec.Kind != "" || len(spec.Y) > 0 {
		// Who names columns wants another picture of the same rows.
		known = plot.Spec{Title: known.Title, Unit: known.Unit}
		if len(spec.Y) > 0 {
			known.Unit = ""
		}
	}
	return table, spec.Default(known), nil
}

// drawFile writes a picture. A PNG has twice the pixels of the layout, or as
// many as were asked for.
func (s *session) drawFile(chart *plot.Chart, spec plot.Spec) error {
	var b bytes.Buffer
	if strings.EqualFold(filepath.Ext(spec.File), ".svg") {
		if err := chart.Scene(spec.Width, spec.Height).SVG(&b, chart.Title); err != nil {
			return err
		}
	} else {
		scale := 2.0
		if spec.Width > 0 {
			scale = max(1, float64(spec.Width)/plot.AutoWidth)
		}
		width, height := int(float64(spec.Width)/scale), int(float64(spec.Height)/scale)
		if err := chart.Scene(width, height).PNG(&b, scale); err != nil {
			return err
		}
	}
	if err := os.WriteFile(spec.File, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("plot: cannot write %w", plainPathError(err))
	}
	if s.interactive {
		fmt.Fprintf(s.errs, "drawn to %s\n", spec.File)
	}
	return nil
}

// plotScreen is the terminal to draw on; a file or pipe gets 80 by 24 without
// colour.
func (s *session) plotScreen(spec plot.Spec) plot.Screen {
	screen := plot.Screen{Width: 80, Height: 24, Unicode: unicodeTerminal()}
	if s.out.isScreen() {
		screen.Color = wantColor()
		if f, ok := s.out.standard.(*os.File); ok {
			if w, h, err := readline.GetSize(int(f.Fd())); err == nil && w > 0 && h > 0 {
				screen.Width, screen.Height = min(w, 160), min(h, 50)
			}
		}
	}
	if spec.Width > 0 {
		screen.Width = spec.Width
	}
	if spec.Height > 0 {
		screen.Height = spec.Height
	}
	return screen
}
