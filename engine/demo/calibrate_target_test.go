package demo

// Emigration frequency (per cent, same-year movers included) by centrality,
// duration 0-2, 3-5, 6+, and year 2000-2013 (5.1.3, 5.1.4). The regional
// targets set the levels; all others are relative to them.
var wantCentral = [4][3][14]float64{
	{
		{23.8, 23, 17.5, 18, 14.4, 13.6, 13.6, 13.3, 11, 10.3, 9.6, 6.8, 5.8, 5.7},
		{11.5, 11, 7.8, 7.5, 6.1, 5.7, 5.4, 5.1, 4.6, 4.4, 4.4, 4.2, 4.3, 4.4},
		{3.2, 3.1, 1.9, 1.7, 1.6, 1.55, 1.5, 1.35, 1.25, 1.4, 1.2, 1.05, 1.0, 1.05},
	}, {
		{16.5, 16, 14.5, 15.5, 14.2, 13.2, 13, 12.8, 11.8, 10.8, 10.5, 8.6, 7.5, 7.4},
		{9.8, 9.5, 9, 9.8, 9.2, 9.0, 8.9, 7.8, 6.2, 5.4, 6.2, 5.2, 4.8, 4.7},
		{3.2, 3.1, 2.8, 2.7, 2.7, 2.7, 2.7, 2.3, 1.7, 1.4, 1.2, 1.1, 1.05, 1.05},
	}, {
		{16.5, 15.5, 13, 13.5, 11.5, 10.5, 10, 10.5, 9, 9.5, 9.2, 7, 6.2, 6.2},
		{7, 6.6, 5.6, 5.6, 4.4, 3.8, 3.6, 3.4, 3.3, 3.4, 3.6, 3.3, 3.4, 3.5},
		{1.2, 1.2, 1.0, 1.0, .85, .8, .75, .75, .75, .9, .85, .75, .72, .8},
	}, {
		{18.1, 17.6, 16, 16.5, 15.0, 14.6, 14.2, 13.9, 13.6, 14.3, 14.1, 12.4, 11.1, 10.3},
		{9.7, 9.3, 7.3, 7.4, 6.1, 5.7, 5.4, 5.1, 4.95, 5.05, 5.2, 5.0, 4.9, 4.8},
		{1.6, 1.5, 1.3, 1.3, 1.15, 1.1, 1.05, 1.0, .97, 1.12, 1.08, 1.0, .92, .90},
	},
}

// By country group and year from 1990 (figure 3.18; before 2000 from the flows
// of foreign citizens). The equations decide the mean; the years follow as far as
// residuals of the size that annex C gives go.
var wantGroup = [3][24]float64{
	{11, 8.5, 7.6, 8, 8, 7.8, 8, 8.3, 8.8, 8.8, 9, 8.5, 8, 7.8, 7.0, 6.8, 6.9, 6.6, 6.7, 6.9, 7.3, 7.2, 7.1, 7.3},
	{7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5.2, 5.4, 6, 6.6, 7, 7.2, 7.5, 7.9, 8.3, 8.0, 6.7, 4.4, 3.7, 3.9},
	{8, 4.0, 3.5, 3.8, 3.6, 3.6, 4.2, 4.5, 4.5, 4.4, 6.2, 5.5, 4.2, 4.2, 3.2, 2.9, 2.8, 2.6, 2.5, 2.8, 3.2, 3.2, 3.0, 3.2},
}

// By county and period 2004-2008, 2009-2013: durations 0-2, 3-5, 6+ (5.2.3,
// 5.2.7).
var wantCounty = map[string][2][3]float64{
	"Oslo":             {{17.5, 7.6, 1.55}, {20, 7.6, 1.55}},
	"Akershus":         {{13.5, 4.8, 1.1}, {11.5, 4.8, 1.1}},
	"Østfold":          {{9.5, 2.6, .85}, {7.6, 2.5, .85}},
	"Hedmark":          {{10, 4.0, 1.1}, {9, 4.6, 1.1}},
	"Oppland":          {{10, 3.9, 1.1}, {9, 4.5, 1.1}},
	"Buskerud":         {{14, 4.3, 1.1}, {9.5, 4.3, 1.1}},
	"Vestfold":         {{12.5, 4.0, 1.1}, {9.5, 4.2, 1.1}},
	"Telemark":         {{12, 3.9, .95}, {9.2, 3.9, .95}},
	"Aust-Agder":       {{8.5, 2.5, .7}, {7.4, 2.6, .7}},
	"Vest-Agder":       {{9, 2.5, .7}, {8.2, 2.6, .7}},
	"Rogaland":         {{12.2, 6.5, 1.75}, {12.8, 6.7, 1.9}},
	"Hordaland":        {{11.5, 5.3, 1.45}, {10.2, 5.0, 1.4}},
	"Sogn og Fjordane": {{15, 5.2, 1.7}, {11.3, 6.0, 1.8}},
	"Møre og Romsdal":  {{10.7, 4.4, 1.2}, {8.3, 3.9, 1.1}},
	"Sør-Trøndelag":    {{19, 6.6, 1.6}, {15.8, 7.0, 1.6}},
	"Nord-Trøndelag":   {{8.6, 4.2, 1.2}, {8.2, 4.8, 1.2}},
	"Nordland":         {{11.7, 5.2, 1.5}, {8.0, 4.0, 1.3}},
	"Troms":            {{19, 6.6, 2.2}, {14.5, 5.8, 2.0}},
	"Finnmark":         {{13, 5.3, 2.0}, {9.5, 4.3, 1.7}},
}

