// SPDX-License-Identifier: Apache-2.0

package restapi

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// Result makes the document of the APIs, or of the one that the options name.
func (c *Collection) Result(options convert.Options) (*convert.Result, error) {
	apis, err := c.chosen(options.API)
	if err != nil {
		return nil, err
	}
	document := object.Object{{Name: "version", Value: 1}, {Name: "emulate", Value: "aws"}}
	switch customised := c.customised(apis); {
	case len(apis) == 1:
		document = append(document, apis[0].members()...)
	case len(customised) > 0:
		document = append(document, object.Member{Name: "routes", Value: c.routes(customised)})
	}
	for _, api := range c.apis {
		if options.API == "" || slices.Contains(apis, api) {
			api.tell(nil)
		}
	}
	if len(c.customised(apis)) == 0 {
		document.Set(gatewayResponses, object.Object{}, tree.Place{})
		c.result.Tell(tree.Place{}, "", []string{gatewayResponses}, "the source customises no gateway response, so AWS's own replies are all that clients see")
	}
	c.result.Document = document
	c.result.SortInventory()
	return c.result, nil
}

// customised are the APIs with gateway responses of their own.
func (c *Collection) customised(apis []*API) []*API {
	var found []*API
	for _, api := range apis {
		if len(api.responses) > 0 {
			found = append(found, api)
		}
	}
	return found
}

// Losses is what was lost so far, without a document.
func (c *Collection) Losses() *convert.Result {
	for _, api := range c.apis {
		api.tell(nil)
	}
	return c.result
}

// Responses are the gateway responses of the API, by their types.
func (a *API) Responses() object.Object { return a.responses }

// real are the APIs that the source declares, or has gateway responses for. Others are only named, by a stage, say.
func (c *Collection) real() []*API {
	var found []*API
	for _, api := range c.apis {
		if api.Declared || len(api.responses) > 0 || len(c.apis) == 1 {
			found = append(found, api)
		}
	}
	return found
}

// chosen are the APIs that are wanted.
func (c *Collection) chosen(name string) ([]*API, error) {
	if name == "" {
		return c.real(), nil
	}
	var names []string
	for _, api := range c.apis {
		if slices.Contains([]string{api.Name, api.ID, api.also}, name) {
			return []*API{api}, nil
		}
		names = append(names, quote.Text(api.Name))
	}
	if names == nil {
		return nil, convert.Misuse(fmt.Errorf("there is no API %s; the source names none", quote.Text(name)))
	}
	return nil, convert.Misuse(fmt.Errorf("there is no API %s; the source has %s", quote.Text(name), strings.Join(names, ", ")))
}

// members are the keys of a document, or of a route, that an API is.
func (a *API) members() object.Object {
	var made object.Object
	var constants object.Object
	if a.ID != "" {
		constants = append(constants, object.Member{Name: "id", Value: a.ID, From: a.at})
	}
	if a.stage != "" {
		constants = append(constants, object.Member{Name: "stage", Value: a.stage, From: a.at})
	}
	if len(constants) > 0 {
		made = append(made, object.Member{Name: "api", Value: constants, From: a.at})
	}
	if len(a.stageVariables) > 0 {
		made = append(made, object.Member{Name: "stageVariables", Value: a.stageVariables, From: a.at})
	}
	if len(a.responses) > 0 {
		made = append(made, object.Member{Name: gatewayResponses, Value: a.responses, From: a.at})
	}
	return made
}

// routes are the routes that several APIs become.
func (c *Collection) routes(apis []*API) object.List {
	routes := object.List{}
	names := routeNames(apis)
	for i, api := range apis {
		in := object.Element([]string{"routes"}, i)
		route := object.Object{{Name: "name", Value: names[i], From: api.at}}
		match := object.Object{}
		if hosts, prefix := api.match(); len(hosts) > 0 {
			match = append(match, object.Member{Name: "hosts", Value: hosts, From: api.at})
			if prefix != "" {
				match = append(match, object.Member{Name: "pathPrefix", Value: prefix, From: api.at})
			}
		} else {
			match = append(match, object.Member{Name: "hosts", Value: object.List{label(api.Name) + ".invalid"}, From: api.at})
			c.result.Tell(api.at, "", append(in[:2:2], "match", "hosts"), "fill in the hosts of API %s: the source does not name them", quote.Text(api.Name))
		}
		route = append(route, object.Member{Name: "match", Value: match, From: api.at})
		routes = append(routes, append(route, api.members()...))
		api.tell(in)
	}
	return routes
}

// match is what tells the requests of the API apart: its hosts, with the path prefix that all of them have.
func (a *API) match() (hosts object.List, prefix string) {
	for i, h := range a.hosts {
		if i > 0 && h.pathPrefix != prefix {
			a.lose(h.at, "", []string{"match"}, "the API stands below %s on %s, and elsewhere on another domain; a route has one path prefix",
				quote.Text(h.pathPrefix), quote.Text(h.name))
			continue
		}
		prefix = h.pathPrefix
		hosts = append(hosts, h.name)
	}
	slices.SortFunc(hosts, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	return slices.Compact(hosts), prefix
}

// tell hands the losses of the API on. in leads to the place of the API in the document.
func (a *API) tell(in []string) {
	for _, l := range a.losses {
		a.collection.result.Lose(l.at, l.path, append(in[:len(in):len(in)], l.in...), "%s", l.message)
	}
	if a.dropped > 0 {
		a.collection.result.Lose(a.at, "", in, "there are %d more losses", a.dropped)
	}
	a.losses, a.dropped = nil, 0
}

// routeNames are the names of the routes: without white space and control characters, and each but once.
func routeNames(apis []*API) []string {
	var names []string
	taken := map[string]bool{"": true, "off": true, "observe": true}
	next := map[string]int{}
	for _, api := range apis {
		name := strings.Map(func(r rune) rune {
			if r <= ' ' || r == 0x7f {
				return '-'
			}
			return r
		}, api.Name)
		unique := name
		for taken[unique] {
			next[name]++
			unique = fmt.Sprintf("%s-%d", name, next[name]+1)
		}
		taken[unique] = true
		names = append(names, unique)
	}
	return names
}

// label is a name as a label of a host name.
func label(name string) string {
	made := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		default:
			return '-'
		}
	}, name)
	if made = strings.Trim(made[:min(len(made), 63)], "-"); made == "" {
		return "api"
	}
	return made
}
