// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// Authorizer says where filters that authorize leave what they know of the client: paths of attributes, "" for nowhere.
type Authorizer struct {
	// Claims leads to the claims of a verified token.
	Claims string
	// Context leads to what an authorization service returned.
	Context string
}

// authorizerRows tell what an authorizer said of the client. The document says where: see Authorizer.
var authorizerRows = []Row{
	{
		Name:  "context.authorizer.claims.NAME",
		About: "a claim of the client's token; needs `authorizer.claims` in the document",
		path:  claimPath,
		value: attribute,
	},
	{
		Name:  "context.authorizer.principalId",
		About: "who the client is: `principalId` as below, or without `authorizer.context` the claim `sub`",
		path:  principalPath,
		value: attribute,
	},
	{
		Name:  "context.authorizer.NAME",
		About: "what an authorization service said, also as `context.authorizer.context.NAME`; needs `authorizer.context` in the document",
		path:  contextPath,
		value: attribute,
	},
}

// claimPath takes all of key for the name of a claim.
func claimPath(a *Authorizer, key string) (string, error) { return below(a.Claims, key), nil }

// principalPath looks where an authorization service would say it, and else into the token.
func principalPath(a *Authorizer, _ string) (string, error) {
	if a.Context == "" {
		return below(a.Claims, "sub"), nil
	}
	return below(a.Context, "principalId"), nil
}

// contextPath takes all of key for one key.
func contextPath(a *Authorizer, key string) (string, error) {
	return below(a.Context, strings.TrimPrefix(key, "context.")), nil
}

// below is the path of key under another path; nothing is below nowhere.
func below(path, key string) string {
	if path == "" {
		return ""
	}
	return facts.AttributePath(path, key)
}
