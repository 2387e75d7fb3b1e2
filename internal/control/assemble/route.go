// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"maps"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/source"
)

// Stage is a stage of an API, as it is deployed.
type Stage struct {
	// API is the id of the API, Name that of the stage.
	API, Name string
	// Variables are the stage's.
	Variables map[string]string
	// Responses are those that the API customises, by type.
	Responses map[string]apigateway.GatewayResponse
	// Resources are the paths of the API's resources, as AWS writes them.
	Resources []string
	// Bindings are where the stage is served.
	Bindings []Binding
}

// Title is API/STAGE.
func (s *Stage) Title() string { return s.API + "/" + s.Name }

// Binding is where a stage is served.
type Binding struct {
	// Host is a name, "*." and a name for one or more labels in front of it, or "" for every host.
	Host string
	// Prefix is a path prefix, "" for none. It begins with "/".
	Prefix string
	// Inherit lets the base document's responses answer where the stage has none.
	Inherit bool
}

// route is a route of a stage: where one or several of its bindings hold.
type route struct {
	stage *Stage
	name  string
	// hosts are of one rank, in the order of their bytes; none for every host.
	hosts   []string
	rank    rank
	prefix  string
	inherit bool
}

// written are the keys of a route that this package writes.
var written = map[string]bool{
	"name": true, "match": true, "emulate": true, "api": true, "stageVariables": true, "gatewayResponses": true, "inherit": true,
	"resources": true, modeKey: true,
}

// value is the route as the document has it.
func (r *route) value(account string) *source.Value {
	match := object()
	if len(r.hosts) > 0 {
		match = set(match, "hosts", list(r.hosts))
	}
	if r.prefix != "" {
		match = set(match, "pathPrefix", text(r.prefix))
	}
	api := set(set(object(), "id", text(r.stage.API)), "stage", text(r.stage.Name))
	if account != "" {
		api = set(api, "accountId", text(account))
	}
	v := set(set(object(), "name", text(r.name)), "match", match)
	v = set(set(v, "emulate", text("aws")), "api", api)
	if !r.inherit {
		v = set(v, "inherit", &source.Value{Text: "false"})
	}
	if len(r.stage.Variables) > 0 {
		v = set(v, "stageVariables", texts(r.stage.Variables, func(_, value string) *source.Value { return text(value) }))
	}
	if len(r.stage.Responses) > 0 {
		v = set(v, "gatewayResponses", r.stage.responses())
	}
	if len(r.stage.Resources) > 0 {
		v = set(v, "resources", list(slices.Compact(slices.Sorted(slices.Values(r.stage.Resources)))))
	}
	return v
}

// responses are the gateway responses as the document has them. Places in a template are those in its own text.
func (s *Stage) responses() *source.Value {
	all := object()
	for _, kind := range slices.Sorted(maps.Keys(s.Responses)) {
		response := s.Responses[kind]
		name := s.Title() + " " + kind
		entry := object()
		if response.StatusCode != "" {
			entry = set(entry, "statusCode", text(response.StatusCode))
		}
		if len(response.ResponseParameters) > 0 {
			entry = set(entry, "responseParameters", texts(response.ResponseParameters, func(key, value string) *source.Value {
				return source.NewGiven(name+" "+key, value).Text(0)
			}))
		}
		if len(response.ResponseTemplates) > 0 {
			entry = set(entry, "responseTemplates", texts(response.ResponseTemplates, func(key, value string) *source.Value {
				return source.NewGiven(name+" "+key, value).Text(0)
			}))
		}
		all = set(all, kind, entry)
	}
	return all
}

// object is an object without members.
func object() *source.Value { return &source.Value{Kind: source.Object} }

// text is a string that no file says.
func text(s string) *source.Value { return &source.Value{Kind: source.String, Text: s} }

// list is a list of strings.
func list(all []string) *source.Value {
	v := &source.Value{Kind: source.Array}
	for _, s := range all {
		v.Elements = append(v.Elements, text(s))
	}
	return v
}

// texts is an object of strings, its keys in order.
func texts(all map[string]string, of func(key, value string) *source.Value) *source.Value {
	v := object()
	for _, key := range slices.Sorted(maps.Keys(all)) {
		v.Members = append(v.Members, source.Member{Key: text(key), Value: of(key, all[key])})
	}
	return v
}

// set is an object with a member set. The object that it is made of stays as it is.
func set(v *source.Value, name string, value *source.Value) *source.Value {
	members := slices.Clone(v.Members)
	for i, m := range members {
		if m.Key.Text == name {
			members[i].Value = value
			return v.With(members, nil)
		}
	}
	return v.With(append(members, source.Member{Key: text(name), Value: value}), nil)
}
