package plot

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"utvandring/cmd/utvandring/locale"
	"utvandring/udf/nearest"
)

// Kinds of chart.
const (
	KindLine  = "line"  // lines over a numeric or dated x
	KindArea  = "area"  // stacked areas over a numeric x
	KindBar   = "bar"   // bars from zero: horizontal for categories, vertical over years
	KindStack = "stack" // bars whose colours add up
	KindPoint = "point" // marks without lines

	KindScatter     = "scatter"     // a measure against another, the points labelled
	KindBox         = "box"         // how values are distributed: quartiles, and the values
	KindStep        = "step"        // a share that survives, which changes where there is a row
	KindCoefficient = "coefficient" // estimates with their intervals, published ones beside
	KindFan         = "fan"         // quantiles of simulations about their median
	KindCorrelation = "correlation" // dots as large as the correlation of each pair
)

var kinds = []string{KindLine, KindArea, KindBar, KindStack, KindPoint, KindScatter, KindBox, KindStep, KindCoefficient, KindFan, KindCorrelation}

// Spec is what the user asks for; everything left empty is inferred.
type Spec struct {
	X, Color, Facet string   // column names; "none" for Color and Facet turns them off
	Y               []string // several columns become several series
	Low, High       string   // ends of an interval around y
	Kind            string
	Sort            string // order of bars: value (default), name, none (as the query)
	Zero            string // yes or no: whether the y axis begins at zero
	Background      string // white or none; as usual white in a PNG and none in an SVG
	Title           string
	Unit            string  // of the y axis, such as "per 100 residents"
	Note            string  // line under the picture, such as a source
	Geo             string  // counties, or a file of GeoJSON: a map
	Places          []Place // of that file
	Width, Height   int     // CSS pixels (SVG), pixels (PNG), characters (terminal); 0: chosen
	File            string  // .svg or .png; empty: the terminal
	From            string  // view to draw; empty: the last result
	Locale          locale.Locale
}

// ParseSpec reads the words that stand after .plot: in any order key=value, the name
// of a view, and the name of a file, which ends in .svg or .png.
func ParseSpec(words []string) (Spec, error) {
	var s Spec
	text, size := s.options()
	for _, word := range words {
		key, value, named := strings.Cut(word, "=")
		key = strings.ToLower(key)
		switch {
		case !named && filepath.Ext(word) == "":
			if s.From != "" && slices.Contains([]string{"where", "group", "order", "limit", "join", "select", "from"}, strings.ToLower(word)) {
				return s, fmt.Errorf("plot: %s belongs to a query: run that first, then .plot draws its result", strings.ToUpper(word))
			}
			if s.From != "" {
				return s, fmt.Errorf("plot: two views, %s and %s; give one, or say what the columns are with x= y= color= facet=", s.From, word)
			}
			s.From = word
		case !named:
			if s.File != "" {
				return s, fmt.Errorf("plot: two file names, %q and %q; give one", s.File, word)
			}
			s.File = word
		case key == "y":
			s.Y = append(s.Y, Columns(value)...)
		case text[key] != nil:
			*text[key] = value
		case size[key] != nil:
			n, err := strconv.Atoi(value)
			if err != nil || n < 20 || n > 10000 {
				return s, fmt.Errorf("plot: %s=%s is not a size between 20 and 10000", key, value)
			}
			*size[key] = n
		default:
			known := Options()
			return s, fmt.Errorf("plot: %q is not an option%s; options are %s", key, nearest.Hint(key, known), strings.Join(known, ", "))
		}
	}
	return s, s.check()
}

// options are where those that are a text or a size go.
func (s *Spec) options() (text map[string]*string, size map[string]*int) {
	return map[string]*string{"x": &s.X, "color": &s.Color, "colour": &s.Color, "facet": &s.Facet,
			"low": &s.Low, "high": &s.High, "kind": &s.Kind, "sort": &s.Sort, "zero": &s.Zero, "background": &s.Background,
			"title": &s.Title, "unit": &s.Unit, "note": &s.Note, "file": &s.File, "geo": &s.Geo},
		map[string]*int{"width": &s.Width, "height": &s.Height}
}

// Options are the names of all options.
func Options() []string {
	text, size := new(Spec).options()
	known := append(slices.Collect(maps.Keys(text)), "y")
	known = append(known, slices.Collect(maps.Keys(size))...)
	slices.Sort(known)
	return known
}

// Allowed are the values that an option may have; nil for any.
func Allowed(option string) []string { return allowed[option] }

var allowed = map[string][]string{"kind": kinds, "sort": {"value", "name", "none"}, "zero": {"yes", "no"},
	"background": {"white", "none"}}

// Default fills what s leaves open from other: what is known about a view
// stands back behind what the user says.
func (s Spec) Default(other Spec) Spec {
	text, _ := s.options()
	known, _ := other.options()
	for option, value := range text {
		*value = cmp.Or(*value, *known[option])
	}
	if len(s.Y) == 0 {
		s.Y = other.Y
	}
	return s
}

// Columns splits the list of a y: "actual, simulated".
func Columns(list string) []string {
	var out []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// check refuses words that no chart understands, before any work is done.
func (s Spec) check() error {
	text, _ := s.options()
	for _, key := range []string{"kind", "sort", "zero", "background"} {
		if value, words := *text[key], allowed[key]; value != "" && !slices.Contains(words, value) {
			return fmt.Errorf("plot: %s=%s is unknown%s; it is one of %s", key, value, nearest.Hint(value, words), strings.Join(words, ", "))
		}
	}
	if s.File != "" {
		if ext := strings.ToLower(filepath.Ext(s.File)); ext != ".svg" && ext != ".png" {
			return fmt.Errorf("plot: cannot draw to %q; the file name ends in .svg or .png", s.File)
		}
	}
	return nil
}
