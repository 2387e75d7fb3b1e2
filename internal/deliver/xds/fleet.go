// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"errors"
	"reflect"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/types/known/anypb"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/filter"
)

// fleet is what the nodes of a gateway should have, ready to be sent.
type fleet struct {
	source deliver.Fleet
	stable *discovery.Resource
	first  *discovery.Resource // nil unless a rollout runs
}

// wanted is what a node should have.
func (f *fleet) wanted(id, cluster string) *discovery.Resource {
	if f.first != nil && f.source.Selector.Chooses(id, cluster) {
		return f.first
	}
	return f.stable
}

// prepare makes a fleet ready. What has not changed is taken from the one before, nil if there is none.
func prepare(f deliver.Fleet, before *fleet) (*fleet, error) {
	if before != nil && reflect.DeepEqual(before.source, f) {
		return before, nil
	}
	made := &fleet{source: f}
	var err error
	if made.stable, err = deliverable(f, f.Stable, before); err != nil {
		return nil, err
	}
	if f.First != nil {
		made.first, err = deliverable(f, *f.First, before)
	}
	return made, err
}

// deliverable is the filter of a gateway with a document.
func deliverable(f deliver.Fleet, document deliver.Document, before *fleet) (*discovery.Resource, error) {
	extension, err := filter.New(f.Gateway, f.Plugin, document)
	if err != nil {
		return nil, err
	}
	if before != nil {
		for _, known := range []*discovery.Resource{before.stable, before.first} {
			if known.GetVersion() == extension.Version {
				return known, nil
			}
		}
	}
	packed, err := anypb.New(extension.Config)
	if err != nil {
		return nil, err
	}
	return &discovery.Resource{Name: extension.Config.GetName(), Version: extension.Version, Resource: packed}, nil
}

// load takes what the source gives now. A gateway whose document cannot be made ready keeps the one before.
func (h *hub) load(given []deliver.Fleet) error {
	known := h.known()
	next := make(map[string]*fleet, len(given))
	var bad []error
	for _, f := range given {
		made, err := prepare(f, known[f.Gateway])
		if err != nil {
			bad = append(bad, err)
			made = known[f.Gateway]
		}
		if made != nil {
			next[f.Gateway] = made
		}
	}
	h.set(next)
	return errors.Join(bad...)
}
