// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"sync"

	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/fault"
	"gatewayresponses/module/internal/wire"
)

// asEnvoy is what Envoy can do for this filter.
var asEnvoy = edit.Host{AddsBody: true, Holds: true}

// Exchange is what can be read of one exchange when its reply is at hand. What it hands out may be memory of Envoy, which is good until
// the reply is changed: a copy is made of what is needed for longer.
type Exchange interface {
	// ReadHeaders fills in the headers of request and reply, in the place of those that are there.
	ReadHeaders(f *facts.Facts)
	// ReadFields fills in what is asked for.
	ReadFields(fields facts.Fields, f *facts.Facts)
	// PerRoute is what typed_per_filter_config of the route says, nil for nothing. It goes before the metadata of the route.
	PerRoute() *Route
	// Attribute is an attribute by its path (facts.AttributePath), as Envoy hands it out; "" without one.
	Attribute(path string) string
}

// memory is what an error takes, used again for further ones.
type memory struct {
	facts    facts.Facts
	decision engine.Room
	edits    edit.Room
}

var memories = sync.Pool{New: func() any { return &memory{} }}

// release gives memory back. None of its texts stay: they may be memory of Envoy, which the collector must not find when it is used for
// something else.
func (m *memory) release() {
	f := &m.facts
	request, reply := f.Request.Headers, f.Reply.Headers
	clear(request)
	clear(reply)
	*f = facts.Facts{Request: facts.Request{Headers: request[:0]}, Reply: facts.Reply{Headers: reply[:0]}}
	m.decision.Clear()
	m.edits.Clear()
	memories.Put(m)
}

// Decide decides on an error: a reply with a status, or one that hides an error of that status from all but clients of gRPC. It appends
// to list what is to be done. A reply that quotes the original body is returned: it is asked again for each chunk.
func (f *Filter) Decide(x Exchange, status int, details string, endOfStream bool, list *wire.List) *Quoting {
	wants := f.program.Wants(status, details)
	if wants.Left != "" {
		leave(list, wants.Left)
		return nil
	}
	m := memories.Get().(*memory) //nolint:forcetypeassert // the pool holds nothing else
	defer m.release()
	read := &m.facts
	read.Reply.Status, read.Reply.Details = status, details
	f.process.gather(x, read, &wants, endOfStream)
	fault.Provoke("decide")
	if mayQuote(read, &wants) {
		return f.decideOn(cloned(read), &engine.Room{}, &edit.Room{}, endOfStream, list)
	}
	return f.decideOn(read, &m.decision, &m.edits, endOfStream, list)
}

// decideOn decides on what is known of an exchange. A reply that quotes keeps what it is given.
func (f *Filter) decideOn(exchange *facts.Facts, room *engine.Room, edits *edit.Room, endOfStream bool, list *wire.List) *Quoting {
	decision := f.program.DecideIn(room, exchange)
	f.tell(exchange, &decision.Trace, list)
	if decision.Reply == nil {
		list.Edits(edit.Leave(exchange, decision, asEnvoy))
		leave(list, decision.Trace.Left)
		return nil
	}
	rewrite, changes := edit.ReplaceIn(edits, exchange, decision, endOfStream)
	list.Edits(changes)
	quotes := !rewrite.Done()
	if fixed, ok := rewrite.Fixed(); ok {
		list.Fixed(fixed)
		quotes = false
	}
	list.Result(rewrite.Counter())
	fault.Provoke("decided")
	if !quotes {
		return nil
	}
	return &Quoting{process: f.process, rewrite: rewrite}
}

// gather reads what is wanted of a reply. Only when its route has a document is it known what that may want.
func (p *Process) gather(x Exchange, f *facts.Facts, wants *engine.Wants, endOfStream bool) {
	x.ReadHeaders(f)
	f.Reply.HasBody = !endOfStream || edit.AnnouncesBody(f.Reply.Headers)
	fields := wants.Fields
	p.readFields(x, fields, f)
	if more := wants.OfRouteDocuments &^ fields; f.Route.Document != "" && more != 0 {
		p.readFields(x, fields|more, f)
	}
	for _, path := range wants.Attributes {
		if value := x.Attribute(path); value != "" {
			if f.Attributes == nil {
				f.Attributes = facts.Attributes{}
			}
			f.Attributes[path] = value
		}
	}
}

// readFields reads fields, and what typed_per_filter_config says in the place of the metadata: a document only where the filter takes those.
func (p *Process) readFields(x Exchange, fields facts.Fields, f *facts.Facts) {
	x.ReadFields(fields, f)
	if !fields.Has(facts.FieldRouteMetadata) {
		return
	}
	said := x.PerRoute()
	if said == nil {
		return
	}
	f.Route.DocumentRoute, f.Route.Document = said.Name, ""
	switch {
	case fields.Has(facts.FieldRouteDocument):
		f.Route.Document = said.Document
	case said.Document != "":
		p.logIgnored()
	}
}

// leave appends that a reply is left, unless it is one of those that are not counted.
func leave(list *wire.List, why engine.Left) {
	if counter := edit.Left(why); counter != (edit.Counter{}) {
		list.Count(Left, counter.Result)
	}
}

// tell counts and logs what the trace says beside the decision itself.
func (f *Filter) tell(exchange *facts.Facts, trace *engine.Trace, list *wire.List) {
	for _, name := range edit.Counters(*trace) {
		if counter, ok := counterOf(name); ok {
			list.Count(counter)
		}
	}
	if edit.IsUnclassified(*trace) {
		f.process.logUnknown(exchange, trace)
	}
	if trace.UnknownRoute != "" {
		f.process.logUnknownRoute(trace.UnknownRoute)
	}
	f.logDocument(exchange, trace)
}
