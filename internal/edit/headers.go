// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// AnnouncesBody reports whether the headers of a reply announce a body: content-length is above 0, or there is a
// transfer-encoding. Where such a reply ends with its headers, it answers a HEAD.
func AnnouncesBody(headers facts.Headers) bool {
	if _, coded := headers.First("transfer-encoding"); coded {
		return true
	}
	length, _ := contentLength(headers)
	return length > 0
}

// contentLength is how many bytes the body has, where that is known.
func contentLength(headers facts.Headers) (length uint64, known bool) {
	value, found := headers.First("content-length")
	if !found {
		return 0, false // an error of strconv would take memory
	}
	length, err := strconv.ParseUint(value, 10, 64)
	return length, err == nil
}

// Leave returns the edits for a reply that is left: only headers change, and where the decision is to observe, the access log
// learns what it would have been.
func Leave(f *facts.Facts, decision engine.Decision, host Host) []Edit {
	old := f.Reply.Headers
	changes := appendRemoved(appendSet(nil, old, decision.Headers.Set), old, decision.Headers.Remove)
	if decision.Trace.Left != engine.LeftObserve {
		return changesFor(host, old, changes, 0)
	}
	return tell(changesFor(host, old, changes, states), f, &decision.Trace)
}

// Replace begins to replace a reply as decided, and returns the edits for its headers. A reply that ends with its headers
// has no body callback, so a body for it comes with a nested reply, unless the host can add one; any other reply is changed in
// place.
//
// A host that adds bodies sends them to HEAD as well, so a reply to HEAD only announces what GET would get.
//
// Edits of single headers begin with the length. Once it is changed the new body has to follow: an adapter may give up as long
// as nothing has been changed, and must carry out all else after that.
func Replace(f *facts.Facts, decision engine.Decision, endOfStream bool, host Host) (*Rewrite, []Edit) {
	r := &Rewrite{facts: f, trace: decision.Trace, reply: decision.Reply, headers: decision.Headers, holds: host.Holds}
	if r.endsWithHeaders(endOfStream) && !host.AddsBody {
		r.sent = nestedHeaders(f.Reply.Headers, r.headers, r.reply.AddedByRoutes)
		nested := Edit{Op: SendNested, Status: r.reply.Status, Details: f.Reply.Details, Headers: r.sent, Body: r.reply.Body}
		return r, tell(append(make([]Edit, 0, 1+states), nested), f, &r.trace)
	}
	changes := r.appendChanges(make([]Edit, 0, usualChanges), endOfStream)
	return r, r.appendRest(changesFor(host, f.Reply.Headers, changes, 1+states), endOfStream)
}

// endsWithHeaders reports whether the old reply has no body, and the new one has.
func (r *Rewrite) endsWithHeaders(endOfStream bool) bool {
	return endOfStream && !r.facts.Reply.HasBody && len(r.reply.Body) > 0 && r.reply.GRPC == ""
}

// appendChanges appends the edits of single headers.
func (r *Rewrite) appendChanges(changes []Edit, endOfStream bool) []Edit {
	f, old := r.facts, r.facts.Reply.Headers
	if r.reply.GRPC == "" {
		r.step, r.needsBytes = firstStep(f, r.reply, endOfStream)
		changes = appendLength(changes, old, r.reply, r.endsWithHeaders(endOfStream) || announces(f, endOfStream))
		if r.reply.Status != f.Reply.Status {
			changes = append(changes, Edit{Op: ReplaceHeader, Name: ":status", Value: facts.StatusText(r.reply.Status)})
		}
	}
	changes = appendRemoved(changes, old, r.headers.Remove)
	return appendSet(changes, old, r.headers.Set)
}

// appendRest appends the edits that follow those of headers.
func (r *Rewrite) appendRest(edits []Edit, endOfStream bool) []Edit {
	if r.endsWithHeaders(endOfStream) && !answersHEAD(r.facts) {
		edits = append(edits, Edit{Op: AddBody, Body: r.reply.Body})
	}
	return tell(edits, r.facts, &r.trace)
}

