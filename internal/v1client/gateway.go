// SPDX-License-Identifier: Apache-2.0

package v1client

import (
	"context"
	"net/http"
)

// Gateway is a gateway, as far as its Envoys need to know it.
type Gateway struct {
	Name   string `json:"name"`
	Plugin struct {
		// File is where plugin.wasm is on the machines of Envoy, "" where nobody said.
		File string `json:"file"`
		// Environment is what the filter finds in its environment.
		Environment map[string]string `json:"environment"`
	} `json:"plugin"`
}

// Gateway gives a gateway.
func (c *Client) Gateway(ctx context.Context, name string) (g Gateway, err error) {
	return g, c.ask(ctx, http.MethodGet, []string{Gateways, name}, nil, &g)
}

// Document gives the document that the nodes of a gateway are to run.
func (c *Client) Document(ctx context.Context, gateway string) (text []byte, err error) {
	return text, c.ask(ctx, http.MethodGet, []string{Gateways, gateway, "document"}, nil, &text)
}
