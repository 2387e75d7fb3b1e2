// SPDX-License-Identifier: Apache-2.0

// Package apis is the pages of an API: what it answers for each type, and the editor of that.
package apis

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
		"GET /console/apis/{api}/responses/{type}":  editResponse,
		"POST /console/apis/{api}/responses/{type}": saveResponse,
		"GET /console/apis/{api}":                   responses,
	}
}
