// SPDX-License-Identifier: Apache-2.0

// Package deploys is the pages that bring an API to its clients: what a deployment would change, and how far it has come.
package deploys

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
		"GET /console/apis/{api}/deploy":         deployPage,
		"POST /console/apis/{api}/deploy":        deploy,
		"GET /console/apis/{api}/stages/{stage}": stagePage,
	}
}
