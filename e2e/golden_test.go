// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/e2e/envoytest"
)

// parseRequest reads a request as HTTP/1.1 writes it, with "\n" for line ends, and after an empty line the size of its body.
func parseRequest(text string) (envoytest.Request, error) {
	head, size, hasBody := strings.Cut(text, "\n\n")
	parsed, err := http.ReadRequest(bufio.NewReader(strings.NewReader(strings.TrimSpace(head) + "\n\n")))
	if err != nil {
		return envoytest.Request{}, err
	}
	r := envoytest.Request{Method: parsed.Method, Path: parsed.RequestURI, Headers: parsed.Header, Body: ""}
	if hasBody {
		n, err := strconv.Atoi(strings.TrimSuffix(size, " bytes\n"))
		if err != nil {
			return envoytest.Request{}, err
		}
		r.Body = strings.Repeat("x", n)
	}
	return r, nil
}

// anyID stands for the id of a request in golden files. It has the same length, because content-length counts it.
const anyID = "id-00000000"

// unsteady are the headers that golden files leave out: they differ between requests, or between versions of HTTP.
var unsteady = []string{"Connection", "Date", "X-Envoy-Upstream-Service-Time"}

// replyText writes a reply as golden files hold it, with the headers in the order of their names.
func replyText(r envoytest.Reply, id string) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP %d\n", r.Status)
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		if slices.Contains(unsteady, name) {
			continue
		}
		for _, value := range r.Headers[name] {
			if value == r.Headers.Get("X-Ratelimit-Reset") {
				value = "N"
			}
			fmt.Fprintf(&b, "%s: %s\n", strings.ToLower(name), value)
		}
	}
	if len(r.Body) > 0 {
		fmt.Fprintf(&b, "\n%s\n", bytes.TrimSuffix(r.Body, []byte("\n")))
	}
	return strings.ReplaceAll(b.String(), id, anyID)
}
