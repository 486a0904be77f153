package plot

import (
	"os"
	"path/filepath"
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
