// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
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

// renderer builds the reply of one entry for one exchange.
type renderer struct {
	program *Program
	entry   *entry
	at      routed
	facts   *facts.Facts
	trace   *Trace
	env     vars.Env
	reply   Reply
}

// render builds what the client sees.
func (p *Program) render(e *entry, at routed, f *facts.Facts, trace *Trace) *Reply {
	r := &renderer{program: p, entry: e, at: at, facts: f, trace: trace}
	r.reply.Status = r.status()
	r.reply.AddedByRoutes = p.addedByRoutes
	r.env = r.environment()
	if e.grpc != nil {
		r.answerGRPC()
		if isGRPCWeb(f.Reply.Headers) {
			r.corsHeaders()
		}
		r.reply.Remove = append(r.reply.Remove, p.internalHeaders(at.mode, f)...)
		return &r.reply
	}
	r.mapHeaders()
	r.awsHeaders()
	r.corsHeaders()
	r.body()
	r.removeStale()
	return &r.reply
}

// status is the entry's, else with emulate: aws the type's default, else the reply's own. Under gRPC it is never sent.
func (r *renderer) status() int {
	if r.entry.status != 0 {
		return r.entry.status
	}
	if status := r.trace.Class.Type.DefaultStatus(); status != 0 && r.program.emulatesAWS() && r.entry.grpc == nil {
		return status
	}
	return r.facts.Reply.Status
}

// environment is where the variables of this exchange find their values.
func (r *renderer) environment() vars.Env {
	constant := &r.at.constant
	message, ok := r.message()
	return vars.Env{
		Facts:           r.facts,
		APIID:           constant.api.ID,
		Stage:           constant.api.Stage,
		AccountID:       constant.api.AccountID,
		StageVariables:  constant.stageVariables,
		SharedVariables: constant.shared,
		ResourcePath:    r.at.resourcePath,
		PathParameters:  r.at.parameters,
		ResponseType:    string(r.trace.Class.Type),
		Message:         message,
		HasMessage:      ok,
		Status:          r.reply.Status,
		ValidationError: r.validationError(),
	}
}

// mapHeaders sets and removes what the entry maps, but for the content type, which the body decides.
func (r *renderer) mapHeaders() {
	for _, h := range r.entry.headers {
		switch {
		case h.name == contentType:
		case h.remove:
			r.reply.Remove = append(r.reply.Remove, h.name)
		default:
			r.setMapped(h)
		}
	}
}

// setMapped sets a header whose value exchange and owner decide; a value that cannot be sent is dropped.
func (r *renderer) setMapped(h header) {
	value, ok := h.value(&r.env)
	if !ok {
		return
	}
	value = chars.Trim(value)
	if !validValue(value) || !validFor(h.name, value) {
		r.trace.Dropped = append(r.trace.Dropped, h.name)
		return
	}
	// An entry sets each name once, and nothing is set yet: to look for older lines would take time that grows with the
	// square of the number of headers.
	r.reply.Set = append(r.reply.Set, facts.Header{Name: h.name, Value: value})
}

// awsHeaders sets the headers that AWS puts on every error.
func (r *renderer) awsHeaders() {
	if !r.program.emulatesAWS() {
		return
	}
	r.set(errorType, wordingOf(r.trace.Class.Type).errorType)
	if id, ok := r.facts.Request.Headers.RequestID(); ok && validValue(id) {
		r.set(requestID, id)
	}
}

// body chooses and renders the body. A status that allows none gets none (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
func (r *renderer) body() {
	switch r.reply.Status {
	case 204, 205, 304:
		return
	}
	if r.entry.builtIn {
		w := wordingOf(r.trace.Class.Type)
		r.reply.Body = builtInBody(w, r.env.Message, r.env.HasMessage)
		r.set(contentType, jsonMediaType)
		return
	}
	chosen := r.negotiate()
	original := &r.facts.Reply
	_, encoded := original.Headers.First(contentEncoding)
	r.reply.NeedsBody = chosen.quotesOriginal() && original.HasBody && original.Body == nil && !encoded
	r.reply.Body = chosen.render(&r.env)
	if len(r.reply.Body) > 0 || r.reply.NeedsBody {
		r.set(contentType, r.contentType(chosen))
	}
}

// negotiate picks the template for the request's Accept header, and tells caches when there was a choice.
func (r *renderer) negotiate() *body {
	bodies := r.entry.bodies
	if len(bodies) == 1 {
		return &bodies[0]
	}
	values := r.varied()
	r.reply.Remove = slices.DeleteFunc(r.reply.Remove, func(name string) bool { return name == vary })
	r.set(vary, mergeVary(values, "Accept"))
	return negotiate(bodies, r.facts.Request.Headers.Values("accept"))
}

// contentType is the key of the template, or what the entry maps when that has the same media type, say with a charset.
func (r *renderer) contentType(chosen *body) string {
	for _, h := range r.entry.headers {
		if h.name != contentType || h.remove {
			continue
		}
		value, ok := h.value(&r.env)
		value = chars.Trim(value)
		if ok && !validValue(value) {
			r.trace.Dropped = append(r.trace.Dropped, h.name)
		} else if ok && chars.EqualFold(mediaType(value), mediaType(chosen.key)) {
			return value
		}
	}
	return chosen.key
}

// removeStale drops what described the old body, and keeps of all removals those that the old reply has.
func (r *renderer) removeStale() {
	r.reply.Remove = append(r.reply.Remove, describesBody...)
	r.reply.Remove = append(r.reply.Remove, r.program.declared.Headers(&r.facts.Reply)...)
	if _, ok := r.reply.Set.First(contentType); !ok {
		r.reply.Remove = append(r.reply.Remove, contentType)
	}
	r.reply.Remove = slices.DeleteFunc(r.reply.Remove, func(name string) bool {
		_, there := r.facts.Reply.Headers.First(name)
		if !there {
			return true
		}
		_, set := r.reply.Set.First(name)
		return set
	})
}

// set replaces all lines called name by one.
func (r *renderer) set(name, value string) {
	r.reply.Set = slices.DeleteFunc(r.reply.Set, func(line facts.Header) bool { return line.Name == name })
	r.reply.Set = append(r.reply.Set, facts.Header{Name: name, Value: value})
}
