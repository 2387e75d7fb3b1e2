// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/route"
)

// placement is what was found out about an exchange before its reply is looked at.
type placement struct {
	*scope
	// mode is the scope's, or less where metadata says so.
	mode config.Mode
	// resourcePath and parameters come from the path template of the entry that takes the path, if there is one.
	resourcePath string
	parameters   map[string]string
	// unknown is a name in metadata that no entry has.
	unknown string
	// document is what is known of the document in metadata.
	document *verdict
}

// tell adds to a trace what the metadata said.
func (at *placement) tell(trace *Trace) {
	trace.UnknownRoute = at.unknown
	if at.document != nil {
		trace.Document, trace.DocumentRefused = at.document.findings, at.document.scope == nil
	}
}

// locate finds the scope that an exchange belongs to: the entry that metadata holds or names, else the first entry that
// takes the request, else the document. Metadata can name a mode in the place of an entry, which then applies to the scope
// that is found without a name.
func (p *Program) locate(f *facts.Facts) placement {
	name, mode := f.Route.DocumentRoute, config.Switch(f.Route.DocumentRoute)
	if mode != "" {
		name = ""
	}
	at := p.locateScope(f, name)
	at.mode = at.scope.mode
	if mode == config.ModeOff || mode == config.ModeObserve && at.mode == config.ModeRewrite {
		at.mode = mode
	}
	return at
}

// locateScope finds the scope by what metadata holds, by a name, or by the request. A document goes before a name beside it,
// which does not count when the document is bad either.
func (p *Program) locateScope(f *facts.Facts, name string) placement {
	if p.documents == nil || f.Route.Document == "" {
		return p.locateListed(f, name)
	}
	document := p.documents.of(p, f.Route.Document)
	if document.scope != nil {
		at := placement{scope: document.scope, document: document}
		at.resourcePath, at.parameters = document.resources.Find(f)
		return at
	}
	at := p.locateListed(f, "")
	at.document = document
	return at
}

// locateListed finds the scope in the document of the filter.
func (p *Program) locateListed(f *facts.Facts, name string) placement {
	if p.routes == nil {
		return placement{scope: &p.scope, unknown: name}
	}
	found := p.routes.Find(f, name)
	at := placement{scope: &p.scope, resourcePath: found.ResourcePath, parameters: found.Parameters, unknown: found.Unknown}
	if found.Entry != route.None {
		at.scope = p.routeScopes[found.Entry]
	}
	return at
}
