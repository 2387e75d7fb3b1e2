// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"time"

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

// How long the server waits before it asks again for fleets that it could not get.
const (
	firstRetry = 200 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// follow keeps the hub up to date with the source until ctx ends. While the source fails, nodes keep what they have.
func follow(ctx context.Context, source deliver.Source, h *hub, log *slog.Logger) error {
	changed := source.Changed(ctx)
	wait := time.Duration(0)
	for {
		var retry <-chan time.Time
		if err := load(ctx, source, h); err != nil && ctx.Err() == nil {
			wait = min(max(2*wait, firstRetry), lastRetry)
			retry = time.After(wait)
			log.Error("cannot read what to deliver; nodes keep what they have", "error", err, "retry", wait)
		} else {
			wait = 0
		}
		select {
		case <-ctx.Done():
			return nil
		case _, open := <-changed:
			if !open {
				<-ctx.Done()
				return nil
			}
		case <-retry:
		}
	}
}

// load takes what the source gives now. A gateway whose document cannot be made ready keeps the one before.
func load(ctx context.Context, source deliver.Source, h *hub) error {
	given, err := source.Fleets(ctx)
	if err != nil {
		return err
	}
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
