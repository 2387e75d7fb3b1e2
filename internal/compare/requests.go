// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/testfile"
)

// MaxRequests is how many requests may be sent to a gateway.
const MaxRequests = 1000

// MaxSize is how large a file of requests may be, in bytes: 4 MiB.
const MaxSize = 4 << 20

// Request is what both gateways are asked.
type Request struct {
	// Name is what the report calls it.
	Name string `json:"name"`
	// Method and Path are those of the request; the path has the query with it, and goes behind that of the gateway's address.
	Method string `json:"method"`
	Path   string `json:"path"`
	// Host goes in the place of the gateway's own, "" for that.
	Host    string        `json:"host,omitempty"`
	Headers facts.Headers `json:"headers,omitempty"`
	Body    string        `json:"body,omitempty"`
}

// FromTests are the requests of a test file, under the names of the tests. What the file says of errors and replies is not looked at.
func FromTests(file *testfile.File) []Request {
	requests := make([]Request, len(file.Tests))
	for i := range file.Tests {
		test := &file.Tests[i]
		from := &test.Exchange.Request
		requests[i] = Request{
			Name: test.Name.Value, Method: orDefault(from.Method, http.MethodGet), Path: orDefault(from.Path, "/"), Host: from.Host, Headers: from.Headers,
		}
	}
	return requests
}

// orDefault is a text, or another one in the place of none.
func orDefault(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// requestLine is the first line of a request: a method and a path.
var requestLine = regexp.MustCompile(`^([A-Z]+) (/\S*)$`)

// Parse reads a list of requests. A request is a line with its method and its path, then lines with its headers, and behind an empty
// line its body. A line that begins with ### separates requests and names the next one; requests without a body need none. Lines that
// begin with # or // in front of a request line are comments. Editors know the form by the extension .http.
func Parse(name, text string) ([]Request, finding.List) {
	p := &parser{name: name}
	for line := range strings.Lines(text) {
		p.number++
		p.text = strings.TrimRight(line, "\r\n")
		p.line(p.text)
	}
	p.finish()
	if len(p.requests) == 0 && len(p.found) == 0 {
		p.found = finding.List{{
			Severity: finding.Error, Place: finding.Place{File: name}, Message: "there is no request in it; a request is a line such as GET /orders",
		}}
	}
	return p.requests, p.found
}

// parser reads a list of requests line by line.
type parser struct {
	name string
	// number is that of the line, and text the line.
	number   int
	text     string
	requests []Request
	found    finding.List
	// next is the name that the next request gets.
	next string
	// current is the request that is being read, nil between two; inBody reports that its headers have ended.
	current *Request
	inBody  bool
	body    []string
}

func (p *parser) wrong(format string, values ...any) {
	p.found = append(p.found, finding.Finding{
		Severity: finding.Error, Place: finding.Place{File: p.name, Line: p.number, Column: 1, Excerpt: p.text}, Message: fmt.Sprintf(format, values...),
	})
}

// finish ends the request that is being read.
func (p *parser) finish() {
	if p.current == nil {
		return
	}
	p.current.Body = strings.TrimRight(strings.Join(p.body, "\n"), "\n")
	p.requests = append(p.requests, *p.current)
	p.current, p.inBody, p.body = nil, false, nil
}

func (p *parser) line(line string) {
	separator, isSeparator := strings.CutPrefix(line, "###")
	start := requestLine.FindStringSubmatch(line)
	switch {
	case isSeparator:
		p.finish()
		p.next = strings.TrimSpace(separator)
	case p.inBody && (start == nil || len(p.body) > 0):
		p.body = append(p.body, line)
	case start != nil:
		p.finish()
		p.current = &Request{Name: orDefault(p.next, line), Method: start[1], Path: start[2]}
		p.next = ""
	case line == "":
		p.inBody = p.current != nil
	case p.current == nil && (strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")):
	case p.current == nil:
		p.wrong("%q is no request; write a method and a path, such as GET /orders", line)
	default:
		p.header(line)
	}
}

// header reads a line of a request's header.
func (p *parser) header(line string) {
	name, value, ok := strings.Cut(line, ":")
	if name = strings.ToLower(strings.TrimSpace(name)); !ok || name == "" || strings.ContainsAny(name, " \t") {
		p.wrong("%q is no header; write NAME: VALUE, and an empty line in front of a body", line)
		return
	}
	if value = strings.TrimSpace(value); name == "host" {
		p.current.Host = value
		return
	}
	p.current.Headers = append(p.current.Headers, facts.Header{Name: name, Value: value})
}
