// SPDX-License-Identifier: Apache-2.0

package load

import (
	"strconv"
	"strings"
	"time"
)

// Spec is what a generator sends.
type Spec struct {
	// Address is the proxy, HOST:PORT.
	Address string `json:"address"`
	// HTTP2 asks for HTTP/2 with prior knowledge, else HTTP/1.1.
	HTTP2  bool   `json:"http2"`
	Method string `json:"method"`
	Path   string `json:"path"`
	// Body is the size of the request's body, in bytes.
	Body int `json:"body"`
	// Connections are kept open; each has one request at a time, or Streams of them with HTTP/2.
	Connections int `json:"connections"`
	Streams     int `json:"streams"`
	// Status and Length are what every reply must have: its status, and the bytes of its body.
	Status int `json:"status"`
	Length int `json:"length"`
	// Rate is how many requests a connection sends in a second, whether or not the proxy answers in time; 0 for the next one
	// with each reply. HTTP/1.1 only.
	Rate int `json:"rate"`
	// WarmUp goes before the measured Duration. A Duration of 0 ends when Serve is told to stop.
	WarmUp   time.Duration `json:"warmUp"`
	Duration time.Duration `json:"duration"`
}

// RequestID is the x-request-id of every request.
const RequestID = "6f1c2d3e-0a4b-4c5d-8e6f-7a8b9c0d1e2f"

// Host is the authority of every request.
const Host = "api.example.com"

// headers are those of every request but for host or authority, in lower case.
var headers = [][2]string{
	{"user-agent", "bench"},
	{"accept", "application/json"},
	{"authorization", "Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJiZW5jaCJ9.c2lnbmF0dXJl"},
	{"x-request-id", RequestID},
}

// Headers are the headers of every request but for its host.
func Headers() [][2]string { return headers }

// request is the text of an HTTP/1.1 request.
func (s Spec) request() []byte {
	var b strings.Builder
	b.WriteString(s.Method + " " + s.Path + " HTTP/1.1\r\nhost: " + Host + "\r\n")
	for _, h := range headers {
		b.WriteString(h[0] + ": " + h[1] + "\r\n")
	}
	if s.Body > 0 {
		b.WriteString("content-length: " + strconv.Itoa(s.Body) + "\r\n")
	}
	b.WriteString("\r\n")
	b.WriteString(strings.Repeat("u", s.Body))
	return []byte(b.String())
}
