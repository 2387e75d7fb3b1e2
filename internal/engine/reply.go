// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// Headers that the engine sets or reads itself, in lower case.
const (
	contentType     = "content-type"
	contentEncoding = "content-encoding"
	location        = "location"
	vary            = "vary"
	errorType       = "x-amzn-errortype"
	requestID       = "x-amzn-requestid"
)

// describesBody are the headers that told of the old body and would be wrong for a new one: those of RFC 9110 sections 6.6.2,
// 8 and 8.8, of RFC 6266, and the digests of RFC 1864, RFC 3230 and RFC 9530.
var describesBody = []string{
	contentEncoding, "content-language", "content-location", "content-disposition", "etag", "last-modified", "trailer",
	"content-md5", "digest", "content-digest", "repr-digest",
}

// render builds what the client sees, but for the headers that every outcome shares.
func (x *exchange) render() {
	x.reply = Reply{Status: x.status(), AddedByRoutes: x.program.addedByRoutes}
	x.env = x.environment()
	switch {
	case x.entry.grpc != nil:
		x.answerGRPC()
	case x.entry == preflightEntry:
		x.answerPreflight()
	default:
		x.mapHeaders()
		x.awsHeaders()
		x.body()
		x.dropStale()
	}
}

// status is the entry's, else with emulate: aws the type's default, else the reply's own. Under gRPC it is never sent.
func (x *exchange) status() int {
	if x.entry.status != 0 {
		return x.entry.status
	}
	if status := x.trace.Class.Type.DefaultStatus(); status != 0 && x.at.emulatesAWS() && x.entry.grpc == nil {
		return status
	}
	return x.facts.Reply.Status
}

// environment is where the variables of this exchange find their values.
func (x *exchange) environment() vars.Env {
	constant := &x.at.constant
	message, ok := x.message()
	return vars.Env{
		Facts:           x.facts,
		APIID:           constant.api.ID,
		Stage:           constant.api.Stage,
		AccountID:       constant.api.AccountID,
		StageVariables:  constant.stageVariables,
		SharedVariables: constant.shared,
		ResourcePath:    x.at.resourcePath,
		PathParameters:  x.at.parameters,
		ResponseType:    string(x.trace.Class.Type),
		Message:         message,
		HasMessage:      ok,
		Status:          x.reply.Status,
		ValidationError: x.validationError(),
	}
}

// mapHeaders sets and removes what the entry maps, but for the content type, which the body decides.
func (x *exchange) mapHeaders() {
	for _, h := range x.entry.headers {
		switch {
		case h.name == contentType:
		case h.remove:
			x.drop(h.name)
		default:
			x.setMapped(h)
		}
	}
}

// setMapped sets a header whose value exchange and owner decide; a value that cannot be sent is dropped.
func (x *exchange) setMapped(h header) {
	value, ok := h.value(&x.env)
	if !ok {
		return
	}
	value = chars.Trim(value)
	if !validValue(value) || !validFor(h.name, value) {
		x.trace.Dropped = append(x.trace.Dropped, h.name)
		return
	}
	// An entry sets each name once, and nothing is set yet: to look for older lines would take time that grows with the
	// square of the number of headers.
	x.headers.Set = append(x.headers.Set, facts.Header{Name: h.name, Value: value})
}

// awsHeaders sets the headers that AWS puts on every error.
func (x *exchange) awsHeaders() {
	if !x.at.emulatesAWS() {
		return
	}
	x.headers.set(errorType, wordingOf(x.trace.Class.Type).errorType)
	if id, ok := x.facts.Request.Headers.RequestID(); ok && validValue(id) {
		x.headers.set(requestID, id)
	}
}

// body chooses and renders the body.
func (x *exchange) body() {
	if isBodiless(x.reply.Status) {
		return
	}
	if x.entry.builtIn {
		w := wordingOf(x.trace.Class.Type)
		x.reply.Body = builtInBody(w, x.env.Message, x.env.HasMessage)
		x.headers.set(contentType, accept.JSON)
		return
	}
	chosen := x.negotiate()
	original := &x.facts.Reply
	_, encoded := original.Headers.First(contentEncoding)
	if chosen.quotesOriginal() && original.HasBody && original.Body == nil && !encoded {
		x.reply.Quote = x.quote(chosen)
	} else {
		x.reply.Body, _ = chosen.render(&x.env, template.NoLimit)
	}
	if len(x.reply.Body) > 0 || x.reply.Quote != nil {
		x.headers.set(contentType, x.contentType(chosen))
	}
}

// quote renders a template once the original body is known.
func (x *exchange) quote(chosen *body) func(original []byte) []byte {
	return func(original []byte) []byte {
		known, env := *x.facts, x.env
		known.Reply.Body = original
		env.Facts = &known
		text, _ := chosen.render(&env, template.NoLimit)
		return text
	}
}

// negotiate picks the template for the request's Accept header, and tells caches when there was a choice.
func (x *exchange) negotiate() *body {
	bodies := x.entry.bodies
	if len(bodies) == 1 {
		return &bodies[0]
	}
	values := x.varied()
	x.headers.Remove = slices.DeleteFunc(x.headers.Remove, func(name string) bool { return name == vary })
	x.headers.set(vary, mergeVary(values, "Accept"))
	keys := make([]string, len(bodies))
	for i := range bodies {
		keys[i] = bodies[i].key
	}
	return &bodies[accept.Choose(keys, x.facts.Request.Headers.Values("accept"))]
}

// contentType is the key of the template, or what the entry maps when that has the same media type, say with a charset.
func (x *exchange) contentType(chosen *body) string {
	for _, h := range x.entry.headers {
		if h.name != contentType || h.remove {
			continue
		}
		value, ok := h.value(&x.env)
		value = chars.Trim(value)
		if ok && !validValue(value) {
			x.trace.Dropped = append(x.trace.Dropped, h.name)
		} else if ok && chars.MediaType(value) == chars.MediaType(chosen.key) {
			return value
		}
	}
	return chosen.key
}

// dropStale drops what described the old body.
func (x *exchange) dropStale() {
	x.drop(describesBody...)
	if len(x.reply.Body) == 0 && x.reply.Quote == nil {
		x.drop(contentType)
	}
}
