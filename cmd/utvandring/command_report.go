package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/cmd/utvandring/page"
	"utvandring/cmd/utvandring/render"
	"utvandring/engine"
	"utvandring/udf/natural"
	"utvandring/udf/sheet"
	"utvandring/udf/sqltext"
)

// runReport writes every figure and table of the report. All is made before
// anything is written, so that an interrupted report leaves the old one whole.
func runReport(s *session, args []string) error {
	dir := args[0]
	return s.timed("report written to "+filepath.Join(dir, "index.html"), func(ctx context.Context) error {
		if stale := s.db.Stale(ctx, true); stale != "" && s.settings.notes == engine.NotesError {
			return errors.New("report: " + stale)
		}
		files, err := s.pageFiles(ctx)
		if err != nil {
			return err
		}
		for i := range files { // one of them may be a link
			f := &files[i]
			f.name = filepath.Join(dir, filepath.FromSlash(f.name))
			if err := s.mayUse(f.name); err != nil {
				return err
			}
		}
		if err := os.MkdirAll(filepath.Join(dir, "csv"), 0o755); err != nil {
			return fmt.Errorf("report: cannot make %w", plainPathError(err))
		}
		if err := writeBeside(files...); err != nil {
			return fmt.Errorf("report: cannot write %w", plainPathError(err))
		}
		return nil
	})
}

type pageFile struct {
	name    string
	content []byte
}

// pageFiles makes the page and the CSV of each item.
func (s *session) pageFiles(ctx context.Context) ([]pageFile, error) {
	figures, err := s.figures(ctx, "")
	if err != nil {
		return nil, err
	}
	if len(figures) == 0 {
		return nil, errors.New("report: the database has no figures: the view report_figure, which lists them, is missing or empty")
	}
	// Tables stand beside the figures of their section.
	slices.SortStableFunc(figures, func(a, b figure) int { return natural.Compare(a.section, b.section) })
	known, err := s.expects()
	if err != nil {
		return nil, err
	}
	definitions, err := s.definitions(figures)
	if err != nil {
		return nil, err
	}
	sections, err := s.sectionNames()
	if err != nil {
		return nil, err
	}
	source, err := s.db.Source(ctx)
	if err != nil {
		return nil, err
	}
	whole := page.Page{Title: s.reportTitle(), Source: source, Protection: s.db.ProtectionLine(), Locale: s.settings.Locale}
	var files []pageFile
	book, err := sheet.NewWriter()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	for _, f := range figures {
		item := page.Item{Name: f.name, Title: f.title(s.settings.Locale), English: f.english, Section: sectionTitle(f.section), SectionName: sections[f.section], Spec: f.spec, NoChart: f.kind == tableOnly}
		item.SQL = "FROM " + f.name + ";"
		if d := definitions[f.name]; d != "" {
			item.SQL += "\n\n" + d
		}
		csv, err := s.pageItem(ctx, &item, book)
		item.Spec.Note = f.note(known.lacks(f, item.Table), source)
		switch {
		case ctx.Err() != nil: // also where the item was there in time
			return nil, fmt.Errorf("report: %w", engine.Plain(ctx.Err()))
		case err != nil: // one figure that fails does not keep the others away
			item.Problem = err.Error()
		default:
			files = append(files, pageFile{item.CSVName(), csv})
		}
		whole.Items = append(whole.Items, item)
	}
	if len(files) > 0 {
		whole.Workbook = "tables.xlsx"
	}
	var b, workbook bytes.Buffer
	if err := whole.Write(&b); err != nil {
		return nil, err
	}
	if whole.Workbook != "" {
		if err := render.AddSource(book, source); err != nil {
			return nil, err
		}
		if _, err := book.WriteTo(&workbook); err != nil {
			return nil, err
		}
		files = append(files, pageFile{whole.Workbook, workbook.Bytes()})
	}
	return append(files, pageFile{"index.html", b.Bytes()}), nil
}

// pageItem runs the query of an item, gives its CSV and adds it as a sheet to a workbook.
func (s *session) pageItem(ctx context.Context, item *page.Item, book *sheet.Writer) ([]byte, error) {
	result, err := s.db.Run(ctx, "FROM "+sqltext.QuoteName(item.Name), 0)
	if err != nil {
		var fault *engine.Fault
		if errors.As(err, &fault) {
			return nil, errors.New(fault.Sentence)
		}
		return nil, err
	}
	defer result.Close()
	if item.Table, err = plotTable(result); err != nil {
		return nil, err
	}
	if item.Spec.Places, err = s.places(item.Spec.Geo); err != nil {
		return nil, err
	}
	csv, err := render.Find("csv")
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := csv.Write(&b, result, render.Options{}); err != nil {
		return nil, err
	}
	return b.Bytes(), render.AddSheet(book, item.Name, result, render.Options{})
}

// definitions gives the SQL of some views by name: as the files of sql write it where the
// view is still that, else as DuckDB has it. DuckDB keeps what it has read, not what was
// written; so it is to read ours as well.
func (s *session) definitions(figures []figure) (map[string]string, error) {
	ours := map[string]string{}
	var names, queries []string
	for _, f := range figures {
		e, ok := engine.Lookup(f.name)
		if query, isView := strings.CutPrefix(e.SQL, "CREATE OR REPLACE VIEW "+f.name+" AS"); ok && isView {
			ours[f.name] = e.SQL + ";"
			names, queries = append(names, sqltext.QuoteText(f.name)), append(queries, sqltext.QuoteText(query))
		}
	}
	// As DuckDB writes out what it reads of what it wrote out: a file has types without the quotes
	// that the memory has them in, and what was never in a file has some things written otherwise.
	again := func(query string) string {
		return "TRY(json_deserialize_sql(json_serialize_sql(" + query + ")))"
	}
	bare := func(query string) string { return "replace(" + query + `, '"', '')` }
	same, err := s.texts(fmt.Sprintf(`SELECT view_name FROM (FROM duckdb_views() WHERE NOT internal AND list_contains([%[1]s]::VARCHAR[], view_name))
		JOIN (SELECT unnest([%[1]s]::VARCHAR[]) AS view_name, unnest([%[2]s]::VARCHAR[]) AS shipped) USING (view_name) WHERE %[3]s = %[4]s`,
		strings.Join(names, ", "), strings.Join(queries, ", "), bare(again("sql[strpos(sql, ' AS ') + 4 :]")), bare(again(again("shipped")))))
	if err != nil {
		return nil, err
	}
	rows, err := s.texts("SELECT view_name, sql FROM duckdb_views() WHERE NOT internal")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	for _, r := range same {
		out[r[0]] = ours[r[0]]
	}
	return out, nil
}

// sectionNames are what the report calls its sections; none where the database has no list.
func (s *session) sectionNames() (map[string]string, error) {
	names := map[string]string{}
	if !s.hasRelation("report_section") {
		return names, nil
	}
	rows, err := s.texts("SELECT section, name FROM report_section")
	for _, r := range rows {
		names[r[0]] = r[1]
	}
	return names, err
}

func (s *session) reportTitle() string {
	if s.settings.Locale == locale.English {
		return "Emigration among immigrants in Norway: figures and tables"
	}
	return "Utvandring blant innvandrere i Norge: figures and tables"
}

func sectionTitle(section string) string {
	if section != "" && section[0] >= '0' && section[0] <= '9' {
		return "Section " + section
	}
	return section
}
