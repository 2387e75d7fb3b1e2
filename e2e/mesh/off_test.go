// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/types/known/structpb"
	extensions "istio.io/api/extensions/v1alpha1"
	"istio.io/istio/pkg/config/schema/gvk"

	"gatewayresponses/e2e/envoytest"
)

// drainTime is how long an Envoy here lets what is open end. Istio's own default is 45 s.
const drainTime = 5 * time.Second

// TestOff switches the filter off on a gateway under a light load, by its document and by taking it out, as Istio's agent runs Envoy: no
// request fails. A stream outlives a document; the end of the filter cuts it off when the time to drain is over.
func TestOff(t *testing.T) {
	g := start(t, ingressGateway, emitted(t, "wasmplugin.yaml", "--image", "file://"+envoytest.PluginPath),
		"--drain-time-s", fmt.Sprint(int(drainTime.Seconds())), "--drain-strategy", "immediate")
	load := startLoad(t, g)
	s := openStream(t, g)
	load.await(t, "the filter answers", true)

	begin := time.Now()
	setMode(t, g, "off")
	load.await(t, "the document switches it off", false)
	t.Logf("the last reply of the filter came %v after the document changed", load.last(true).Sub(begin).Round(time.Millisecond))
	setMode(t, g, "rewrite")
	load.await(t, "the document switches it on", true)
	if s.ended() {
		t.Error("a document has ended a stream")
	}

	begin = time.Now()
	if err := g.istiod.Store().Delete(gvk.WasmPlugin, "gateway-responses", "istio-ingress", nil); err != nil {
		t.Fatal(err)
	}
	load.await(t, "it is taken out", false)
	t.Logf("the last reply of the filter came %v after it was taken out", load.last(true).Sub(begin).Round(time.Millisecond))
	envoytest.Eventually(t, "the stream ends", s.ended)
	lasted := s.end().Sub(begin)
	t.Logf("the stream ended %v after the filter was taken out, with a time to drain of %v", lasted.Round(time.Millisecond), drainTime)
	if lasted < drainTime/2 {
		t.Errorf("the stream ended after %v, before the time to drain was over", lasted)
	}
	load.stop(t)
}

// setMode changes the mode in the document of the WasmPlugin.
func setMode(t *testing.T, p *proxy, mode string) {
	t.Helper()
	plugin := p.istiod.Store().Get(gvk.WasmPlugin, "gateway-responses", "istio-ingress").DeepCopy()
	plugin.Spec.(*extensions.WasmPlugin).PluginConfig.Fields["mode"] = structpb.NewStringValue(mode)
	if _, err := p.istiod.Store().Update(plugin); err != nil {
		t.Fatal(err)
	}
}

// load sends requests on connections that stay open, some of them good, some without a route, some slow.
type load struct {
	done chan struct{}
	wait sync.WaitGroup

	mu       sync.Mutex
	requests int
	failed   []string
	// seen are when the filter, or Envoy alone, answered last.
	seen map[bool]time.Time
}

// clients send requests at the same time, each with a pause.
const (
	clients = 4
	pause   = 20 * time.Millisecond
)

// startLoad starts it.
func startLoad(t *testing.T, p *proxy) *load {
	t.Helper()
	l := &load{done: make(chan struct{}), seen: map[bool]time.Time{}}
	for range clients {
		client := &http.Client{Transport: &http.Transport{}, Timeout: envoytest.EventTimeout}
		l.wait.Go(func() {
			defer client.CloseIdleConnections()
			for i := 0; ; i++ {
				select {
				case <-l.done:
					return
				case <-time.After(pause):
				}
				l.send(client, p.address, []string{"/pets", "/nowhere", "/pets/later"}[i%3])
			}
		})
	}
	return l
}

// send sends a request, and remembers what became of it.
func (l *load) send(client *http.Client, address, path string) {
	status, body, err := request(client, address, path)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests++
	switch isRouted := path != "/nowhere"; {
	case err != nil:
		l.failed = append(l.failed, fmt.Sprintf("%s: %v", path, err))
	case isRouted && status == http.StatusOK:
	case !isRouted && status == http.StatusNotFound:
		l.seen[len(body) > 0] = time.Now()
	default:
		l.failed = append(l.failed, fmt.Sprintf("%s: status %d, %s", path, status, body))
	}
}

// request sends one, and reads the whole reply.
func request(client *http.Client, address, path string) (status int, body []byte, err error) {
	r, err := http.NewRequest(http.MethodGet, "http://"+address+path, http.NoBody)
	if err != nil {
		return 0, nil, err
	}
	r.Host, r.Header = "gateway.example.com", good.Clone()
	reply, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer reply.Body.Close()
	body, err = io.ReadAll(reply.Body)
	return reply.StatusCode, body, err
}

// last is when the filter, or Envoy alone, answered last.
func (l *load) last(filter bool) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seen[filter]
}

// await waits until the filter, or Envoy alone, has answered all requests for a while.
func (l *load) await(t *testing.T, what string, filter bool) {
	t.Helper()
	envoytest.Eventually(t, what, func() bool { return l.last(filter).Sub(l.last(!filter)) > time.Second })
}

// stop ends it, and holds that nothing has failed.
func (l *load) stop(t *testing.T) {
	t.Helper()
	close(l.done)
	l.wait.Wait()
	t.Logf("%d requests, of which %d failed", l.requests, len(l.failed))
	if len(l.failed) > 0 {
		t.Errorf("requests failed:\n%s", strings.Join(l.failed, "\n"))
	}
}

// stream is a reply that goes on.
type stream struct {
	// began gets nil with the first line, or why there is none.
	began chan error
	mu    sync.Mutex
	at    time.Time
}

// openStream begins one, and waits for its first line.
func openStream(t *testing.T, p *proxy) *stream {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.address+"/pets/stream", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Host, r.Header = "gateway.example.com", good.Clone()
	s := &stream{began: make(chan error, 1)}
	go s.read(r)
	if err := <-s.began; err != nil {
		t.Fatal(err)
	}
	return s
}

// read sends the request, and reads the reply to its end.
func (s *stream) read(r *http.Request) {
	reply, err := (&http.Client{Transport: &http.Transport{}}).Do(r)
	if err != nil {
		s.began <- err
		return
	}
	defer reply.Body.Close()
	lines := bufio.NewScanner(reply.Body)
	if !lines.Scan() {
		s.began <- errors.New("the stream has no line")
		return
	}
	s.began <- nil
	for lines.Scan() {
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = time.Now()
}

// end is when it ended, the zero time while it goes on.
func (s *stream) end() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// ended reports whether it has ended.
func (s *stream) ended() bool { return !s.end().IsZero() }
