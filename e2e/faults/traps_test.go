// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// inFlight is how many streams wait for the upstream when the VM dies.
const inFlight = 20

// TestTraps kills the VM of a worker in the three ways from which nothing recovers, and holds what docs/SECURITY.md says is lost then.
func TestTraps(t *testing.T) {
	t.Parallel()
	open := listener{name: "open", document: teapot, vmID: "open", plugin: onDemand(t), discovery: filepath.Join(t.TempDir(), "filter.yaml")}
	deliver(t, open, 1)
	up := newWaitingRoom()
	traps := []fault{"on_response_headers throw", "on_response_headers overflow", "on_response_headers exhaust"}
	p := setup{
		listeners: []listener{
			open,
			{name: "beside", document: teapot, vmID: "open", plugin: onDemand(t)},
			{name: "apart", document: teapot, vmID: "apart"},
			{name: "reload", document: teapot, vmID: "reload", plugin: onDemand(t), policy: "FAIL_RELOAD"},
		},
		faults:   traps,
		upstream: up.serve,
		args:     []string{"--service-node", "faults", "--service-cluster", "faults"},
	}.start(t)
	for _, trap := range traps {
		t.Run("FAIL_RELOAD "+trap.String(), func(t *testing.T) { testReload(t, p, up, trap) })
	}
	for i, trap := range traps {
		t.Run("FAIL_OPEN "+trap.String(), func(t *testing.T) {
			var others *waiting
			if i == 0 {
				others = up.fill(t, p.Address(t, "beside"))
			}
			testOpen(t, p, up, trap, others)
			wantOriginal(t, p, "beside") // since the first trap: it shares the VM
			wantTeapot(t, p.Address(t, "apart"))
			bringBack(t, p, &open, i)
			wantOriginal(t, p, "beside") // for which nothing new has come
		})
	}
}

// bringBack brings the filter back by another document, or by another vm_id; the same once more does not.
func bringBack(t *testing.T, p *envoytest.Proxy, open *listener, turn int) {
	t.Helper()
	deliver(t, *open, 2*turn+2)
	pass()
	wantOriginal(t, p, "open")
	if turn == 0 {
		open.document = strings.Replace(teapot, "{", `{"revision": 1, `, 1)
	} else {
		open.vmID = fmt.Sprintf("open-%d", turn)
	}
	deliver(t, *open, 2*turn+3)
	envoytest.Eventually(t, "the filter is back", func() bool { return get(t, p.Address(t, "open"), "/denied").Status == 418 })
}

// TestTrapInConfigure delivers a document that kills the VM which reads it, under load. That is a VM of its own, so no stream is lost, and
// the document before goes on.
func TestTrapInConfigure(t *testing.T) {
	t.Parallel()
	l := listener{name: "gateway", document: teapot, plugin: onDemand(t), discovery: filepath.Join(t.TempDir(), "filter.yaml")}
	deliver(t, l, 1)
	p := setup{listeners: []listener{l}, args: []string{"--service-node", "faults", "--service-cluster", "faults"}}.start(t)
	under := startLoad(t, p.Address(t, "gateway"), 1, "/denied", "/ok")
	pass()
	for i, how := range []string{"throw", "exhaust"} {
		l.document = strings.Replace(teapot, "{", `{"x-on_configure": "`+how+`", `, 1)
		deliver(t, l, i+2)
		envoytest.Eventually(t, "a VM dies", func() bool { return strings.Count(p.Log.String(), "Function: proxy_on_configure failed") == i+1 })
		pass()
	}
	wantOnly(t, under.finish(), 20, "200 ok", `418 {"teapot":1}`)
}

