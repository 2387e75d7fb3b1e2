// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/url"
	"slices"
	"strconv"
	"testing"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// beforeGRPC is the reply that the test filter must send for Envoy to make that of the case. To a gRPC request Envoy sends
// the status under 200 and the body as grpc-message; a grpc-status that a filter gives stays.
func beforeGRPC(c cases.Case) facts.Reply {
	reply := c.Facts.Reply
	if c.Code == 0 {
		return reply
	}
	message, _ := reply.Headers.First("grpc-message")
	body, err := url.PathUnescape(message)
	if err != nil {
		panic(err)
	}
	reply.Headers = slices.DeleteFunc(slices.Clone(reply.Headers), func(line facts.Header) bool {
		return line.Name == "grpc-message" || line.Name == "content-type"
	})
	reply.Headers[0].Value = strconv.Itoa(c.Code)
	reply.Body, reply.HasBody = []byte(body), body != ""
	return reply
}

// TestBeforeGRPC holds that the case that was given stays as it is.
func TestBeforeGRPC(t *testing.T) {
	c := cases.Case{Code: 403, Facts: facts.Facts{Reply: facts.Reply{Status: 200, Headers: facts.Headers{
		{Name: ":status", Value: "200"}, {Name: "grpc-status", Value: "7"}, {Name: "grpc-message", Value: "a%25"},
	}}}}
	got := beforeGRPC(c)
	if got.Headers[0].Value != "403" || string(got.Body) != "a%" || len(got.Headers) != 2 {
		t.Errorf("beforeGRPC = %+v", got)
	}
	if c.Facts.Reply.Headers[0].Value != "200" || len(c.Facts.Reply.Headers) != 3 {
		t.Errorf("the case is changed to %+v", c.Facts.Reply.Headers)
	}
}
