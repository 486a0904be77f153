// Package plot draws the rows of a query: on a terminal, as SVG and as PNG.
//
// It takes column names, types and values, never a database. One path leads from rows
// to a picture, through these files:
//
//	Spec    what is asked for                spec.go
//	Table   the rows                         table.go
//	Chart   NewChart: what the columns are   infer.go, assign.go
//	        and their values, gathered       chart.go
//	Scene   shapes with coordinates          layout.go, axes.go, then lines.go or bars.go
//	SVG, PNG                                 render.go
//	text    in place of a Scene              terminal.go
//
// A Chart knows series, panels and units but no coordinates. A Scene is lines, areas,
// marks and texts with coordinates in CSS pixels; because texts are measured with the
// same font that draws them, a test can prove that no two labels overlap, and because
// all is there, another reads the numbers back from it.
package plot
