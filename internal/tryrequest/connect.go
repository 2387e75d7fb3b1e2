// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"bytes"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"gatewayresponses/internal/facts"
)

// connection is a way to one target, for one request.
type connection struct {
	transport *http.Transport
	// reader sees what comes by HTTP/1.1; nil until it is connected, and by HTTP/2.
	reader *recorder
}

// connection makes a way to a target. It leads there whatever the request says.
func (s *Sender) connection(to *url.URL, isHTTP2 bool) *connection {
	c := &connection{}
	secure := &tls.Config{RootCAs: s.roots, ServerName: to.Hostname(), MinVersion: tls.VersionTLS12}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", to.Host)
	}
	c.transport = &http.Transport{
		Proxy: nil, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: maxReplyHeaderBytes,
		Protocols: &http.Protocols{}, TLSClientConfig: secure, DialContext: dial,
	}
	if isHTTP2 {
		c.transport.Protocols.SetHTTP2(to.Scheme == "https")
		c.transport.Protocols.SetUnencryptedHTTP2(to.Scheme == "http")
		return c
	}
	c.transport.Protocols.SetHTTP1(true)
	c.transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) { return c.recorded(dial(ctx, "", "")) }
	c.transport.DialTLSContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		conn, err := dial(ctx, "", "")
		if err != nil {
			return nil, err
		}
		over := tls.Client(conn, secure)
		if err := over.HandshakeContext(ctx); err != nil {
			_ = conn.Close() // the handshake says why
			return nil, err
		}
		return c.recorded(over, nil)
	}
	return c
}

// recorded is a connection whose reply is seen.
func (c *connection) recorded(conn net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	c.reader = &recorder{Conn: conn}
	return c.reader, nil
}

// headers are those of the reply as they came, nil where nobody saw them.
func (c *connection) headers() facts.Headers {
	if c.reader == nil {
		return nil
	}
	c.reader.mu.Lock()
	defer c.reader.mu.Unlock()
	return headersOf(c.reader.seen)
}

// recorder keeps the beginning of what comes on a connection: net/http has headers without their order.
type recorder struct {
	net.Conn
	mu   sync.Mutex
	seen []byte
}

// maxSeen is how much of it is kept, in bytes: the headers of a reply, and of some before it with a status below 200.
const maxSeen = 2 * maxReplyHeaderBytes

// Read reads from the connection.
func (r *recorder) Read(into []byte) (int, error) {
	n, err := r.Conn.Read(into)
	r.mu.Lock()
	defer r.mu.Unlock()
	if room := maxSeen - len(r.seen); room > 0 {
		r.seen = append(r.seen, into[:min(n, room)]...)
	}
	return n, err
}

// headersOf are the headers of the first reply of HTTP/1.1 that is no interim one, nil where there is none. net/http has read the text
// before, and found it well-formed.
func headersOf(text []byte) facts.Headers {
	for {
		status, rest, _ := bytes.Cut(text, []byte("\n"))
		headers := facts.Headers{}
		for {
			line, behind, found := bytes.Cut(rest, []byte("\n"))
			if !found {
				return nil
			}
			rest = behind
			if line = bytes.TrimRight(line, "\r"); len(line) == 0 {
				break
			}
			name, value, _ := strings.Cut(string(line), ":")
			headers = append(headers, facts.Header{Name: strings.ToLower(name), Value: strings.Trim(value, " \t")})
		}
		if fields := bytes.Fields(status); len(fields) < 2 || fields[1][0] != '1' {
			return headers
		}
		text = rest
	}
}
