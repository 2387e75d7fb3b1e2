// SPDX-License-Identifier: Apache-2.0

// Under the race detector a sync.Pool loses some of what it is given, and allocations say nothing.
//go:build !race

package filter

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// maxAllocations is how many pieces of memory an error may take that is rewritten: the length of its body, as text. One that is left takes
// none.
const maxAllocations = 1

// TestAllocations holds what errors cost the collector, which all workers share.
func TestAllocations(t *testing.T) {
	p, _ := process("", false)
	f := load(t, p, unquoting)
	x := &stillExchange{notFound().facts}
	var list wire.List
	for _, test := range []struct {
		name, details string
		most          float64
	}{{"rewritten", "route_not_found", maxAllocations}, {"left", "direct_response", 0}} {
		got := testing.AllocsPerRun(100, func() {
			list.Reset()
			f.Decide(x, 404, test.details, true, &list)
		})
		if got > test.most {
			t.Errorf("%s: %v allocations, at most %v are allowed", test.name, got, test.most)
		}
	}
}

// frequent are the errors that gateways see most of, and the headers of the replies to them but for those that all have.
var frequent = []struct {
	name, details string
	status        int
	headers       facts.Headers
}{
	{"denied", "rbac_access_denied_matched_policy[none]", 403, facts.Headers{{Name: "content-length", Value: "19"}, {Name: "content-type", Value: "text/plain"}}},
	{"noRoute", "route_not_found", 404, nil},
	{"throttled", "local_rate_limited", 429, facts.Headers{{Name: "content-length", Value: "18"}, {Name: "content-type", Value: "text/plain"}}},
	{"timeout", "response_timeout", 504, facts.Headers{{Name: "content-length", Value: "24"}, {Name: "content-type", Value: "text/plain"}}},
}

// frequentRequest is the request to them.
var frequentRequest = facts.Request{Headers: facts.Headers{
	{Name: ":authority", Value: "api.example.com"},
	{Name: ":path", Value: "/pets/7?limit=5"},
	{Name: ":method", Value: "GET"},
	{Name: ":scheme", Value: "https"},
	{Name: "user-agent", Value: "curl/8.5.0"},
	{Name: "accept", Value: "application/json"},
	{Name: "x-request-id", Value: "6f1c2d3e-0a4b-4c5d-8e6f-7a8b9c0d1e2f"},
	{Name: "x-forwarded-proto", Value: "https"},
}}

// BenchmarkErrors measures errors that are rewritten. Its profile guides the compiler, see make module-profile: what it does is what is made
// fast.
func BenchmarkErrors(b *testing.B) {
	documents, err := filepath.Glob("../../../bench/documents/*.json")
	if err != nil || len(documents) == 0 {
		b.Fatal(documents, err)
	}
	for _, path := range documents {
		document, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		p, _ := process("", false)
		f, _, _ := p.Load("a", document)
		for _, bc := range frequent {
			headers := append(facts.Headers{{Name: ":status", Value: strconv.Itoa(bc.status)}, {Name: "server", Value: "envoy"}}, bc.headers...)
			x := &stillExchange{facts.Facts{Request: frequentRequest, Reply: facts.Reply{Headers: headers}}}
			room := make([]byte, 4<<10) // as C has it
			b.Run(strings.TrimSuffix(filepath.Base(path), ".json")+"/"+bc.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					list := wire.In(room)
					f.Decide(x, bc.status, bc.details, len(bc.headers) == 0, &list)
				}
			})
		}
	}
}
