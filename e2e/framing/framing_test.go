// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// cluster is an upstream.
type cluster struct {
	Name, Protocol string
	Port           int
}

// targets are everything that refuses. What never ends cannot pass the filter that buffers requests.
func targets(w way) []target {
	list := []target{{"denies", "a"}, {"token", "a"}, {"down", "a"}, {"missing", "a"}, {"nowhere", "a"}, {"direct", "a"}}
	for _, protocol := range []string{"h1", "h2"} {
		for _, a := range answers {
			list = append(list, target{protocol, a.name})
		}
		for _, more := range []string{"-plain", "-buffer", "-compressor", "-retry"} {
			if more == "-buffer" && (w.tunnels() || w.sent < w.size) {
				continue
			}
			for _, name := range []string{"sized", "chunked", "text", "unavailable", "sized-short", "upgrade-426-sized", "conflict"} {
				list = append(list, target{protocol + more, name})
			}
		}
	}
	return list
}

// atOnce is how many targets are asked for at the same time, most of the time for those that hang.
const atOnce = 16

// TestFraming asks in all ways for everything that refuses. What Envoy alone does right, it does right with each document.
func TestFraming(t *testing.T) {
	p := start(t)
	addresses := map[string]string{}
	for _, l := range listeners {
		addresses[l.Name] = p.Address(t, l.Name)
	}
	t.Cleanup(func() { // when all of them have run
		if kept, panics := p.Counter(t, "kept.status"), p.Counter(t, "failed.panic"); kept == 0 || panics > 0 {
			t.Errorf("kept.status = %d, want some; failed.panic = %d, want none", kept, panics)
		}
	})
	for _, w := range ways {
		t.Run(strings.ReplaceAll(w.name, "/", ""), func(t *testing.T) {
			t.Parallel()
			var group sync.WaitGroup
			free := make(chan struct{}, atOnce)
			for _, to := range targets(w) {
				free <- struct{}{}
				group.Go(func() {
					compare(t, addresses, w, to)
					<-free
				})
			}
			group.Wait()
		})
	}
}

// compare asks for a target with each document.
func compare(t *testing.T, addresses map[string]string, w way, to target) {
	own := ask(addresses[listeners[0].Name], w, to, true)
	if own.problem+own.next != "" {
		t.Logf("%s: Envoy alone: %d %.40q %s%s", to.path(), own.status, own.body, own.problem, own.next)
	}
	if own.problem != "" && w.tunnels() {
		return // Envoy takes what refuses the upgrade for the upgrade itself
	}
	for _, l := range listeners[1:] {
		got := ask(addresses[l.Name], w, to, own.next == "")
		if problem := l.wrong(w, to, own, got); problem != "" {
			t.Errorf("%s %s: %d %.60q: %s (Envoy alone: %d %.40q)", l.Name, to.path(), got.status, got.body, problem, own.status, own.body)
		}
	}
}

// wrong says what is wrong with a reply under the document, "" for nothing.
func (l listener) wrong(w way, to target, own, got outcome) string {
	switch {
	case got.hangs:
		return got.problem
	case own.problem != "" || w.mayBeCut(to):
		return ""
	case got.problem+got.next != "":
		return got.problem + got.next
	case got.tunnel && !own.tunnel:
		return "a refusal opens a tunnel"
	case own.status < 400 && (got.status != own.status || got.body != own.body):
		return "a reply that is no error was changed"
	case own.status >= 400 && !w.upgradeFails(to):
		return l.wrongError(w, to, own, got)
	}
	return ""
}

// wrongError says what is wrong with an error under the document: the status and the body have to be those of the document.
func (l listener) wrongError(w way, to target, own, got outcome) string {
	status := l.status
	if status == 0 || w.tunnels() && status < 300 {
		status = own.status
	}
	if got.status != status {
		return "the status should be " + strconv.Itoa(status)
	}
	if got.headers.Get("Content-Encoding") != "" {
		return "" // what a compressor made of the body
	}
	if bodies := l.bodies(w, to, own, status); !slices.Contains(bodies, got.body) {
		return fmt.Sprintf("the body should be one of %.120q", bodies)
	}
	return ""
}

// ask sends a request, and says whether a second one follows on its connection. It asks once more where Envoy answers in the place
// of the upstream, which closes connections: Envoy may have taken one of them for this request. What the documents make of such a
// reply is no answer to the request.
func ask(address string, w way, to target, again bool) (got outcome) {
	send := askHTTP1
	if w.http2 {
		send = askHTTP2
	}
	for range 3 {
		if got = send(address, w, to, again); !strings.HasPrefix(got.headers.Get("X-Details"), "upstream_reset_before_response_started") {
			break
		}
	}
	return got
}

// start runs Envoy with all listeners, and the upstreams.
func start(t *testing.T) *envoytest.Proxy {
	t.Helper()
	type rendered struct{ Name, Filter string }
	var all []rendered
	for _, l := range listeners {
		all = append(all, rendered{l.Name, envoytest.Filter(t, l.Name, l.Document)})
	}
	return envoytest.StartConfig(t, envoytest.RenderFile(t, "testdata/envoy.yaml", struct {
		Listeners []rendered
		Clusters  []cluster
	}{all, []cluster{
		{"h1", "{http_protocol_options: {enable_trailers: true}}", envoytest.RawServer(t, answerHTTP1)},
		{"h2", "{http2_protocol_options: {allow_connect: true}}", envoytest.RawServer(t, answerHTTP2)},
	}}))
}
