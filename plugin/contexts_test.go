// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"testing"
)

// FuzzContexts holds that the table finds what a map finds, whatever comes and goes.
func FuzzContexts(f *testing.F) {
	f.Add([]byte("\x01\x02\x03\x01\x01"), uint16(1))
	f.Add([]byte("\x01\x41\x81\xc1\x41\x01"), uint16(64))
	f.Add(func() []byte {
		var all []byte
		for id := range 200 {
			all = append(all, byte(id))
		}
		return append(all, all[:150]...)
	}(), uint16(1))
	f.Fuzz(func(t *testing.T, ids []byte, stride uint16) {
		var table contexts
		want := map[uint32]*plugin{}
		for _, b := range ids {
			id := uint32(b)*uint32(stride) + 1
			if want[id] != nil {
				table.remove(id)
				delete(want, id)
			} else {
				want[id] = &plugin{}
				table.put(contextEntry{id: id, plugin: want[id]})
			}
			if table.used != len(want) || 2*table.used > len(table.slots) {
				t.Fatalf("%d used of %d slots, want %d", table.used, len(table.slots), len(want))
			}
		}
		for b := range 256 {
			id := uint32(b)*uint32(stride) + 1
			got := table.find(id)
			if want[id] == nil && got != nil || want[id] != nil && (got == nil || got.plugin != want[id]) {
				t.Errorf("find(%d) = %v, want plugin %p", id, got, want[id])
			}
		}
	})
}

// TestContextsStaySpread holds that streams which live long do not make a path of neighbours that others have to walk. Envoy
// numbers streams in order.
func TestContextsStaySpread(t *testing.T) {
	var table contexts
	const living = 10_000
	for id := uint32(1); id <= living; id++ {
		table.put(contextEntry{id: id})
	}
	longest := 0
	for id := uint32(living + 1); id < 2*living; id++ {
		steps := 0
		for i := table.slot(id); table.slots[i].id != 0; i = table.next(i) {
			steps++
		}
		longest = max(longest, steps)
	}
	if longest > 20 {
		t.Errorf("a stream walks past %d others, want at most 20", longest)
	}
}

// TestUnknownContexts holds that callbacks with a number that nobody was given pass the exchange.
func TestUnknownContexts(t *testing.T) {
	f := newFilter(&fakeHost{}, nil, "")
	f.ContextCreate(7, 6)
	for _, id := range []uint32{0, 7, 1 << 31} {
		f.RequestHeaders(id)
		f.ResponseHeaders(id, true)
		f.ResponseBody(id, 1, true)
		f.ResponseTrailers(id)
		f.Log(id)
		f.Delete(id)
		if !f.Configure(id, 0) {
			t.Errorf("Configure(%d) = false, want true", id)
		}
	}
	if trace := f.vm.host.(*fakeHost).trace; len(trace) > 0 {
		t.Errorf("host calls = %q, want none", trace)
	}
}

// TestManyStreams holds that streams which live at the same time do not mix, and that ended ones leave nothing behind.
func TestManyStreams(t *testing.T) {
	const many = 2 * maxSpare
	e := exchange{decide: replaceBy(jsonReply(503, "{}")), properties: localReply, reply: "429\ncontent-length: 9"}
	host, _, f := e.start()
	for id := range uint32(many) {
		f.ContextCreate(id+streamID, pluginID)
		host.response = headerLines(":status: 429\ncontent-length: 9")
		f.ResponseHeaders(id+streamID, false)
	}
	for id := range uint32(many) {
		host.chunk = "slow down"
		f.ResponseBody(id+streamID, len(host.chunk), true)
		if host.chunk != "{}" {
			t.Fatalf("body of stream %d = %q, want {}", id, host.chunk)
		}
		f.Log(id + streamID)
		f.Delete(id + streamID)
	}
	if f.contexts.used != 1 || len(f.streams.spare) != maxSpare {
		t.Errorf("%d contexts and %d states are left, want 1 and %d", f.contexts.used, len(f.streams.spare), maxSpare)
	}
}

// TestPluginBegunAgain holds that the heartbeat goes on when Envoy begins a plugin for a second time, as it does for one that is there when
// the same configuration comes once more.
func TestPluginBegunAgain(t *testing.T) {
	host := &fakeHost{}
	f := newFilter(host, nil, "")
	f.Tick(pluginID)
	f.ContextCreate(pluginID, 0)
	host.trace = nil
	f.Tick(pluginID)
	if want := "  add 1 to gateway_responses.heartbeat"; !slices.Contains(host.trace, want) {
		t.Errorf("host calls = %q, want %q", host.trace, want)
	}
}
