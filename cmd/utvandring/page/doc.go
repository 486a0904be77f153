// Package page makes pages of HTML: of figures and tables with inline SVG, and of help.
// They have no script but that of the search box, and nothing from the network. It takes
// rows and charts, never a database.
package page
