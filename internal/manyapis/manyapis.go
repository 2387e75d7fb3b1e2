// SPDX-License-Identifier: Apache-2.0

// Package manyapis makes documents of many APIs, as a gateway for a whole company has one: for tests and measurements of what
// loading one costs.
package manyapis

import (
	"strconv"
	"strings"
)

// Size is about how many bytes Document needs for one API.
const Size = 480

// root is what all APIs of a document share.
const root = `{"emulate": "aws", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": "404", ` +
	`"responseTemplates": {"application/json": "{\"m\":$context.error.messageString,\"p\":\"$context.path\"}"}}}, "routes": [`

// route is what one API adds. # stands for its number, @ for what makes its entries different from those of others.
const route = `{"name": "api#/prod", "match": {"hosts": ["api#.example.com"], "pathPrefix": "/v1"}, "api": {"id": "a#", "stage": "prod"}, ` +
	`"gatewayResponses": {"DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"}, ` +
	`"responseTemplates": {"application/json": "{\"message\":$context.error.messageString,\"id\":\"$context.requestId\",\"api\":\"$context.apiId @\"}"}}, ` +
	`"THROTTLED": {"responseParameters": {"gatewayresponse.header.Retry-After": "'5@'"}}}}`

// Route is what the API with the number i adds to "routes". own is what its entries have that those of others do not, "" for nothing.
func Route(i int, own string) string {
	return strings.NewReplacer("#", strconv.Itoa(i), "@", own).Replace(route)
}

// Equal is a document of n APIs whose entries are the same text.
func Equal(n int) []byte { return document(n, func(int) string { return "" }) }

// Different is a document of n APIs, no two of which have an entry in common.
func Different(n int) []byte { return document(n, strconv.Itoa) }

// document is a document of n APIs. differ is what the entries of one have of their own.
func document(n int, differ func(i int) string) []byte {
	var text strings.Builder
	text.WriteString(root)
	for i := range n {
		if i > 0 {
			text.WriteString(", ")
		}
		text.WriteString(Route(i, differ(i)))
	}
	text.WriteString("]}")
	return []byte(text.String())
}
