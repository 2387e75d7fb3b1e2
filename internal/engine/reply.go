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
	contentType = "content-type"
	location    = "location"
	vary        = "vary"
	errorType   = "x-amzn-errortype"
	requestID   = "x-amzn-requestid"
)

// maxReply is how many bytes the body of a reply can have, and the headers that are set: 1 MiB.
const maxReply = 1 << 20

// addedHeaders is how many headers most replies get beside those of the entry, addedByCORS how many more with the key cors.
const (
	addedHeaders = 3
	addedByCORS  = 4
)

// render builds what the client sees, but for the headers that every outcome shares. It reports whether that is small enough
// to be sent.
func (x *exchange) render() (fits bool) {
	x.reply = x.newReply()
	*x.reply = Reply{Status: x.status(), AddedByRoutes: x.program.addedByRoutes}
	switch {
	case x.entry.grpc != nil:
		x.answerGRPC()
		x.passed(StepGRPC)
		return true
	case x.entry == preflightEntry:
		x.answerPreflight()
		x.passed(StepPreflight)
		return true
	}
	fits = x.mapHeaders()
	x.passed(StepEntry)
	x.awsHeaders()
	x.passed(StepAWS)
	fits = fits && x.body()
	x.passed(StepBody)
	x.dropStale()
	x.passed(StepStale)
	return fits
}

// status is the one to send. A client that asked for a tunnel takes 2xx for a tunnel that is open, and sends what is not for
// Envoy: it gets the reply with the reply's own status.
func (x *exchange) status() int {
	status := x.wantedStatus()
	if status < 300 && x.entry.grpc == nil && x.facts.Request.AsksForTunnel() {
		x.trace.KeptStatus, x.statusBy = true, StatusByTunnel
		return x.facts.Reply.Status
	}
	return status
}

// wantedStatus is the entry's, else with emulate: aws the type's default, else the reply's own. A redirect that a rule names
// is an error to its readers: it gets the type's default anyway. Under gRPC the status is never sent.
func (x *exchange) wantedStatus() int {
	if x.entry.status != 0 {
		x.statusBy = StatusByEntry
		return x.entry.status
	}
	asked := x.at.emulatesAWS() || x.isRedirect()
	if status := x.trace.Class.Type.DefaultStatus(); status != 0 && asked && x.entry.grpc == nil {
		x.statusBy = StatusByType
		return status
	}
	x.statusBy = StatusByReply
	return x.facts.Reply.Status
}

