package plot

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Place is an area on a map: what it is called, and the rings of its polygons; holes run
// the other way than outlines. Its coordinates have y downwards.
type Place struct {
	Properties map[string]string
	Rings      [][]Pt
	tile       bool // a square that stands for a place
}

// featureCollection is one of GeoJSON.
type featureCollection struct {
	Type     string
	Features []struct {
		Properties map[string]any
		ID         any
		Geometry   *struct {
			Type        string
			Coordinates json.RawMessage
		}
	}
}

// ReadGeoJSON reads the polygons of a GeoJSON document (RFC 7946). Degrees become metres
// of a transverse Mercator projection about the middle; coordinates that are no degrees
// are taken as they are.
func ReadGeoJSON(text []byte) ([]Place, error) {
	var document featureCollection
	if err := json.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	if document.Type == "" {
		document = largest(text)
	}
	if document.Type != "FeatureCollection" {
		return nil, fmt.Errorf("not a FeatureCollection of GeoJSON, but %q", document.Type)
	}
	places, err := document.places()
	if err != nil {
		return nil, err
	}
	if len(places) == 0 {
		return nil, errors.New("it has no Polygon or MultiPolygon")
	}
	project(places)
	if b := extent(places); !(b.X1-b.X0 > 0 && b.Y1-b.Y0 > 0 && b.X1-b.X0 < math.MaxFloat32 && b.Y1-b.Y0 < math.MaxFloat32) {
		return nil, errors.New("its polygons have no area")
	}
	return places, nil
}

// largest is the collection with the most polygons of several by their names: so Kartverket
// has the areas ("administrative_enheter.kommune", "Kommune") and the lines between them.
func largest(text []byte) (found featureCollection) {
	var named map[string]json.RawMessage
	if json.Unmarshal(text, &named) != nil {
		return found
	}
	most := 0
	for _, name := range slices.Sorted(maps.Keys(named)) {
		var c featureCollection
		if json.Unmarshal(named[name], &c) != nil {
			continue
		}
		n := 0
		for _, f := range c.Features {
			if f.Geometry != nil && strings.HasSuffix(f.Geometry.Type, "Polygon") {
				n++
			}
		}
		if n > most {
			found, most = c, n
		}
	}
	return found
}

func (document featureCollection) places() ([]Place, error) {
	var places []Place
	for _, f := range document.Features {
		if f.Geometry == nil {
			continue
		}
		var polygons [][][][]float64
		var err error
		switch f.Geometry.Type {
		case "Polygon":
			polygons = make([][][][]float64, 1)
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
		default:
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("a %s has no coordinates that can be read: %w", f.Geometry.Type, err)
		}
		p := Place{Properties: map[string]string{}}
		if f.ID != nil {
			p.Properties["id"] = fmt.Sprint(f.ID)
		}
		for name, v := range f.Properties {
			if text := property(v); text != "" {
				p.Properties[name] = text
			}
		}
		for _, rings := range polygons {
			for i, ring := range rings { // the outline first
				var points []Pt
				for _, c := range ring {
					if len(c) < 2 {
						return nil, errors.New("a position has fewer than two numbers")
					}
					points = append(points, Pt{c[0], c[1]})
				}
				if len(points) < 4 {
					return nil, fmt.Errorf("a ring has %d positions, not 4 or more", len(points))
				}
				// Holes run the other way, so that filling leaves them out.
				if (area(points) < 0) != (i > 0) {
					slices.Reverse(points)
				}
				p.Rings = append(p.Rings, points)
			}
		}
		places = append(places, p)
	}
	return places, nil
}

// property is a value as text; of names in several languages, each with what it is called
// and in which (navn: [{"navn": "Kåfjord", "sprak": "nor"}, …]), that in Norwegian.
func property(v any) string {
	switch v := v.(type) {
	case string, float64:
		return label(v)
	case []any:
		for _, of := range v {
			if m, ok := of.(map[string]any); ok && m["sprak"] == "nor" {
				return property(m)
			}
		}
		if len(v) > 0 {
			return property(v[0])
		}
	case map[string]any:
		for _, name := range []string{"navn", "name"} {
			if text, ok := v[name].(string); ok {
				return text
			}
		}
	}
	return ""
}

// each calls f with every point of places, to be changed.
func each(places []Place, f func(*Pt)) {
	for _, p := range places {
		for _, ring := range p.Rings {
			for i := range ring {
				f(&ring[i])
			}
		}
	}
}

// extent is the box around places.
func extent(places []Place) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	each(places, func(p *Pt) { b = Box{min(b.X0, p.X), min(b.Y0, p.Y), max(b.X1, p.X), max(b.Y1, p.Y)} })
	return b
}

func project(places []Place) {
	b := extent(places)
	degrees := b.X0 >= -180 && b.X1 <= 180 && b.Y0 >= -90 && b.Y1 <= 90
	if degrees && b.X1-b.X0 > 180 {
		b = acrossDateLine(places, b)
	}
	middle := (b.X0 + b.X1) / 2
	each(places, func(p *Pt) {
		if !degrees {
			p.Y = -p.Y
			return
		}
		// Of a sphere of one metre: Snyder (1987), Map Projections, equations 8-1 and 8-3.
		lon, lat := (p.X-middle)*math.Pi/180, p.Y*math.Pi/180
		p.X, p.Y = math.Atanh(math.Min(math.Cos(lat)*math.Sin(lon), 0.999999)), -math.Atan2(math.Tan(lat), math.Cos(lon))
	})
}

// acrossDateLine moves places west of it to the east of those east of it, where they are
// nearer each other so, and gives the box around them.
func acrossDateLine(places []Place, b Box) Box {
	each(places, func(p *Pt) {
		if p.X < 0 {
			p.X += 360
		}
	})
	moved := extent(places)
	if moved.X1-moved.X0 < b.X1-b.X0 {
		return moved
	}
	each(places, func(p *Pt) {
		if p.X > 180 {
			p.X -= 360
		}
	})
	return b
}

// area is that of a ring, below 0 where it runs clockwise with y upwards.
func area(ring []Pt) (sum float64) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.X*q.Y - q.X*p.Y
	}
	return sum / 2
}

// chords are where a line y = slope·x + at crosses the inside of rings, as x from and to.
func chords(rings [][]Pt, slope, at float64) (xs []float64) {
	for _, ring := range rings {
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			a, b := p.Y-slope*p.X-at, q.Y-slope*q.X-at
			if (a < 0) != (b < 0) {
				xs = append(xs, p.X+(q.X-p.X)*a/(a-b))
			}
		}
	}
	return xs
}

// same makes what is written in a table and on a map comparable: case, zeros before a
// code, and names in a second language ("Trøndelag - Trööndelage") do not count.
func same(text string) string {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " - ")
	if strings.Trim(name, "0123456789") == "" {
		return strings.TrimLeft(name, "0")
	}
	return name
}
