// SPDX-License-Identifier: Apache-2.0

package main

import "gatewayresponses/plugin/internal/abi"

// filter hands the callbacks of one VM on to its plugins and streams, and survives what they do. A stream is paused when a reply
// was sent for it, and never otherwise: Envoy would wait for a resumption that does not come. What belongs to a number that is not known goes on as it is.
type filter struct {
	vm       *vm
	contexts contexts
	streams  streams
}

var _ abi.Filter = (*filter)(nil)

// ContextCreate begins a plugin or a stream. A stream has no state before there is something to keep.
func (f *filter) ContextCreate(id, parent uint32) {
	defer f.vm.recovered()
	if parent == 0 {
		if before := f.contexts.find(id); before != nil {
			before.plugin.end()
		}
		f.contexts.put(contextEntry{id: id, plugin: &plugin{vm: f.vm}, isPlugin: true})
		return
	}
	provoke(f.vm, "on_context_create")
	if of := f.contexts.find(parent); of != nil {
		f.contexts.put(contextEntry{id: id, plugin: of.plugin})
	}
}

// Configure reads the document; size is its length in bytes.
func (f *filter) Configure(id uint32, size int) (agreed bool) {
	c := f.contexts.find(id)
	if c == nil {
		return true
	}
	agreed = true
	defer func() { c.plugin.survive(recover()) }()
	provokeIn(c.plugin, "on_configure")
	return c.plugin.configure(size)
}

// Tick is the heartbeat of the VM.
func (f *filter) Tick(id uint32) {
	if c := f.contexts.find(id); c != nil {
		defer f.vm.recovered()
		provokeIn(c.plugin, "on_tick")
		c.plugin.beat()
	}
}

// RequestHeaders captures.
func (f *filter) RequestHeaders(id uint32) abi.Action {
	c := f.contexts.find(id)
	if c == nil || !c.plugin.captures() {
		return abi.Continue
	}
	s := f.streams.begin(c)
	defer s.recovered()
	provoke(f.vm, "on_request_headers")
	s.requestHeaders()
	return abi.Continue
}

// ResponseHeaders decides. Most streams need no state from then on.
func (f *filter) ResponseHeaders(id uint32, endOfStream bool) (action abi.Action) {
	c := f.contexts.find(id)
	if c == nil || c.plugin.program == nil {
		return abi.Continue
	}
	s := f.streams.begin(c)
	defer func() {
		if cause := recover(); cause != nil {
			s.surviveHeaders(cause)
		}
		if s.sent {
			action = abi.Pause
		}
		f.letGo(id)
	}()
	provoke(f.vm, "on_response_headers")
	s.responseHeaders(endOfStream)
	return abi.Continue
}

// ResponseBody replaces the body. Most streams have nothing to replace.
func (f *filter) ResponseBody(id uint32, size int, endOfStream bool) abi.Action {
	if s := f.rewriting(id); s != nil {
		defer func() { s.rescueBody(recover(), size, endOfStream) }()
		s.rewrite.Begin()
		provoke(f.vm, "on_response_body")
		s.responseBody(size, endOfStream)
	}
	return abi.Continue
}

// ResponseTrailers ends a body that trailers follow.
func (f *filter) ResponseTrailers(id uint32) abi.Action {
	if s := f.rewriting(id); s != nil {
		defer func() { s.rescueTrailers(recover()) }()
		s.rewrite.Begin()
		provoke(f.vm, "on_response_trailers")
		s.responseTrailers()
	}
	return abi.Continue
}

// Log ends what a stream has to tell: Envoy writes its access log.
func (f *filter) Log(id uint32) {
	if s := f.rewriting(id); s != nil {
		defer s.recovered()
		provoke(f.vm, "on_log")
		s.done()
	}
}

// Delete ends a plugin or a stream.
func (f *filter) Delete(id uint32) {
	c := f.contexts.find(id)
	if c == nil {
		return
	}
	f.streams.end(c)
	ended := *c
	f.contexts.remove(id)
	defer f.vm.recovered()
	if ended.isPlugin {
		provokeIn(ended.plugin, "on_delete")
		ended.plugin.onDelete()
		return
	}
	provoke(f.vm, "on_delete")
}

// rewriting is the stream with that number if its reply is being replaced, else nil.
func (f *filter) rewriting(id uint32) *stream {
	c := f.contexts.find(id)
	if c == nil || c.stream == nil || c.stream.rewrite == nil {
		return nil
	}
	return c.stream
}

// letGo lets go of what was captured of the request, and of the whole state when nothing needs it any more.
func (f *filter) letGo(id uint32) {
	c := f.contexts.find(id)
	switch {
	case c == nil || c.stream == nil:
	case c.stream.idle():
		f.streams.end(c)
	default:
		c.stream.request = c.stream.request.emptied()
	}
}

// streams makes states of streams, and uses those again that are not needed any more.
type streams struct{ spare []*stream }

// maxSpare is how many states are kept for later.
const maxSpare = 256

// begin gives a context a state, unless it has one, and returns it.
func (p *streams) begin(c *contextEntry) *stream {
	switch last := len(p.spare) - 1; {
	case c.stream != nil:
	case last < 0:
		c.stream = &stream{plugin: c.plugin}
	default:
		c.stream, p.spare = p.spare[last], p.spare[:last]
		c.stream.plugin = c.plugin
	}
	return c.stream
}

// end takes the state of a context away.
func (p *streams) end(c *contextEntry) {
	if c.stream == nil {
		return
	}
	if len(p.spare) < maxSpare {
		*c.stream = stream{request: c.stream.request.emptied()}
		p.spare = append(p.spare, c.stream)
	}
	c.stream = nil
}
