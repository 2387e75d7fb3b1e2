// SPDX-License-Identifier: Apache-2.0

package console

import (
	"errors"
	"net/http"

	"gatewayresponses/internal/auth"
	v1 "gatewayresponses/internal/server/v1"
)

// responsesPage is what the page of an API shows.
type responsesPage struct {
	API       v1.API
	Responses []v1.Response
	// Customised is how many of them are the API's own.
	Customised int
	Bindings   []v1.Binding
	Stages     []v1.Stage
	// Switch is the one that is on, nil for none.
	Switch *v1.Switch
	// May reports whether the caller may switch it.
	May bool
}

// responses is the page of an API: what it answers for each type.
func responses(v *visit) error {
	api := v.PathValue("api")
	var shown responsesPage
	var all v1.Responses
	var bindings v1.Bindings
	var stages v1.Stages
	if err := errors.Join(
		v.api.get(&shown.API, "apis", api), v.api.get(&all, "apis", api, "responses"), v.api.get(&stages, "apis", api, "stages"),
		v.api.list(&bindings, []string{"api", api}, "bindings"),
	); err != nil {
		return err
	}
	on, err := v.switchOn(func(s v1.Switch) bool { return s.API == api })
	if err != nil {
		return err
	}
	shown.Switch, shown.May = on, v.who.Rights.MayAPI(auth.Deploy, api)
	shown.Responses, shown.Bindings, shown.Stages = all.Items, bindings.Items, stages.Items
	for _, r := range all.Items {
		if r.State == "customised" {
			shown.Customised++
		}
	}
	return v.show(http.StatusOK, "responses.html", shown)
}
