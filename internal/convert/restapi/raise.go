// SPDX-License-Identifier: Apache-2.0

package restapi

import (
	"strings"

	"gatewayresponses/internal/convert/tree"
)

// Raise notes that the source has a feature at a place.
func (c *Collection) Raise(f Feature, at tree.Place) {
	for _, r := range f.raises {
		c.result.Raise(r.responseType, f.name, r.by, at)
	}
}

// Authorize notes an authorizer of a kind, as AWS's API names it.
func (c *Collection) Authorize(kind string, at tree.Place) {
	switch strings.ToLower(kind) {
	case "token", "request":
		c.Raise(Authorizer, at)
	case "cognito_user_pools", "jwt":
		c.Raise(UserPool, at)
	}
}

// IntegrationKeys are the keys by which a kind of source says what an integration is.
type IntegrationKeys struct{ Type, Passthrough, Templates, Timeout string }

// Integrate notes an integration.
func (c *Collection) Integrate(n *tree.Node, keys IntegrationKeys) {
	if !n.Is(tree.Object) || strings.EqualFold(n.Get(keys.Type).Value(), "mock") {
		return
	}
	c.Raise(Integration, n.Place)
	if timeout := n.Get(keys.Timeout); timeout != nil && timeout.Kind != tree.Null {
		c.Raise(OwnTimeout, timeout.Place)
	} else {
		c.Raise(DefaultTimeout, n.Place)
	}
	switch behaviour := n.Get(keys.Passthrough); strings.ToLower(behaviour.Value()) {
	case "never":
		c.Raise(ContentType, behaviour.Place)
	case "when_no_templates":
		if n.Get(keys.Templates) != nil {
			c.Raise(ContentType, behaviour.Place)
		}
	}
}
