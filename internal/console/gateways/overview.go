// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// overviewPage is what the first page shows.
type overviewPage struct {
	Gateways []gatewayCard
	APIs     []apiRow
	// Next is where the list of APIs goes on, "" at its end.
	Next string
	// First reports whether the list begins here.
	First bool
	// Hosts reports whether the caller may look at hosts.
	Hosts bool
	// Search is what the APIs in the list are called, in part; "" for all.
	Search string
}

// apiRow is an API, and where it is bound.
type apiRow struct {
	v1.API
	Bindings []page.Bound
	// Pending are the stages that serve something else than its working copy.
	Pending []v1.PendingStage
	// IsNew reports that it was never deployed.
	IsNew bool
	// Switch is the one that is on, nil for none.
	Switch *v1.Switch
}

// overview is the first page: what each gateway does, and which APIs there are.
func overview(v *page.Visit) error {
	shown := overviewPage{First: v.FormValue("after") == "", Hosts: v.Who.Rights.MayAnyHost(auth.Read), Search: strings.TrimSpace(v.FormValue("search"))}
	var gateways v1.Gateways
	if err := v.API.Get(&gateways, "gateways"); err != nil {
		return err
	}
	for _, g := range gateways.Items {
		card, err := gateway(v, g)
		if err != nil {
			return err
		}
		shown.Gateways = append(shown.Gateways, card)
	}
	if err := addAPIs(v, &shown); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["overview.html"], shown)
}

// maxAPIs is how many APIs the page shows.
const maxAPIs = "100"

// addAPIs adds a part of the list of APIs.
func addAPIs(v *page.Visit, shown *overviewPage) error {
	var apis v1.Page[v1.API]
	var bindings v1.Bindings
	var switches v1.Switches
	part := []string{"cursor", v.FormValue("after"), "limit", maxAPIs, "search", shown.Search}
	if err := errors.Join(v.API.List(&apis, part, "apis"), v.API.Get(&bindings, "bindings"), v.API.Get(&switches, "switches")); err != nil {
		return err
	}
	shown.Next = apis.Next
	bound := map[string][]v1.Binding{}
	for _, b := range bindings.Items {
		bound[b.API] = append(bound[b.API], b)
	}
	for _, api := range apis.Items {
		row := apiRow{API: api, Bindings: v.Bound(bound[api.ID])}
		if i := slices.IndexFunc(switches.Items, func(s v1.Switch) bool { return s.API == api.ID }); i >= 0 {
			row.Switch = &switches.Items[i]
		}
		var pending v1.PendingStages
		if err := v.API.Get(&pending, "apis", api.ID, "pending"); err != nil {
			return err
		}
		row.Pending = pending.Items
		if len(row.Pending) == 0 && len(row.Bindings) == 0 {
			var stages v1.Stages
			if err := v.API.Get(&stages, "apis", api.ID, "stages"); err != nil {
				return err
			}
			row.IsNew = len(stages.Items) == 0
		}
		shown.APIs = append(shown.APIs, row)
	}
	slices.SortStableFunc(shown.APIs, func(a, b apiRow) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return nil
}