// environment is where the variables of this exchange find their values. Replies without variables need none.
func (x *exchange) environment() *vars.Env {
	if x.env != nil {
		return x.env
	}
	constant := &x.at.constant
	message, ok := x.message()
	x.env = x.newEnvironment()
	*x.env = vars.Env{
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
	return x.env
}

// mapHeaders sets and removes what the entry maps, but for the content type, which the body decides. It reports whether that
// fits.
func (x *exchange) mapHeaders() (fits bool) {
	size := 0
	room := len(x.entry.headers) + addedHeaders
	if x.program.cors != nil {
		room += addedByCORS
	}
	x.headers.Set = x.newHeaders(room)
	for i := range x.entry.headers {
		h := &x.entry.headers[i]
		switch {
		case h.name == contentType:
		case h.remove:
			x.drop(h.name)
		case h.fixed:
			x.headers.Set = append(x.headers.Set, facts.Header{Name: h.name, Value: h.text})
			size += len(h.name) + len(h.text)
		default:
			size += x.setMapped(h)
		}
		if size > maxReply {
			return false
		}
	}
	return true
}

// setMapped sets a header whose value exchange and owner decide, and returns its size; a value that cannot be sent is dropped.
func (x *exchange) setMapped(h *header) (size int) {
	value, ok := h.value(x.environment())
	if !ok {
		return 0
	}
	value = chars.Trim(value)
	if !validValue(value) || !validFor(h.name, value) {
		x.trace.Dropped = append(x.trace.Dropped, h.name)
		return 0
	}
	// An entry sets each name once, and nothing is set yet: to look for older lines would take time that grows with the
	// square of the number of headers.
	x.headers.Set = append(x.headers.Set, facts.Header{Name: h.name, Value: value})
	return len(h.name) + len(value)
}

// awsHeaders sets the headers that AWS puts on every error.
func (x *exchange) awsHeaders() {
	if !x.at.emulatesAWS() {
		return
	}
	x.headers.set(errorType, x.errorType())
	if id, ok := x.facts.Request.Headers.RequestID(); ok && validValue(id) {
		x.headers.set(requestID, id)
	}
}

// errorType is AWS's class of the error. A type of one's own has that of the DEFAULT_* behind it.
func (x *exchange) errorType() string {
	t := x.trace.Class.Type
	if t.IsOwn() {
		t = x.at.family(t, x.facts.Reply.Status)
	}
	return wordingOf(t).errorType
}

// body chooses and renders the body. It reports whether that fits.
func (x *exchange) body() (fits bool) {
	if isBodiless(x.reply.Status) {
		return true
	}
	if x.entry.builtIn {
		message, ok := x.message()
		x.reply.Body = builtInBody(wordingOf(x.trace.Class.Type), message, ok)
		x.headers.set(contentType, accept.JSON)
		return true
	}
	chosen := x.negotiate()
	x.chosen = chosen
	if original := &x.facts.Reply; chosen.quotes > 0 && original.HasBody && original.Body == nil && original.IsQuotable() {
		env := x.environment()
		x.reply.Quote = quoteWith(chosen, env)
		// The headers go before the original is known, so each quote counts as the most that it can be.
		_, fits = renderQuoting(chosen, env, []byte{}, maxReply-chosen.quotes*facts.MaxBody)
	} else {
		x.reply.Body, fits = x.renderBody(chosen)
	}
	if len(x.reply.Body) > 0 || x.reply.Quote != nil {
		x.headers.set(contentType, x.contentType(chosen))
	}
	return fits
}

// quoteWith renders a template once the original body is known. What has to be escaped in it makes the new one longer than was
// counted before, but no more than a few times.
func quoteWith(chosen *body, env *vars.Env) func(original []byte) []byte {
	return func(original []byte) []byte {
		text, _ := renderQuoting(chosen, env, original, template.NoLimit)
		return text
	}
}

// renderQuoting renders a template around an original body.
func renderQuoting(chosen *body, env *vars.Env, original []byte, limit int) (text []byte, fits bool) {
	known, quoted := *env.Facts, *env
	known.Reply.Body = original
	quoted.Facts = &known
	return chosen.render(nil, &quoted, limit)
}

// negotiate picks the template for the request's Accept header, and tells caches when there was a choice.
func (x *exchange) negotiate() *body {
	bodies := x.entry.bodies
	if len(bodies) == 1 {
		return &bodies[0]
	}
	varied := mergeVary(x.varied(), "Accept")
	x.headers.Remove = slices.DeleteFunc(x.headers.Remove, func(name string) bool { return name == vary })
	x.headers.set(vary, varied)
	return &bodies[x.entry.mediaTypes.Choose(x.accept())]
}

// accept is the Accept header of the request.
func (x *exchange) accept() string { return x.facts.Request.Headers.Joined("accept", ",") }

// contentType is the key of the template, or what the entry maps where that may stand in its place.
func (x *exchange) contentType(chosen *body) string {
	for i := range x.entry.headers {
		h := &x.entry.headers[i]
		if h.name != contentType || h.remove {
			continue
		}
		value, ok := h.value(x.environment())
		value = chars.Trim(value)
		if ok && !validValue(value) {
			x.trace.Dropped = append(x.trace.Dropped, h.name)
		} else if ok && chosen.isSentAs(value, h.isStatic()) {
			return value
		}
	}
	return chosen.key
}

// dropStale drops what described the old body, and where a redirect led that is none any more.
func (x *exchange) dropStale() {
	if x.isRedirect() && !x.trace.KeptStatus {
		x.dropWatched(hasLocation)
	}
	x.dropWatched(describesBody)
	if len(x.reply.Body) == 0 && x.reply.Quote == nil {
		x.dropWatched(hasContentType)
	}
}
