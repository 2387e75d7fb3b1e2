// SPDX-License-Identifier: Apache-2.0

// Package gallery shows a survey: as files in a folder, to look at and to compare, and as one page that needs nothing else.
//
//	files.go   Files: a folder with an index
//	names.go   how the files are called
//	page.go    Page: one HTML page
//	page.html  its template
package gallery
