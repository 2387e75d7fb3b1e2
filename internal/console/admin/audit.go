// SPDX-License-Identifier: Apache-2.0

package admin

import (
	"net/http"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// auditPage is what the page of the audit log shows.
type auditPage struct {
	Entries []v1.AuditEntry
	// API and Host are whose changes are shown, "" for all.
	API, Host string
	// Next is where the list goes on, "" at its end.
	Next string
}

// audit is the page of who changed what.
func audit(v *page.Visit) error {
	shown := auditPage{API: v.FormValue("api"), Host: v.FormValue("host")}
	var entries v1.Page[v1.AuditEntry]
	if err := v.API.List(&entries, []string{"cursor", v.FormValue("before"), "api", shown.API, "host", shown.Host}, "audit"); err != nil {
		return err
	}
	shown.Entries, shown.Next = entries.Items, entries.Next
	return v.Show(http.StatusOK, templates["audit.html"], shown)
}
