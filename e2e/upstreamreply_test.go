// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

// tenMegabytes is a large body.
var tenMegabytes = strings.Repeat("x", 10<<20)

// fail writes the headers of an error whose body has no length.
func fail(w http.ResponseWriter, status int) {
	w.Header().Set("ETag", `"e1"`)
	w.WriteHeader(status)
}

// flush writes text at once.
func flush(w http.ResponseWriter, text string) {
	_, _ = io.WriteString(w, text)
	_ = http.NewResponseController(w).Flush()
}

// chunks sends a reply in pieces.
func chunks(status int, pieces ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		fail(w, status)
		for _, piece := range pieces {
			flush(w, piece)
		}
	}
}

// withHeader sends a reply with one more header.
func withHeader(name, value string, send http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		send(w, r)
	}
}

// withTrailer sends a reply with trailers.
func withTrailer(send http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		send(w, r)
		w.Header().Set("X-Sum", "1")
	}
}

// gzipped is text, compressed.
func gzipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	_ = z.Close()
	return b.String()
}
