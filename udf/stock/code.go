package stock

import (
	"slices"
	"sync"
)

// Reading is how a code of residence is read from a day until the day before another:
// as a place, which is one of some candidates.
type Reading struct {
	Code        string
	From, Until int32
	Place       int32
	Candidates  []string
}

// Recoding is a code that the register changed to another on a day, which is no move.
type Recoding struct {
	Old, New string
	Day      int32
}

// Codes numbers codes of residence and reads them. A code without a reading is place 0.
type Codes struct {
	known    map[string]int32
	lock     sync.Mutex
	unknown  map[string]int32
	texts    []string
	readings [][]Reading // of known codes, in order
	recoded  map[Recoding]bool
}

// NewCodes makes the numbers of the codes that have readings.
func NewCodes(readings []Reading, recodings []Recoding) *Codes {
	c := &Codes{known: map[string]int32{}, unknown: map[string]int32{}, recoded: map[Recoding]bool{}}
	for _, r := range readings {
		n, ok := c.known[r.Code]
		if !ok {
			n = int32(len(c.texts))
			c.known[r.Code] = n
			c.texts, c.readings = append(c.texts, r.Code), append(c.readings, nil)
		}
		c.readings[n] = append(c.readings[n], r)
	}
	for _, list := range c.readings {
		slices.SortFunc(list, func(a, b Reading) int { return int(a.From) - int(b.From) })
	}
	for _, r := range recodings {
		c.recoded[r] = true
	}
	return c
}

// Number is that of a code. It may be called from several threads at once, but not while
// lives are counted.
func (c *Codes) Number(code []byte) int32 {
	if n, ok := c.known[string(code)]; ok {
		return n
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	n, ok := c.unknown[string(code)]
	if !ok {
		n = int32(len(c.texts))
		c.unknown[string(code)] = n
		c.texts = append(c.texts, string(code))
	}
	return n
}

func (c *Codes) less(a, b int32) bool { return c.texts[a] < c.texts[b] }

// read are the readings of a code, in order; none of one that is not known.
func (c *Codes) read(code int32) []Reading {
	if int(code) < len(c.readings) {
		return c.readings[code]
	}
	return nil
}

// place is what a code is on a day, and until when.
func (c *Codes) place(code, day int32) (place, until int32) {
	readings := c.read(code)
	for i := range readings {
		switch r := &readings[i]; {
		case day < r.From:
			return 0, r.From
		case day < r.Until:
			return r.Place, r.Until
		}
	}
	return 0, Never
}

// moved reports whether a change of code on a day is a move: nothing that either may be
// is what the other may be.
func (c *Codes) moved(from, to, day int32) bool {
	if c.recoded[Recoding{c.texts[from], c.texts[to], day}] {
		return false
	}
	candidates := func(code, day int32) (list []string, ok bool) {
		readings := c.read(code)
		if i := slices.IndexFunc(readings, func(r Reading) bool { return r.From <= day && day < r.Until }); i >= 0 {
			return readings[i].Candidates, true
		}
		return nil, false
	}
	a, known := candidates(from, day-1)
	b, also := candidates(to, day)
	return known && also && !slices.ContainsFunc(a, func(code string) bool { return slices.Contains(b, code) })
}
