// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"net/url"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
)

// operation is an operation that is spoken.
type operation struct {
	apigateway.Operation
	action
	// segments are those of its path; names in braces stand for any that is not empty.
	segments []string
	// query is what its requests must have in the query, such as mode=import.
	query url.Values
}

// router finds the operation of a request.
type router struct {
	// operations are in groups of the same method and number of segments, those that ask for more in the query first.
	operations map[group][]*operation
}

type group struct {
	method   string
	segments int
}

func newRouter(actions map[string]action) *router {
	r := &router{operations: map[group][]*operation{}}
	for _, known := range apigateway.Operations {
		action, ok := actions[known.Name]
		if !ok {
			continue
		}
		path, query, _ := strings.Cut(known.Path, "?")
		values, _ := url.ParseQuery(query) // ours, and a test holds that it is right
		o := &operation{Operation: known, action: action, segments: strings.Split(path, "/")[1:], query: values}
		g := group{known.Method, len(o.segments)}
		r.operations[g] = append(r.operations[g], o)
	}
	for _, operations := range r.operations {
		slices.SortStableFunc(operations, func(a, b *operation) int { return len(b.query) - len(a.query) })
	}
	return r
}

// find gives the operation of a request and what stands for the names in its path, or nil. Segments are decoded once, so that %2F is a part of one.
func (r *router) find(method string, path []string, query url.Values) (*operation, map[string]string) {
	for _, o := range r.operations[group{method, len(path)}] {
		if names, ok := o.match(path); ok && o.asked(query) {
			return o, names
		}
	}
	return nil, nil
}

func (o *operation) match(path []string) (map[string]string, bool) {
	names := map[string]string{}
	for i, segment := range o.segments {
		name, isName := strings.CutPrefix(segment, "{")
		switch {
		case isName && path[i] != "":
			names[strings.TrimSuffix(name, "}")] = path[i]
		case isName || segment != path[i]:
			return nil, false
		}
	}
	return names, true
}

func (o *operation) asked(query url.Values) bool {
	for name, values := range o.query {
		if !slices.Equal(query[name], values) {
			return false
		}
	}
	return true
}

// collections are the first segments of all paths of API Gateway, those of operations that are not spoken here included: v2 is for HTTP
// and WebSocket APIs.
var collections = []string{
	"account", "apikeys", "clientcertificates", "domainnameaccessassociations", "domainnames", "rejectdomainnameaccessassociations",
	"restapis", "sdktypes", "tags", "usageplans", "v2", "vpclinks",
}

// segmentsOf cuts a path as it was sent into segments, and decodes each; false if an escape is none.
func segmentsOf(escaped string) ([]string, bool) {
	rest, ok := strings.CutPrefix(escaped, "/")
	if !ok {
		return nil, false
	}
	segments := strings.Split(rest, "/")
	for i, s := range segments {
		decoded, err := url.PathUnescape(s)
		if err != nil {
			return nil, false
		}
		segments[i] = decoded
	}
	return segments, true
}
