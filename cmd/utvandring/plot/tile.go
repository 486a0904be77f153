package plot

import "strings"

// tileMaps are Norway's counties as squares where they about lie, for each division that
// they have had: by 1 January 2013, 2020 and 2024.
var tileMaps = []string{`
||||19 Troms|20 Finnmark
|||18 Nordland
||17 Nord-Trøndelag
|15 Møre og Romsdal|16 Sør-Trøndelag
14 Sogn og Fjordane|05 Oppland|04 Hedmark
12 Hordaland|06 Buskerud|03 Oslo|02 Akershus
11 Rogaland|08 Telemark|07 Vestfold|01 Østfold
|10 Vest-Agder|09 Aust-Agder`, `
||||54 Troms og Finnmark
|||18 Nordland
|15 Møre og Romsdal|50 Trøndelag
46 Vestland|34 Innlandet
11 Rogaland|30 Viken|03 Oslo
|42 Agder|38 Vestfold og Telemark`, `
||||55 Troms|56 Finnmark
|||18 Nordland
|15 Møre og Romsdal|50 Trøndelag
46 Vestland|33 Buskerud|34 Innlandet
11 Rogaland|40 Telemark|03 Oslo|32 Akershus
|42 Agder|39 Vestfold|31 Østfold`}

// Tiles is the map on which most of the labels are, by name or code.
func Tiles(labels []string) []Place {
	var best []Place
	most := -1
	for _, text := range tileMaps {
		var places []Place
		known := map[string]bool{}
		for y, line := range strings.Split(strings.TrimSpace(text), "\n") {
			for x, field := range strings.Split(line, "|") {
				if code, name, ok := strings.Cut(field, " "); ok {
					a, b := Pt{float64(x), float64(y)}, Pt{float64(x) + 1, float64(y) + 1}
					places = append(places, Place{tile: true, Properties: map[string]string{"county_code": code, "county": name},
						Rings: [][]Pt{{a, {b.X, a.Y}, b, {a.X, b.Y}}}})
					known[same(code)], known[same(name)] = true, true
				}
			}
		}
		n := 0
		for _, l := range labels {
			if known[same(l)] {
				n++
			}
		}
		if n > most {
			best, most = places, n
		}
	}
	return best
}
