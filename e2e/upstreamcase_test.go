// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// askUpstream are the request headers that ask answerCase for the reply of a case.
func askUpstream(c cases.Case) facts.Headers {
	reply := c.Facts.Reply
	headers := facts.Headers{
		{Name: "x-upstream-status", Value: reply.Headers[0].Value},
		{Name: "x-upstream-body", Value: percentEncode(string(reply.Body))},
	}
	for _, line := range reply.Headers[1:] {
		headers = append(headers, facts.Header{Name: "x-upstream-header", Value: percentEncode(line.Name + "=" + line.Value)})
	}
	return headers
}

// answerCase is the upstream of the cases: it sends the reply that the request headers ask for.
func answerCase(w http.ResponseWriter, r *http.Request) {
	w.Header()["Content-Type"] = nil // none that is guessed
	for _, text := range r.Header["X-Upstream-Header"] {
		line, err := url.PathUnescape(text)
		name, value, _ := strings.Cut(line, "=")
		if err != nil {
			panic(err)
		}
		w.Header().Add(name, value)
	}
	status, err := strconv.Atoi(r.Header.Get("X-Upstream-Status"))
	if err != nil {
		panic(err)
	}
	body, err := url.PathUnescape(r.Header.Get("X-Upstream-Body"))
	if err != nil {
		panic(err)
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}
