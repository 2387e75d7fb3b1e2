// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
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

// authorizerRoot begins the names of the authorizer.
const authorizerRoot = "context.authorizer."

// checkAuthorizer warns of the first name of the authorizer in a text whose value the document does not say the place of.
// Documents from AWS have such names.
func (c *compiler) checkAuthorizer(text *config.Text) {
	for at := 0; !c.inMetadata; at += len(authorizerRoot) {
		found := strings.Index(text.Value[at:], authorizerRoot)
		if found < 0 {
			return
		}
		at += found
		if missing := c.missingAuthorizer(text.Value[at+len(authorizerRoot):]); missing != "" {
			c.report(code.VariableWithoutValue, config.Warning, *text, at, `names in "context.authorizer" have no value unless the document says where they are; add e.g. `+missing)
			return
		}
	}
}

// unbraced warns of a name of the authorizer that seems to go on where its last word is over, nil for other names: whoever names
// claims and keys of metadata uses hyphens and colons, which only braces make part of a name.
func unbraced(name, more string) *template.Remark {
	if !strings.HasPrefix(name, authorizerRoot) {
		return nil
	}
	return warning(code.NameEndsEarly, quote.Text("$"+name)+" ends before "+quote.Text(more)+"; write "+quote.Text("${"+name+more+"}")+
		" if that belongs to the name, else "+quote.Text("${"+name+"}"))
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
