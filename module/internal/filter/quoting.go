// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"maps"
	"strings"

	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/fault"
	"gatewayresponses/module/internal/wire"
)

// Quoting is a reply whose body quotes the original one, which comes in chunks.
type Quoting struct {
	process *Process
	rewrite *edit.Rewrite
	// failed reports whether the list has been told that something went wrong.
	failed bool
}

// Body appends what is to be done with a chunk of size bytes, and reports whether Envoy shall hold it. read returns its beginning, up to
// a number of bytes. After a panic the reply is brought to its end as well as it can be: its headers have gone.
func (q *Quoting) Body(size int, read func(limit int) []byte, endOfStream bool, list *wire.List) (hold bool) {
	q.rewrite.Begin()
	defer func() {
		if cause := recover(); cause != nil {
			q.panicked(cause, list)
			var edits []edit.Edit
			edits, hold = q.rewrite.RescueBody(size, endOfStream)
			q.apply(edits, list)
		}
	}()
	fault.Provoke("body")
	var chunk []byte
	if limit := q.rewrite.Reads(size); limit > 0 {
		chunk = read(limit)
	}
	edits, hold := q.rewrite.Body(size, chunk, endOfStream)
	q.apply(edits, list)
	return hold
}

// Trailers appends what is to be done when trailers of the upstream end the body.
func (q *Quoting) Trailers(list *wire.List) {
	q.rewrite.Begin()
	defer func() {
		if cause := recover(); cause != nil {
			q.panicked(cause, list)
			q.apply(q.rewrite.RescueTrailers(), list)
		}
	}()
	fault.Provoke("trailers")
	q.apply(q.rewrite.Trailers(), list)
}

// apply appends edits. C carries them out when the list is complete.
func (q *Quoting) apply(edits []edit.Edit, list *wire.List) {
	list.Edits(edits)
	q.rewrite.Applied()
	if q.rewrite.Err() != nil && !q.failed {
		q.failed = true
		list.Failed()
	}
}

// panicked counts and logs a panic, and begins the list anew.
func (q *Quoting) panicked(cause any, list *wire.List) {
	list.Reset()
	q.process.Panicked(cause)
	q.process.CountPanics(list)
}

// mayQuote reports whether the new body may quote the original one, so that facts are needed until that has come.
func mayQuote(f *facts.Facts, wants *engine.Wants) bool {
	return wants.Fields.Has(facts.FieldBody) || f.Route.Document != "" && wants.OfRouteDocuments.Has(facts.FieldBody)
}

// cloned is a copy of facts that holds no memory of Envoy.
func cloned(f *facts.Facts) *facts.Facts {
	c := *f
	c.Request.Headers, c.Reply.Headers = clonedHeaders(f.Request.Headers), clonedHeaders(f.Reply.Headers)
	for _, text := range []*string{
		&c.Request.Protocol, &c.Request.Source, &c.Reply.Details, &c.Reply.Owner, &c.Route.Name, &c.Route.VirtualHost, &c.Route.Cluster,
		&c.Route.Upstream, &c.Route.DocumentRoute, &c.Route.Document,
	} {
		*text = strings.Clone(*text)
	}
	c.Attributes = maps.Clone(f.Attributes)
	for path, value := range c.Attributes {
		c.Attributes[path] = strings.Clone(value)
	}
	return &c
}

// clonedHeaders is a copy of headers.
func clonedHeaders(headers facts.Headers) facts.Headers {
	clones := make(facts.Headers, len(headers))
	for i, line := range headers {
		clones[i] = facts.Header{Name: strings.Clone(line.Name), Value: strings.Clone(line.Value)}
	}
	return clones
}
