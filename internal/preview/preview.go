// SPDX-License-Identifier: Apache-2.0

// Package preview says what a client sees of an exchange: the engine decides, and the edits that every adapter carries out
// are carried out on plain data. It stands in the place of a host, without one.
//
// It does what Envoy does with a reply that passes the filter, but for the headers that Envoy adds on the way out (date, server).
package preview

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Reply is what the client gets.
type Reply struct {
	Status int
	// Headers are in lower case, in the order of the wire, without pseudo-headers.
	Headers facts.Headers
	// Body is nil for a reply to HEAD.
	Body []byte
	// Replaced reports whether the reply is not the one that Envoy or the upstream made. The headers of one that is left may have
	// changed all the same.
	Replaced bool
	// Trace says how the reply came about. It is zero for what is no error.
	Trace engine.Trace
}

// Of says what a client sees of an exchange. The facts must be whole, the reply's body included.
func Of(program *engine.Program, f facts.Facts) Reply {
	s := newStream(f)
	needs := program.Needs()
	switch {
	case s.isTrailersOnly() && !needs.GRPC, f.Reply.Status < needs.LowestStatus:
	case needs.Idle:
		s.trace.Left = engine.LeftOff
	default:
		s.decide(program)
	}
	return s.reply()
}

// Seen are the facts of an exchange as the filter reads them, with the body that it reads when a template quotes it.
func Seen(f facts.Facts) facts.Facts {
	seen := newStream(f).facts
	if seen.Reply.HasBody {
		seen.Reply.Body = f.Reply.Body
	}
	return seen
}

// stream is an exchange whose reply passes by.
type stream struct {
	facts facts.Facts
	// headers and body are those of the reply, on their way to the client.
	headers facts.Headers
	body    []byte
	// isHead reports whether the request is a HEAD, endOfStream whether the reply ends with its headers.
	isHead, endOfStream bool
	replaced            bool
	trace               engine.Trace
}

// newStream is the exchange when the reply comes to the filter: a local reply announces its length, and the body is not known.
func newStream(f facts.Facts) *stream {
	s := &stream{headers: slices.Clone(f.Reply.Headers), body: f.Reply.Body}
	method, _ := f.Request.Headers.First(":method")
	s.isHead = method == "HEAD"
	if _, found := s.headers.First(":status"); !found {
		s.headers = slices.Insert(s.headers, 0, facts.Header{Name: ":status", Value: strconv.Itoa(f.Reply.Status)})
	}
	if _, framed := s.headers.First("content-length"); len(s.body) > 0 && !framed && !classify.IsUpstream(&f.Reply) {
		s.headers = append(s.headers, facts.Header{Name: "content-length", Value: strconv.Itoa(len(s.body))})
	}
	s.endOfStream = s.isHead || len(s.body) == 0
	s.facts = f
	s.facts.Reply.Headers, s.facts.Reply.Body = s.headers, nil
	s.facts.Reply.HasBody = !s.endOfStream || edit.AnnouncesBody(s.headers)
	return s
}

// isTrailersOnly reports whether the reply is one to a client of gRPC, which has its error in the headers.
func (s *stream) isTrailersOnly() bool {
	_, found := s.headers.First(engine.GRPCStatus)
	status, _ := s.headers.First(":status")
	return found && s.endOfStream && status == "200"
}

// decide lets the program decide, and carries that out.
func (s *stream) decide(program *engine.Program) {
	if s.trace.Left = program.Wants(s.facts.Reply.Status, s.facts.Reply.Details).Left; s.trace.Left != "" {
		return
	}
	decision := program.Decide(&s.facts)
	s.trace = decision.Trace
	s.headers = slices.Clone(s.headers)
	if decision.Reply == nil {
		s.apply(edit.Leave(&s.facts, decision, edit.Host{}))
		return
	}
	s.replaced = true
	rewrite, edits := edit.Replace(&s.facts, decision, s.endOfStream, edit.Host{})
	s.apply(edits)
	if rewrite.Nested() || s.endOfStream {
		return
	}
	edits, _ = rewrite.Body(len(s.body), s.body[:rewrite.Reads(len(s.body))], true)
	s.apply(edits)
}

// apply carries out edits.
func (s *stream) apply(edits []edit.Edit) {
	for i := range edits {
		e := &edits[i]
		switch e.Op {
		case edit.ReplaceHeader:
			s.replaceHeader(e.Name, e.Value)
		case edit.AddHeader:
			s.headers = append(s.headers, facts.Header{Name: e.Name, Value: e.Value})
		case edit.RemoveHeader:
			s.headers = slices.DeleteFunc(s.headers, func(line facts.Header) bool { return line.Name == e.Name })
		case edit.ReplaceBody:
			s.body = e.Body
		case edit.SendNested:
			s.sendNested(e)
		}
	}
}

// replaceHeader gives the first line called name the value, or adds it.
func (s *stream) replaceHeader(name, value string) {
	at := slices.IndexFunc(s.headers, func(line facts.Header) bool { return line.Name == name })
	if at < 0 {
		s.headers = append(s.headers, facts.Header{Name: name, Value: value})
		return
	}
	s.headers[at].Value = value
}

// sendNested makes the nested reply the one that goes to the client. Source: envoy common/http/utility.cc, prepareLocalReply.
func (s *stream) sendNested(e *edit.Edit) {
	s.headers = append(facts.Headers{{Name: ":status", Value: strconv.Itoa(e.Status)}}, e.Headers...)
	s.replaceHeader("content-length", strconv.Itoa(len(e.Body)))
	if _, typed := s.headers.First("content-type"); !typed {
		s.headers = append(s.headers, facts.Header{Name: "content-type", Value: "text/plain"})
	}
	s.body = e.Body
}

// reply is what goes to the client.
func (s *stream) reply() Reply {
	r := Reply{Replaced: s.replaced, Trace: s.trace}
	for _, line := range s.headers {
		if line.Name == ":status" {
			r.Status, _ = strconv.Atoi(line.Value)
			continue
		}
		r.Headers = append(r.Headers, line)
	}
	if !s.isHead {
		r.Body = s.body
	}
	return r
}
