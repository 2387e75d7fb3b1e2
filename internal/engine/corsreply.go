// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/cors"
)

// answersPreflight reports whether the reply refuses a preflight that the document answers. A request for a tunnel is none: the
// answer would open it.
func (x *exchange) answersPreflight() bool {
	policy := x.program.cors
	return policy.AnswersPreflights() && !x.trace.Class.Deliberate && !x.facts.Request.AsksForTunnel() &&
		policy.AnswersPreflight(x.facts.Request.Headers, x.refusal())
}

// refusal is the status by which a reply refuses a request: its own or, when a rule makes an error of a redirect, that of the
// error. Preflights carry no cookies, so a login filter redirects all of them.
func (x *exchange) refusal() int {
	if !x.isRedirect() {
		return x.facts.Reply.Status
	}
	if status := x.trace.Class.Type.DefaultStatus(); status != 0 {
		return status
	}
	if e, _ := x.choose(x.at.scope, nil); e != nil {
		return e.status
	}
	return 0
}

// answerPreflight renders the answer to a preflight, in the place of the refusal.
func (x *exchange) answerPreflight() {
	x.varyByOrigin()
	x.headers.Set = append(x.headers.Set, x.program.cors.Preflight(x.facts.Request.Headers)...)
	x.dropWatched(describesBody)
	x.drop(cors.AboutRefusal...)
	x.dropWatched(hasContentType)
	if x.isRedirect() {
		x.dropWatched(hasLocation)
	}
}

// corsHeaders lets a page of an allowed origin read an error. What the old reply has, and what the entry sets or removes,
// goes first.
func (x *exchange) corsHeaders() {
	if x.program.cors == nil || !x.isErrorToPages() {
		return
	}
	x.varyByOrigin()
	added := x.program.cors.ErrorHeaders(x.facts.Request.Headers, func(name string) bool {
		_, found := x.facts.Reply.Headers.First(name)
		return found || x.entry != nil && slices.ContainsFunc(x.entry.headers, func(h header) bool { return h.name == name })
	})
	for _, line := range added {
		x.headers.set(line.Name, line.Value)
	}
}

// isErrorToPages reports whether pages are told who may read the reply. A reply that no entry answers is as much an error of
// the gateway as one that is replaced. What was left for another reason stays as it is, and so does a reply of the upstream:
// the upstream decides who reads it. Of the replies to gRPC, pages read those of gRPC-Web.
func (x *exchange) isErrorToPages() bool {
	switch {
	case x.isGRPC && !isGRPCWeb(x.facts.Reply.Headers), x.entry == preflightEntry:
		return false
	case x.entry != nil:
		return true
	default:
		return x.trace.Left == LeftNoEntry && !x.isRedirect() && !classify.IsUpstream(&x.facts.Reply)
	}
}

// varyByOrigin tells caches that the reply depends on who asks, unless every origin gets the same.
func (x *exchange) varyByOrigin() {
	if x.program.cors.VariesByOrigin() {
		x.headers.set(vary, mergeVary(x.varied(), "Origin"))
	}
}

// varied is the Vary header that the reply has so far: the one that the entry sets, else the old one.
func (x *exchange) varied() string {
	if value, set := x.headers.Set.First(vary); set {
		return value
	}
	if slices.Contains(x.headers.Remove, vary) {
		return ""
	}
	return x.facts.Reply.Headers.Joined(vary, ", ")
}
