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

// request is a request of a client. What is written of it takes the place of what the client sends by itself.
func (in *tryInput) request() (r tryrequest.Request, err error) {
	by, _ := ClientNamed(in.Client)
	r = tryrequest.Request{
		Method: cmp.Or(in.Method, by.Method, http.MethodGet), Path: cmp.Or(in.Path, "/"), Host: in.Host, HTTP2: in.HTTP2 || by.Protocol == "HTTP/2", Headers: slices.Clone(in.Headers),
	}
	for _, h := range by.Headers {
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
	case by.Name == "grpc":
		r.Body = make([]byte, 5) // one message, which is empty
	}
	return r, nil
}
