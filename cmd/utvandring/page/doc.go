// Package page makes one HTML page of figures and tables: inline SVG, no
// script, nothing from the network. It takes rows and charts, never a database.
package page