// By county, country group and period (5.2.4).
var wantCountyGroup = map[string][3][2]float64{
	"Oslo":             {{8.6, 10.3}, {7.2, 5.6}, {3.1, 3.4}},
	"Akershus":         {{5.9, 5.9}, {7.3, 5.2}, {2.3, 2.5}},
	"Østfold":          {{5.3, 5.3}, {7.5, 4.0}, {1.9, 2.2}},
	"Hedmark":          {{6.0, 6.0}, {7.4, 4.9}, {2.5, 2.7}},
	"Oppland":          {{6.0, 6.0}, {7.4, 4.9}, {2.5, 2.7}},
	"Buskerud":         {{6.2, 6.0}, {8.3, 4.5}, {2.4, 2.6}},
	"Vestfold":         {{5.8, 5.7}, {8.2, 4.4}, {2.4, 2.6}},
	"Telemark":         {{5.7, 5.6}, {7.4, 5.0}, {2.3, 2.5}},
	"Aust-Agder":       {{4.1, 4.2}, {5.0, 3.0}, {1.8, 2.1}},
	"Vest-Agder":       {{4.2, 4.3}, {5.8, 3.9}, {1.8, 2.1}},
	"Rogaland":         {{7.6, 7.9}, {7.4, 5.2}, {2.9, 3.9}},
	"Hordaland":        {{7.2, 7.2}, {7.8, 5.2}, {3.2, 3.4}},
	"Sogn og Fjordane": {{7.2, 7.0}, {8.8, 5.2}, {4.7, 4.9}},
	"Møre og Romsdal":  {{6.6, 6.4}, {8.0, 4.7}, {3.4, 3.1}},
	"Sør-Trøndelag":    {{10.3, 9.7}, {11.2, 7.0}, {4.4, 5.0}},
	"Nord-Trøndelag":   {{6.3, 6.4}, {8.0, 8.6}, {3.3, 2.9}},
	"Nordland":         {{7.4, 7.2}, {11.4, 3.6}, {3.2, 2.8}},
	"Troms":            {{9.6, 8.2}, {10.3, 5.6}, {4.6, 4.2}},
	"Finnmark":         {{8.0, 7.6}, {8.2, 4.9}, {3.7, 3.1}},
}

// By county and age 0-17, 18-34, 35-62, 63-70, 71 and over, relative to the country
// (5.2.6).
var wantPhase = map[string][phases]float64{
	"Oslo":             {1.15, 1.20, 1.08, 1.15, 1.45},
	"Akershus":         {1.10, .95, .88, .90, .85},
	"Østfold":          {.62, .66, .75, .80, .75},
	"Hedmark":          {.80, .85, .90, .85, .80},
	"Oppland":          {.80, .85, .90, .85, .80},
	"Buskerud":         {.80, .88, .88, .85, .80},
	"Vestfold":         {.80, .85, .85, .85, .80},
	"Telemark":         {.75, .82, .82, .85, .75},
	"Aust-Agder":       {.42, .60, .62, .50, .70},
	"Vest-Agder":       {.45, .60, .62, .50, .70},
	"Rogaland":         {1.50, 1.05, 1.30, 1.20, 1.10},
	"Hordaland":        {1.05, .98, 1.12, 1.10, 1.10},
	"Sogn og Fjordane": {1.45, 1.12, 1.25, 1.50, 1.15},
	"Møre og Romsdal":  {.95, .90, 1.12, 1.10, 1.05},
	"Sør-Trøndelag":    {1.25, 1.40, 1.25, 1.15, 1.15},
	"Nord-Trøndelag":   {.68, .85, 1.15, 1.10, 1.10},
	"Nordland":         {.72, .92, 1.10, 1.40, 1.10},
	"Troms":            {1.35, 1.35, 1.40, 1.20, 1.15},
	"Finnmark":         {1.20, .95, 1.35, 1.15, 1.10},
}

