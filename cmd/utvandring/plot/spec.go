package plot

import (
	"fmt"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"utvandring/udf/nearest"
)

// Kinds of chart.
const (
	KindLine  = "line"  // lines over a numeric or dated x
	KindArea  = "area"  // stacked areas over a numeric x
	KindBar   = "bar"   // bars from zero: horizontal for categories, vertical over years
	KindStack = "stack" // bars whose colours add up
	KindPoint = "point" // marks without lines
)

var kinds = []string{KindLine, KindArea, KindBar, KindStack, KindPoint}

// Spec is what the user asks for; everything left empty is inferred.
type Spec struct {
	X, Color, Facet string   // column names; "none" for Color and Facet turns them off
	Y               []string // several columns become several series
	Low, High       string   // ends of an interval around y
	Kind            string
	Sort            string // order of bars: value (default), name, none (as the query)
	Zero            string // yes or no: whether the y axis begins at zero
	Title           string
	Unit            string // of the y axis, such as "per 100 residents"
	Note            string // line under the picture, such as a source
	Width, Height   int    // CSS pixels (SVG), pixels (PNG), characters (terminal); 0: chosen
	File            string // .svg or .png; empty: the terminal
	From            string // view to draw; empty: the last result
}

// ParseSpec reads the words that stand after .plot: in any order key=value, the name
// of a view, and the name of a file, which ends in .svg or .png.
func ParseSpec(words []string) (Spec, error) {
	var s Spec
	text := map[string]*string{"x": &s.X, "color": &s.Color, "colour": &s.Color, "facet": &s.Facet,
		"low": &s.Low, "high": &s.High, "kind": &s.Kind, "sort": &s.Sort, "zero": &s.Zero,
		"title": &s.Title, "unit": &s.Unit, "note": &s.Note, "file": &s.File}
	size := map[string]*int{"width": &s.Width, "height": &s.Height}
	for _, word := range words {
		key, value, named := strings.Cut(word, "=")
		key = strings.ToLower(key)
		switch {
		case !named && filepath.Ext(word) == "":
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
			known := []string{"y"}
			for k := range text {
				known = append(known, k)
			}
			for k := range size {
				known = append(known, k)
			}
			sort.Strings(known)
			return s, fmt.Errorf("plot: %q is not an option%s; options are %s", key, nearest.Hint(key, known), strings.Join(known, ", "))
		}
	}
	return s, s.check()
}

// Default fills what s leaves open from other: what is known about a view
// stands back behind what the user says.
func (s Spec) Default(other Spec) Spec {
	for _, f := range []struct{ to, from *string }{{&s.X, &other.X}, {&s.Color, &other.Color}, {&s.Facet, &other.Facet},
		{&s.Low, &other.Low}, {&s.High, &other.High}, {&s.Kind, &other.Kind}, {&s.Sort, &other.Sort}, {&s.Zero, &other.Zero},
		{&s.Title, &other.Title}, {&s.Unit, &other.Unit}, {&s.Note, &other.Note}} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if len(s.Y) == 0 {
		s.Y = other.Y
	}
	return s
}

// Columns splits the list of a y: "actual, simulated".
func Columns(list string) []string {
	var out []string
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// check refuses words that no chart understands, before any work is done.
func (s Spec) check() error {
	oneOf := func(key, value string, allowed []string) error {
		if value == "" {
			return nil
		}
		for _, a := range allowed {
			if value == a {
				return nil
			}
		}
		return fmt.Errorf("plot: %s=%s is unknown%s; it is one of %s", key, value, nearest.Hint(value, allowed), strings.Join(allowed, ", "))
	}
	if err := oneOf("kind", s.Kind, kinds); err != nil {
		return err
	}
	if err := oneOf("sort", s.Sort, []string{"value", "name", "none"}); err != nil {
		return err
	}
	if err := oneOf("zero", s.Zero, []string{"yes", "no"}); err != nil {
		return err
	}
	if s.File != "" {
		if ext := strings.ToLower(filepath.Ext(s.File)); ext != ".svg" && ext != ".png" {
			return fmt.Errorf("plot: cannot draw to %q; the file name ends in .svg or .png", s.File)
		}
	}
	return nil
}
