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
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
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
	// Declared reports that the source makes the API, and does not only name it.
	Declared bool

	// hosts are its custom domains, each with the path that leads to the API there.
	hosts []host
	// also is the name that it was given first.
	also       string
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

// host is a custom domain, with a path prefix that is "" or begins with "/".
type host struct {
	name, pathPrefix string
	at               tree.Place
}

// loss is a loss with the place in the API that it belongs to.
type loss struct {
	at      tree.Place
	path    string
	in      []string
	message string
}

// API is the API with a key, by which the parts of the source name it. A new one gets the name, which --api may go on to use
// when another one is found.
func (c *Collection) API(key, name string, at tree.Place) *API {
	api := c.byKey[key]
	if api == nil {
		api = &API{Name: name, also: name, collection: c, at: at, taken: map[string]string{}, variables: map[string]string{}}
		c.byKey[key] = api
		c.apis = append(c.apis, api)
	}
	return api
}

// Lose notes something that is lost for all APIs.
func (c *Collection) Lose(at tree.Place, path, format string, args ...any) {
	c.result.Lose(at, path, nil, format, args...)
}

// Tell notes something that is worth knowing and no loss.
func (c *Collection) Tell(at tree.Place, path, format string, args ...any) {
	c.result.Tell(at, path, nil, format, args...)
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

// AddHost notes that the API is on a custom domain, below a base path: "" and "(none)" stand for all of it. What is no host or
// no path is lost.
func (a *API) AddHost(name, basePath string, at tree.Place) {
	if basePath == "(none)" {
		basePath = ""
	}
	if basePath = strings.Trim(basePath, "/"); basePath != "" {
		basePath = "/" + basePath
	}
	switch flaw := grammar.CheckHost(name); {
	case flaw != nil:
		a.lose(at, "", []string{"match"}, "the domain is left out: %s", flaw.Message)
	case strings.ContainsFunc(basePath, notInBasePath):
		a.lose(at, "", []string{"match"}, "the domain is left out: its base path %s has characters that AWS does not take", quote.Text(basePath))
	default:
		a.hosts = append(a.hosts, host{name, basePath, at})
	}
}

// notInBasePath reports whether r is none of the characters of a base path.
// Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateBasePathMapping.html
func notInBasePath(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("$-_.+!*'()/", r)
}

// missing says why a value is none.
func missing(n *tree.Node) string {
	if n.Is(tree.Unknown) {
		return n.Text
	}
	return n.Kind.String() + " is no text"
}

// noMap says why a value is no map.
func noMap(n *tree.Node) string {
	if n.Is(tree.Unknown) {
		return n.Text
	}
	return n.Kind.String() + " is no map"
}

// Lose notes something of the API that is lost.
func (a *API) Lose(at tree.Place, path, format string, args ...any) {
	a.lose(at, path, []string{gatewayResponses}, format, args...)
}
