// SPDX-License-Identifier: Apache-2.0

package route

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/pathtemplate"
)

// conditions are the compiled match of an entry. All of them hold for the requests that belong to it; what is not there is
// no condition.
type conditions struct {
	routeNames, virtualHosts []string
	hosts                    []string
	path                     *pathtemplate.Template
	// prefix is nil for none.
	prefix   *pathtemplate.Path
	methods  []string
	metadata []metadataMatch
}

// metadataMatch wants a value of the metadata of Envoy's route, found under a path.
type metadataMatch struct{ path, glob string }

// compile takes over the conditions of a match.
func compile(match *config.Match) *conditions {
	c := &conditions{
		routeNames:   values(match.RouteNames),
		virtualHosts: values(match.VirtualHosts),
		methods:      values(match.Methods),
	}
	for _, want := range match.Metadata {
		c.metadata = append(c.metadata, metadataMatch{facts.RouteMetadataPath(want.Keys...), want.Glob.Value})
	}
	for _, host := range match.Hosts {
		c.hosts = append(c.hosts, chars.Lower(host.Value))
	}
	if match.Path.Value != "" {
		// Decode has reported a template that cannot be parsed.
		c.path, _ = pathtemplate.Parse(match.Path.Value)
	}
	if match.PathPrefix.Value != "" {
		prefix := pathtemplate.PrefixOf(match.PathPrefix.Value)
		c.prefix = &prefix
	}
	return c
}

// values are the strings of a list.
func values(texts []config.Text) []string {
	var list []string
	for _, text := range texts {
		list = append(list, text.Value)
	}
	return list
}

// failing is the first condition that does not hold, "" when all do.
func (c *conditions) failing(q *request) Condition {
	switch {
	case !anyHolds(c.methods, func(method string) bool { return method == q.method }):
		return OnMethods
	case !anyHolds(c.hosts, func(pattern string) bool { return matchHost(pattern, q.host) }):
		return OnHosts
	case !anyHolds(c.routeNames, func(pattern string) bool { return glob.Match(pattern, q.facts.Route.Name) }):
		return OnRouteNames
	case !anyHolds(c.virtualHosts, func(pattern string) bool { return glob.Match(pattern, q.facts.Route.VirtualHost) }):
		return OnVirtualHosts
	case c.prefix != nil && !q.path.HasPrefix(*c.prefix):
		return OnPathPrefix
	case c.path != nil && !c.path.Match(q.segments):
		return OnPath
	case !c.takeMetadata(q.facts.Attributes):
		return OnMetadata
	}
	return ""
}

// anyHolds reports whether a condition holds: no list is no condition.
func anyHolds(list []string, holds func(string) bool) bool {
	return len(list) == 0 || slices.ContainsFunc(list, holds)
}

// takeMetadata reports whether Envoy's route has all values that are wanted.
func (c *conditions) takeMetadata(attributes facts.Attributes) bool {
	for _, want := range c.metadata {
		if !want.holds(attributes) {
			return false
		}
	}
	return true
}

// holds reports whether Envoy's route has the value.
func (m metadataMatch) holds(attributes facts.Attributes) bool {
	value := attributes.Text(m.path)
	return value != "" && glob.Match(m.glob, value)
}

// Needs is what has to be known of an exchange to find its entry.
type Needs struct {
	// RequestHeaders names request headers, in lower case.
	RequestHeaders []string
	// Fields are facts that cost a host call each.
	Fields facts.Fields
	// Attributes are further attributes, by facts.AttributePath.
	Attributes []string
}

// add adds what the conditions ask for.
func (n *Needs) add(c *conditions) {
	if c.routeNames != nil {
		n.Fields |= facts.FieldRouteName
	}
	if c.virtualHosts != nil {
		n.Fields |= facts.FieldVirtualHost
	}
	if c.hosts != nil {
		n.addHeader(":authority")
	}
	if c.methods != nil {
		n.addHeader(":method")
	}
	if c.path != nil || c.prefix != nil {
		n.addHeader(":path")
	}
	for _, want := range c.metadata {
		n.Attributes = append(n.Attributes, want.path)
	}
}

// addHeader adds a request header.
func (n *Needs) addHeader(name string) {
	if !slices.Contains(n.RequestHeaders, name) {
		n.RequestHeaders = append(n.RequestHeaders, name)
	}
}
