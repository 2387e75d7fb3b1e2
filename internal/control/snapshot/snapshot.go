// SPDX-License-Identifier: Apache-2.0

// Package snapshot is an API as it was at one moment: what a deployment keeps of it, how two differ, and its form as a definition.
package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/definition"
)

// MaxSize is how large an API may be with its resources and methods, in bytes of JSON.
const MaxSize = 4 << 20

// Snapshot is an API as it is at one moment: all that assembly and export need.
type Snapshot struct {
	Name                   string   `json:"name"`
	Description            string   `json:"description,omitempty"`
	Version                string   `json:"version,omitempty"`
	BinaryMediaTypes       []string `json:"binaryMediaTypes,omitempty"`
	MinimumCompressionSize *int     `json:"minimumCompressionSize,omitempty"`
	APIKeySource           string   `json:"apiKeySource,omitempty"`
	Policy                 string   `json:"policy,omitempty"`
	// Responses are the gateway responses that the API customises, by type.
	Responses map[string]apigateway.GatewayResponse `json:"responses,omitempty"`
	// Resources are in the order of their paths.
	Resources []apigateway.Resource `json:"resources,omitempty"`
}

// Paths are those of the resources.
func (s Snapshot) Paths() []string {
	paths := make([]string, len(s.Resources))
	for i := range s.Resources {
		paths[i] = s.Resources[i].Path
	}
	return paths
}

// Encode is a snapshot as it is stored, and the SHA-256 of that in hex. Equal snapshots have equal bytes.
func (s Snapshot) Encode() (body []byte, hash string, err error) {
	if body, err = json.Marshal(s); err != nil {
		return nil, "", fmt.Errorf("snapshot of %s: %w", s.Name, err)
	}
	if len(body) > MaxSize {
		return nil, "", TooLarge()
	}
	sum := sha256.Sum256(body)
	return body, hex.EncodeToString(sum[:]), nil
}

// TooLarge says that an API has more than MaxSize.
func TooLarge() error {
	return apigateway.OverLimit("An API has %d bytes of resources and methods at most: remove what is not needed, such as templates of integrations", MaxSize)
}

// Summary says which methods a snapshot has, by path and method.
func (s Snapshot) Summary() map[string]map[string]apigateway.MethodSnapshot {
	paths := map[string]map[string]apigateway.MethodSnapshot{}
	for _, resource := range s.Resources {
		if len(resource.ResourceMethods) == 0 {
			continue
		}
		methods := map[string]apigateway.MethodSnapshot{}
		for name, method := range resource.ResourceMethods {
			methods[name] = apigateway.MethodSnapshot{AuthorizationType: method.AuthorizationType, APIKeyRequired: method.APIKeyRequired}
		}
		paths[resource.Path] = methods
	}
	return paths
}

// Differing are the types whose gateway responses a later snapshot has differently, and what became of them. other reports that something
// else differs, such as resources; no client sees the API's name or description.
func (s Snapshot) Differing(later Snapshot) (types map[string]assemble.Change, other bool, err error) {
	types = differing(s.Responses, later.Responses)
	s.Responses, s.Name, s.Description = later.Responses, later.Name, later.Description
	_, before, err := s.Encode()
	if err != nil {
		return nil, false, err
	}
	_, after, err := later.Encode()
	return types, before != after, err
}

// differing are the types that differ, and what became of them.
func differing(before, after map[string]apigateway.GatewayResponse) map[string]assemble.Change {
	differ := map[string]assemble.Change{}
	for name, response := range before {
		later, ok := after[name]
		switch {
		case !ok:
			differ[name] = assemble.Removed
		case later.StatusCode != response.StatusCode || !maps.Equal(later.ResponseParameters, response.ResponseParameters) ||
			!maps.Equal(later.ResponseTemplates, response.ResponseTemplates):
			differ[name] = assemble.Changed
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			differ[name] = assemble.Added
		}
	}
	return differ
}

// Definition is a snapshot as a definition.
func (s Snapshot) Definition() definition.Definition {
	made := definition.Definition{
		Name: s.Name, Description: s.Description, Version: s.Version, BinaryMediaTypes: s.BinaryMediaTypes,
		MinimumCompressionSize: s.MinimumCompressionSize, APIKeySource: s.APIKeySource, Policy: s.Policy,
		Responses: s.Responses, Resources: map[string]definition.Methods{},
	}
	for _, resource := range s.Resources {
		made.Resources[resource.Path] = resource.ResourceMethods
	}
	return made
}
