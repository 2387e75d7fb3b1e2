// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/wire"
)

// view is a text that shares the memory of bytes.
func view(bytes []byte) string { return unsafe.String(unsafe.SliceData(bytes), len(bytes)) }

const document = `{"gatewayResponses": {
	"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "no $context.path"}},
	"DEFAULT_5XX": {"responseTemplates": {"text/plain": "[$context.envoy.body] $context.path"}}
}, "classification": [{"name": "all", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}]}`

// TestDecide holds the list for a reply that ends with its headers.
func TestDecide(t *testing.T) {
	p, _ := process("", false)
	var list wire.List
	if load(t, p, document).Decide(notFound(), 404, "route_not_found", true, &list) != nil {
		t.Error("a body that quotes nothing waits for chunks")
	}
	want := []string{
		"1 0 content-length|8", "1 0 content-type|text/plain", "5 0 |no /pets",
		"4 0 wasm.gateway_responses.type|RESOURCE_NOT_FOUND", "4 0 wasm.gateway_responses.original_status|404",
		"4 0 wasm.gateway_responses.entry|RESOURCE_NOT_FOUND", "10 0 RESOURCE_NOT_FOUND|404",
	}
	if diff := cmp.Diff(want, texts(&list)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestHEAD holds that a reply to HEAD gets the headers of GET and no body.
func TestHEAD(t *testing.T) {
	p, _ := process("", false)
	x := notFound()
	x.facts.Request.Headers[0].Value = "HEAD"
	var list wire.List
	load(t, p, document).Decide(x, 404, "route_not_found", true, &list)
	got := strings.Join(texts(&list), "\n")
	if !strings.Contains(got, "content-length|8") || strings.Contains(got, "no /pets") {
		t.Errorf("the reply to HEAD:\n%s", got)
	}
}

// TestLeft holds that a reply that is left is counted.
func TestLeft(t *testing.T) {
	p, _ := process("", false)
	var list wire.List
	load(t, p, `{"gatewayResponses": {}}`).Decide(notFound(), 404, "route_not_found", true, &list)
	if diff := cmp.Diff([]string{"9 1 noEntry|"}, texts(&list)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestQuoting holds that a body which quotes the original one comes right when the memory of Envoy, in which the facts were, has been used
// for something else.
func TestQuoting(t *testing.T) {
	p, _ := process("", false)
	x := notFound()
	x.facts.Reply.Headers = headersOf(":status: 503", "content-length: 6")
	details := []byte("via_upstream")
	var list wire.List
	quoting := load(t, p, document).Decide(x, 503, view(details), false, &list)
	if quoting == nil {
		t.Fatalf("no chunk is waited for: %q", texts(&list))
	}
	x.memory = append(x.memory, details)
	x.end()
	original := []string{"abc", "def"}
	var got []string
	for i, chunk := range original {
		list.Reset()
		quoting.Body(len(chunk), func(limit int) []byte { return []byte(chunk)[:limit] }, i == 1, &list)
		got = append(got, texts(&list)...)
	}
	if diff := cmp.Diff([]string{"6 0 |", "6 0 |[abcdef] /pets"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPool holds that facts which are used again hold no text of the exchange before.
func TestPool(t *testing.T) {
	m := &memory{}
	notFound().ReadHeaders(&m.facts)
	request, reply := m.facts.Request.Headers, m.facts.Reply.Headers
	m.release()
	for _, line := range append(request, reply...) {
		if line != (facts.Header{}) {
			t.Errorf("%q stays", line)
		}
	}
}

// TestPanic holds that panics are counted once, and that a decision takes none with it: its list may be lost to a panic of its own.
func TestPanic(t *testing.T) {
	p, log := process("", false)
	f := load(t, p, `{}`)
	p.Panicked("first")
	p.Panicked("second")
	var list wire.List
	f.Decide(notFound(), 404, "via_upstream", true, &list)
	list.Reset()
	p.CountPanics(&list)
	p.CountPanics(&list)
	if diff := cmp.Diff([]string{"9 8 |", "9 8 |"}, texts(&list)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(log.lines) != 1 || !strings.Contains(log.lines[0], `panic: "first"`) {
		t.Errorf("two panics at a time are logged as %q", log.lines)
	}
}
