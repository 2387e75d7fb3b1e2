// SPDX-License-Identifier: Apache-2.0

// Package pace says which callers are too fast.
package pace

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
)

// maxCallers is how many callers are remembered; those that could do all they may are forgotten first.
const maxCallers = 10_000

// Limiter holds each caller to a rate. It is safe for concurrent use, and counts for this process alone.
type Limiter struct {
	rate    rate.Limit
	burst   int
	now     func() time.Time
	mu      sync.Mutex
	callers map[string]*rate.Limiter
}

// New makes a Limiter of requests a second, and of how many may come at once.
func New(perSecond float64, burst int) *Limiter {
	return &Limiter{rate: rate.Limit(perSecond), burst: burst, now: time.Now, callers: map[string]*rate.Limiter{}}
}

// Admit takes a request of a caller, or says how long to wait in AWS's words. The answer does not count against the caller.
func (l *Limiter) Admit(by control.Caller) error {
	now := l.now()
	r := l.of(by.Identity(), now).ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return apigateway.TooMany(wait)
	}
	return nil
}

func (l *Limiter) of(identity string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if of, ok := l.callers[identity]; ok {
		return of
	}
	if len(l.callers) >= maxCallers {
		l.forget(now)
	}
	of := rate.NewLimiter(l.rate, l.burst)
	l.callers[identity] = of
	return of
}

// forget forgets those who have been quiet; all, if nobody was.
func (l *Limiter) forget(now time.Time) {
	for identity, of := range l.callers {
		if of.TokensAt(now) >= float64(l.burst) {
			delete(l.callers, identity)
		}
	}
	if len(l.callers) >= maxCallers {
		clear(l.callers)
	}
}
