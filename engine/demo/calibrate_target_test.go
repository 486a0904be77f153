package demo

// Emigration frequency (per cent, same-year movers included) by centrality, duration
// 0-2, 3-5, 6-10, 11-15, 16+, and year 2000-2013 (5.1.2-5.1.4). All levels together leave
// a little more often in 2009 or 2010 than in 2008, those with 16 years and more most of
// all in 2009 and where it is least central.
var wantCentral = [4][stages][14]float64{
	{
		{23.8, 22.6, 17.3, 17.8, 13.2, 12.3, 12.2, 11.8, 11.2, 11.3, 10.6, 6.7, 5.6, 5.8},
		{10.2, 9.8, 7.6, 7.5, 5.8, 5.3, 5.2, 4.9, 4.6, 4.8, 4.8, 4.6, 4.6, 4.9},
		{5.8, 5.6, 4.4, 4.1, 3.4, 3.1, 2.9, 2.5, 2.4, 2.6, 2.4, 2.1, 2, 2.1},
		{2.09, 2.03, 1.96, 1.89, 1.62, 1.55, 1.55, 1.42, 1.42, 1.51, 1.46, 1.46, 1.42, 1.42},
		{1.04, .97, .85, .86, .68, .67, .65, .59, .56, 1.17, .74, .73, .7, .7},
	}, {
		{17, 15.8, 14.5, 15.8, 13.6, 13, 13, 13.5, 12.2, 11.6, 11.7, 9, 7.9, 8},
		{10, 9.5, 7.9, 10.3, 9.9, 8.7, 8.2, 8.0, 6.1, 5.4, 7.3, 6.7, 5.3, 5.5},
		{5.8, 5.6, 5.4, 5.6, 5.6, 5.6, 6.0, 6.3, 4.0, 3.4, 3.0, 2.6, 2.5, 2.6},
		{1.44, 1.4, 1.35, 1.3, 1.12, 1.07, 1.07, .98, .98, 1.04, 1, 1, .98, .98},
		{.9, .84, .73, .74, .59, .58, .56, .51, .48, .84, .64, .63, .61, .61},
	}, {
		{15.4, 14.8, 12.8, 13.3, 11.2, 10.3, 9.9, 10.4, 8.6, 9.3, 9.3, 7.6, 6.7, 6.9},
		{7.2, 6.8, 5.6, 5.8, 4.6, 4, 3.7, 3.4, 3.3, 3.4, 3.7, 3.4, 3.5, 3.7},
		{2.4, 2.3, 1.9, 1.85, 1.55, 1.4, 1.35, 1.4, 1.3, 1.45, 1.4, 1.35, 1.4, 1.55},
		{1.12, 1.08, 1.04, 1.01, .86, .83, .83, .76, .76, .81, .78, .78, .76, .76},
		{.81, .75, .65, .66, .53, .52, .5, .46, .43, .66, .57, .56, .54, .54},
	}, {
		{18.1, 17.6, 16, 16.5, 14.2, 14.4, 14.6, 14.4, 13.6, 13.9, 14.5, 13.3, 11.6, 11.5},
		{10.3, 9.8, 8, 7.8, 5.9, 5.6, 5.6, 5.2, 5, 4.8, 5.4, 5.4, 5.2, 5.4},
		{3.2, 3.2, 2.6, 2.6, 2.2, 2.15, 2.15, 2.1, 1.95, 2.1, 2.15, 2.15, 2.05, 2.2},
		{1.71, 1.65, 1.59, 1.54, 1.32, 1.26, 1.26, 1.16, 1.16, 1.23, 1.19, 1.19, 1.16, 1.16},
		{.97, .9, .79, .8, .63, .62, .6, .55, .52, .72, .68, .67, .65, .65},
	},
}

