package page

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"utvandring/cmd/utvandring/plot"
)

// samplePage has a figure, a table, a figure without rows, and a query that
// failed, with letters that HTML and Norwegian make difficult.
func samplePage() Page {
	figure := plot.Table{Columns: []plot.Column{{Name: "year", Type: plot.Number}, {Name: "county"}, {Name: "frequency", Type: plot.Number}}}
	for y := 2000; y <= 2013; y++ {
		for i, c := range []string{"Østfold", "Møre & Romsdal", "<Troms>"} {
			figure.Rows = append(figure.Rows, []any{float64(y), c, 3 + float64((y*7+i*3)%5)})
		}
	}
	table := plot.Table{Columns: []plot.Column{{Name: "municipality"}, {Name: "residents", Type: plot.Number}, {Name: "day", Type: plot.Time}},
		Rows: [][]any{{"Ås", 12345.0, time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)}, {"Bø", nil, nil}}}
	return Page{Title: "Figures", Source: "Synthetic demo register, not real people.", Items: []Item{
		{Name: "figure_1", Title: "Figur 1. Etter fylke & år", English: "By county and year", Section: "1", Table: figure, SQL: "FROM figure_1 WHERE 1 < 2;", Spec: plot.Spec{Note: "Synthetic demo register, not real people."}},
		{Name: "table_1", Title: "Tabell 1. Kommuner", Section: "1", Table: table, NoChart: true, SQL: "FROM table_1;"},
		{Name: "figure_2", Title: "Figur 2. Tom", Section: "2", Table: plot.Table{Columns: figure.Columns}, SQL: "FROM figure_2;"},
		{Name: "figure_3", Title: "Figur 3. Feil", Section: "2", Problem: `there is no view "figure_3"`, SQL: "FROM figure_3;"},
	}}
}

func write(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := samplePage().Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPage(t *testing.T) {
	html := write(t)
	for _, want := range []string{
		"Figur 1. Etter fylke &amp; år", "By county and year", "FROM figure_1 WHERE 1 &lt; 2;",
		"12\u00a0345", "2013-01-01", "csv/figure_1.csv", `href="#figure_2"`, `id="figure_2"`,
		"Not drawn: the result has no rows", "Not drawn: there is no view",
		"@media print", "width=device-width", "&lt;Troms&gt;",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	// A picture for a desk and one for a phone, both marked as synthetic.
	if n := strings.Count(html, "<svg"); n != 2 {
		t.Errorf("%d pictures, want 2", n)
	}
	for _, svg := range regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(html, -1) {
		if !strings.Contains(svg, "Synthetic demo register") {
			t.Error("a picture is not marked as synthetic")
		}
	}
	for _, link := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(html, -1) {
		if !strings.HasPrefix(link[1], "#") && !strings.HasPrefix(link[1], "csv/") {
			t.Errorf("the page needs %s", link[1])
		}
	}
	for _, no := range []string{"<script", "@import", "url("} {
		if strings.Contains(html, no) {
			t.Errorf("the page has %s", no)
		}
	}
}

// TestInBrowser opens the page in headless Chromium where there is one: every
// part is there, and nothing is wider than a telephone.
func TestInBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("no Chromium is installed")
	}
	dir := t.TempDir()
	// The page itself has no script; the test's copy measures the layout in a
	// frame as wide as a telephone.
	page := write(t)
	frame := `<iframe id=f src=page.html width=375 height=800></iframe><script>
f.onload = () => { const d = f.contentDocument, shown = e => e.getBoundingClientRect().width > 0;
document.title = [d.documentElement.scrollWidth - d.documentElement.clientWidth, d.querySelectorAll('figure').length,
  [...d.querySelectorAll('svg')].filter(shown).length, d.compatMode].join(' ') }</script>`
	for name, text := range map[string]string{"page.html": page, "frame.html": frame} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	profile := t.TempDir()
	args := []string{"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--user-data-dir=" + profile,
		"--virtual-time-budget=5000", "--dump-dom", "file://" + filepath.Join(dir, "frame.html")}
	out, err := exec.Command(browser, args...).Output()
	if err != nil {
		t.Skipf("Chromium does not run here: %v", err)
	}
	m := regexp.MustCompile(`<title>(\d+) (\d+) (\d+) (\w+)</title>`).FindStringSubmatch(string(out))
	if m == nil {
		t.Fatalf("the page did not open:\n%.2000s", out)
	}
	if m[1] != "0" {
		t.Errorf("the page is %s pixels too wide for a telephone", m[1])
	}
	if m[2] != "4" || m[3] != "1" || m[4] != "CSS1Compat" {
		t.Errorf("%s figures, %s pictures shown, mode %s; want 4, 1, CSS1Compat", m[2], m[3], m[4])
	}
}
