// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// projectLabel begins the lines that belong to no plugin.
const projectLabel = "gateway responses"

// quietPeriod is how many nanoseconds at least lie between two lines about the same thing.
const quietPeriod = 10_000_000_000

// maxQuoted is how many bytes of a foreign text a line quotes.
const maxQuoted = 256

// limiter lets one line pass in a quietPeriod.
type limiter struct{ quietUntil int64 }

// pass reports whether a line may be logged at the time now. A clock that was set back does not keep lines quiet for longer.
func (l *limiter) pass(now int64) bool {
	if l.quietUntil-quietPeriod <= now && now < l.quietUntil {
		return false
	}
	l.quietUntil = now + quietPeriod
	return true
}

// recovered survives a panic, if there is one. It must be deferred itself.
func (v *vm) recovered() {
	if cause := recover(); cause != nil {
		v.panicked(cause)
	}
}

// panicked counts and logs a panic, whose cause is what recover returned.
func (v *vm) panicked(cause any) {
	v.metrics.count(edit.Panic)
	if v.panics.pass(v.host.now()) {
		v.host.log(abi.LevelError, projectLabel+": panic: "+causeText(cause))
	}
}

// causeText words what recover returned.
func causeText(cause any) string {
	switch cause := cause.(type) {
	case error:
		return quote(cause.Error())
	case string:
		return quote(cause)
	}
	return "unknown cause"
}

// complain logs a call that Envoy refused.
func (v *vm) complain(err error) {
	if v.failures.pass(v.host.now()) {
		v.host.log(abi.LevelWarn, projectLabel+": Envoy refused a call: "+err.Error())
	}
}

// logUnknown asks for help with details that are in no row of the classification table.
func (v *vm) logUnknown(f *facts.Facts, trace engine.Trace) {
	if !v.unknown.pass(v.host.now()) {
		return
	}
	v.host.log(abi.LevelWarn, projectLabel+": unknown response code details "+quote(f.Reply.Details)+
		" of filter "+quote(f.Reply.Owner)+", status "+facts.StatusText(f.Reply.Status)+", flags "+f.Reply.Flags.String()+
		": taken for "+string(trace.Class.Type)+" by "+string(trace.Class.Reason))
}

// logUnknownRoute names an entry that metadata asks for and the document has not.
func (v *vm) logUnknownRoute(name string) {
	if v.unknownRoute.pass(v.host.now()) {
		v.host.log(abi.LevelWarn, projectLabel+": metadata names the entry "+quote(name)+`, which is not in "routes"; "match" decides`)
	}
}

// maxNamed is of how many headers and details of nested replies the log speaks in the life of a VM.
const maxNamed = 64

// logDoubled names a header that a client got double, and the remedies.
func (p *plugin) logDoubled(name string, rewrite *edit.Rewrite) {
	p.logOnce(name, "header "+quote(name)+" was sent double: the reply had no body, so a nested one took its place, and the route's "+
		"response_headers_to_add, or local_reply_config, was applied to it again; "+rewrite.Remedy(name)+
		", or add "+rewrite.Mapper()+", so that their headers are changed in place")
}

// logLost names a header that was left to the route, which did not add it.
func (p *plugin) logLost(name string) {
	p.logOnce(name, "header "+quote(name)+` was lost: "addedByRoutes" lists it, and the route did not add it; take it off the list`)
}

// logClosed says why a connection was closed, and the remedy.
func (p *plugin) logClosed(rewrite *edit.Rewrite) {
	p.logOnce("400 "+rewrite.Details(), "a reply without a body became a nested 400, after which Envoy closes HTTP/1 connections; another "+
		`"statusCode" or `+rewrite.Mapper()+" keeps them open")
}

// logOnce says something of a nested reply, once for each key.
func (p *plugin) logOnce(key, line string) {
	if p.vm.named[key] || len(p.vm.named) >= maxNamed {
		return
	}
	p.vm.named[strings.Clone(key)] = true // key may be cut from the whole header map
	p.log(abi.LevelWarn, line)
}

// maxLoggedDocuments is on how many route documents the log has findings in the life of a VM.
const maxLoggedDocuments = 1024

// logDocument logs the findings on a route document once.
func (s *stream) logDocument(f *facts.Facts, trace engine.Trace) {
	vm := s.plugin.vm
	if len(trace.Document) == 0 || len(vm.documents) == maxLoggedDocuments {
		return
	}
	id := fingerprint(f.Route.Document)
	if vm.documents[id] {
		return
	}
	vm.documents[id] = true
	where := "the document in the metadata of route " + quote(f.Route.Name) + " of virtual host " + quote(f.Route.VirtualHost)
	if trace.DocumentRefused {
		s.plugin.log(abi.LevelWarn, where+` is ignored, "match" decides`)
	}
	s.plugin.reportIn(where+": ", trace.Document)
}

// quote quotes a text that comes from elsewhere, the beginning of a long one.
func quote(text string) string {
	if len(text) > maxQuoted {
		return strconv.QuoteToASCII(text[:maxQuoted]) + "..."
	}
	return strconv.QuoteToASCII(text)
}
