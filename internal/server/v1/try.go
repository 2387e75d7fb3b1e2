// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/base64"
	"unicode/utf8"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/explain"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/tryrequest"
)

// onEnvoys are the operations that send requests through Envoys.
func onEnvoys() []operation {
	return []operation{
		op("listEnvoys", "GET", "/envoys", auth.Deploy, allAPIs, "List the Envoys that requests can be sent through", listEnvoys),
		op("tryRequest", "POST", "/tries", auth.Deploy, allAPIs, "Send a request through an Envoy, and see the reply with its line of the access log", tryRequest),
	}
}

// Envoy is an Envoy that requests can be sent through.
type Envoy struct {
	Gateway string `json:"gateway" about:"The gateway whose document it runs."`
	Name    string `json:"name" about:"Its name, which the operator gave it."`
	URL     string `json:"url" about:"Where it is. No request goes elsewhere."`
}

// Envoys are Envoys.
type Envoys struct {
	Items []Envoy `json:"items" about:"The Envoys, by gateway and name; none unless the operator names some."`
}

func listEnvoys(ctx context.Context, s *Server, by control.Caller, _ noInput) (Envoys, error) {
	found, err := s.options.Control.Envoys(ctx, by)
	var all Envoys
	for _, t := range found {
		all.Items = append(all.Items, Envoy{t.Gateway, t.Name, t.URL})
	}
	return all, err
}

// tryInput is what tryRequest takes.
type tryInput struct {
	Gateway    string        `json:"gateway" about:"The gateway."`
	Envoy      string        `json:"envoy" about:"The name of an Envoy of it, as listEnvoys has it."`
	Client     string        `json:"client,omitempty" enum:"curl browser page grpc" about:"The client to be: it sends its own headers, and for gRPC speaks HTTP/2, besides what is given here. Missing, nothing is added."`
	Method     string        `json:"method,omitempty" about:"The method; that of the client by default, GET for most."`
	Path       string        `json:"path,omitempty" about:"The path with its query, which is sent as it is; / by default."`
	Host       string        `json:"host,omitempty" about:"The Host header. It does not change where the request goes, which is its default."`
	Headers    facts.Headers `json:"headers,omitempty" about:"Headers, in the place of those of the client that have these names."`
	Body       string        `json:"body,omitempty" about:"The body, as text; 64 KiB at most."`
	BodyBase64 string        `json:"bodyBase64,omitempty" about:"The body in base64, if it is no text."`
	HTTP2      bool          `json:"http2,omitempty" about:"Whether to speak HTTP/2, without TLS by prior knowledge."`
}

// Tried is what came of a request.
type Tried struct {
	Sent  Sent      `json:"sent" about:"What was sent."`
	Reply SeenReply `json:"reply" about:"What came back."`
	// Line and what is made of it are missing together.
	Line        *deliver.LogLine     `json:"line,omitempty" about:"The line of the access log about it, in the words of docs/observability.md."`
	Expected    *explain.Explanation `json:"expected,omitempty" about:"What the document in force says of the same exchange, and why, as explainExchange has it."`
	Revision    int64                `json:"revision,omitempty" about:"The revision of the document in force."`
	Missing     string               `json:"missing,omitempty" about:"Why there is no line, or nothing expected, and what would bring it."`
	Differences []Difference         `json:"differences,omitempty" about:"Where the reply is another one than expected."`
}

// Sent is what was sent.
type Sent struct {
	URL      string        `json:"url" about:"Where it went."`
	Protocol string        `json:"protocol" about:"HTTP/1.1 or HTTP/2."`
	Method   string        `json:"method" about:"The method."`
	Path     string        `json:"path" about:"The path with its query."`
	Host     string        `json:"host,omitempty" about:"The Host header, where it is not that of the URL."`
	Headers  facts.Headers `json:"headers" about:"The headers, without those that frame the request."`
	Bytes    int           `json:"bytes" about:"The size of the body, in bytes."`
}

// SeenReply is a reply as it came.
type SeenReply struct {
	Status       int           `json:"status" about:"The status; 0 if no reply began."`
	Protocol     string        `json:"protocol,omitempty" about:"HTTP/1.1 or HTTP/2."`
	Headers      facts.Headers `json:"headers" about:"The headers: by HTTP/1.1 as they came, by HTTP/2 by name; the first 200."`
	MoreHeaders  int           `json:"moreHeaders,omitempty" about:"How many more there were."`
	Body         string        `json:"body" about:"The body, if it is text; the first 1 MiB."`
	BodyBase64   string        `json:"bodyBase64,omitempty" about:"The body in base64, if it is no text."`
	Cut          bool          `json:"cut,omitempty" about:"Whether there was more of the body."`
	Trailers     facts.Headers `json:"trailers,omitempty" about:"The trailers, by name."`
	Broken       string        `json:"broken,omitempty" about:"Why the reply did not begin, or not come to its end."`
	Milliseconds int64         `json:"milliseconds" about:"The time from connecting to the end of the reply."`
}

func tryRequest(ctx context.Context, s *Server, by control.Caller, in tryInput) (Tried, error) {
	request, err := in.request()
	if err != nil {
		return Tried{}, err
	}
	if s.options.AdmitTry != nil {
		if err := s.options.AdmitTry(by); err != nil {
			return Tried{}, err
		}
	}
	got, err := s.options.Control.Try(ctx, by, control.Try{Gateway: in.Gateway, Envoy: in.Envoy, Request: request})
	if err != nil {
		return Tried{}, err
	}
	tried := Tried{Sent: sentOf(&request, got.URL), Reply: replyOf(&got.Reply), Line: got.Line}
	s.expect(ctx, by, in.Gateway, &request, &tried)
	return tried, nil
}

// sentOf is what was sent.
func sentOf(r *tryrequest.Request, url string) Sent {
	sent := Sent{URL: url, Protocol: "HTTP/1.1", Method: r.Method, Path: r.Path, Host: r.Host, Headers: r.Headers, Bytes: len(r.Body)}
	if r.HTTP2 {
		sent.Protocol = "HTTP/2"
	}
	return sent
}

// replyOf is a reply as this API shows it.
func replyOf(r *tryrequest.Reply) SeenReply {
	seen := SeenReply{
		Status: r.Status, Protocol: r.Protocol, Headers: r.Headers, MoreHeaders: r.MoreHeaders, Cut: r.Cut, Trailers: r.Trailers,
		Broken: r.Broken, Milliseconds: r.Took.Milliseconds(),
	}
	if body := r.Body; utf8.Valid(body) {
		seen.Body = string(body)
	} else {
		seen.BodyBase64 = base64.StdEncoding.EncodeToString(body)
	}
	return seen
}
