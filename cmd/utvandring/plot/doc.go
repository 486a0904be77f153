// Package plot draws the rows of a query: on a terminal, as SVG and as PNG.
//
// It takes column names, SQL types and values, never a database. One path
// leads from rows to a picture:
//
//	Table + Spec ──NewChart──▶ Chart ──Terminal──▶ text
//	                             └────Scene─────▶ Scene ──SVG, PNG──▶ file
//
// NewChart decides what the columns are (infer.go) and gathers the values; a
// Chart knows series, panels and units but no coordinates. A Scene is lines,
// areas, marks and texts with coordinates in CSS pixels; because texts are
// measured with the same font that draws them, a test can prove that no two
// labels overlap.
package plot
