// SPDX-License-Identifier: Apache-2.0

// Package tries is the page on which people send a request through an Envoy, and see what comes back.
package tries

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
		"GET /console/tries":  form,
		"POST /console/tries": send,
	}
}
