package equation

import "strconv"

// Index says what numbers the rows of a panel where that is no year: its periods are
// whole numbers, one apart, that stand for quarters, months or the like.
type Index struct {
	Name string             // the column
	Say  func(int64) string // a period as the user wrote it: 2003Q2
}

// Say is a year, or another period, in words.
func (p *Panel) Say(period int64) string { return p.Index.Words(period) }

// Words are Say, or the digits of a year where there is no index.
func (x *Index) Words(period int64) string {
	if x == nil {
		return strconv.FormatInt(period, 10)
	}
	return x.Say(period)
}

// Unit is what a row stands for: a year, or a period.
func (p *Panel) Unit() string { return p.Index.unit() }

// Units is the same of several: years, or periods.
func (p *Panel) Units() string { return p.Unit() + "s" }

func (x *Index) unit() string {
	if x == nil {
		return "year"
	}
	return "period"
}
