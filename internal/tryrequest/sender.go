// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/facts"
)

// Errors of Send, besides what Check finds.
var (
	// ErrNoTarget says that there is no such target.
	ErrNoTarget = errors.New("no such target")
	// ErrBusy says that too many requests are under way.
	ErrBusy = errors.New("too many requests are under way")
)

const (
	// sendTimeout is how long a request may take, to the end of its reply: longer than the 15 seconds after which Envoy gives up an
	// upstream unless told otherwise.
	sendTimeout = 20 * time.Second
	// maxAtOnce is how many requests are under way at once.
	maxAtOnce = 8
)

// Sender sends requests through targets. It is safe for concurrent use.
type Sender struct {
	roots   *x509.CertPool
	timeout time.Duration
	slots   chan struct{}
	mu      sync.Mutex
	targets []Target
}

// New makes a Sender for targets. roots are who may have signed their certificates, nil for those of the system.
func New(targets []Target, roots *x509.CertPool) (*Sender, error) {
	s := &Sender{roots: roots, timeout: sendTimeout, slots: make(chan struct{}, maxAtOnce)}
	var wrong []error
	for _, t := range targets {
		wrong = append(wrong, s.Allow(t))
	}
	return s, errors.Join(wrong...)
}

// Allow adds a target.
func (s *Sender) Allow(t Target) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.find(t.Gateway, t.Name); known {
		return fmt.Errorf("%s/%s is given twice", t.Gateway, t.Name)
	}
	s.targets = append(s.targets, t)
	slices.SortFunc(s.targets, func(a, b Target) int { return cmp.Or(cmp.Compare(a.Gateway, b.Gateway), cmp.Compare(a.Name, b.Name)) })
	return nil
}

// Targets are all targets, by gateway and name.
func (s *Sender) Targets() []Target {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.targets)
}

// Target finds a target, or says ErrNoTarget.
func (s *Sender) Target(gateway, name string) (Target, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.find(gateway, name)
	if !ok {
		return t, ErrNoTarget
	}
	return t, nil
}

func (s *Sender) find(gateway, name string) (Target, bool) {
	i := slices.IndexFunc(s.targets, func(t Target) bool { return t.Gateway == gateway && t.Name == name })
	if i < 0 {
		return Target{}, false
	}
	return s.targets[i], true
}

// Send sends a request through a target, with an id in the header envoy.TryHeader. A reply whose status is 0 never began; Broken says why.
func (s *Sender) Send(ctx context.Context, to Target, r Request, id string) (Reply, error) {
	if known, err := s.Target(to.Gateway, to.Name); err != nil || known != to {
		return Reply{}, ErrNoTarget
	}
	if err := r.Check(); err != nil {
		return Reply{}, err
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		return Reply{}, ErrBusy
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	begun := time.Now()
	reply, err := s.send(ctx, to, r, id)
	reply.Took = time.Since(begun)
	return reply, err
}

// send sends a request that was checked.
func (s *Sender) send(ctx context.Context, to Target, r Request, id string) (Reply, error) {
	at, err := url.Parse(to.URL)
	if err != nil {
		return Reply{}, err
	}
	c := s.connection(at, r.HTTP2)
	defer c.transport.CloseIdleConnections()
	request := (&http.Request{
		Method: r.Method, Host: cmp.Or(r.Host, at.Host), Header: r.header(id), ContentLength: int64(len(r.Body)),
		// An opaque URL is sent as it is: other forms would be cleaned.
		URL: &url.URL{Scheme: at.Scheme, Host: at.Host, Opaque: r.Path},
	}).WithContext(ctx)
	if len(r.Body) > 0 {
		request.Body = body{bytes.NewReader(r.Body)}
	}
	response, err := c.transport.RoundTrip(request) // which follows no redirects, and keeps no cookies
	if err != nil {
		return Reply{Broken: s.inWords(err)}, nil
	}
	defer response.Body.Close()
	return s.readReply(response, c.headers()), nil
}

// body is the body of a request.
type body struct{ *bytes.Reader }

// Close has nothing to do.
func (body) Close() error { return nil }

// header are the headers that are sent.
func (r *Request) header(id string) http.Header {
	header := http.Header{
		http.CanonicalHeaderKey(envoy.TryHeader): {id},
		"User-Agent":                             {""}, // that of the library is not sent
	}
	written := http.Header{}
	for _, h := range r.Headers {
		written.Add(h.Name, h.Value)
	}
	for name, values := range written {
		header[name] = values
	}
	if r.HTTP2 && isGRPC(r.Headers) {
		header.Set("Te", "trailers") // every client of gRPC says so
	}
	return header
}

// isGRPC reports whether headers are those of a client of gRPC.
func isGRPC(headers facts.Headers) bool {
	return slices.ContainsFunc(headers, func(h facts.Header) bool {
		return strings.EqualFold(h.Name, "content-type") && strings.HasPrefix(strings.ToLower(h.Value), "application/grpc")
	})
}
