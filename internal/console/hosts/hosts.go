// SPDX-License-Identifier: Apache-2.0

// Package hosts is the pages of hosts, and of what is bound to them: where clients find a stage of an API.
package hosts

import (
	"embed"
	"errors"
	"net/http"
	"net/url"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

//go:embed pages/*.html pages/parts/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	return page.Routes{
		"GET /console/hosts":                list,
		"POST /console/hosts":               makeHost,
		"GET /console/hosts/{host}":         hostPage,
		"GET /console/hosts/{host}/move":    movePage,
		"POST /console/hosts/{host}/move":   move,
		"GET /console/hosts/{host}/delete":  deletePage,
		"POST /console/hosts/{host}/delete": deleteHost,
		"GET /console/hosts/{host}/unbind":  unbindPage,
		"POST /console/hosts/{host}/unbind": unbind,
		"GET /console/bind":                 bindPage,
		"POST /console/bind":                bind,
	}
}

// listed is what the list of hosts shows.
type listed struct {
	Hosts []hostRow
	// Next is where the list goes on, "" at its end, and First reports whether it begins here.
	Next  string
	First bool
	// May reports whether the caller may make a host, of one of the gateways.
	May      bool
	Gateways []v1.Gateway
	// Host and Gateway are what the form holds, and Problem is why it was not made, nil for nothing.
	Host, Gateway string
	Problem       *v1.Problem
}

// hostRow is a host, and how much is bound to it.
type hostRow struct {
	v1.Host
	Bindings int
}

// maxHosts is how many hosts the page shows.
const maxHosts = "100"

// list is the page of all hosts.
func list(v *page.Visit) error { return showList(v, http.StatusOK, nil) }

// showList shows the hosts, and why none was made.
func showList(v *page.Visit, status int, problem *v1.Problem) error {
	shown := listed{
		First: v.FormValue("after") == "", May: v.Who.Rights.MayAnyHost(auth.Deploy),
		Host: v.PostFormValue("host"), Gateway: v.PostFormValue("gateway"), Problem: problem,
	}
	var hosts v1.Page[v1.Host]
	var bindings v1.Bindings
	var gateways v1.Gateways
	if err := errors.Join(
		v.API.List(&hosts, []string{"cursor", v.FormValue("after"), "limit", maxHosts}, "hosts"), v.API.Get(&bindings, "bindings"), v.API.Get(&gateways, "gateways"),
	); err != nil {
		return err
	}
	bound := map[string]int{}
	for _, b := range bindings.Items {
		bound[b.Host]++
	}
	for _, h := range hosts.Items {
		shown.Hosts = append(shown.Hosts, hostRow{h, bound[h.Host]})
	}
	shown.Next, shown.Gateways = hosts.Next, gateways.Items
	return v.Show(status, templates["hosts.html"], shown)
}

// makeHost makes a host, and leads to what is to be bound to it, or to its page.
func makeHost(v *page.Visit) error {
	host, isToBind := v.PostFormValue("host"), v.PostFormValue("api") != ""
	var made v1.Host
	err := v.API.Do(http.MethodPost, map[string]string{"host": host, "gateway": v.PostFormValue("gateway")}, &made, "hosts")
	var said *page.APIError
	switch {
	case errors.As(err, &said) && said.Status < http.StatusInternalServerError && isToBind:
		return showBinding(v, said)
	case errors.As(err, &said) && said.Status < http.StatusInternalServerError:
		return showList(v, said.Status, &said.Problem)
	case err != nil:
		return err
	case isToBind:
		return v.Redirect("/console/bind?" + askedOf(v).query().Encode())
	}
	return v.Redirect(home(made.Host))
}

// home is the page of a host.
func home(host string) string { return "/console/hosts/" + url.PathEscape(host) }
