package plot

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"utvandring/udf/reference"
)

// ringAt is a ring of GeoJSON around a place.
func ringAt(x, y, r float64, clockwise bool) string {
	c := [][2]float64{{x - r, y - r}, {x + r, y - r}, {x + r, y + r}, {x - r, y + r}, {x - r, y - r}}
	if clockwise {
		slices.Reverse(c)
	}
	return strings.ReplaceAll(fmt.Sprint(c), " ", ",")
}

func collection(features ...string) []byte {
	return []byte(`{"type": "FeatureCollection", "features": [` + strings.Join(features, ",") + `]}`)
}

func feature(properties, kind, coordinates string) string {
	return `{"type": "Feature", "properties": ` + properties + `, "geometry": {"type": "` + kind + `", "coordinates": ` + coordinates + `}}`
}

// Oslo has a hole, whose ring runs the wrong way; Nordland two polygons. In metres, so
// that they stay squares.
var sampleGeo = collection(
	feature(`{"code": 301, "navn": "Oslo - Oslove"}`, "Polygon", "["+ringAt(1000, 1000, 200, true)+","+ringAt(1000, 1000, 100, true)+"]"),
	feature(`{"code": "1804", "navn": "Bodø"}`, "MultiPolygon", "[["+ringAt(1000, 1500, 100, false)+"],["+ringAt(1400, 1500, 100, false)+"]]"),
	feature(`{"code": "5001", "navn": "Trondheim"}`, "Polygon", "["+ringAt(1400, 1000, 200, false)+"]"),
	feature(`{"navn": "A point"}`, "Point", "[1, 2]"))

func mapTable(rows ...[]any) Table {
	return Table{Columns: []Column{{Name: "municipality_code"}, {Name: "year", Type: Number}, {Name: "frequency", Type: Number}}, Rows: rows}
}

func geoSpec(t *testing.T) Spec {
	t.Helper()
	places, err := ReadGeoJSON(sampleGeo)
	if err != nil {
		t.Fatal(err)
	}
	return Spec{Geo: "x.geojson", Places: places}
}

func TestMapOfPolygons(t *testing.T) {
	c := newChart(t, mapTable([]any{"0301", 2013.0, 2.5}, []any{"1804", 2013.0, 7.5}, []any{"9999", 2013.0, 100.0}, []any{"Norway", 2013.0, 50.0}), geoSpec(t))
	if c.Subtitle+c.Title != "year: 2013" || c.YLabel != "Emigrations per 100 residents" || c.Note != "Not on the map: 9999." {
		t.Errorf("%q %q %q %q", c.Title, c.Subtitle, c.YLabel, c.Note)
	}
	// What is not on the map is in no class; Trondheim has no row.
	if got := fmt.Sprint(c.classNames(), c.lacks()); got != "[2 to 3 3 to 4 4 to 5 5 to 6 6 to 7 7 to 8] true" {
		t.Error(got)
	}
	picture, err := c.Picture(Spec{File: "x.png", Width: 600, Height: 500})
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != 600 || m.Bounds().Dy() != 500 {
		t.Errorf("%v", m.Bounds())
	}
	// The plot's box has x 800 to 1600 and y 800 to 1600, north up.
	scene, dpi := c.pixelScene(600, 500)
	at := func(x, y float64) color.NRGBA {
		b, px := scene.Plots[0], float64(dpi)/cssDPI
		r, g, bl, _ := m.At(int(px*(b.X0+(x-800)/800*(b.X1-b.X0))), int(px*(b.Y0+(1600-y)/800*(b.Y1-b.Y0)))).RGBA()
		return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(bl >> 8), 255}
	}
	few, many, white := c.mapFill(0), c.mapFill(5), rgb(0xFFFFFF)
	for _, w := range []struct {
		x, y float64
		want color.NRGBA
	}{{850, 1000, few}, {1000, 850, few}, {1000, 1000, white}, {1000, 1500, many}, {1400, 1500, many}, {1200, 1500, white}} {
		if got := at(w.x, w.y); got != w.want {
			t.Errorf("at %g, %g there is %v, want %v", w.x, w.y, got, w.want)
		}
	}
	// The hatch of Trondheim stays within it.
	for _, s := range scene.Shapes {
		if len(s.Points) == 2 {
			for _, p := range s.Points {
				if b := scene.Plots[0]; p.Y > b.Y0 && (p.X < (b.X0+b.X1)/2-1 || p.X > b.X1+1 || p.Y > b.Y1+1) {
					t.Errorf("hatch at %v, plot %v", p, b)
				}
			}
		}
	}
	screen := c.Terminal(Screen{Width: 80, Height: 24, Unicode: true})
	for _, want := range []string{"1 2 to 3", "/ no figure", "111", "666", "///"} {
		if !strings.Contains(screen, want) {
			t.Errorf("no %q on\n%s", want, screen)
		}
	}
}