// testReload holds what FAIL_RELOAD does: new streams get an empty 503, until the VM is there again.
func testReload(t *testing.T, p *envoytest.Proxy, up *waitingRoom, trap fault) {
	address := p.Address(t, "reload")
	streams := up.fill(t, address)
	wantEmpty503(t, "the stream that killed the VM", get(t, address, "/"+trap.String()+"/ok"))
	began, lost := time.Now(), 0
	for ; time.Since(began) < 20*time.Second; lost++ {
		reply := get(t, address, "/denied")
		if reply.Status == 418 {
			break
		}
		wantEmpty503(t, "a new stream", reply)
		if good := get(t, address, "/ok"); good.Status != 200 { // which has come late enough
			wantEmpty503(t, "a new stream that would be good", good)
		}
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(began)
	t.Logf("new streams got 503 for %s: %d", took.Round(10*time.Millisecond), lost)
	if took > 5*time.Second {
		t.Errorf("the VM was back after %s, want about a second", took)
	}
	streams.release(t)
	streams.wantEmpty503s(t)
	wantTeapot(t, address)
}

// testOpen holds what FAIL_OPEN does: new streams pass without the filter, for good. others are streams of another listener that has the VM,
// nil for none.
func testOpen(t *testing.T, p *envoytest.Proxy, up *waitingRoom, trap fault, others *waiting) {
	address := p.Address(t, "open")
	streams := up.fill(t, address)
	wantEmpty503(t, "the stream that killed the VM", get(t, address, "/"+trap.String()+"/ok"))
	for range 100 {
		wantOriginal(t, p, "open")
	}
	streams.release(t)
	if others != nil {
		others.release(t)
		others.wantEmpty503s(t)
	}
	streams.wantEmpty503s(t)
	wantOriginal(t, p, "open")
}

// wantOriginal sends a denial and a good request to a listener without a working filter.
func wantOriginal(t *testing.T, p *envoytest.Proxy, name string) {
	t.Helper()
	if reply := get(t, p.Address(t, name), "/denied"); reply.Status != 403 || string(reply.Body) != "RBAC: access denied" {
		t.Fatalf("%s: a denial is %d %q, want the original", name, reply.Status, reply.Body)
	}
	if reply := get(t, p.Address(t, name), "/ok"); reply.Status != 200 {
		t.Errorf("%s: good traffic gets %d", name, reply.Status)
	}
}

// wantEmpty503 compares a reply with what Envoy sends when the VM of a stream has died.
func wantEmpty503(t *testing.T, whose string, reply envoytest.RawReply) {
	t.Helper()
	if reply.Status != 503 || len(reply.Body) > 0 {
		t.Errorf("%s gets %d %q, want an empty 503", whose, reply.Status, reply.Body)
	}
}

// waitingRoom is an upstream whose replies to /wait come when it is told so.
type waitingRoom struct{ arrived, release chan struct{} }

func newWaitingRoom() *waitingRoom {
	return &waitingRoom{arrived: make(chan struct{}, inFlight), release: make(chan struct{})}
}

func (u *waitingRoom) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/wait" {
		u.arrived <- struct{}{}
		select {
		case <-u.release:
		case <-r.Context().Done():
		}
	}
	okUpstream(w, r)
}

// waiting are streams that wait for the upstream.
type waiting struct {
	room    *waitingRoom
	group   sync.WaitGroup
	mu      sync.Mutex
	replies []envoytest.RawReply
}

// fill has streams wait for the upstream.
func (u *waitingRoom) fill(t *testing.T, address string) *waiting {
	t.Helper()
	streams := &waiting{room: u}
	for range inFlight {
		streams.group.Go(func() {
			reply := get(t, address, "/wait")
			streams.mu.Lock()
			defer streams.mu.Unlock()
			streams.replies = append(streams.replies, reply)
		})
	}
	for range inFlight {
		<-u.arrived
	}
	return streams
}

// release has the upstream reply to as many streams, so that Envoy sees that their VM is dead. Until then they wait as if nothing had
// happened.
func (s *waiting) release(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	early := len(s.replies)
	s.mu.Unlock()
	if early > 0 {
		t.Errorf("%d streams ended before the upstream replied", early)
	}
	for range inFlight {
		s.room.release <- struct{}{}
	}
}

// wantEmpty503s waits for the ends of the streams.
func (s *waiting) wantEmpty503s(t *testing.T) {
	t.Helper()
	s.group.Wait()
	for _, reply := range s.replies {
		wantEmpty503(t, "a stream in flight", reply)
	}
}
