// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// load sends requests over both versions of HTTP until it is stopped.
type load struct {
	url   string
	stop  atomic.Bool
	group sync.WaitGroup
	// replies counts the replies by status and body, "418 {}", and what a client suffered.
	mu      sync.Mutex
	replies map[string]int
}

// startLoad sends requests for paths to a listener, as fast as workers of each client can, each path in turn.
func startLoad(t *testing.T, address string, workers int, paths ...string) *load {
	t.Helper()
	l := &load{url: "http://" + address, replies: map[string]int{}}
	for _, c := range envoytest.Clients {
		for range workers {
			l.group.Go(func() {
				for i := 0; !l.stop.Load(); i++ {
					l.count(l.ask(c, paths[i%len(paths)]))
				}
			})
		}
	}
	t.Cleanup(func() { l.finish() })
	return l
}

// ask sends one request, and says what came of it.
func (l *load) ask(c envoytest.Client, path string) string {
	request, err := http.NewRequest(http.MethodGet, l.url+path, http.NoBody)
	if err != nil {
		return err.Error()
	}
	reply, err := c.HTTP.Do(request)
	if err != nil {
		return c.Name + ": " + err.Error()
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		return c.Name + ": the body: " + err.Error()
	}
	return fmt.Sprintf("%d %s", reply.StatusCode, body)
}

func (l *load) count(outcome string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.replies[outcome]++
}

// await waits until an outcome has come a number of times.
func (l *load) await(t *testing.T, outcome string, least int) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("%q came %d times", outcome, least), func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.replies[outcome] >= least
	})
}

// since returns how many replies of each kind have come until now, and begins to count anew.
func (l *load) since() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	replies := l.replies
	l.replies = map[string]int{}
	return replies
}

// finish stops the load and returns how many replies of each kind have come.
func (l *load) finish() map[string]int {
	l.stop.Store(true)
	l.group.Wait()
	return l.since()
}

// wantOnly fails when there was another outcome than those wanted, or less than least of one of them.
func wantOnly(t *testing.T, got map[string]int, least int, want ...string) {
	t.Helper()
	known := map[string]bool{}
	for _, outcome := range want {
		known[outcome] = true
		if got[outcome] < least {
			t.Errorf("%q came %d times, want at least %d: is that a load?", outcome, got[outcome], least)
		}
	}
	for outcome, n := range got {
		if !known[outcome] {
			t.Errorf("%q came %d times, want only %q", outcome, n, want)
		}
	}
}

// pass lets the load go on for a while.
func pass() { time.Sleep(300 * time.Millisecond) }
