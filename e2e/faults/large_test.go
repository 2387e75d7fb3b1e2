// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestLargeHeaders has an upstream fail with 64 KiB of headers. The new reply has all of them.
func TestLargeHeaders(t *testing.T) {
	t.Parallel()
	lines := http.Header{}
	for i := range 64 {
		lines.Set(fmt.Sprintf("X-Line-%d", i), strings.Repeat(string('a'+rune(i%26)), 1<<10))
	}
	p := setup{
		listeners: []listener{{name: "gateway", document: `{"classification": [{"when": {"source": "upstream", "status": ["500"]}, "responseType": "INTEGRATION_FAILURE"}],
			"gatewayResponses": {"INTEGRATION_FAILURE": {"statusCode": 418}}}`}},
		upstream: func(w http.ResponseWriter, _ *http.Request) {
			for name := range lines {
				w.Header().Set(name, lines.Get(name))
			}
			http.Error(w, "oops", http.StatusInternalServerError)
		},
	}.start(t)
	for _, c := range envoytest.Clients {
		got := c.Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/up"})
		if got.Status != 418 || string(got.Body) != `{"message":"Network error communicating with endpoint"}` {
			t.Errorf("%s: %d %q, want 418 from the filter", c.Name, got.Status, got.Body)
		}
		for name := range lines {
			if got.Headers.Get(name) != lines.Get(name) {
				t.Errorf("%s: %s has %d bytes, want what the upstream sent", c.Name, name, len(got.Headers.Get(name)))
			}
		}
	}
}

// TestLargeDocument delivers a document of 1 MiB, all that is allowed, to an Envoy under load, and another one after it. No reply is
// lost, and the document works.
func TestLargeDocument(t *testing.T) {
	t.Parallel()
	l := listener{name: "gateway", document: teapot, discovery: filepath.Join(t.TempDir(), "filter.yaml")}
	deliver(t, l, 1)
	p := setup{listeners: []listener{l}, args: []string{"--service-node", "faults", "--service-cluster", "faults"}}.start(t)
	address := p.Address(t, "gateway")
	under := startLoad(t, address, 1, "/denied", "/ok")
	pass()
	l.document = largeDocument(t)
	deliver(t, l, 2)
	envoytest.Eventually(t, "the large document works", func() bool { return get(t, address, "/denied").Status == 420 })
	under.await(t, `420 {"large":1}`, 20)
	l.document = teapot
	deliver(t, l, 3)
	envoytest.Eventually(t, "the small document works again", func() bool { return get(t, address, "/denied").Status == 418 })
	pass()
	wantOnly(t, under.finish(), 20, "200 ok", `418 {"teapot":1}`, `420 {"large":1}`)
	if reports := p.Log.String(); strings.Contains(reports, "gateway responses") {
		t.Errorf("the log has words of the filter:\n%s", reports)
	}
}

// largeDocument has 1 MiB: routes for other hosts, each with an entry of its own.
func largeDocument(t *testing.T) string {
	t.Helper()
	const most = 1 << 20
	var b strings.Builder
	b.WriteString(`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 420, "responseTemplates": {"application/json": "{\"large\":1}"}}}, "routes": [`)
	const end = `{"name": "last", "match": {"hosts": ["last.example.com"]}}]}`
	for i := 0; ; i++ {
		route := fmt.Sprintf(`{"name": "api-%d", "match": {"hosts": ["api-%d.example.com"], "path": "/pets/{petId}"}, "gatewayResponses": {`+
			`"THROTTLED": {"statusCode": 429, "responseTemplates": {"application/json": "{\"api\":%d,\"message\":$context.error.messageString}"}}}},`, i, i, i)
		if b.Len()+len(route)+len(end) > most {
			break
		}
		b.WriteString(route)
	}
	return b.String() + strings.Repeat(" ", most-b.Len()-len(end)) + end
}