// answersHEAD reports whether a reply is one to HEAD.
func answersHEAD(f *facts.Facts) bool {
	method, _ := f.Request.Headers.First(":method")
	return method == "HEAD"
}

// usualChanges is how many headers most replies change at most. A list of so many stays on the stack.
const usualChanges = 12

// changesFor returns the edits for changes of single headers, in a list with room for others behind them: where the host has that, one
// that writes all headers in the place of several. old is the header map before.
func changesFor(host Host, old facts.Headers, changes []Edit, others int) []Edit {
	if host.Sets == nil || len(changes) < 2 {
		return singly(changes, others)
	}
	headers := append(make(facts.Headers, 0, len(old)+len(changes)), old...)
	for i := range changes {
		e := &changes[i]
		named := func(line facts.Header) bool { return line.Name == e.Name }
		at := slices.IndexFunc(headers, named)
		switch {
		case e.Op == RemoveHeader:
			headers = slices.DeleteFunc(headers, named)
		case e.Op == ReplaceHeader && at >= 0:
			headers[at].Value = e.Value
		default:
			headers = append(headers, facts.Header{Name: e.Name, Value: e.Value})
		}
	}
	if !host.Sets(headers) {
		return singly(changes, others)
	}
	return append(make([]Edit, 0, 1+others), Edit{Op: SetHeaders, Headers: headers})
}

// singly is a list of the changes with room for others behind them.
func singly(changes []Edit, others int) []Edit {
	return append(make([]Edit, 0, len(changes)+others), changes...)
}

// announces reports whether the new reply announces the length of its body. One that an upstream begins without a length may end
// with trailers and no chunk, where the new body has no place; and a reply to HEAD may go on after its headers over HTTP/2, and
// has no body at all. Around what an upstream sends after it refused an upgrade no frame but a length fits.
func announces(f *facts.Facts, endOfStream bool) bool {
	length, known := contentLength(f.Reply.Headers)
	switch {
	case endOfStream:
		return f.Reply.HasBody
	case !classify.IsUpstream(&f.Reply), f.Reply.IsUpgrade():
		return true
	default:
		return known && length > 0
	}
}

// appendLength makes content-length fit the new body. It goes when the length is not known yet. A reply that announces none gets
// none.
func appendLength(changes []Edit, old facts.Headers, reply *engine.Reply, announces bool) []Edit {
	const name = "content-length"
	switch {
	case reply.Framing() != engine.Sized:
		return appendRemoved(changes, old, []string{name})
	case announces:
		return append(changes, Edit{Op: ReplaceHeader, Name: name, Value: strconv.Itoa(len(reply.Body))})
	}
	return changes
}

// appendSet replaces all lines of each name by the lines given, in which those of one name stand together.
func appendSet(changes []Edit, old, lines facts.Headers) []Edit {
	for i := range lines {
		line := &lines[i]
		op := ReplaceHeader
		if i > 0 && lines[i-1].Name == line.Name {
			op = AddHeader
		} else if isRepeated(old, line.Name) {
			changes = append(changes, Edit{Op: RemoveHeader, Name: line.Name})
		}
		changes = append(changes, Edit{Op: op, Name: line.Name, Value: line.Value})
	}
	return changes
}

// appendRemoved removes all lines of each name, if there is one.
func appendRemoved(changes []Edit, old facts.Headers, names []string) []Edit {
	for _, name := range names {
		if _, found := old.First(name); found {
			changes = append(changes, Edit{Op: RemoveHeader, Name: name})
		}
	}
	return changes
}

// isRepeated reports whether there is more than one line called name.
func isRepeated(headers facts.Headers, name string) bool {
	_, found := headers.First(name)
	_, single := headers.Only(name)
	return found && !single
}
