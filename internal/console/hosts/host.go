// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"errors"
	"net/http"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// shownHost is a host with what is bound to it.
type shownHost struct {
	v1.Host
	Bindings []boundAPI
	// May reports whether the caller may bind and unbind.
	May bool
	// Gateways are those that it can be moved to.
	Gateways []v1.Gateway
}

// boundAPI is what is bound to a path.
type boundAPI struct {
	v1.Binding
	// Name is that of the API, "" for one that the caller may not look at. May reports whether the caller may put another one in its place.
	Name string
	May  bool
}

// Home is the page of the host.
func (s shownHost) Home() string { return home(s.Host.Host) }

// hostPage is the page of a host: what is bound to it.
func hostPage(v *page.Visit) error {
	s, _, err := shownHostOf(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["host.html"], s)
}

// shownHostOf finds the host that the path of a page names, with its ETag.
func shownHostOf(v *page.Visit) (s shownHost, etag string, err error) {
	host := v.PathValue("host")
	if etag, err = v.API.GetVersion(&s.Host, "hosts", host); err != nil {
		return s, "", err
	}
	var bindings v1.Bindings
	var gateways v1.Gateways
	if err := errors.Join(v.API.List(&bindings, []string{"host", host}, "bindings"), v.API.Get(&gateways, "gateways")); err != nil {
		return s, "", err
	}
	s.May = v.Who.Rights.MayHost(auth.Deploy, s.Host.Host)
	for _, b := range bindings.Items {
		bound := boundAPI{Binding: b, May: s.May && v.Who.Rights.MayAPI(auth.Deploy, b.API)}
		if v.Who.Rights.MayAPI(auth.Read, b.API) {
			var api v1.API
			if err := v.API.Get(&api, "apis", b.API); err != nil {
				return s, "", err
			}
			bound.Name = api.Name
		}
		s.Bindings = append(s.Bindings, bound)
	}
	for _, g := range gateways.Items {
		if g.Name != s.Gateway {
			s.Gateways = append(s.Gateways, g)
		}
	}
	return s, etag, nil
}
