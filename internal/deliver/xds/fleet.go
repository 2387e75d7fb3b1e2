// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"errors"
	"reflect"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/types/known/anypb"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/filter"
	"gatewayresponses/internal/emit/envoy"
)

// fleet is what the nodes of a gateway should have, ready to be sent.
type fleet struct {
	source deliver.Fleet
	stable filters
	first  filters // nil unless a rollout runs
}

// filters are a gateway's filter with one document, for each adapter.
type filters map[ability.Adapter]*discovery.Resource

// wanted is what a node that runs the filter by an adapter should have.
func (f *fleet) wanted(by ability.Adapter, id, cluster string) *discovery.Resource {
	if f.first != nil && f.source.Selector.Chooses(id, cluster) {
		return f.first[by]
	}
	return f.stable[by]
}

// prepare makes a fleet ready. What has not changed is taken from the one before, nil if there is none.
func prepare(f deliver.Fleet, before *fleet) (*fleet, error) {
	if before != nil && reflect.DeepEqual(before.source, f) {
		return before, nil
	}
	made := &fleet{source: f}
	var err error
	if made.stable, err = filtersWith(f, f.Stable, before); err != nil {
		return nil, err
	}
	if f.First != nil {
		made.first, err = filtersWith(f, *f.First, before)
	}
	return made, err
}

// filtersWith are the filters of a gateway with a document.
func filtersWith(f deliver.Fleet, document deliver.Document, before *fleet) (made filters, err error) {
	made = filters{}
	for _, by := range []ability.Adapter{ability.Wasm, ability.Module} {
		if made[by], err = deliverable(f, by, document, before); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// deliverable is the filter of a gateway, for an adapter, with a document.
func deliverable(f deliver.Fleet, by ability.Adapter, document deliver.Document, before *fleet) (*discovery.Resource, error) {
	extension, err := filter.New(envoy.Resource{Gateway: f.Gateway, Adapter: by}, f.Plugin, document)
	if err != nil {
		return nil, err
	}
	if before != nil {
		for _, known := range []*discovery.Resource{before.stable[by], before.first[by]} {
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
