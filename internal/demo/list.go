// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// list names the requests to try, each under a line that says what the document makes of the reply.
func list(s settings, program *engine.Program) string {
	var b strings.Builder
	fmt.Fprintf(&b, "The gateway is ready, with %s. Try in another terminal, here:\n\n", s.document)
	for _, r := range requests {
		fmt.Fprintf(&b, "# %s: %s\n%s\n", r.about, r.outcome(program), r.command(s.port))
	}
	fmt.Fprintf(&b, "\nHEAD: curl -I. HTTP/2: curl --http2-prior-knowledge. Counters: curl -s 'localhost:%d/stats?filter=gateway_responses'\n", s.adminPort)
	b.WriteString("Ctrl-C stops. The access log follows.\n")
	return b.String()
}

// command is the request as a shell takes it.
func (r request) command(port int) string {
	url := fmt.Sprintf("http://localhost:%d%s", port, r.path)
	if strings.Contains(url, "?") {
		url = "'" + url + "'"
	}
	words := []string{"curl", "-i"}
	if r.accept != "" {
		words = append(words, "-H 'accept: "+r.accept+"'")
	}
	if r.options != "" {
		words = append(words, r.options)
	}
	words = append(words, url)
	if r.body != "" {
		words = slices.Concat([]string{r.body, "|"}, words, []string{"--data-binary", "@-"})
	}
	return strings.Join(words, " ")
}

// outcome says what the client gets.
func (r request) outcome(program *engine.Program) string {
	decision := program.Decide(r.facts())
	if r.status < 400 || decision.Reply == nil {
		return fmt.Sprintf("%d, untouched", r.status)
	}
	contentType, _ := decision.Headers.Set.First("content-type")
	return fmt.Sprintf("%d %s, %s was %d", decision.Reply.Status, cmp.Or(contentType, "without a body"), decision.Trace.Class.Type, r.status)
}

// facts is what the filter would know of the request.
func (r request) facts() *facts.Facts {
	return &facts.Facts{
		Request: facts.Request{Headers: r.headers()},
		Reply: facts.Reply{
			Status: r.status, Details: r.details, Flags: facts.ParseFlag(r.flag), Owner: r.owner(), HasBody: true,
		},
	}
}

// owner is the configured name of the filter that replies, "" for the upstream.
func (r request) owner() string {
	if r.details == "via_upstream" {
		return ""
	}
	return cmp.Or(owners[r.path], "envoy.filters.http.router")
}

// headers are those that rules and routes of a document may ask for.
func (r request) headers() facts.Headers {
	headers := facts.Headers{
		{Name: ":method", Value: "GET"},
		{Name: ":authority", Value: "localhost"},
		{Name: ":path", Value: r.path},
		{Name: "accept", Value: cmp.Or(r.accept, "*/*")},
	}
	if r.body != "" {
		headers[0].Value = "POST"
	}
	if option, found := strings.CutPrefix(r.options, "-H '"); found {
		name, value, _ := strings.Cut(strings.TrimSuffix(option, "'"), ": ")
		headers = append(headers, facts.Header{Name: name, Value: value})
	}
	if user, found := strings.CutPrefix(r.options, "-u "); found {
		headers = append(headers, facts.Header{Name: "authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte(user))})
	}
	return headers
}
