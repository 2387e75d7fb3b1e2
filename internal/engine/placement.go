// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/route"
)

// placement is what was found out about an exchange before its reply is looked at.
type placement struct {
	*scope
	// resourcePath and parameters come from the path template of the entry that takes the path, if there is one.
	resourcePath string
	parameters   map[string]string
	// unknown is a name in metadata that no entry has.
	unknown string
	// document is what is known of the document in metadata.
	document *verdict
}

// tell adds to a trace what the metadata said.
func (at placement) tell(trace Trace) Trace {
	trace.UnknownRoute = at.unknown
	if at.document != nil {
		trace.Document, trace.DocumentRefused = at.document.findings, at.document.scope == nil
	}
	return trace
}

// locate finds the scope that an exchange belongs to: the entry that metadata holds or names, else the first entry that
// takes the request, else the document.
func (p *Program) locate(f *facts.Facts) placement {
	if p.documents == nil || f.Route.Document == "" {
		return p.locateListed(f)
	}
	document := p.documents.of(p, f.Route.Document)
	if document.scope != nil {
		at := placement{scope: document.scope, document: document}
		at.resourcePath, at.parameters = document.resources.Find(f)
		return at
	}
	at := p.locateListed(f)
	at.document = document
	return at
}

// locateListed finds the scope in the document of the filter.
func (p *Program) locateListed(f *facts.Facts) placement {
	if p.routes == nil {
		return placement{scope: &p.scope}
	}
	found := p.routes.Find(f)
	at := placement{scope: &p.scope, resourcePath: found.ResourcePath, parameters: found.Parameters, unknown: found.Unknown}
	if found.Entry != route.None {
		at.scope = p.routeScopes[found.Entry]
	}
	return at
}
