// SPDX-License-Identifier: Apache-2.0

// Package admin is the pages of who may do what, and who has done what: access keys, and the audit log.
package admin

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
		"GET /console/audit":              audit,
		"POST /console/keys":              makeKey,
		"GET /console/keys/{key}/revoke":  revokePage,
		"POST /console/keys/{key}/revoke": revoke,
		"GET /console/keys":               keys,
		"GET /console/sessions":           sessions,
		"GET /console/sessions/end":       endSessionsPage,
		"POST /console/sessions/end":      endSessions,
	}
}
