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

// Integrate notes an integration. The keys are those that hold its type, its passthrough behaviour and its request templates.
func (c *Collection) Integrate(n *tree.Node, kind, passthrough, templates string) {
	if !n.Is(tree.Object) || strings.EqualFold(n.Get(kind).Value(), "mock") {
		return
	}
	c.Raise(Integration, n.Place)
	switch behaviour := n.Get(passthrough); strings.ToLower(behaviour.Value()) {
	case "never":
		c.Raise(ContentType, behaviour.Place)
	case "when_no_templates":
		if n.Get(templates) != nil {
			c.Raise(ContentType, behaviour.Place)
		}
	}
}
