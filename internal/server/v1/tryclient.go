// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/tryrequest"
)

// tryClient is a kind of client: what it sends by itself.
type tryClient struct {
	method  string
	headers facts.Headers
	body    []byte
	http2   bool
}

// tryClients are the clients that a request can be sent as. The preview of the console plays the same.
var tryClients = map[string]tryClient{
	"": {method: http.MethodGet},
	"curl": {method: http.MethodGet, headers: facts.Headers{
		{Name: "accept", Value: "*/*"},
		{Name: "user-agent", Value: "curl/8.14.1"},
	}},
	"browser": {method: http.MethodGet, headers: facts.Headers{
		{Name: "accept", Value: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		{Name: "user-agent", Value: "Mozilla/5.0"},
		{Name: "sec-fetch-dest", Value: "document"},
		{Name: "sec-fetch-mode", Value: "navigate"},
		{Name: "sec-fetch-site", Value: "none"},
	}},
	"page": {method: http.MethodGet, headers: facts.Headers{
		{Name: "accept", Value: "*/*"},
		{Name: "origin", Value: "https://app.example.com"},
		{Name: "user-agent", Value: "Mozilla/5.0"},
		{Name: "sec-fetch-dest", Value: "empty"},
		{Name: "sec-fetch-mode", Value: "cors"},
		{Name: "sec-fetch-site", Value: "cross-site"},
	}},
	"grpc": {
		method: http.MethodPost, http2: true, body: make([]byte, 5), // one message, which is empty
		headers: facts.Headers{
			{Name: "content-type", Value: "application/grpc"},
			{Name: "user-agent", Value: "grpc-go/1.76.0"},
		},
	},
}

// request is a request of a client. What is written of it takes the place of what the client sends by itself.
func (in *tryInput) request() (r tryrequest.Request, err error) {
	by := tryClients[in.Client]
	r = tryrequest.Request{
		Method: cmp.Or(in.Method, by.method), Path: cmp.Or(in.Path, "/"), Host: in.Host, HTTP2: in.HTTP2 || by.http2, Headers: slices.Clone(in.Headers),
	}
	for _, h := range by.headers {
		if !slices.ContainsFunc(in.Headers, func(written facts.Header) bool { return strings.EqualFold(written.Name, h.Name) }) {
			r.Headers = append(r.Headers, h)
		}
	}
	switch {
	case in.Body != "" && in.BodyBase64 != "":
		return r, badInput(`"body" and "bodyBase64" are both the body; give one of them`, nil)
	case in.Body != "":
		r.Body = []byte(in.Body)
	case in.BodyBase64 != "":
		if r.Body, err = base64.StdEncoding.DecodeString(in.BodyBase64); err != nil {
			return r, badInput("bodyBase64: "+err.Error(), nil)
		}
	default:
		r.Body = by.body
	}
	return r, nil
}
