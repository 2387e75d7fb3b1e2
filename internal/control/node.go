// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/deliver"
)

// Saw takes what is known of a node.
func (c *Control) Saw(ctx context.Context, node deliver.Node) { c.nodes.Saw(ctx, node) }

// Nodes gives the nodes of a gateway, by id: those that are connected, and those that were lost within the last hour.
func (c *Control) Nodes(ctx context.Context, by Caller, gateway string) ([]deliver.Node, error) {
	if _, err := c.Gateway(ctx, by, gateway); err != nil {
		return nil, err
	}
	return c.nodes.Of(ctx, gateway)
}

// Rates sums up what the nodes of a gateway count.
func (c *Control) Rates(ctx context.Context, by Caller, gateway string) (nodes.Rates, error) {
	if err := onGateways(by, auth.Read); err != nil {
		return nodes.Rates{}, err
	}
	if _, err := c.Gateway(ctx, by, gateway); err != nil {
		return nodes.Rates{}, err
	}
	return c.nodes.Rates(ctx, gateway)
}
