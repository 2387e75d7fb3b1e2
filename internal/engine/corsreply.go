// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/internal/classify"
)

// answerPreflight renders the answer to a preflight, in the place of the refusal.
func (x *exchange) answerPreflight() {
	x.headers.Set = x.program.cors.preflightHeadersOf(x.facts)
	x.drop(describesBody...)
	x.drop(aboutRefusal...)
	x.drop(contentType)
}

// corsHeaders lets a page of an allowed origin read an error. What the old reply has, and what the entry sets or removes,
// goes first.
func (x *exchange) corsHeaders() {
	if !x.isErrorToPages() {
		return
	}
	added := x.program.cors.errorHeaders(x.facts, x.varied(), func(name string) bool {
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
		return x.trace.Left == LeftNoEntry && !classify.IsUpstream(&x.facts.Reply)
	}
}

// varied are the Vary lines that the reply has so far: those that the entry sets, else the old ones.
func (x *exchange) varied() []string {
	values := x.headers.Set.Values(vary)
	if values == nil && !slices.Contains(x.headers.Remove, vary) {
		values = x.facts.Reply.Headers.Values(vary)
	}
	return values
}
