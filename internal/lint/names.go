// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
)

// ofGateway are variables whose values are the gateway's, or have no character that means something in JSON or a page.
var ofGateway = []string{
	"context.accountId", "context.apiId", "context.stage", "context.status", "context.httpMethod", "context.protocol",
	"context.requestTime", "context.requestTimeEpoch", "context.error.message", "context.error.messageString",
	"context.error.responseType", "context.error.validationErrorString", "context.identity.sourceIp", "context.envoy.clusterName",
	"context.envoy.filter", "context.envoy.originalStatus", "context.envoy.responseFlags", "context.envoy.routeName",
	"context.envoy.upstreamHost", "context.envoy.virtualHost",
}

// isClients reports whether a client can choose the value of a variable, or a part of it.
func isClients(name string) bool {
	return !strings.HasPrefix(name, "stageVariables.") && !slices.Contains(ofGateway, name)
}

// perRequest are what variables begin with whose values differ from request to request for one URL.
var perRequest = []string{
	"context.requestId", "context.extendedRequestId", "context.requestTime", "context.identity.", "context.authorizer.",
	"context.envoy.upstreamHost", "context.envoy.metadata.", "context.envoy.filterState.", "context.envoy.attribute.",
	"method.request.header.", "method.request.multivalueheader.", "method.input.params.",
}

// isPerRequest reports whether the value of a variable differs from request to request for one URL.
func isPerRequest(name string) bool {
	return slices.ContainsFunc(perRequest, func(begin string) bool { return strings.HasPrefix(name, begin) })
}

// secretHeaders are request headers that hold credentials.
var secretHeaders = []string{
	"authorization", "cookie", "proxy-authorization", "x-amz-security-token", "x-api-key", "x-auth-token", "x-csrf-token",
}

// secretWords are parts of names under which people keep credentials, in lower case.
var secretWords = []string{"apikey", "api_key", "api-key", "credential", "passwd", "password", "private_key", "secret", "token"}

// isSecret reports whether the value of a variable is likely to be a credential.
func isSecret(name string) bool {
	lower := chars.Lower(name)
	last := lower[strings.LastIndexByte(lower, '.')+1:]
	switch {
	case strings.HasPrefix(lower, "method.request.header."), strings.HasPrefix(lower, "method.request.multivalueheader."):
		return slices.Contains(secretHeaders, last)
	case strings.HasPrefix(lower, "method."), strings.HasPrefix(lower, "stagevariables."), strings.HasPrefix(lower, "context.authorizer."):
		return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(last, word) })
	}
	return lower == "context.identity.apikey"
}
