// SPDX-License-Identifier: Apache-2.0

package who

import (
	"container/list"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// burst is how many failures in a row get the reason, and perSecond how many after that, for each source.
	burst     = 20
	perSecond = 0.5
	// maxSources is how many sources are remembered: those that failed last.
	maxSources = 10_000
)

// failures counts failed attempts by source. Only failures are counted and only failures are held up: guessing a secret of 238 bits is hopeless
// anyway, this keeps one that tries from filling logs.
type failures struct {
	now func() time.Time

	mu      sync.Mutex
	sources map[string]*list.Element
	// last has the source that failed last in front.
	last *list.List
}

type failing struct {
	source  string
	limiter *rate.Limiter
}

func newFailures(now func() time.Time) *failures {
	return &failures{now: now, sources: map[string]*list.Element{}, last: list.New()}
}

// add counts a failure, and says after which time the source may fail again; zero is at once.
func (f *failures) add(source string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	element, ok := f.sources[source]
	if ok {
		f.last.MoveToFront(element)
	} else {
		element = f.last.PushFront(failing{source, rate.NewLimiter(perSecond, burst)})
		f.sources[source] = element
	}
	if oldest := f.last.Back(); f.last.Len() > maxSources {
		delete(f.sources, f.last.Remove(oldest).(failing).source)
	}
	now := f.now()
	limiter := element.Value.(failing).limiter
	if limiter.AllowN(now, 1) {
		return 0
	}
	return time.Duration((1 - limiter.TokensAt(now)) / perSecond * float64(time.Second))
}

// source is where a request comes from: an address of IPv4, or a network of 64 bits, which is what one customer has of IPv6.
func source(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	address = address.Unmap().WithZone("")
	if address.Is6() {
		network, err := address.Prefix(64)
		if err == nil {
			return network.String()
		}
	}
	return address.String()
}
