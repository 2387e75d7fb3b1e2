// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Host is what requests are sent to.
const Host = "gateway.example.com"

// Client speaks one version of HTTP.
type Client struct {
	// Name is that of the version, HTTP the client of net/http.
	Name string
	HTTP *http.Client
}

// Clients are HTTP/1.1 and HTTP/2 with prior knowledge.
var Clients = []Client{{"HTTP/1.1", newClient((*http.Protocols).SetHTTP1)}, {"HTTP/2", newClient((*http.Protocols).SetUnencryptedHTTP2)}}

// newClient returns a client that speaks what set sets, shows redirects and leaves bodies as they are.
func newClient(set func(*http.Protocols, bool)) *http.Client {
	protocols := &http.Protocols{}
	set(protocols, true)
	return &http.Client{
		Transport:     &http.Transport{Protocols: protocols, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       30 * time.Second,
	}
}

// Request is what is sent.
type Request struct {
	Method, Path string
	Headers      http.Header
	Body         string
}

// Reply is what comes back.
type Reply struct {
	Status  int
	Headers http.Header
	Body    []byte
}

// lastID counts the requests of this run.
var lastID atomic.Int64

// NewID returns an x-request-id of which there is no second one.
func NewID() string { return fmt.Sprintf("id-%08d", lastID.Add(1)) }

// Send sends a request to url, which goes before its path.
func (c Client) Send(t *testing.T, url, id string, r Request) Reply {
	t.Helper()
	sent, err := http.NewRequestWithContext(t.Context(), r.Method, url+r.Path, strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(sent.Header, r.Headers)
	sent.Header.Set("X-Request-Id", id)
	sent.Host = Host
	received, err := c.HTTP.Do(sent)
	if err != nil {
		t.Fatalf("%s %s %s: %v", c.Name, r.Method, r.Path, err)
	}
	defer received.Body.Close()
	body, err := io.ReadAll(received.Body)
	if err != nil {
		t.Fatalf("%s %s %s: the body: %v", c.Name, r.Method, r.Path, err)
	}
	return Reply{received.StatusCode, received.Header, body}
}
