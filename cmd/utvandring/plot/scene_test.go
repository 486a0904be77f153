package plot

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoOverlap proves for every sample, on a wide and on a phone's page, that
// no two texts overlap, none leaves the picture, and none but the values of
// bars stands among the data.
func TestNoOverlap(t *testing.T) {
	for _, s := range samples() {
		for _, width := range []int{360, 680, 1000} {
			c, err := NewChart(s.table, s.spec)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			scene := c.Scene(width, 0)
			for i, a := range scene.Texts {
				box := a.Box()
				if box.X0 < 0 || box.Y0 < 0 || box.X1 > scene.W || box.Y1 > scene.H {
					t.Errorf("%s at %d: %q leaves the picture: %v", s.name, width, a.S, box)
				}
				for _, b := range scene.Texts[i+1:] {
					if box.Overlaps(b.Box()) && (a.Angle == 0 || b.Angle == 0) {
						t.Errorf("%s at %d: %q overlaps %q", s.name, width, a.S, b.S)
					}
				}
				for _, p := range scene.Plots {
					if box.Overlaps(p) && a.Size != valueSize {
						t.Errorf("%s at %d: %q stands among the data", s.name, width, a.S)
					}
				}
			}
			if dir := os.Getenv("PLOT_GALLERY"); dir != "" {
				writeGallery(t, scene, filepath.Join(dir, s.name), width)
			}
		}
	}
}

// writeGallery leaves the pictures for somebody to look at:
// PLOT_GALLERY=/tmp/gallery go test -run NoOverlap ./cmd/utvandring/plot
func writeGallery(t *testing.T, scene *Scene, name string, width int) {
	suffix := map[int]string{360: "_phone", 680: "", 1000: "_wide"}[width]
	for ext, write := range map[string]func(*os.File) error{
		".png": func(f *os.File) error { return scene.PNG(f, 1.5) },
		".svg": func(f *os.File) error { return scene.SVG(f, name) },
	} {
		f, err := os.Create(name + suffix + ext)
		if err != nil {
			t.Fatal(err)
		}
		if err := write(f); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
}

// TestSVG reads the document as XML and looks for what a reader must find.
func TestSVG(t *testing.T) {
	c, err := NewChart(byCountyPeriod(), Spec{Title: "Etter fylke & periode", Note: synthetic})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := c.Scene(0, 0).SVG(&b, "Etter fylke & <periode>"); err != nil {
		t.Fatal(err)
	}
	var texts []string
	d := xml.NewDecoder(strings.NewReader(b.String()))
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		if s, ok := token.(xml.CharData); ok && strings.TrimSpace(string(s)) != "" {
			texts = append(texts, string(s))
		}
	}
	all := strings.Join(texts, "\n")
	for _, want := range append([]string{"Etter fylke & periode", "Etter fylke & <periode>", "Emigrations per 100 residents", "2004-2008", "synthetic"}, counties...) {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	for _, no := range []string{"http://", "https://", "@font-face"} {
		if strings.Contains(strings.ReplaceAll(b.String(), "http://www.w3.org/2000/svg", ""), no) {
			t.Errorf("the picture is not self-contained: %s", no)
		}
	}
}

// TestPNG checks size and that the letters æ, ø and å have shapes of their own.
func TestPNG(t *testing.T) {
	c, err := NewChart(bySex(), Spec{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := c.Scene(400, 300).PNG(&b, 2); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if s := m.Bounds().Size(); s.X != 800 || s.Y != 600 {
		t.Errorf("size %v", s)
	}
	draw := func(s string) string {
		var b bytes.Buffer
		scene := &Scene{W: 40, H: 40}
		scene.Text(Text{X: 5, Y: 30, S: s, Size: 24, Color: ink})
		if err := scene.PNG(&b, 1); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	seen := map[string]string{draw("\uFFFF"): "missing"}
	for _, r := range []string{"æ", "ø", "å", "Æ", "Ø", "Å", "a", "o", "A", "O"} {
		if other, ok := seen[draw(r)]; ok {
			t.Errorf("%s looks like %s", r, other)
		}
		seen[draw(r)] = r
	}
}