// Kartverket's file has several collections by name, and names in several languages.
func TestMapOfKartverket(t *testing.T) {
	oslo := feature(`{"kommunenummer": "0301", "navn": [{"navn": "Oslove", "sprak": "sma"}, {"navn": "Oslo", "sprak": "nor"}]}`, "Polygon", "["+ringAt(262000, 6649000, 9000, false)+"]")
	bodø := feature(`{"kommunenummer": "1804", "navn": [{"navn": "Bodø"}]}`, "Polygon", "["+ringAt(475000, 7463000, 20000, false)+"]")
	line := feature(`{"navn": "grense"}`, "LineString", "[[0,0],[1,1]]")
	for _, text := range []string{
		`{"administrative_enheter.kommunegrense": ` + string(collection(line, line, line)) + `, "administrative_enheter.kommune": ` + string(collection(oslo, bodø)) + `}`,
		`{"Kommune": ` + string(collection(oslo, bodø)) + `, "metadata": 1, "Fylke": ` + string(collection(bodø)) + `}`,
	} {
		places, err := ReadGeoJSON([]byte(text))
		if err != nil || len(places) != 2 || places[0].Properties["navn"] != "Oslo" || places[0].Properties["kommunenummer"] != "0301" || places[1].Properties["navn"] != "Bodø" {
			t.Errorf("%v, %v", places, err)
		}
		if b := extent(places); b.X1-b.X0 != 242000 { // metres stay
			t.Error(b)
		}
	}
	for _, text := range []string{`{"Grense": ` + string(collection(line)) + `}`, `{"a": 1}`, `{}`} {
		if places, err := ReadGeoJSON([]byte(text)); err == nil {
			t.Errorf("%s: %v", text, places)
		}
	}
}

// Places on both sides of the line where dates change stand beside each other.
func TestMapAcrossDateLine(t *testing.T) {
	for _, w := range []struct {
		west, east float64 // of it
		across     float64 // degrees
	}{{179, -179, 4}, {5, 30, 27}, {-120, 100, 142}, {-80, 90, 172}} {
		places, err := ReadGeoJSON(collection(feature(`{"a": "west"}`, "Polygon", "["+ringAt(w.west, 0, 1, false)+"]"), feature(`{"a": "east"}`, "Polygon", "["+ringAt(w.east, 0, 1, false)+"]")))
		if err != nil {
			t.Fatal(err)
		}
		b := extent(places)
		if want := 2 * math.Atanh(math.Sin(w.across/2*math.Pi/180)); math.Abs(b.X1-b.X0-want) > 0.01*want {
			t.Errorf("%v: %g across, want %g", w, b.X1-b.X0, want)
		}
	}
}