// By country group and centrality in 2000-2002, 2003-2008 and 2009-2013, relative to the
// group (5.1.5, 5.1.6).
var wantGroupCentral = [3][4][len(eras)]float64{
	{{1.40, 1.28, .85}, {1.18, 1.36, .88}, {.88, .80, .72}, {.97, 1.0, 1.07}},
	{{1.20, 1.05, .97}, {1.50, 1.50, 1.35}, {.90, .87, .90}, {1.0, 1.0, 1.0}},
	{{1.50, 1.00, .86}, {1.25, 1.36, .92}, {1.08, .90, .80}, {.91, 1.0, 1.05}},
}

// By county and period 2004-2008, 2009-2013: durations 0-2, 3-5, 6-10,
// 11-15, 16+ (5.2.3, 5.2.7).
var wantCounty = map[string][2][stages]float64{
	"Oslo":             {{18.1, 7.6, 2.25, 1.3, .66}, {21.8, 7.6, 2.1, 1.3, .7}},
	"Akershus":         {{13.5, 4.8, 1.75, .95, .48}, {11.5, 4.8, 1.6, .95, .52}},
	"Østfold":          {{9.5, 2.6, 1.3, .75, .4}, {7.6, 2.5, 1.25, .75, .43}},
	"Hedmark":          {{10.2, 4, 1.6, .85, .45}, {8.8, 4.6, 1.55, .85, .49}},
	"Oppland":          {{10.2, 3.9, 1.6, .85, .45}, {8.8, 4.5, 1.55, .85, .49}},
	"Buskerud":         {{15, 4.3, 1.7, .9, .45}, {9.3, 4.3, 1.6, .9, .48}},
	"Vestfold":         {{12.2, 4, 1.6, .85, .44}, {9.6, 4.2, 1.5, .85, .47}},
	"Telemark":         {{11.8, 3.9, 1.45, .6, .42}, {9.3, 3.9, 1.4, .6, .45}},
	"Aust-Agder":       {{8.7, 2.4, .95, .5, .28}, {7.4, 2.8, 1.05, .5, .31}},
	"Vest-Agder":       {{9.3, 2.3, 1, .52, .28}, {8.4, 3.0, 1.1, .52, .31}},
	"Rogaland":         {{11.6, 6.5, 2.5, 1.15, .76}, {13.8, 6.7, 2.55, 1.15, .85}},
	"Hordaland":        {{11.5, 5.3, 2.6, 1.1, .6}, {10.2, 5, 2.25, 1.05, .75}},
	"Sogn og Fjordane": {{15.8, 5.2, 2.2, 1.1, .55}, {11, 6, 1.8, 1.05, .75}},
	"Møre og Romsdal":  {{10.3, 4.4, 1.9, 1, .55}, {8.5, 3.9, 1.65, .95, .6}},
	"Sør-Trøndelag":    {{20.2, 6.6, 2.2, 1.15, .58}, {15.4, 7, 1.9, 1.1, .64}},
	"Nord-Trøndelag":   {{9.4, 4.2, 1.9, 1, .75}, {7.7, 4.8, 1.3, .95, .8}},
	"Nordland":         {{10.3, 5.2, 2.1, 1.1, .75}, {8.6, 4, 1.4, 1, .92}},
	"Troms":            {{19.5, 6.6, 2.8, 2.3, .95}, {14.4, 5.8, 2.3, 2.1, 1.15}},
	"Finnmark":         {{12.2, 5.3, 2.3, 2.4, .85}, {9.9, 4.3, 1.8, 1.8, .92}},
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
	"Aust-Agder":       {{4.0, 4.4}, {4.8, 3.1}, {1.8, 2.1}},
	"Vest-Agder":       {{4.1, 4.5}, {5.4, 4.2}, {1.8, 2.1}},
	"Rogaland":         {{7.4, 8.6}, {7.2, 5.8}, {2.9, 4.2}},
	"Hordaland":        {{7.2, 7.2}, {7.8, 5.2}, {3.2, 3.4}},
	"Sogn og Fjordane": {{7.0, 7.0}, {8.4, 5.2}, {4.4, 4.9}},
	"Møre og Romsdal":  {{6.6, 6.4}, {8.0, 4.7}, {3.4, 3.1}},
	"Sør-Trøndelag":    {{10.3, 9.7}, {11.2, 7.0}, {4.4, 5.0}},
	"Nord-Trøndelag":   {{6.2, 6.0}, {5.8, 8.1}, {3.1, 2.7}},
	"Nordland":         {{7.4, 7.2}, {11.5, 3.6}, {3.1, 2.8}},
	"Troms":            {{9.6, 8.2}, {10.3, 5.6}, {4.6, 4.2}},
	"Finnmark":         {{8.0, 7.6}, {8.2, 4.9}, {3.7, 3.1}},
}

