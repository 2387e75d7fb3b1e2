// SPDX-License-Identifier: Apache-2.0

// Package apigateway holds AWS's API Gateway as plain data: the shapes of its
// model, its operations, its errors, its patches and the rules by which it
// takes or refuses values.
//
// It knows neither HTTP nor storage. What a member of an input is bound to
// stands in its tag: uri, query and header name a place of the request,
// everything else is a member of the JSON body. Optional members of inputs are
// pointers, so that what was not sent can be told from what is empty. The names
// of shapes and members are those of AWS's model of 2015-07-09, in Go's spelling.
package apigateway
