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
	value, _ := headers.First("content-length")
	length, err := strconv.ParseUint(value, 10, 64)
	return length, err == nil
}

// Leave returns the edits for a reply that is left: only headers change, and where the decision is to observe, the access log
// learns what it would have been.
func Leave(f *facts.Facts, decision engine.Decision, host Host) []Edit {
	b := headerEdits{old: f.Reply.Headers}
	b.set(decision.Headers.Set)
	b.remove(decision.Headers.Remove...)
	b.joinFor(host)
	if decision.Trace.Left == engine.LeftObserve {
		b.tell(f, &decision.Trace)
	}
	return b.edits
}

// Replace begins to replace a reply as decided, and returns the edits for its headers. A reply that ends with its headers
// has no body callback, so a body for it comes with a nested reply, unless the host can add one; any other reply is changed in
// place.
//
// Edits of single headers begin with the length. Once it is changed the new body has to follow: an adapter may give up as long
// as nothing has been changed, and must carry out all else after that.
func Replace(f *facts.Facts, decision engine.Decision, endOfStream bool, host Host) (*Rewrite, []Edit) {
	r := &Rewrite{facts: f, trace: decision.Trace, reply: decision.Reply, headers: decision.Headers}
	headerOnly := endOfStream && !f.Reply.HasBody && len(r.reply.Body) > 0 && r.reply.GRPC == ""
	b := headerEdits{old: f.Reply.Headers}
	b.edits = make([]Edit, 0, len(r.headers.Remove)+len(r.headers.Set)+otherEdits)
	switch {
	case r.reply.GRPC != "":
		b.remove(r.headers.Remove...)
		b.set(r.headers.Set)
		b.joinFor(host)
	case headerOnly && !host.AddsBody:
		r.sent = nestedHeaders(f.Reply.Headers, r.headers, r.reply.AddedByRoutes)
		b.edits = append(b.edits, Edit{
			Op: SendNested, Status: r.reply.Status, Details: f.Reply.Details, Headers: r.sent, Body: r.reply.Body,
		})
	default:
		r.step, r.needsBytes = firstStep(f, r.reply, endOfStream)
		b.length(r.reply, headerOnly || announces(f, endOfStream))
		if r.reply.Status != f.Reply.Status {
			b.replace(":status", facts.StatusText(r.reply.Status))
		}
		b.remove(r.headers.Remove...)
		b.set(r.headers.Set)
		b.joinFor(host)
		if headerOnly {
			b.edits = append(b.edits, Edit{Op: AddBody, Body: r.reply.Body})
		}
	}
	b.tell(f, &r.trace)
	return r, b.edits
}

// otherEdits is how many edits there are beside those of the headers that a decision changes: the length, the status, and the
// filter state.
const otherEdits = 5

// headerEdits gathers the edits that change the header map of a reply.
type headerEdits struct {
	// old is the map before.
	old   facts.Headers
	edits []Edit
}

// joinFor makes one edit that writes all headers of more than one, where the host has that.
func (b *headerEdits) joinFor(host Host) {
	if !host.SetsHeaders || len(b.edits) < 2 {
		return
	}
	headers := append(make(facts.Headers, 0, len(b.old)+len(b.edits)), b.old...)
	for i := range b.edits {
		e := &b.edits[i]
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
	b.edits = append(b.edits[:0], Edit{Op: SetHeaders, Headers: headers})
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

// length makes content-length fit the new body. It goes when the length is not known yet. A reply that announces none gets none.
func (b *headerEdits) length(reply *engine.Reply, announces bool) {
	switch {
	case reply.Framing() != engine.Sized:
		b.remove("content-length")
	case announces:
		b.replace("content-length", strconv.Itoa(len(reply.Body)))
	}
}

// set replaces all lines of each name by the lines given, in which those of one name stand together.
func (b *headerEdits) set(lines facts.Headers) {
	for i, line := range lines {
		if i > 0 && lines[i-1].Name == line.Name {
			b.edits = append(b.edits, Edit{Op: AddHeader, Name: line.Name, Value: line.Value})
			continue
		}
		if b.repeated(line.Name) {
			b.remove(line.Name)
		}
		b.replace(line.Name, line.Value)
	}
}

// replace sets the first line called name.
func (b *headerEdits) replace(name, value string) {
	b.edits = append(b.edits, Edit{Op: ReplaceHeader, Name: name, Value: value})
}

// remove removes all lines of each name, if there is one.
func (b *headerEdits) remove(names ...string) {
	for _, name := range names {
		if _, found := b.old.First(name); found {
			b.edits = append(b.edits, Edit{Op: RemoveHeader, Name: name})
		}
	}
}

// repeated reports whether the old map has more than one line called name.
func (b *headerEdits) repeated(name string) bool {
	lines := 0
	for _, line := range b.old {
		if line.Name == name {
			lines++
		}
	}
	return lines > 1
}