// By county and age 0-6, 7-17, 18-34, 35-62, 63-70, 71 and over, relative to the country
// (5.2.6).
var wantPhase = map[string][phases]float64{
	"Oslo":             {1.15, 1.12, 1.20, 1.08, 1.15, 1.60},
	"Akershus":         {1.10, 1.10, .95, .88, .90, .75},
	"Østfold":          {.62, .52, .66, .75, .80, .65},
	"Hedmark":          {.80, .80, .85, .90, .85, .70},
	"Oppland":          {.80, .80, .85, .90, .85, .70},
	"Buskerud":         {.80, .80, .88, .88, .85, .70},
	"Vestfold":         {.80, .80, .85, .85, .85, .70},
	"Telemark":         {.75, .75, .82, .82, .85, .65},
	"Aust-Agder":       {.40, .42, .60, .62, .50, .60},
	"Vest-Agder":       {.43, .45, .60, .62, .50, .60},
	"Rogaland":         {1.30, 1.75, 1.05, 1.30, 1.20, 1.00},
	"Hordaland":        {1.00, 1.05, .98, 1.12, 1.10, 1.00},
	"Sogn og Fjordane": {1.05, 1.90, 1.12, 1.25, 1.50, .95},
	"Møre og Romsdal":  {.95, .95, .90, 1.12, 1.10, .95},
	"Sør-Trøndelag":    {1.30, 1.10, 1.40, 1.25, 1.15, 1.00},
	"Nord-Trøndelag":   {.66, .80, .85, 1.15, 1.10, .90},
	"Nordland":         {.72, .85, .92, 1.10, 1.40, .95},
	"Troms":            {1.40, 1.35, 1.35, 1.40, 1.20, .95},
	"Finnmark":         {1.25, 1.10, .95, 1.35, 1.15, .90},
}

// Women relative to men, compared with the country, where the text tells of them: in
// Østfold and Aust-Agder fewest of all women leave, though fewer of all do in Vest-Agder
// than in Østfold (5.2.5, 5.2.7).
var wantWomen = map[string]float64{"Østfold": .87, "Aust-Agder": .90, "Vest-Agder": 1.20}

// The share of men among immigrants in 2004-2008, when only Oslo, Rogaland, Hordaland and
// Sør-Trøndelag had more men than women, and in 2009-2013, when all did but Hedmark,
// Telemark and the three in the north (5.2.1).
var wantMale = map[string][2]float64{
	"Oslo": {.504, .5215}, "Akershus": {.495, .507}, "Østfold": {.4965, .509}, "Hedmark": {.472, .484},
	"Oppland": {.493, .512}, "Buskerud": {.494, .512}, "Vestfold": {.494, .511}, "Telemark": {.468, .48},
	"Aust-Agder": {.489, .513}, "Vest-Agder": {.495, .51}, "Rogaland": {.511, .526}, "Hordaland": {.504, .526},
	"Sogn og Fjordane": {.485, .524}, "Møre og Romsdal": {.485, .53}, "Sør-Trøndelag": {.508, .524}, "Nord-Trøndelag": {.487, .513},
	"Nordland": {.45, .467}, "Troms": {.457, .472}, "Finnmark": {.405, .425},
}

