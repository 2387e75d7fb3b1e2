// SPDX-License-Identifier: Apache-2.0

// Package engine turns a document into a program that decides, for each error reply, what the client sees instead.
//
// Load reads the text once: it decodes and validates it (package config), resolves every variable (package vars),
// parses every template (package template) and works out what must be read from the host. All that can be wrong is
// found there. Decide then takes the facts of one exchange through five steps and cannot fail:
//
//	locate    find the entry of routes that the request belongs to   placement.go, routedocument.go
//	classify  name the reply with a gateway response type            decide.go, rules.go, classify.Classify
//	select    find the entry that answers the type                   select.go
//	render    status, headers and body of that entry                 reply.go, headers.go, body.go, grpc.go
//	finish    change the headers that every outcome shares           decide.go, corsreply.go
//
// The package knows neither a proxy nor a clock nor chance: the same program and the same facts give the same decision.
package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/cors"
	"gatewayresponses/internal/route"
)

// Program is a compiled document. It is immutable but for what it remembers of route documents, which no decision shows,
// and safe to share.
type Program struct {
	// scope is the document's own, for exchanges that belong to no entry of routes.
	scope
	// routes finds an entry of routes, routeScopes says what it means, by its place. Both are nil without routes.
	routes      *route.Table
	routeScopes []*scope
	needs       Needs
	wants       Wants
	abilities   Abilities
	revision    int64
	// upstream reports whether replies of the upstream can be replaced; without it, all of them are left.
	upstream bool
	// rules and declared go before the built-in classification.
	rules    classify.Rules
	declared classify.Declared
	// ownNamed are the types of one's own that rules name. Producers can name any, where they name types at all.
	ownNamed map[config.ResponseType]bool
	// keepsProblem reports that replies of the upstream pass that are application/problem+json.
	keepsProblem bool
	cors         *cors.Policy
	grpc         grpc
	// addedByRoutes are headers that a nested reply does not carry over.
	addedByRoutes []string
	// documents compiles the documents that metadata holds, nil when it may hold none.
	documents *routeDocuments
}

// Revision is the number that whoever delivered the document gave it, 0 for none.
func (p *Program) Revision() int64 { return p.revision }
