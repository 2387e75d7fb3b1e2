// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// DefaultGateway is the gateway that is there from the start.
const DefaultGateway = "default"

// Gateway is a fleet of Envoys that gets one document.
type Gateway struct {
	Name string `json:"name"`
	// Description is for people.
	Description string `json:"description,omitempty"`
	// Plugin is how its nodes run the filter. Documents suit the version that it names.
	Plugin deliver.Plugin `json:"plugin,omitzero"`
	// Rollout says how a revision reaches the nodes; nil is all of them at once.
	Rollout *RolloutPlan `json:"rollout,omitempty"`
	// ETag is the version of the record, "0" for the gateway that is there from the start.
	ETag string `json:"-" etag:""`
}

// readGateway reads a gateway, or says store.ErrNotFound.
func readGateway(r store.Reader, name string) (Gateway, error) {
	g := Gateway{}
	_, err := get(r, gatewayKey(name), &g)
	if errors.Is(err, store.ErrNotFound) && name == DefaultGateway {
		err = nil
	}
	g.Name = name
	return g, err
}
