// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// host is what requests are sent to.
const host = "gateway.example.com"

// client speaks one version of HTTP.
type client struct {
	name string
	http *http.Client
}

// clients are HTTP/1.1 and HTTP/2 with prior knowledge.
var clients = []client{{"HTTP/1.1", newClient((*http.Protocols).SetHTTP1)}, {"HTTP/2", newClient((*http.Protocols).SetUnencryptedHTTP2)}}

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

// request is what is sent.
type request struct {
	method, path string
	headers      http.Header
	body         string
}

// parseRequest reads a request as HTTP/1.1 writes it, with "\n" for line ends, and after an empty line the size of its body.
func parseRequest(text string) (request, error) {
	head, size, hasBody := strings.Cut(text, "\n\n")
	parsed, err := http.ReadRequest(bufio.NewReader(strings.NewReader(strings.TrimSpace(head) + "\n\n")))
	if err != nil {
		return request{}, err
	}
	r := request{parsed.Method, parsed.RequestURI, parsed.Header, ""}
	if hasBody {
		n, err := strconv.Atoi(strings.TrimSuffix(size, " bytes\n"))
		if err != nil {
			return request{}, err
		}
		r.body = strings.Repeat("x", n)
	}
	return r, nil
}

// reply is what comes back.
type reply struct {
	status  int
	headers http.Header
	body    []byte
}

// lastID counts the requests of this run.
var lastID atomic.Int64

// newID returns an x-request-id of which there is no second one.
func newID() string { return fmt.Sprintf("id-%08d", lastID.Add(1)) }

// anyID stands for it in golden files. It has the same length, because content-length counts it.
const anyID = "id-00000000"

// send sends a request to url, which goes before its path.
func (c client) send(t *testing.T, url, id string, r request) reply {
	t.Helper()
	sent, err := http.NewRequestWithContext(t.Context(), r.method, url+r.path, strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(sent.Header, r.headers)
	sent.Header.Set("X-Request-Id", id)
	sent.Host = host
	received, err := c.http.Do(sent)
	if err != nil {
		t.Fatalf("%s %s %s: %v", c.name, r.method, r.path, err)
	}
	defer received.Body.Close()
	body, err := io.ReadAll(received.Body)
	if err != nil {
		t.Fatalf("%s %s %s: the body: %v", c.name, r.method, r.path, err)
	}
	return reply{received.StatusCode, received.Header, body}
}

// unsteady are the headers that golden files leave out: they differ between requests, or between versions of HTTP.
var unsteady = []string{"Connection", "Date", "X-Envoy-Upstream-Service-Time"}

// text writes a reply as golden files hold it, with the headers in the order of their names.
func (r reply) text(id string) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP %d\n", r.status)
	for _, name := range slices.Sorted(maps.Keys(r.headers)) {
		if slices.Contains(unsteady, name) {
			continue
		}
		for _, value := range r.headers[name] {
			if value == r.headers.Get("X-Ratelimit-Reset") {
				value = "N"
			}
			fmt.Fprintf(&b, "%s: %s\n", strings.ToLower(name), value)
		}
	}
	if len(r.body) > 0 {
		fmt.Fprintf(&b, "\n%s\n", bytes.TrimSuffix(r.body, []byte("\n")))
	}
	return strings.ReplaceAll(b.String(), id, anyID)
}
