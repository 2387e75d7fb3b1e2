// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/grpcreply"
)

// AsGRPC is the exchange of a client of gRPC that meets the same error. A reply of the upstream stays as it is.
func AsGRPC(f facts.Facts) facts.Facts {
	f.Request.Headers = slices.DeleteFunc(slices.Clone(f.Request.Headers), func(line facts.Header) bool { return line.Name == "content-type" })
	f.Request.Headers = append(f.Request.Headers, facts.Header{Name: "content-type", Value: "application/grpc"})
	if f.Reply.Details != viaUpstream {
		asTrailersOnly(&f.Reply)
	}
	return f
}

// asTrailersOnly makes a local reply what Envoy sends to a client of gRPC: status 200, and the error in the headers.
// facts.Reply.Status stays that of the error. Source: envoy common/http/utility.cc, Utility::encodeLocalReply.
func asTrailersOnly(reply *facts.Reply) {
	headers := facts.Headers{
		{Name: ":status", Value: "200"},
		{Name: "content-type", Value: "application/grpc"},
		{Name: "grpc-status", Value: strconv.Itoa(grpcreply.Status(reply.Status))},
	}
	if len(reply.Body) > 0 {
		headers = append(headers, facts.Header{Name: "grpc-message", Value: grpcreply.Message(string(reply.Body))})
	}
	for _, line := range reply.Headers {
		if line.Name != ":status" && line.Name != "content-type" {
			headers = append(headers, line)
		}
	}
	reply.Headers, reply.Body, reply.HasBody = headers, nil, false
}
