// SPDX-License-Identifier: Apache-2.0

// Package aws speaks the HTTP of AWS's API Gateway, as its model of 2015-07-09
// has it (rest-json): a table binds each operation to the method of control
// that carries it out, and the tags of the method's input say where its members
// stand in a request.
//
// A request is routed before its body is read, as the route says how large the
// body may be; then the caller is known by the signature, and only then the
// body is looked at. Paths that are none of API Gateway's get the answer that
// AWS gives there, "Missing Authentication Token". Operations of API Gateway
// that this project does not speak get UnknownOperationException, with what it
// speaks.
package aws
