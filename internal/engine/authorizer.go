// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// readAuthorizer takes over where $context.authorizer has its values.
func (c *compiler) readAuthorizer() {
	if place := c.document.Authorizer.Claims; place != "" {
		c.names.Authorizer.Claims = facts.MetadataPath(place)
	}
	if place := c.document.Authorizer.Context; place != "" {
		c.names.Authorizer.Context = facts.MetadataPath(place)
	}
}

// Where authorizer says that the values are, for findings.
const (
	claimsExample  = `"claims": "envoy.filters.http.jwt_authn/jwt_payload"`
	contextExample = `"context": "envoy.filters.http.ext_authz"`
)

// checkAuthorizer warns of the first name of the authorizer in a text whose value the document does not say the place of.
// Documents from AWS have such names.
func (c *compiler) checkAuthorizer(text *config.Text) {
	const root = "context.authorizer."
	for at := 0; !c.inMetadata; at += len(root) {
		found := strings.Index(text.Value[at:], root)
		if found < 0 {
			return
		}
		at += found
		if missing := c.missingAuthorizer(text.Value[at+len(root):]); missing != "" {
			c.report(config.Warning, *text, at, `names in "context.authorizer" have no value unless the document says where they are; add e.g. `+missing)
			return
		}
	}
}

// missingAuthorizer is what the document lacks for a name of the authorizer, "" for nothing.
func (c *compiler) missingAuthorizer(name string) string {
	isClaim, isEither := strings.HasPrefix(name, "claims."), strings.HasPrefix(name, "principalId")
	switch {
	case c.names.Authorizer.Claims == "" && c.names.Authorizer.Context == "":
		return `"authorizer": {` + claimsExample + ", " + contextExample + "}"
	case c.names.Authorizer.Claims == "" && isClaim:
		return claimsExample + ` to "authorizer"`
	case c.names.Authorizer.Context == "" && !isClaim && !isEither:
		return contextExample + ` to "authorizer"`
	}
	return ""
}
