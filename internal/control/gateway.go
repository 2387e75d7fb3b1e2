// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
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
	// Consent is ConsentRequired where somebody else than those who caused a revision must consent to it, "" where nobody must.
	Consent string `json:"consent,omitempty"`
	// Files is the folder that the gateway is read from, "" for one that the API may change.
	Files string `json:"files,omitempty"`
	// ETag is the version of the record, "0" for the gateway that is there from the start.
	ETag string `json:"-" etag:""`
}

// onGateways refuses callers that do not have a role everywhere: what is for one gateway touches all APIs that it serves.
func onGateways(by Caller, role auth.Role) error {
	if by.Rights.MayAllAPIs(role) {
		return nil
	}
	return apigateway.Denied("%s may not do this: it needs the role %q on all APIs, for a gateway serves any of them", by.Name, role)
}

// readGateway reads a gateway, or says store.ErrNotFound.
func readGateway(r store.Reader, name string) (Gateway, error) {
	g := Gateway{}
	version, err := get(r, gatewayKey(name), &g)
	if errors.Is(err, store.ErrNotFound) && name == DefaultGateway {
		err = nil
	}
	g.Name, g.ETag = name, etagOf(version)
	return g, err
}

// lookupGateway reads a gateway, or says to callers that there is none.
func lookupGateway(r store.Reader, name string) (Gateway, error) {
	g, err := readGateway(r, name)
	if errors.Is(err, store.ErrNotFound) {
		err = apigateway.NotFound("there is no gateway %q", name)
	}
	return g, err
}

// allGateways reads all gateways, by name.
func allGateways(r store.Reader) ([]Gateway, error) {
	records, err := r.List("gateway", "", "", 0)
	if err != nil {
		return nil, err
	}
	gateways := make([]Gateway, 0, len(records)+1)
	for _, record := range records {
		var g Gateway
		if err := decode(record, &g); err != nil {
			return nil, err
		}
		g.Name, g.ETag = record.Name, etagOf(record.Version)
		gateways = append(gateways, g)
	}
	byName := func(g Gateway, name string) int { return strings.Compare(g.Name, name) }
	if at, found := slices.BinarySearchFunc(gateways, DefaultGateway, byName); !found {
		gateways = slices.Insert(gateways, at, Gateway{Name: DefaultGateway, ETag: etagOf(0)})
	}
	return gateways, nil
}

// plugin is how the nodes of a gateway are told to run the filter.
func (c *Control) plugin(g Gateway) deliver.Plugin {
	g.Plugin.File = cmp.Or(g.Plugin.File, c.options.PluginFile)
	return g.Plugin
}

// Gateways gives all gateways, by name, with what their nodes are told of the filter.
func (c *Control) Gateways(ctx context.Context, by Caller) (gateways []Gateway, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		gateways, err = allGateways(r)
		for i := range gateways {
			gateways[i].Plugin = c.plugin(gateways[i])
		}
		return err
	})
	return gateways, err
}

// Gateway gives a gateway, with what its nodes are told of the filter.
func (c *Control) Gateway(ctx context.Context, by Caller, name string) (g Gateway, err error) {
	if err := anywhere(by, nil); err != nil {
		return Gateway{}, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		g, err = lookupGateway(r, name)
		g.Plugin = c.plugin(g)
		return err
	})
	return g, err
}

// PutGateway makes a gateway, or changes all of it. Members that only the server sets are ignored.
func (c *Control) PutGateway(ctx context.Context, by Caller, g Gateway) (Gateway, error) {
	if err := onGateways(by, auth.Admin); err != nil {
		return Gateway{}, err
	}
	if err := g.valid(); err != nil {
		return Gateway{}, err
	}
	g.Files = ""
	err := c.change(ctx, by, "PutGateway", func(t *change) error {
		if err := t.writable(g.Name); err != nil {
			return err
		}
		return c.putGateway(t, by, &g)
	})
	return g, err
}

// putGateway writes a gateway, and what its documents become by that.
func (c *Control) putGateway(t *change, by Caller, g *Gateway) (err error) {
	if err := c.match(t, by, gatewayKey(g.Name)); err != nil {
		return err
	}
	before, err := readGateway(t, g.Name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := c.keepConsent(t, by, g, before); err != nil {
		return err
	}
	if err := t.put(gatewayKey(g.Name), "", g); err != nil {
		return err
	}
	if g.ETag, err = currentETag(t, gatewayKey(g.Name)); err != nil {
		return err
	}
	return c.release(t, by, "PutGateway "+g.Name, g.Name)
}

// DeleteGateway removes a gateway that serves nothing, with its revisions. The one that is there from the start loses its settings.
func (c *Control) DeleteGateway(ctx context.Context, by Caller, name string) error {
	if err := onGateways(by, auth.Admin); err != nil {
		return err
	}
	return c.change(ctx, by, "DeleteGateway", func(t *change) error {
		if _, err := lookupGateway(t, name); err != nil {
			return err
		}
		if err := t.writable(name); err != nil {
			return err
		}
		if err := c.match(t, by, gatewayKey(name)); err != nil {
			return err
		}
		return t.removeGateway(name)
	})
}

// removeGateway removes a gateway and all that is its own.
func (t *change) removeGateway(name string) error {
	if err := asksForConsent(t, name); err != nil {
		return err
	}
	domains, err := t.Linked("domain", name)
	if err != nil {
		return err
	}
	if len(domains) > 0 {
		return apigateway.Conflict("the gateway %q serves %d domain names, %s the first; move them to another gateway before", name, len(domains), domains[0].Name)
	}
	for _, key := range []store.Key{baseKey(name), gatewayKey(name), switchKey(onGateway, name)} {
		if err := t.remove(key); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	return t.quietly(func() error {
		for _, kind := range []string{"revision", "document"} {
			records, err := t.List(kind, name, "", 0)
			if err != nil {
				return err
			}
			for _, record := range records {
				if err := t.Delete(record.Key); err != nil {
					return err
				}
			}
		}
		if err := t.Delete(standingKey(name)); !errors.Is(err, store.ErrNotFound) {
			return err
		}
		return nil
	})
}

// writable refuses a change of a gateway that is read from files.
func (t *change) writable(name string) error {
	var g Gateway
	_, err := get(t, gatewayKey(name), &g)
	if err == nil && g.Files != "" {
		return apigateway.Conflict("the gateway %q is read from files; change %s instead", name, g.Files)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
