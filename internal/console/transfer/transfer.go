// SPDX-License-Identifier: Apache-2.0

// Package transfer is the pages that bring in what other gateways are configured with, and give out what is here.
//
//	source.go  what somebody brings, as the forms carry it from page to page
//	report.go  the report: what would come along, what is lost, what clients would see
//	into.go    what is made of it: an API, or a part of one
//	export.go  an API as a definition, and the document of a gateway, as files
package transfer

import (
	"embed"

	"gatewayresponses/internal/console/page"
)

//go:embed pages/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	return page.Routes{
		"GET /console/import":                      importPage,
		"POST /console/import":                     report,
		"POST /console/import/api":                 makeAPI,
		"POST /console/import/into":                intoAPI,
		"GET /console/apis/{api}/export":           exportPage,
		"GET /console/apis/{api}/export/file":      exportFile,
		"GET /console/gateways/{gateway}/document": documentFile,
	}
}
