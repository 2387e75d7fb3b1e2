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
		c.authorizer.Claims = facts.MetadataPath(place)
	}
	if place := c.document.Authorizer.Context; place != "" {
		c.authorizer.Context = facts.MetadataPath(place)
	}
}

// checkAuthorizer warns of a text with names of the authorizer in it when the document does not say where their values
// are. Documents from AWS have such names.
func (c *compiler) checkAuthorizer(text *config.Text) {
	at := strings.Index(text.Value, "context.authorizer.")
	if at >= 0 && !c.inMetadata && c.authorizer.Claims == "" && c.authorizer.Context == "" {
		c.report(config.Warning, *text, at, `names in "context.authorizer" have no value unless the document says where they are; `+
			`add e.g. "authorizer": {"claims": "envoy.filters.http.jwt_authn/jwt_payload", "context": "envoy.filters.http.ext_authz"}`)
	}
}
