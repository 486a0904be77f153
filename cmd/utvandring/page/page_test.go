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
	"utvandring/udf/long"
	"utvandring/udf/reference"
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
	return Page{Title: "Figures", Source: "Synthetic demo register, not real people.", Workbook: "tables.xlsx", Items: []Item{
		{Name: "figure_1", Title: "Figur 1. Etter fylke & år", English: "By county and year", Section: "1", SectionName: "Fylkene & årene", Table: figure, SQL: "FROM figure_1 WHERE 1 < 2;", Spec: plot.Spec{Note: "Synthetic demo register, not real people."}},
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
		"@media print", "size: A4",
		`<a href="#section-1">1 <span lang="nb">Fylkene &amp; årene</span></a>`, `<h2>1 <span lang="nb">Fylkene &amp; årene</span></h2>`,
		`<th scope="col">municipality</th><th scope="col" class="n">residents</th>`, `<tr><th scope="row">Ås</th><td class="n">`,
		`<caption class="heard" lang="nb">Tabell 1. Kommuner</caption>`, `<div class="scroll" tabindex="0" role="region" aria-label="Numbers of Tabell 1. Kommuner">`,
		`<input type="search" id="search"`, "width=device-width", "&lt;Troms&gt;",
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
		if !strings.HasPrefix(link[1], "#") && !strings.HasPrefix(link[1], "csv/") && link[1] != "tables.xlsx" {
			t.Errorf("the page needs %s", link[1])
		}
	}
	for _, no := range []string{"<script ", "@import", "import(", "url(", "fetch(", "XMLHttpRequest"} { // nothing from elsewhere
		if strings.Contains(html, no) {
			t.Errorf("the page has %s", no)
		}
	}
}

// Value of year y and county i is 3 + (7y + 3i) mod 5: see samplePage.
func TestDescribe(t *testing.T) {
	html := write(t)
	for _, want := range []string{
		"Lines of emigrations per 100 residents, 2000 to 2013, by Østfold, Møre &amp; Romsdal and &lt;Troms&gt;.",
		"Østfold from 3 to 4; Møre &amp; Romsdal from 6 to 7; &lt;Troms&gt; from 4 to 5.",
		"Highest 7 (Østfold, 2002), lowest 3 (Østfold, 2000).",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %q in %q", want, regexp.MustCompile(`<p class="heard">.*`).FindString(html))
		}
	}
	bars, err := plot.NewChart(plot.Table{Columns: []plot.Column{{Name: "county"}, {Name: "residents", Type: plot.Number}},
		Rows: [][]any{{"Oslo", 12345.6}, {"Troms", nil}, {"Hedmark", 0.01234}}}, plot.Spec{})
	if err != nil {
		t.Fatal(err)
	}
	if got := describe(bars); !strings.HasPrefix(got, "Bars of residents on 1 January for 3 groups") || !strings.HasSuffix(got, "Highest 12\u00a0346 (Oslo), lowest 0.0123 (Hedmark).") {
		t.Error(got)
	}
}

// TestInBrowser opens the page in headless Chromium where there is one: every
// part is there, and nothing is wider than a telephone.
func TestInBrowser(t *testing.T) {
	long.Test(t) // a browser starts
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
	axe := "" // the accessibility checker of the file that AXE names
	if path := os.Getenv("AXE"); path != "" {
		text := reference.ReadFile(t, path)
		axe = "<script>" + string(text) + "</script>"
	}
	frame := `<iframe id=f src=page.html width=375 height=800></iframe><script>
f.onload = async () => { const d = f.contentDocument, shown = e => e.getBoundingClientRect().width > 0;
const box = d.getElementById('search'), found = word => { box.value = word; box.dispatchEvent(new Event('input'));
  return [...d.querySelectorAll('figure')].filter(shown).map(e => e.id).join() };
const troms = found('troms 2004'), all = found('');
const faults = f.contentWindow.axe ? (await f.contentWindow.axe.run()).violations.map(v => v.id).join() : '';
document.title = [troms, all, faults, d.documentElement.scrollWidth - d.documentElement.clientWidth, d.querySelectorAll('figure').length,
  [...d.querySelectorAll('svg')].filter(shown).length, d.compatMode].join(' ') }</script>`
	for name, text := range map[string]string{"page.html": strings.Replace(page, "</body>", axe+"</body>", 1), "frame.html": frame} {
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
	m := regexp.MustCompile(`<title>([^ ]*) ([^ ]*) ([^ ]*) (\d+) (\d+) (\d+) (\w+)</title>`).FindStringSubmatch(string(out))
	if m == nil {
		t.Fatalf("the page did not open:\n%.2000s", out)
	}
	if m[1] != "figure_1" || m[2] != "figure_1,table_1,figure_2,figure_3" {
		t.Errorf("the search finds %s, and with nothing in it %s", m[1], m[2])
	}
	if m[3] != "" {
		t.Errorf("the checker finds %s", m[3])
	}
	if m[4] != "0" {
		t.Errorf("the page is %s pixels too wide for a telephone", m[4])
	}
	if m[5] != "4" || m[6] != "1" || m[7] != "CSS1Compat" {
		t.Errorf("%s figures, %s pictures shown, mode %s; want 4, 1, CSS1Compat", m[5], m[6], m[7])
	}
}
