// SPDX-License-Identifier: Apache-2.0

package oidc

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

const (
	// answerTime is how long the provider may take for an answer.
	answerTime = 10 * time.Second
	// maxAnswer is the size of the largest answer of the provider, in bytes.
	maxAnswer = 1 << 20
)

// newClient makes what asks the provider: within limits, and nobody else. Proxies are those of HTTPS_PROXY and NO_PROXY; TLS goes through
// them to the provider.
func newClient() *http.Client {
	dialer := &net.Dialer{Timeout: answerTime / 2}
	return &http.Client{
		Timeout:       answerTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: bounded{&http.Transport{
			Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: answerTime / 2,
			MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: 64 << 10, DisableCompression: true,
		}},
	}
}

// bounded refuses answers that are too large, and questions that others could read.
type bounded struct{ next http.RoundTripper }

// RoundTrip asks.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	if !isSafe(r.URL) {
		return nil, fmt.Errorf("%s is no URL of https", r.URL)
	}
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = &boundedBody{answer.Body, maxAnswer}
	}
	return answer, err
}

// boundedBody is a body that fails where it gets too large.
type boundedBody struct {
	io.ReadCloser
	left int
}

// Read reads what there is.
func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left+1)])
	if b.left -= n; b.left < 0 {
		return 0, fmt.Errorf("the provider answers with more than %d bytes", maxAnswer)
	}
	return n, err
}
