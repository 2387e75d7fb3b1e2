// SPDX-License-Identifier: Apache-2.0

package apis

import (
	"slices"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// rates are the errors of the gateways that serve an API, by type. The counters of the filter do not know the API.
type rates struct {
	Gateways []string
	// Counted is how many nodes send their counters, and HourAgoKnown reports whether any of them did an hour ago.
	Counted      int
	HourAgoKnown bool
	byType       map[string]*rate
}

// rate is how many errors there are a second, and how many there were an hour ago.
type rate struct{ Now, HourAgo float64 }

// Of is the rate of a type.
func (r *rates) Of(responseType string) rate {
	if known := r.byType[responseType]; known != nil {
		return *known
	}
	return rate{}
}

// ratesOf sums up the gateways that serve an API; nil for who may not know of gateways, or where nothing serves it.
func ratesOf(v *page.Visit, bindings []v1.Binding) (*rates, error) {
	if !v.MayGateways(auth.Read) || len(bindings) == 0 {
		return nil, nil //nolint:nilnil // no rates are no error
	}
	r := &rates{byType: map[string]*rate{}}
	for _, b := range bindings {
		if !slices.Contains(r.Gateways, b.Gateway) {
			r.Gateways = append(r.Gateways, b.Gateway)
		}
	}
	for _, gateway := range r.Gateways {
		var sent v1.Rates
		if err := v.API.Get(&sent, "gateways", gateway, "rates"); err != nil {
			return nil, err
		}
		r.Counted += sent.Counted
		for reply, perSecond := range sent.Now.PerSecond {
			r.of(reply).Now += perSecond
		}
		if sent.HourAgo == nil {
			continue
		}
		r.HourAgoKnown = true
		for reply, perSecond := range sent.HourAgo.PerSecond {
			r.of(reply).HourAgo += perSecond
		}
	}
	return r, nil
}

// of is the rate of the type that a counter of replies is of: THROTTLED of THROTTLED.429.
func (r *rates) of(reply string) *rate {
	name, _, _ := strings.Cut(reply, ".")
	if r.byType[name] == nil {
		r.byType[name] = &rate{}
	}
	return r.byType[name]
}
