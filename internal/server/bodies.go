// SPDX-License-Identifier: Apache-2.0

package server

import (
	"io"
	"net/http"
	"sync/atomic"

	"gatewayresponses/internal/apigateway"
)

// bodies bounds what the bodies of all requests together may take: they are read before anybody knows who sent them.
type bodies struct {
	// free is how many bytes are left.
	free atomic.Int64
}

// bounded lets a request have its body while there is room, and takes it back when the answer is out.
func (b *bodies) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := &heldBody{ReadCloser: r.Body, bodies: b}
		defer func() { b.free.Add(body.held) }()
		r.Body = body
		next.ServeHTTP(w, r)
	})
}

// heldBody is a body that counts what was read of it. One that is announced and never comes counts nothing.
type heldBody struct {
	io.ReadCloser
	bodies *bodies
	held   int64
}

// Read reads, or says that there is no room for another body.
func (b *heldBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.bodies.free.Add(-int64(n)) < 0 {
		b.bodies.free.Add(int64(n))
		return 0, apigateway.Unavailable()
	}
	b.held += int64(n)
	return n, err
}
