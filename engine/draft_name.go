package engine

import (
	"slices"
	"strings"
)

// draftTable is a table that a draft of load.sql tries to find in the files of an
// extract, with what the columns may be called.
type draftTable struct {
	table   string
	files   []string // words in the name of its file
	columns []draftColumn
}

type draftColumn struct {
	name  string
	kind  draftKind
	names []string // as registers call it, in the form that plainName gives
	key   bool     // without it the file is another table
	spare bool     // the table does without it
}

// draftKind is how the values of a column are read.
type draftKind int

const (
	asIs draftKind = iota
	asSex
	asDay
	asEnd
	asCountry
	asTruth
	asDirection
	asMunicipality
	asYear
)

var personNames = []string{"personid", "id", "pid", "fnr", "fodselsnr", "fodselsnummer", "pnr", "personnr", "personnummer", "person", "lopenr", "lopenummer", "lnr", "snr", "nr", "ident", "idnr", "hash", "pseudonym", "personkey", "individ", "individid", "subject"}

// draftTables are the tables that a draft knows. The first name is our own; a name further
// on is taken where no earlier one is there.
var draftTables = []draftTable{
	{"person", []string{"person", "folk", "befolkning", "individ"}, []draftColumn{
		{name: "person_id", names: personNames, key: true},
		{name: "sex", kind: asSex, names: []string{"sex", "kjonn", "gender", "kj", "sexcode", "kjonnkode", "gendercode"}, key: true},
		{name: "birth_date", kind: asDay, names: []string{"birthdate", "dateofbirth", "dob", "born", "birth", "birthday", "fodselsdato", "fodseldato", "fodt", "fodtdato", "fdato", "bdate", "dato", "date"}, key: true},
		{name: "birth_country", kind: asCountry, names: []string{"birthcountry", "countryofbirth", "cob", "birthcntry", "fodeland", "fodselsland", "fodland", "landfodt", "fodtland", "land", "country", "landkode"}},
		{name: "immigrant", kind: asTruth, names: []string{"immigrant", "isimmigrant", "innvandrer", "innvkat", "invkat", "innvandringskategori", "innvandringskat", "innvandrerkategori", "immigrantcategory", "immigrationcategory"}},
		{name: "first_immigration", kind: asDay, names: []string{"firstimmigration", "firstimmigrationdate", "forsteinnvandring", "forsteinnvdato", "forsteinnv", "forsteinvdato", "forsteinv", "forsteinn", "forsteinnvandringsdato", "forsteankomst", "firstarrival", "arrival", "ankomst", "ankomstdato", "innvdato", "innvandringsdato", "immigrationdate"}},
		{name: "death_date", kind: asDay, names: []string{"deathdate", "dateofdeath", "dodsdato", "dod", "doddato"}, spare: true},
	}},
	{"residence", []string{"residen", "bosatt", "bosted", "bo", "adresse", "address", "opphold"}, []draftColumn{
		{name: "person_id", names: personNames, key: true},
		{name: "municipality_code", kind: asMunicipality, names: []string{"municipalitycode", "municipality", "municipalityno", "municipalitynumber", "kommnr", "kommunenr", "kommunenummer", "kommune", "kommunekode", "knr", "komm", "bokommune", "bokomm", "bokom", "kom", "muncode", "municode", "region"}, key: true},
		{name: "from_date", kind: asDay, names: []string{"fromdate", "from", "datefrom", "start", "startdate", "validfrom", "begin", "begindate", "fradato", "fra", "datofra", "gyldigfra", "startdato", "bosattfra", "fom", "fomdato", "datofom", "fraogmed", "entry", "entrydate", "dato", "date"}, key: true},
		{name: "to_date", kind: asEnd, names: []string{"todate", "to", "dateto", "end", "enddate", "stop", "stopdate", "validto", "tildato", "til", "datotil", "gyldigtil", "slutt", "sluttdato", "bosatttil", "tom", "tomdato", "datotom", "tilogmed", "exit", "exitdate"}, key: true},
	}},
	{"migration", []string{"migr", "flytt", "vandring", "hendelse", "event"}, []draftColumn{
		{name: "person_id", names: personNames, key: true},
		{name: "event_date", kind: asDay, names: []string{"eventdate", "date", "dato", "flyttedato", "flyttdato", "hendelsesdato", "hendelsedato", "migrationdate", "movedate", "datoflytting"}, key: true},
		{name: "direction", kind: asDirection, names: []string{"direction", "retning", "flytteretning", "innut", "type", "eventtype", "hendelse", "hendelsestype", "event", "flyttetype", "migrationtype", "kode"}, key: true},
		{name: "administrative", kind: asTruth, names: []string{"administrative", "administrativ", "administrativt", "adm", "admin", "admutv", "utskrevet"}},
		{name: "country", kind: asCountry, names: []string{"country", "land", "landkode", "countrycode", "fratilland", "fralandtilland", "tilland", "othercountry", "landfratil", "fraland"}},
	}},
	{"municipality_change", []string{"change", "endring"}, []draftColumn{
		{name: "old_code", kind: asMunicipality, names: []string{"oldcode", "fromcode", "gammelkode", "frakode", "gammelt", "gammel"}, key: true},
		{name: "new_code", kind: asMunicipality, names: []string{"newcode", "tocode", "nykode", "tilkode", "ny"}, key: true},
		{name: "year", kind: asYear, names: []string{"year", "ar", "changeoccurred", "endringsdato", "dato", "date"}, key: true},
	}},
}

