// SPDX-License-Identifier: Apache-2.0

// Package exchange turns what people write of one exchange into facts: a request, the error that Envoy answers it with, and the
// route that Envoy had found for it.
//
// An error is written as Envoy knows it, by response code details, flags, status and owner, or by the gateway response type
// that it is taken for. Of a type somebody has to think of an error: this package has a typical one of each, as Envoy makes it
// (typical.go), and makes one that a rule of the document or its producer names (named.go). Whether an error is of a type is
// never decided here: the engine is asked.
//
//	exchange.go   what people write, plain data
//	facts.go      Make: from there to facts
//	grpc.go       what Envoy answers a client of gRPC
//	oftype.go     which error is of a type, or why none is
//	typical.go    errors that Envoy makes, with status, flags, owner, headers and body
//	named.go      errors that rules and producers name
//	route.go      a request that a route of the document takes
package exchange
