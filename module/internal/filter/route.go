// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"hash/maphash"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Route is what typed_per_filter_config of Envoy's route says to the filter: the name of an entry of routes or a mode, or a route
// document.
type Route struct{ Name, Document string }

// The names that a DynamicModuleFilterPerRoute can have.
const (
	perRouteName     = "route"
	perRouteDocument = "document"
)

// LoadRoute makes one of a filter_name and its text. ok is false for another name, and where a bad document is refused. It cannot
// be known here whether the document of the filter has an entry of that name, or takes route documents.
func (p *Process) LoadRoute(name, text string) (r *Route, ok bool) {
	switch name {
	case perRouteName:
		return &Route{Name: strings.TrimSpace(text)}, true
	case perRouteDocument:
		return &Route{Document: text[:min(len(text), config.MaxRouteDocument+1)]}, true
	}
	p.log(LevelError, projectLabel+": filter_name "+quote(name)+" of a route means nothing; "+perRouteName+" and "+perRouteDocument+" do")
	return nil, false
}

// maxLoggedDocuments is on how many route documents the log has findings in the life of an Envoy.
const maxLoggedDocuments = 1024

// logDocument logs the findings on a route document once.
func (f *Filter) logDocument(exchange *facts.Facts, trace *engine.Trace) {
	if len(trace.Document) == 0 || !f.process.isNews(exchange.Route.Document) {
		return
	}
	where := f.name + ": the document of route " + quote(exchange.Route.Name) + " of virtual host " + quote(exchange.Route.VirtualHost)
	if trace.DocumentRefused {
		f.process.log(LevelWarn, where+` is ignored, "match" decides`)
	}
	f.process.report(where+": ", trace.Document)
}

// isNews reports whether the log has no findings on a route document.
func (p *Process) isNews(document string) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	id := maphash.String(p.seed, document)
	if p.documents[id] || len(p.documents) == maxLoggedDocuments {
		return false
	}
	p.documents[id] = true
	return true
}
