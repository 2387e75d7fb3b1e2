// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// Request is what a client sends.
type Request struct {
	Method string
	// Path is the target of the request as it is sent, with its query.
	Path string
	// Host is the header of this name, or :authority; empty is host and port of the target. It does not change where the request goes.
	Host string
	// Headers are sent besides those that frame the request.
	Headers facts.Headers
	Body    []byte
	// HTTP2 sends it by HTTP/2, without TLS by prior knowledge; otherwise it is HTTP/1.1.
	HTTP2 bool
}

// Limits of a request.
const (
	// MaxBody is the size of its body, in bytes.
	MaxBody = 64 << 10
	// maxPath and maxHost are the length of these, in bytes.
	maxPath, maxHost = 8 << 10, 255
	// maxMethod is the length of the method, in bytes.
	maxMethod = 32
	// maxHeaders is how many headers there are, and maxHeaderBytes the size of all of them.
	maxHeaders, maxHeaderBytes = 64, 16 << 10
)

// ours are headers that frame a request, or that belong to one connection: the sender writes those that it takes.
var ours = []string{
	"connection", "content-length", "expect", "host", "http2-settings", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", envoy.TryHeader,
}

// Check says all that is wrong with a request, nil for nothing. A request that passes goes where its target says.
func (r *Request) Check() error {
	wrong := []error{checkMethod(r.Method), checkPath(r.Path), checkHost(r.Host), checkSize(r)}
	for _, h := range r.Headers {
		wrong = append(wrong, checkHeader(h))
	}
	return errors.Join(wrong...)
}

func checkMethod(method string) error {
	switch {
	case len(method) > maxMethod || !chars.IsToken(method):
		return fmt.Errorf("the method %s is no word of HTTP, such as GET", quote.Text(method))
	case method == http.MethodConnect:
		return errors.New("the method CONNECT opens a tunnel, and a request ends with its reply; use another one")
	}
	return nil
}

// checkPath wants the path of an origin: what begins with two slashes, or with a scheme, can be read as the address of another host.
func checkPath(path string) error {
	switch {
	case !strings.HasPrefix(path, "/"):
		return fmt.Errorf("the path %s does not begin with a slash", quote.Text(path))
	case strings.HasPrefix(path, "//"):
		return fmt.Errorf("the path %s begins with two slashes, which is the address of another host to many; begin with one", quote.Text(path))
	case len(path) > maxPath:
		return fmt.Errorf("the path has %d bytes, and %d is the most", len(path), maxPath)
	case strings.ContainsFunc(path, func(c rune) bool { return c <= ' ' || c >= 0x7F }):
		return fmt.Errorf("the path %s has spaces, control characters or others beyond ASCII; write them percent-encoded", quote.Text(path))
	}
	return nil
}

func checkHost(host string) error {
	if len(host) > maxHost || strings.ContainsFunc(host, func(c rune) bool { return c >= 0x80 || !strings.ContainsRune(hostCharacters, c) }) {
		return fmt.Errorf("the host %s is none: use up to %d letters, digits and -._~:[]", quote.Text(host), maxHost)
	}
	return nil
}

const hostCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:[]"

func checkSize(r *Request) error {
	size := 0
	for _, h := range r.Headers {
		size += len(h.Name) + len(h.Value)
	}
	switch {
	case len(r.Body) > MaxBody:
		return fmt.Errorf("the body has %d bytes, and %d is the most", len(r.Body), MaxBody)
	case len(r.Headers) > maxHeaders:
		return fmt.Errorf("there are %d headers, and %d is the most", len(r.Headers), maxHeaders)
	case size > maxHeaderBytes:
		return fmt.Errorf("the headers have %d bytes together, and %d is the most", size, maxHeaderBytes)
	}
	return nil
}

func checkHeader(h facts.Header) error {
	name := chars.Lower(h.Name)
	switch {
	case !chars.IsToken(h.Name):
		return fmt.Errorf("%s is no name of a header", quote.Text(h.Name))
	case slices.Contains(ours, name):
		return fmt.Errorf("the header %s is not yours to set: it frames the request, belongs to the connection, or names the request", quote.Text(name))
	case chars.Forbidden(h.Value) >= 0:
		return fmt.Errorf("the value of the header %s has a control character", quote.Text(name))
	case chars.Trim(h.Value) != h.Value:
		return fmt.Errorf("the value of the header %s begins or ends with white space", quote.Text(name))
	}
	return nil
}
