// SPDX-License-Identifier: Apache-2.0

// Package grpcreply knows what Envoy makes of its errors for clients of gRPC: a status of gRPC in the place of that of HTTP, and a
// message in the place of a body.
package grpcreply

import (
	"fmt"
	"strings"
)

// The statuses of gRPC that Envoy's own errors have. Source: https://grpc.github.io/grpc/core/md_doc_statuscodes.html
const (
	OK                = 0
	Unknown           = 2
	DeadlineExceeded  = 4
	NotFound          = 5
	PermissionDenied  = 7
	ResourceExhausted = 8
	Unimplemented     = 12
	Internal          = 13
	Unavailable       = 14
	Unauthenticated   = 16
)

// IsRequest reports whether a request with this content type is gRPC; one of gRPC-Web is not. Source: envoy common/grpc/common.cc,
// isGrpcRequestHeaders.
func IsRequest(contentType string) bool {
	rest, ok := strings.CutPrefix(contentType, "application/grpc")
	return ok && (rest == "" || rest[0] == '+')
}

// Status is the status of gRPC for a status of HTTP. Source: envoy common/grpc/status.cc, httpToGrpcStatus.
func Status(http int) int {
	switch http {
	case 400:
		return Internal
	case 401:
		return Unauthenticated
	case 403:
		return PermissionDenied
	case 404:
		return Unimplemented
	case 429, 502, 503, 504:
		return Unavailable
	}
	return Unknown
}

// HTTPStatus is the status of HTTP that most probably became a status of gRPC, 400 for one that Envoy gives to none: a status with
// which Status gives that of gRPC again, but for statuses that filters choose themselves.
func HTTPStatus(status int) int {
	switch status {
	case OK:
		return 200
	case Unknown:
		return 500
	case DeadlineExceeded:
		return 504
	case NotFound, Unimplemented:
		return 404
	case PermissionDenied:
		return 403
	case ResourceExhausted:
		return 429
	case Unavailable:
		return 503
	case Unauthenticated:
		return 401
	}
	return 400 // that of Internal
}

// Message is a text as the header grpc-message has it. Source: envoy common/http/utility.cc, PercentEncoding::encode, which takes "~"
// for a character to encode.
func Message(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c < ' ' || c >= '~' || c == '%' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
