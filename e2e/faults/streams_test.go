// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// manyStreams is how many exchanges are under way at the same time.
const manyStreams = 10_000

// TestManyStreams has 10,000 streams of HTTP/2 wait for an upstream, which fails all of them at once. Each client gets what the
// filter had kept of its own request.
func TestManyStreams(t *testing.T) {
	t.Parallel()
	var waiting atomic.Int64
	all := make(chan struct{})
	p := setup{
		listeners: []listener{{name: "gateway", document: `{"classification": [{"when": {"source": "upstream", "status": ["503"]}, "responseType": "INTEGRATION_FAILURE"}],
			"gatewayResponses": {"INTEGRATION_FAILURE": {"statusCode": 418, "responseTemplates": {"application/json": "{\"path\":$context.path,\"id\":$method.request.header.x-number}"}}}}`}},
		upstream: func(w http.ResponseWriter, _ *http.Request) {
			if waiting.Add(1) == manyStreams {
				close(all)
			}
			<-all
			http.Error(w, "busy", http.StatusServiceUnavailable)
		},
	}.start(t)
	url, client := "http://"+p.Address(t, "gateway"), envoytest.Clients[1]
	var group sync.WaitGroup
	for i := range manyStreams {
		group.Go(func() {
			path := fmt.Sprintf("/wait/%d", i)
			got := client.Send(t, url, "", envoytest.Request{Method: http.MethodGet, Path: path, Headers: http.Header{"X-Number": {fmt.Sprint(i)}, "X-Padding": {strings.Repeat("p", 1<<10)}}})
			if want := fmt.Sprintf(`{"path":"%s","id":"%d"}`, path, i); got.Status != 418 || string(got.Body) != want {
				t.Errorf("stream %d: %d %q, want 418 %s", i, got.Status, got.Body, want)
			}
		})
	}
	group.Wait()
	if got := p.Counter(t, "INTEGRATION_FAILURE.418"); got != manyStreams {
		t.Errorf("INTEGRATION_FAILURE.418 = %d, want %d", got, manyStreams)
	}
}
