// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"gatewayresponses/internal/console/page"
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

// toSwitch finds what the path of a page names.
func toSwitch(v *page.Visit) (switched, error) {
	if api := v.PathValue("api"); api != "" {
		return apiToSwitch(v, api)
	}
	name := v.PathValue("gateway")
	card, err := gatewayNamed(v, name)
	return switched{
		Name: name, Home: "/console/gateways/" + url.PathEscape(name), Nodes: card.Nodes.Connected, Switch: card.Switch, path: []string{"gateways", name, "switch"},
	}, err
}

// apiToSwitch finds an API.
func apiToSwitch(v *page.Visit, id string) (switched, error) {
	var api v1.API
	if err := v.API.Get(&api, "apis", id); err != nil {
		return switched{}, err
	}
	on, err := v.SwitchOn(func(s v1.Switch) bool { return s.API == id })
	return switched{Name: api.Name, Home: "/console/apis/" + url.PathEscape(id), API: true, Switch: on, path: []string{"apis", id, "switch"}}, err
}

// switchPage asks for how long to turn the filter off.
func switchPage(v *page.Visit) error { return showSwitched(v, "switch.html") }

// endSwitchPage asks whether to turn the filter on again.
func endSwitchPage(v *page.Visit) error { return showSwitched(v, "switchend.html") }

func showSwitched(v *page.Visit, page string) error {
	s, err := toSwitch(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates[page], s)
}

// putSwitch turns the filter off, or lets it only observe.
func putSwitch(v *page.Visit) error {
	s, err := toSwitch(v)
	if err != nil {
		return err
	}
	seconds, err := strconv.Atoi(v.PostFormValue("seconds"))
	if err != nil {
		return page.BadForm(errSeconds)
	}
	asked := map[string]any{"mode": v.PostFormValue("mode"), "seconds": seconds, "why": v.PostFormValue("why")}
	if err := v.API.Do(http.MethodPut, asked, nil, s.path...); err != nil {
		return err
	}
	return v.Redirect(s.Home)
}

// endSwitch turns the filter on again.
func endSwitch(v *page.Visit) error {
	s, err := toSwitch(v)
	if err != nil {
		return err
	}
	if err := v.API.Do(http.MethodDelete, nil, nil, s.path...); err != nil {
		return err
	}
	return v.Redirect(s.Home)
}

var errSeconds = errors.New("it says for no time")
