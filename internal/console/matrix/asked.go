// SPDX-License-Identifier: Apache-2.0

package matrix

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// asked is what the form of the page asks for.
type asked struct {
	// Client is the client that asks, "" for one of each media type. Origin is that of a page of another origin.
	Client, Origin string
	// Resource is a path below the path prefix of each route, "" for any.
	Resource string
	// Find is what the names of routes have in them, or their hosts and paths.
	Find string
	// Differs leaves out what is the same as before.
	Differs bool
	// With is the revision of a gateway to compare with, 0 for none.
	With int64
	// After is how many routes were on the pages before.
	After int
	// As is "text" for a page as text.
	As string
	// query is what was asked, as the address has it.
	query url.Values
}

// askedOf reads what is asked. What is none of what can be asked is as if it were not there.
func askedOf(v *page.Visit) asked {
	query := v.URL.Query()
	a := asked{
		Client: query.Get("client"), Origin: query.Get("origin"), Resource: query.Get("resource"), Find: query.Get("find"), Differs: query.Get("differs") != "",
		As: query.Get("as"), query: query,
	}
	if _, known := v1.ClientNamed(a.Client); !known {
		a.Client = ""
	}
	if a.Origin == "" {
		a.Origin = "https://app.example.com"
	}
	if !strings.HasPrefix(a.Resource, "/") {
		a.Resource = ""
	}
	a.With, _ = strconv.ParseInt(query.Get("with"), 10, 64)
	a.With = max(0, a.With)
	a.After, _ = strconv.Atoi(query.Get("after"))
	a.After = max(0, a.After)
	return a
}

// withText is the revision to compare with.
func (a asked) withText() string { return strconv.FormatInt(a.With, 10) }

// with is the query of the page with something else in it: names and values.
func (a asked) with(pairs ...string) string {
	query := maps.Clone(a.query)
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	return "?" + query.Encode()
}

// without is the query of the page without some names.
func (a asked) without(names ...string) string {
	query := maps.Clone(a.query)
	for _, name := range names {
		query.Del(name)
	}
	return "?" + query.Encode()
}

// after is the query of another page of routes.
func (a asked) after(routes int) string { return a.with("after", strconv.Itoa(routes)) }

// client is what the client sends.
func (a asked) client() v1.Asking {
	c, known := v1.ClientNamed(a.Client)
	if !known {
		return v1.Asking{}
	}
	asking := v1.Asking{Method: c.Method, Protocol: c.Protocol, Headers: map[string]string{}}
	for _, h := range c.Headers {
		asking.Headers[h.Name] = h.Value
	}
	if a.Client == "page" {
		asking.Headers["origin"] = a.Origin
	}
	return asking
}