// TestMapSimple: of many points few are drawn, none further from the boundary than a third
// of a pixel and the step between points; and no place is gone.
func TestMapSimple(t *testing.T) {
	var circle []Pt
	for i := range 100001 {
		a := -2 * math.Pi * float64(i) / 100000
		circle = append(circle, Pt{math.Cos(a), math.Sin(a)})
	}
	p := Place{Rings: [][]Pt{circle}}
	rings := p.simple(func(q Pt) Pt { return Pt{100 * q.X, 100 * q.Y} })
	if len(rings) != 1 || len(rings[0]) < 20 || len(rings[0]) > 80 {
		t.Fatalf("%d rings, %d points", len(rings), len(rings[0]))
	}
	for i, q := range rings[0] {
		next := rings[0][(i+1)%len(rings[0])]
		middle := math.Hypot((q.X+next.X)/2, (q.Y+next.Y)/2)
		if r := math.Hypot(q.X, q.Y); math.Abs(r-100) > 1e-9 || 100-middle > nearLine+0.01 {
			t.Errorf("a point at %g, a middle at %g", r, middle)
		}
	}
	rings = p.simple(func(q Pt) Pt { return Pt{7 + q.X/100, q.Y / 100} })
	if b := around(rings[0]); len(rings) != 1 || math.Abs(b.X1-b.X0-1) > 1e-9 || math.Abs((b.X0+b.X1)/2-7) > 0.02 || area(rings[0]) >= 0 {
		t.Errorf("%v", rings)
	}
}

