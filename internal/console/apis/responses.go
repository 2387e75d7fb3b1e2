// SPDX-License-Identifier: Apache-2.0

package apis

import (
	"errors"
	"net/http"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// responsesPage is what the page of an API shows.
type responsesPage struct {
	API       v1.API
	Responses []v1.Response
	// Customised is how many of them are the API's own.
	Customised int
	Bindings   []page.Bound
	Stages     []v1.Stage
	// Pending are the stages that serve something else than the working copy.
	Pending []v1.PendingStage
	// Rates are the errors of the gateways that serve it; nil where the caller may not know.
	Rates *rates
	// Switch is the one that is on, nil for none.
	Switch *v1.Switch
	// May reports whether the caller may switch it, MayBind whether to bind it to a host, and MayEdit whether to change its working copy.
	May, MayBind, MayEdit bool
}

// responses is the page of an API: what it answers for each type.
func responses(v *page.Visit) error {
	api := v.PathValue("api")
	var shown responsesPage
	var all v1.Responses
	var bindings v1.Bindings
	var stages v1.Stages
	var pending v1.PendingStages
	if err := errors.Join(
		v.API.Get(&shown.API, "apis", api), v.API.Get(&all, "apis", api, "responses"), v.API.Get(&stages, "apis", api, "stages"),
		v.API.List(&bindings, []string{"api", api}, "bindings"), v.API.Get(&pending, "apis", api, "pending"),
	); err != nil {
		return err
	}
	on, err := v.SwitchOn(func(s v1.Switch) bool { return s.API == api })
	if err != nil {
		return err
	}
	shown.Switch, shown.May, shown.MayEdit = on, v.Who.Rights.MayAPI(auth.Deploy, api), v.Who.Rights.MayAPI(auth.Edit, api)
	shown.MayBind = v.MayBind(api)
	shown.Responses, shown.Bindings, shown.Stages, shown.Pending = all.Items, v.Bound(bindings.Items), stages.Items, pending.Items
	if shown.Rates, err = ratesOf(v, bindings.Items); err != nil {
		return err
	}
	for _, r := range all.Items {
		if r.State == "customised" {
			shown.Customised++
		}
	}
	return v.Show(http.StatusOK, templates["responses.html"], shown)
}