// The share of 18-34 years among immigrants in 2009-2013, relative to the country: Oslo,
// Sør-Trøndelag and Troms have most of them, Akershus fewest (5.2.1).
var wantYoung = map[string]float64{
	"Oslo": 1.20, "Akershus": .79, "Østfold": .90, "Hedmark": .92, "Oppland": .95, "Buskerud": .95, "Vestfold": .89,
	"Telemark": .92, "Aust-Agder": .95, "Vest-Agder": .94, "Rogaland": 1.02, "Hordaland": 1.02, "Sogn og Fjordane": 1.02,
	"Møre og Romsdal": 1.02, "Sør-Trøndelag": 1.14, "Nord-Trøndelag": 1.0, "Nordland": 1.0, "Troms": 1.11, "Finnmark": 1.0,
}

// Men minus women by centrality and year, percentage points (5.1.7), in 2000 .2 more than
// wanted at level 1: of all together the equations of that year make it less.
var wantMore = [4][14]float64{
	{-.1, .5, .9, 2.0, .9, .8, .8, .9, .7, .8, 2.0, .8, .6, .6},
	{1.5, 1.2, -1.0, 3.6, 1.6, 1.5, 1.6, 3.6, 1.7, 1.2, 3.6, 1.3, 1.1, 1.1},
	{1.2, 1.2, 1.1, 1.2, 1.0, 1.0, 1.0, 1.1, 1.0, 1.0, 1.0, .8, .7, .8},
	{1.3, 1.2, 1.1, 1.1, .9, .9, .9, 1.0, 1.1, 1.2, 1.1, 1.0, .9, .9},
}

var (
	// A year, 2000-2013 (1.2.2).
	wantSameYear = 1850.0
	// Of those born in Norway to parents born there, a year, 2004-2012 (3.2.1).
	wantNatives = 7900.0
	// Of them and of all others who are no immigrants, in 2013, as they come out.
	wantNatives13 = 9550.0
)

// Emigrations of foreign citizens (Statistics Norway, "Innvandring, utvandring og
// nettoinnvandring, etter statsborgerskap"), who differ from immigrants by some naturalised
// and some born here.
var wantForeign = map[int]float64{1997: 10034, 2005: 12628, 2007: 13324, 2008: 15158, 2011: 22883, 2013: 25036}

// Of them those over 66 years, and the share of men (Statistics Norway, "Inn- og utflyttinger,
// etter alder, kjønn og statsborgerskap").
var (
	wantOld        = map[int]float64{2000: 216, 2002: 196, 2007: 239}
	wantForeignMen = map[int]float64{2000: .506, 2002: .519}
)

// Emigrations of everybody by county in 2008, per cent (Statistics Norway, "Innvandring
// og utvandring, etter fylke. 2008").
var wantEmigrations = map[string]float64{
	"Østfold": 4.87, "Akershus": 13.20, "Oslo": 27.92, "Hedmark": 1.97, "Oppland": 1.79, "Buskerud": 5.01, "Vestfold": 3.64,
	"Telemark": 2.22, "Aust-Agder": 1.34, "Vest-Agder": 2.53, "Rogaland": 9.95, "Hordaland": 7.03, "Sogn og Fjordane": 1.08,
	"Møre og Romsdal": 2.85, "Sør-Trøndelag": 7.29, "Nord-Trøndelag": 1.17, "Nordland": 2.38, "Troms": 2.69, "Finnmark": 1.06,
}

// Emigrations of Norwegian citizens by age 20-24, 25-29 … 60-64 and over (2002; of those of 67
// and more the mean of 2000, 2002 and 2007 with a twentieth for 2002, when most left), the share
// of men (2000 and 2002; Statistics Norway, "Inn- og utflyttinger, etter alder, kjønn og
// statsborgerskap"), and the share of children under 16 with which, immigrants' children
// counted, they are as many of all as the same tables have it in 2000, 2002 and 2007.
var (
	wantNative   = [...]float64{1397, 1455, 1177, 826, 606, 520, 509, 485, 493, 460}
	wantMen      = .516
	wantChildren = .165
)
