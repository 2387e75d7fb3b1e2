// SPDX-License-Identifier: Apache-2.0

// Package v1 is our own HTTP API: JSON in and out, errors as RFC 9457 has them.
//
// One table has all operations: path, method, role, what goes in and what comes out. The router, the description in OpenAPI 3.1 and
// the table of roles are made of it, and so are the tests that call every operation.
//
//	operation.go    what an operation is
//	table.go        all of them
//	handler.go      from a request to an operation, and its answer
//	input.go        what goes in: path, query, headers, body
//	problem.go      what is answered when something is wrong
//	openapi.go      the description
//	roles.go        the table of roles
//	documents.go    compiled documents that are kept
//
// Every other file holds the operations on one thing.
package v1
