// SPDX-License-Identifier: Apache-2.0

package console

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	v1 "gatewayresponses/internal/server/v1"
)

// switched is a gateway or an API that can be switched off.
type switched struct {
	Name string
	// Home is its page.
	Home string
	// API reports whether it is an API, and Nodes is how many nodes a gateway has.
	API   bool
	Nodes int
	// Switch is the one that is on, nil for none.
	Switch *v1.Switch
	// path is that of the switch below /v1.
	path []string
}

// switched finds what the path of a page names.
func (v *visit) switched() (switched, error) {
	if api := v.PathValue("api"); api != "" {
		return v.switchedAPI(api)
	}
	name := v.PathValue("gateway")
	card, err := v.gatewayNamed(name)
	return switched{
		Name: name, Home: "/console/gateways/" + url.PathEscape(name), Nodes: card.Nodes.Connected, Switch: card.Switch, path: []string{"gateways", name, "switch"},
	}, err
}

// switchedAPI finds an API.
func (v *visit) switchedAPI(id string) (switched, error) {
	var api v1.API
	if err := v.api.get(&api, "apis", id); err != nil {
		return switched{}, err
	}
	on, err := v.switchOn(func(s v1.Switch) bool { return s.API == id })
	return switched{Name: api.Name, Home: "/console/apis/" + url.PathEscape(id), API: true, Switch: on, path: []string{"apis", id, "switch"}}, err
}

// switchOn finds a switch that is on; nil is none.
func (v *visit) switchOn(is func(v1.Switch) bool) (*v1.Switch, error) {
	var all v1.Switches
	if err := v.api.get(&all, "switches"); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all.Items, is); i >= 0 {
		return &all.Items[i], nil
	}
	return nil, nil //nolint:nilnil // no switch is no error
}

// switchPage asks for how long to turn the filter off.
func switchPage(v *visit) error { return v.showSwitched("switch.html") }

// endSwitchPage asks whether to turn the filter on again.
func endSwitchPage(v *visit) error { return v.showSwitched("switchend.html") }

func (v *visit) showSwitched(page string) error {
	s, err := v.switched()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, page, s)
}

// putSwitch turns the filter off, or lets it only observe.
func putSwitch(v *visit) error {
	s, err := v.switched()
	if err != nil {
		return err
	}
	seconds, err := strconv.Atoi(v.PostFormValue("seconds"))
	if err != nil {
		return badForm(errSeconds)
	}
	asked := map[string]any{"mode": v.PostFormValue("mode"), "seconds": seconds, "why": v.PostFormValue("why")}
	if err := v.api.do(http.MethodPut, asked, nil, s.path...); err != nil {
		return err
	}
	return v.redirect(s.Home)
}

// endSwitch turns the filter on again.
func endSwitch(v *visit) error {
	s, err := v.switched()
	if err != nil {
		return err
	}
	if err := v.api.do(http.MethodDelete, nil, nil, s.path...); err != nil {
		return err
	}
	return v.redirect(s.Home)
}
