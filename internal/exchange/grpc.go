// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// isGRPC reports whether the request is gRPC, so that Envoy answers in the way of gRPC. Source: envoy common/grpc/common.cc,
// isGrpcRequestHeaders.
func isGRPC(request facts.Headers) bool {
	contentType, _ := request.First("content-type")
	rest, ok := strings.CutPrefix(contentType, "application/grpc")
	return ok && (rest == "" || rest[0] == '+')
}

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
		{Name: "grpc-status", Value: strconv.Itoa(int(grpcStatus(reply.Status)))},
	}
	if len(reply.Body) > 0 {
		headers = append(headers, facts.Header{Name: "grpc-message", Value: percentEncode(reply.Body)})
	}
	for _, line := range reply.Headers {
		if line.Name != ":status" && line.Name != "content-type" {
			headers = append(headers, line)
		}
	}
	reply.Headers, reply.Body, reply.HasBody = headers, nil, false
}

// grpcStatus is the status of gRPC for a status of HTTP. Source: envoy common/grpc/status.cc, httpToGrpcStatus.
func grpcStatus(status int) config.GRPCStatus {
	switch status {
	case 400:
		return 13 // INTERNAL
	case 401:
		return 16 // UNAUTHENTICATED
	case 403:
		return 7 // PERMISSION_DENIED
	case 404:
		return 12 // UNIMPLEMENTED
	case 429, 502, 503, 504:
		return 14 // UNAVAILABLE
	}
	return 2 // UNKNOWN
}

// percentEncode writes a grpc-message. Source: envoy common/http/utility.cc, PercentEncoding::encode, which takes "~" for a
// character to encode.
func percentEncode(text []byte) string {
	var b strings.Builder
	for _, c := range text {
		if c < ' ' || c >= '~' || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
