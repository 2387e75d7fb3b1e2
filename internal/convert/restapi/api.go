// SPDX-License-Identifier: Apache-2.0

// Package restapi gathers the REST APIs that sources of AWS describe, and makes a document of them.
//
// AWS spells gateway responses in several ways: statusCode in OpenAPI and in its API, StatusCode in CloudFormation, status_code
// in Terraform; SAM nests the mappings. One reader takes all of them (API.Respond), because AWS's tools take each other's
// spellings more often than their documentation says.
//
// The document emulates AWS. One API becomes the document itself. Several become routes, one for each API that customises
// gateway responses: AWS tells APIs apart by their host names, so a route matches by the host, and where the source does not
// know the host, a name below .invalid that no client can ask for stands in its place, to be filled in.
package restapi

import (
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// Collection is the APIs of one source.
type Collection struct {
	result *convert.Result
	apis   []*API
	byKey  map[string]*API
}

// NewCollection begins an import.
func NewCollection() *Collection {
	return &Collection{result: &convert.Result{}, byKey: map[string]*API{}}
}

// API is one REST API.
type API struct {
	// Name is what --api calls it, and the route that it becomes.
	Name string
	// ID is the identifier that AWS gave it, where the source knows one.
	ID string
	// Hosts are its custom domains, each with the path that leads to the API there.
	Hosts []Host

	collection *Collection
	at         tree.Place
	// stage is the name of the only one of stages, "" without one.
	stage          string
	stages         int
	stageVariables object.Object
	variables      map[string]string
	responses      object.Object
	// taken are the names under which types have entries.
	taken map[string]string
	// losses are those within the API. Where the API stands in the document is not known before the end.
	losses  []loss
	dropped int
}

// Host is a custom domain, with a path prefix that is "" or begins with "/".
type Host struct{ Name, PathPrefix string }

// loss is a loss with the place in the API that it belongs to.
type loss struct {
	at      tree.Place
	path    string
	in      []string
	message string
}

// API is the API with a key, under which the parts of the source name it. A new one begins with the key as its name.
func (c *Collection) API(key string, at tree.Place) *API {
	api := c.byKey[key]
	if api == nil {
		api = &API{Name: key, collection: c, at: at, taken: map[string]string{}, variables: map[string]string{}}
		c.byKey[key] = api
		c.apis = append(c.apis, api)
	}
	return api
}

// Lose notes something that is lost for all APIs.
func (c *Collection) Lose(at tree.Place, path, format string, args ...any) {
	c.result.Lose(at, path, nil, format, args...)
}

// AddStage notes a stage of the API with its variables. Constants come of it while it is the only one.
func (a *API) AddStage(name string, variables *tree.Node, path string) {
	a.stages++
	if a.stages > 1 {
		a.stage = ""
	} else {
		a.stage = name
	}
	members, _ := variables.Last()
	for _, m := range members {
		value, ok := m.Value.Scalar()
		switch {
		case !ok:
			a.lose(m.Place, path+"."+m.Key, []string{"stageVariables"}, "the stage variable is empty: %s", missing(m.Value))
		case a.has(m.Key) && a.variables[m.Key] != value:
			a.lose(m.Place, path+"."+m.Key, []string{"stageVariables", m.Key}, "another stage gives the variable another value; one document is for one stage")
		case !a.has(m.Key):
			a.variables[m.Key] = value
			a.stageVariables = append(a.stageVariables, object.Member{Name: m.Key, Value: value, From: m.Place})
		}
	}
}

// has reports whether a stage has a variable.
func (a *API) has(variable string) bool {
	_, ok := a.variables[variable]
	return ok
}

// missing says why a value is none.
func missing(n *tree.Node) string {
	if n.Is(tree.Unknown) {
		return n.Text
	}
	return n.Kind.String() + " is no text"
}

// Lose notes something of the API that is lost.
func (a *API) Lose(at tree.Place, path, format string, args ...any) {
	a.lose(at, path, []string{gatewayResponses}, format, args...)
}
