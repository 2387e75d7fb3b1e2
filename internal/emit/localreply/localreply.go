// SPDX-License-Identifier: Apache-2.0

// Package localreply compiles a document into Envoy's own local_reply_config, as far as that can say the same, and reports what
// it cannot.
//
// It has no rules of its own. Each reply that the rules of the document and the built-in tables tell apart is put to the engine,
// with every status from 400 to 599, and what the engine answers becomes a mapper. Mappers stand in the order of rules and
// tables, since Envoy takes the first whose filter holds; where the engine leaves a reply and a later mapper would take it, a
// mapper without changes stands in between.
//
//	subject.go     what rules and tables tell apart
//	outcome.go     what the engine answers to one of these
//	statuses.go    the statuses that get the same answer
//	group.go       the cases that get the same answers
//	expression.go  the filter of a mapper, in CEL
//	losses.go      what the document says and mappers cannot
//	yaml.go        mappers as text
//
// # What is the same
//
// A mapper knows details, status and owner as the filter does, and sets status, headers and body to fixed texts, in which only
// the status and, in headers, the id of the request differ from reply to reply. Whatever a reply takes from the request or from
// Envoy's state is a loss, because Envoy would insert it as it is, or write "-" for what is absent. So is what removes a header,
// leaves a reply without a body, or answers with a status below 300.
//
// Details are compared as Envoy sends them. Some filters put white space into theirs, where the tables have "_"; spelling.go knows
// how.
package localreply

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/engine"
)

// Config is a local_reply_config.
type Config struct{ Mappers []Mapper }

// Mapper is one element of mappers.
type Mapper struct {
	// About says what the mapper is for, in a line.
	About string
	// Expression is the filter, in CEL.
	Expression string
	// Status is the status to send, 0 to keep the reply's own.
	Status int
	// Headers take the place of those of the same name. Values are formats of Envoy, in which "%" begins an operator.
	Headers []Header
	// Body is the new body, a format like the values of headers; "" keeps the reply's own.
	Body string
	// ContentType is the media type of Body.
	ContentType string
}

// Header is a header that a mapper sets.
type Header struct{ Name, Format string }

// Changes reports whether the mapper does anything but end the search.
func (m *Mapper) Changes() bool { return m.Status != 0 || len(m.Headers) > 0 || m.Body != "" }

// Compile compiles a document that loads without errors. The findings are about what the mappers do not say: an error stands for
// something that is left out, a warning for replies that get another answer than from the filter.
func Compile(document *config.Document) (Config, config.Findings) {
	c, ok := newCompiler(document, false)
	if !ok {
		return Config{}, c.findings
	}
	c.readByStatus()
	return c.compile(c.subjects())
}

// Reply is a kind of replies, by its details and its statuses.
type Reply struct {
	Details  string
	Statuses []int
}

// CompileBefore compiles what a document says of replies that Envoy makes before any filter sees the request. They get what a client
// gets of which nothing is known: what the request would say is absent, and Accept asks for nothing. The findings are as of
// Compile.
func CompileBefore(document *config.Document, replies []Reply) (Config, config.Findings) {
	c, ok := newCompiler(document, true)
	if !ok {
		return Config{}, c.findings
	}
	var subjects []subject
	for _, r := range replies {
		sub := subject{details: []string{r.Details}, isExact: true}
		for _, s := range r.Statuses {
			sub.statuses = append(sub.statuses, config.StatusRange{Low: s, High: s})
		}
		subjects = append(subjects, sub)
	}
	return c.compile(subjects)
}

// compile compiles subjects, which are asked in their order.
func (c *compiler) compile(subjects []subject) (Config, config.Findings) {
	var groups groups
	for _, sub := range subjects {
		groups.add(sub, c.parts(sub))
	}
	mappers := c.mappers(groups)
	if len(mappers) > 0 {
		mappers = slices.Insert(mappers, 0, grpcGuard)
	}
	c.findings.Sort()
	return Config{mappers}, c.findings
}

// compiler is a document that is being compiled.
type compiler struct {
	document *config.Document
	// program is that of a copy of the document that holds what mappers can say.
	program  *engine.Program
	findings config.Findings
	// isBefore reports that the replies are made before any filter sees the request.
	isBefore bool
	// keys are the keys and texts of the document, by their place.
	keys map[string]config.Text
	// cannot are the entries that mappers cannot say, by the name that the engine gives them; false for those they can.
	cannot map[string]bool
	// byStatus is what the status alone gives.
	byStatus map[int]outcome
	// about says of outcomes which replies get them first.
	about map[outcome]string
	// told are the warnings that stand once.
	told map[string]bool
}

// newCompiler prepares a document. It is not ok when no reply of the document is ever changed.
func newCompiler(document *config.Document, isBefore bool) (*compiler, bool) {
	c := &compiler{document: document, isBefore: isBefore, keys: emit.Keys(document.Source), cannot: map[string]bool{}, about: map[outcome]string{}, told: map[string]bool{}}
	if document.Mode != config.ModeRewrite {
		c.warn(c.key("/mode"), `no reply changes in mode "`+string(document.Mode)+`", so there are no mappers`)
		return c, false
	}
	said := *document
	said.Routes, said.RouteDocuments, said.Declared, said.CORS, said.GRPC = nil, false, nil, nil, nil
	if !isBefore {
		said.Rules = c.sayableRules()
		c.reportKeys()
	}
	var found config.Findings
	c.program, found = engine.Compile(&said, engine.Everything())
	if found.HasErrors() {
		c.findings = append(c.findings, found...)
		return c, false
	}
	return c, true
}

// Add adds mappers behind all others. Replies to clients of gRPC do not get there.
func (c *Config) Add(mappers []Mapper) {
	if len(c.Mappers) == 0 && len(mappers) > 0 {
		c.Mappers = []Mapper{grpcGuard}
	}
	c.Mappers = append(c.Mappers, mappers...)
}
