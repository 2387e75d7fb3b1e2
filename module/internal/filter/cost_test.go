// SPDX-License-Identifier: Apache-2.0

// Under the race detector a sync.Pool loses some of what it is given, and allocations say nothing.
//go:build !race

package filter

import (
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/wire"
)

// stillExchange hands out the same views again and again, as Envoy does: reading costs no memory.
type stillExchange struct{ facts.Facts }

func (x *stillExchange) ReadHeaders(f *facts.Facts) {
	f.Request.Headers = append(f.Request.Headers[:0], x.Request.Headers...)
	f.Reply.Headers = append(f.Reply.Headers[:0], x.Reply.Headers...)
}
func (x *stillExchange) ReadFields(_ facts.Fields, f *facts.Facts) { f.Route = x.Route }
func (x *stillExchange) PerRoute() *Route                          { return nil }
func (x *stillExchange) Attribute(string) string                   { return "" }

// unquoting quotes no body of a reply: facts need not be copied.
const unquoting = `{"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "no $context.path"}}}}`

// maxAllocations is how many pieces of memory an error may take that is rewritten, and one that is left. The engine and package edit
// take them.
const (
	maxAllocations     = 6
	maxLeftAllocations = 0
)

// TestAllocations holds what errors cost the collector, which all workers share.
func TestAllocations(t *testing.T) {
	p, _ := process("", false)
	f := load(t, p, unquoting)
	x := &stillExchange{notFound().facts}
	var list wire.List
	for _, test := range []struct {
		name, details string
		most          float64
	}{{"rewritten", "route_not_found", maxAllocations}, {"left", "direct_response", maxLeftAllocations}} {
		got := testing.AllocsPerRun(100, func() {
			list.Reset()
			f.Decide(x, 404, test.details, true, &list)
		})
		if got > test.most {
			t.Errorf("%s: %v allocations, at most %v are allowed", test.name, got, test.most)
		}
	}
}

// BenchmarkDecide measures an error that is rewritten.
func BenchmarkDecide(b *testing.B) {
	p, _ := process("", false)
	f, _, _ := p.Load("a", []byte(unquoting))
	x := &stillExchange{notFound().facts}
	var list wire.List
	b.ReportAllocs()
	for b.Loop() {
		list.Reset()
		f.Decide(x, 404, "route_not_found", true, &list)
	}
}
