// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// answerPreflight decides on a reply that refuses a preflight which the document answers.
func (p *Program) answerPreflight(mode config.Mode, f *facts.Facts, trace Trace) Decision {
	trace.Entry = Preflight
	if mode == config.ModeObserve {
		trace.Left = LeftObserve
		return Decision{Trace: trace}
	}
	reply := p.cors.preflightReply(f)
	reply.Remove = append(reply.Remove, p.internalHeaders(mode, f)...)
	return Decision{Reply: reply, Trace: trace}
}

// headersOfLeft are the headers that let a page read a reply which no entry answers. It is as much an error of the
// gateway as one that is replaced. What was left for another reason stays as it is, and so does a reply of the upstream:
// the upstream decides who reads it.
func (p *Program) headersOfLeft(mode config.Mode, f *facts.Facts, why Left) facts.Headers {
	if why != LeftNoEntry || mode == config.ModeObserve || classify.IsUpstream(&f.Reply) {
		return nil
	}
	old := f.Reply.Headers
	return p.cors.errorHeaders(f, old.Values(vary), func(name string) bool {
		_, found := old.First(name)
		return found
	})
}

// corsHeaders lets a page of an allowed origin read the reply. What the old reply has, and what the entry sets or
// removes, goes first.
func (r *renderer) corsHeaders() {
	added := r.program.cors.errorHeaders(r.facts, r.varied(), func(name string) bool {
		_, found := r.facts.Reply.Headers.First(name)
		return found || slices.ContainsFunc(r.entry.headers, func(h header) bool { return h.name == name })
	})
	for _, line := range added {
		r.set(line.Name, line.Value)
	}
}

// varied are the Vary lines that the reply has so far: those that the entry sets, else the old ones.
func (r *renderer) varied() []string {
	values := r.reply.Set.Values(vary)
	if values == nil && !slices.Contains(r.reply.Remove, vary) {
		values = r.facts.Reply.Headers.Values(vary)
	}
	return values
}