// The share of men among immigrants in 2004-2008, when only Oslo, Rogaland, Hordaland and
// Sør-Trøndelag had more men than women; in the years after all did but Hedmark, Telemark
// and the three in the north (5.2.1).
var wantMale = map[string]float64{
	"Oslo": .504, "Akershus": .4985, "Østfold": .4985, "Hedmark": .475, "Oppland": .4985, "Buskerud": .4985, "Vestfold": .4985,
	"Telemark": .470, "Aust-Agder": .4985, "Vest-Agder": .4985, "Rogaland": .511, "Hordaland": .504, "Sogn og Fjordane": .4985,
	"Møre og Romsdal": .4985, "Sør-Trøndelag": .508, "Nord-Trøndelag": .4985, "Nordland": .450, "Troms": .458, "Finnmark": .405,
}

// The share of 18-34 years among immigrants in 2009-2013, relative to the country: Oslo,
// Sør-Trøndelag and Troms have most of them, Akershus fewest (5.2.1).
var wantYoung = map[string]float64{
	"Oslo": 1.20, "Akershus": .80, "Østfold": .87, "Hedmark": .92, "Oppland": .95, "Buskerud": .92, "Vestfold": .88,
	"Telemark": .92, "Aust-Agder": .95, "Vest-Agder": .94, "Rogaland": 1.02, "Hordaland": 1.02, "Sogn og Fjordane": 1.02,
	"Møre og Romsdal": 1.02, "Sør-Trøndelag": 1.14, "Nord-Trøndelag": 1.0, "Nordland": 1.0, "Troms": 1.11, "Finnmark": 1.0,
}

// Men minus women by centrality and year, percentage points (5.1.7).
var wantMore = [4][14]float64{
	{-.3, .5, .9, 2.0, .9, .8, .8, .9, .7, .8, 2.0, .8, .6, .6},
	{1.5, 1.2, -1.0, 3.6, 1.6, 1.5, 1.6, 3.6, 1.7, 1.2, 3.6, 1.3, 1.1, 1.1},
	{1.2, 1.2, 1.1, 1.2, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.0, .8, .7, .8},
	{1.3, 1.2, 1.1, 1.1, .9, .9, .9, 1.0, 1.1, 1.2, 1.1, 1.0, .9, .9},
}

// By centrality, with 11-15 years (5.1.4).
var wantLate = [4]float64{1.7, 1.5, 1.3, 1.7}

var (
	// By duration 6-10, 11-15, 16+, 2004-2013 (5.2.3).
	wantLong = [3]float64{3.2, 1.7, .95}
	// A year, 2000-2013 (1.2.2).
	wantSameYear = 2250.0
	// Of those born in Norway to parents born there, a year, 2004-2012 (3.2.1).
	wantNatives = 8350.0
)

// Emigrations of everybody by county in 2008, per cent (Statistics Norway, "Innvandring
// og utvandring, etter fylke. 2008").
var wantEmigrations = map[string]float64{
	"Østfold": 4.87, "Akershus": 13.20, "Oslo": 27.92, "Hedmark": 1.97, "Oppland": 1.79, "Buskerud": 5.01, "Vestfold": 3.64,
	"Telemark": 2.22, "Aust-Agder": 1.34, "Vest-Agder": 2.53, "Rogaland": 9.95, "Hordaland": 7.03, "Sogn og Fjordane": 1.08,
	"Møre og Romsdal": 2.85, "Sør-Trøndelag": 7.29, "Nord-Trøndelag": 1.17, "Nordland": 2.38, "Troms": 2.69, "Finnmark": 1.06,
}

// Emigrations of Norwegian citizens by age 20-24, 25-29 … 60-64 and over, and the share
// of men (Statistics Norway, "Inn- og utflyttinger, etter alder, kjønn og
// statsborgerskap", 2002; the share is that of 2000 and 2002).
var (
	wantNative = [...]float64{1397, 1455, 1177, 826, 606, 520, 509, 485, 493, 492}
	wantMen    = .516
)

// Where the four equations of country group 1 that read the shares by duration of
// residence settle depends on these shares so much that they decide it: a frequency
// that is higher brings more newcomers, whose share makes it higher still. So the
// mean frequencies of women and men of 18-34 and 35-62 years are chosen here, near
// what figure 3.18 and the equations for their children ask for, and ages at arrival
// and the readiness of those with ten years or more are fitted until the equations
// agree.
var chosen = map[int]float64{2: .133, 3: .0378, 8: .115, 9: .0428}