// plainName is a name without case, signs and the ways to write æ, ø and å.
func plainName(name string) string {
	name = strings.NewReplacer("æ", "a", "ø", "o", "å", "a", "ö", "o", "ä", "a", "ae", "a", "oe", "o", "aa", "a").Replace(strings.ToLower(name))
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, name)
}

// match finds the columns of a table among those of a file: for each the number of its
// name, -1 where there is none. keys reports whether all that tell the table are there.
func (t draftTable) match(header []string) (found []int, keys bool) {
	found, keys = make([]int, len(t.columns)), true
	taken := map[int]bool{}
	for i, c := range t.columns {
		found[i] = -1
		for _, name := range c.names {
			at := slices.IndexFunc(header, func(h string) bool { return plainName(h) == name })
			if at < 0 && len(name) > 4 && name != "birth" { // as in w19_0000_lopenr_w19; of birth is a country too
				at = slices.IndexFunc(header, func(h string) bool { return strings.Contains(plainName(h), name) })
			}
			if at >= 0 && !taken[at] {
				found[i], taken[at] = at, true
				break
			}
		}
		keys = keys && (found[i] >= 0 || !c.key)
	}
	return found, keys
}

// draftWords are the codes that registers write for the values of a column, in small
// letters.
var draftWords = map[draftKind]map[string]string{
	asSex: {"1": "male", "2": "female", "m": "male", "k": "female", "f": "female", "w": "female", "mann": "male", "menn": "male", "kvinne": "female", "kvinner": "female",
		"man": "male", "male": "male", "woman": "female", "female": "female", "gutt": "male", "jente": "female", "males": "male", "females": "female", "kv": "female", "hankjønn": "male", "hunkjønn": "female"},
	asTruth: {"1": "true", "0": "false", "j": "true", "ja": "true", "n": "false", "nei": "false", "true": "true", "false": "false", "t": "true", "f": "false", "y": "true", "yes": "true", "no": "false", "sann": "true", "usann": "false", "x": "true"},
	asDirection: {"i": "immigration", "u": "emigration", "inn": "immigration", "ut": "emigration", "innv": "immigration", "utv": "emigration", "innvandring": "immigration", "utvandring": "emigration",
		"in": "immigration", "out": "emigration", "immigration": "immigration", "emigration": "emigration", "innflytting": "immigration", "utflytting": "emigration", "utvadm": "emigration", "innvandret": "immigration", "utvandret": "emigration"},
}

// categories are Statistics Norway's of immigrants: B are those that the report counts.
var categories = map[string]string{"a": "false", "b": "true", "c": "false", "d": "false", "e": "false", "f": "false", "g": "false"}

// recordKinds are what the lines of a file that holds several tables are, by their type.
var recordKinds = map[string]string{
	"pers": "person", "person": "person", "p": "person", "ind": "person", "stam": "person",
	"bos": "residence", "bosatt": "residence", "bo": "residence", "res": "residence", "residence": "residence", "adr": "residence", "adresse": "residence", "b": "residence", "bosted": "residence", "opphold": "residence",
	"inn": "migration", "utv": "migration", "utvadm": "migration", "innv": "migration", "ut": "migration", "innvandring": "migration", "utvandring": "migration", "flytt": "migration", "flytting": "migration",
	"mig": "migration", "migration": "migration", "i": "migration", "u": "migration", "immigration": "migration", "emigration": "migration", "in": "migration", "out": "migration", "imm": "migration", "emi": "migration", "uadm": "migration", "utadm": "migration",
}