func TestMapRefuses(t *testing.T) {
	none := Table{Columns: []Column{{Name: "sex"}, {Name: "frequency", Type: Number}}, Rows: [][]any{{"male", 1.0}}}
	for _, w := range []struct {
		table Table
		spec  Spec
		want  string
	}{
		{mapTable([]any{"0301", 2012.0, 2.0}, []any{"0301", 2013.0, 3.0}), geoSpec(t), "several rows for 0301, and a map shows one a place: choose one in SQL"},
		{mapTable([]any{"77", 2012.0, 2.0}), geoSpec(t), "no place of the map is one of municipality_code (77, …); the map has code (1804), navn (Bodø)"},
		{mapTable([]any{"0301", 2012.0, nil}), geoSpec(t), "frequency has no value for a place of the map"},
		{none, geoSpec(t), "geo= needs a column of places, such as county or municipality_code (columns sex, frequency); name it with x="},
		{none, Spec{Geo: GeoCounties, X: "sex"}, "no place of the map is one of sex (male, …); the map has county (Akershus), county_code (01)"},
	} {
		if _, err := NewChart(w.table, w.spec); err == nil || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%v, want %s", err, w.want)
		}
	}
	// A year each, side by side.
	spec := geoSpec(t)
	spec.Facet = "year"
	c, err := NewChart(mapTable([]any{"0301", 2012.0, 2.0}, []any{"0301", 2013.0, 3.0}), spec)
	if err != nil || len(c.Panels) != 2 || len(c.Scene(680, 0).Plots) != 2 {
		t.Errorf("%v %v", c, err)
	}
	for text, want := range map[string]string{
		"x":                    "not GeoJSON: ",
		`{"type": "Topology"}`: `not a FeatureCollection of GeoJSON, but "Topology"`,
		string(collection()):   "it has no Polygon or MultiPolygon",
		string(collection(feature("{}", "Polygon", "[[[1, 2], [3, 4]]]"))):                 "a ring has 2 positions, not 4 or more",
		string(collection(feature("{}", "Polygon", "[[[1], [3, 4]]]"))):                    "a position has fewer than two numbers",
		string(collection(feature("{}", "Polygon", "7"))):                                  "a Polygon has no coordinates that can be read",
		string(collection(feature("{}", "Polygon", "[[[1, 2], [1, 2], [1, 2], [1, 2]]]"))): "its polygons have no area",
	} {
		if _, err := ReadGeoJSON([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// The tiles are the counties of each division, by the codes and names of county_name, none
// on another; what stands on them can be read.
func TestTiles(t *testing.T) {
	name := map[string]string{}
	for _, r := range reference.ReadCSV(t, "../../../sql/data/county_name.csv") {
		name[r[0]] = r[1]
	}
	// Østfold, Viken, and Østfold again tell the divisions apart.
	for code, counties := range map[string]int{"01": 19, "30": 11, "31": 15} {
		places := Tiles([]string{code, "03"})
		if len(places) != counties {
			t.Errorf("%d counties with %s", len(places), code)
		}
		table := Table{Columns: []Column{{Name: "county"}, {Name: "frequency", Type: Number}}}
		on := map[Pt]bool{}
		for i, p := range places {
			at := p.Rings[0][0]
			if on[at] || name[p.Properties["county_code"]] != p.Properties["county"] {
				t.Errorf("%v at %v, called %s", p.Properties, at, name[p.Properties["county_code"]])
			}
			on[at] = true
			if i > 0 {
				table.Rows = append(table.Rows, []any{p.Properties["county"], float64(i)})
			}
		}
		c := newChart(t, table, Spec{Geo: GeoCounties})
		for _, width := range []int{350, 680} {
			scene := c.Scene(width, 0)
			for _, text := range scene.Texts {
				ground := rgb(0xFFFFFF)
				b := text.Box()
				if b.X0 < 0 || b.X1 > scene.W || b.Y1 > scene.H {
					t.Errorf("%q leaves the picture", text.S)
				}
				for _, s := range scene.Shapes {
					if len(s.Points) == 4 && s.Fill.A > 0 && s.Points[0].X <= text.X && text.X <= s.Points[2].X && s.Points[0].Y <= text.Y && text.Y <= s.Points[2].Y {
						ground = s.Fill
					}
				}
				if contrast(text.Color, ground) < readable {
					t.Errorf("%q on %v", text.S, ground)
				}
			}
		}
		for _, screen := range []Screen{{Width: 80, Height: 24, Unicode: true}, {Width: 80, Height: 24, Whole: true, Unicode: true}} {
			text := c.Terminal(screen)
			for line := range strings.Lines(text) {
				if !screen.Whole && len([]rune(line)) > 81 {
					t.Errorf("too wide: %s", line)
				}
			}
			if screen.Whole && strings.Count(text, "Møre og Romsdal ")+strings.Count(text, "Møre og Romsdal\n") != 1 {
				t.Errorf("a name is cut:\n%s", text)
			}
		}
	}
}

// A meridian keeps its length, and a degree of longitude is as long as it is there:
// cos 60° = 1/2.
func TestProjection(t *testing.T) {
	places, err := ReadGeoJSON(collection(feature("{}", "Polygon", "[[[9, 60], [11, 60], [11, 61], [9, 61], [9, 60]]]")))
	if err != nil {
		t.Fatal(err)
	}
	b := extent(places)
	degree := math.Pi / 180
	if high, wide := (b.Y1-b.Y0)/degree, (b.X1-b.X0)/degree; math.Abs(high-1) > 0.01 || math.Abs(wide-1) > 0.001 {
		t.Errorf("%g high and %g wide", high, wide)
	}
}

func FuzzReadGeoJSON(f *testing.F) {
	f.Add(sampleGeo)
	f.Add(collection(feature("{}", "Polygon", "[[[0, 90], [180, -90], [0, 1e300], [0, 90]]]")))
	f.Add([]byte(`{"type": "FeatureCollection", "features": [{"properties": null, "geometry": null}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		places, err := ReadGeoJSON(text)
		if err != nil || len(text) > 1e4 {
			return
		}
		for _, p := range places {
			for _, value := range p.Properties {
				c, err := NewChart(Table{Columns: []Column{{Name: "place"}, {Name: "n", Type: Number}}, Rows: [][]any{{value, 1.0}}}, Spec{Geo: "f", Places: places})
				if err == nil {
					c.Scene(300, 0)
					c.Terminal(Screen{Width: 80, Height: 24})
				}
				return
			}
		}
	})
}
