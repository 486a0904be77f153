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

	"utvandring/udf/long"
)

// TestNoOverlap proves for every sample, on a wide and on a phone's page, that
// no two texts overlap, none leaves the picture, and none but the values of
// bars stands among the data.
func TestNoOverlap(t *testing.T) {
	for i, s := range samples() {
		for j, width := range []int{360, 680, 1000} {
			if (i+j)%long.Runs(1, 3) > 0 {
				continue // quick tests draw each once
			}
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
	c := newChart(t, byCountyPeriod(), Spec{Title: "Etter fylke & periode", Note: synthetic})
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

// TestPictureSize: a PNG has the pixels that were asked for, and all the words of the
// chart are in it, none upon another.
func TestPictureSize(t *testing.T) {
	for i, s := range long.Rows(samples(), 9) {
		c := newChart(t, s.table, s.spec)
		for _, size := range [][2]int{{1920, 1080}, {900, 500}, {701, 433}, {680, 200}, {60, 40}, {0, 300}, {333, 0}} {
			scene, dpi := c.pixelScene(size[0], size[1])
			for k, text := range scene.Texts {
				box := text.Box()
				if box.Y0 < 0 || box.Y1 > scene.H {
					t.Errorf("%s of %v: %q leaves the picture", s.name, size, text.S)
				}
				for _, other := range scene.Texts[k+1:] {
					// (On a stamp nobody reads.)
					if size != [2]int{60, 40} && box.Overlaps(other.Box()) && (text.Angle == 0 || other.Angle == 0) {
						t.Errorf("%s of %v: %q overlaps %q", s.name, size, text.S, other.S)
					}
				}
			}
			for k, pixel := range []int{pixels(scene.W, dpi), pixels(scene.H, dpi)} {
				if size[k] != 0 && pixel != size[k] {
					t.Errorf("%s of %v: %d pixels", s.name, size, pixel)
				}
			}
			if i > 0 || size[0] > 1000 {
				continue // one is enough to see that the file has the size of the scene
			}
			b, err := c.Picture(Spec{File: "x.png", Width: size[0], Height: size[1]})
			if err != nil {
				t.Fatal(err)
			}
			m, err := png.DecodeConfig(bytes.NewReader(b))
			if err != nil || size[0] != 0 && m.Width != size[0] || size[1] != 0 && m.Height != size[1] {
				t.Errorf("%s of %v: %d × %d, %v", s.name, size, m.Width, m.Height, err)
			}
		}
	}
}

// A panel so low that few values have room shows two of them: one is no scale.
func TestThin(t *testing.T) {
	for n := 2; n < 30; n++ {
		for fits := range 5 {
			var s Scale
			for k := range n {
				s.Ticks = append(s.Ticks, float64(k-n/3))
			}
			if got := len(thin(s, fits)); got < 2 {
				t.Errorf("%d of %d values where %d fit", got, n, fits)
			}
		}
	}
}

// TestPNG checks size and that the letters æ, ø and å have shapes of their own.
func TestPNG(t *testing.T) {
	c := newChart(t, bySex(), Spec{})
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
