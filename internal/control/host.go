// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Host is a domain name, as our own API has it: what AWS's has of certificates means nothing here.
type Host struct {
	// Host is a host, all hosts below one ("*.example.com"), or AnyHost.
	Host string `json:"host" about:"A host, all hosts below one, as *.example.com, or * for every host."`
	// Gateway is whose document its bindings go to.
	Gateway string `json:"gateway" about:"The gateway whose document its bindings go to."`
	// ETag is the version of the record.
	ETag string `json:"-" etag:""`
}

// Hosts lists the hosts that the caller may read.
func (c *Control) Hosts(ctx context.Context, by Caller, position string, limit int) (hosts []Host, next string, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, "", err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		var found []domain
		found, next, err = page(r, "domain", "", position, limit, func(record store.Record, d *domain) bool {
			d.ETag = etagOf(record.Version)
			return by.Rights.MayHost(auth.Read, record.Name)
		})
		for _, d := range found {
			hosts = append(hosts, d.host())
		}
		return err
	})
	return hosts, next, err
}

// host is the domain name as our own API has it.
func (d domain) host() Host { return Host{d.DomainName.DomainName, d.Gateway, d.ETag} }

// Host gives a host.
func (c *Control) Host(ctx context.Context, by Caller, name string) (h Host, err error) {
	name = hostName(name)
	if err := onHost(by, auth.Read, name, nil); err != nil {
		return h, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		d, err := lookupDomain(r, name)
		h = d.host()
		return err
	})
	return h, err
}

// MoveHost moves a host to another gateway with its bindings, and releases both. A tag that names its gateway goes with it.
func (c *Control) MoveHost(ctx context.Context, by Caller, name, gateway string) (h Host, err error) {
	name = hostName(name)
	if err := onHost(by, auth.Deploy, name, nil); err != nil {
		return h, err
	}
	err = c.change(ctx, by, "MoveDomainName", func(t *change) error {
		d, err := lookupDomain(t, name)
		if err != nil {
			return err
		}
		if err := c.match(t, by, domainKey(name)); err != nil {
			return err
		}
		if d.Tags[gatewayTag] != "" {
			d.Tags[gatewayTag] = gateway
		}
		if err := c.moveDomain(t, by, d, gateway); err != nil {
			return err
		}
		d, err = lookupDomain(t, name)
		h = d.host()
		return err
	})
	return h, err
}

// Binding is a base path mapping, as our own API has it.
type Binding struct {
	Host string `json:"host" about:"The host."`
	// BasePath is the path prefix without slashes around it, "(none)" for none.
	BasePath string `json:"basePath" about:"The path prefix without slashes around it, as v1/pets; (none) for none."`
	// Gateway is that of the host.
	Gateway string `json:"gateway" about:"The gateway of the host."`
	API     string `json:"api" about:"The id of the API."`
	// Stage is empty for all stages of the API, each below its name.
	Stage string `json:"stage,omitempty" about:"The stage that is served; missing, it is all of them, each below its name."`
	// Inherit lets types that the API does not customise have the responses of the gateway's base document.
	Inherit bool `json:"inherit,omitempty" about:"Whether types that the API does not customise have the responses of the gateway's base document."`
	// Unreleased is told when it is put, "" otherwise.
	Unreleased string `json:"unreleased,omitempty" about:"When it was just put: its gateway, if that is held back, and by what."`
	// ETag is the version of the record.
	ETag string `json:"-" etag:""`
}

// binding is the mapping as our own API has it.
func (m mapping) binding(d domain) Binding {
	return Binding{d.DomainName.DomainName, m.BasePath, d.Gateway, m.RestAPIID, m.Stage, m.Inherit, m.Unreleased, m.ETag}
}

// Bindings lists the bindings of hosts, or of APIs, that the caller may read, by host and path. An empty host or API is any.
func (c *Control) Bindings(ctx context.Context, by Caller, host, api string) (bindings []Binding, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, err
	}
	host = hostName(host)
	err = c.store.View(ctx, func(r store.Reader) error {
		domains := map[string]domain{}
		records, err := mappingsOf(r, host)
		if err != nil {
			return err
		}
		for _, record := range records {
			var m mapping
			if err := decode(record, &m); err != nil {
				return err
			}
			if api != "" && m.RestAPIID != api || !by.Rights.MayAPI(auth.Read, m.RestAPIID) && !by.Rights.MayHost(auth.Read, record.Scope) {
				continue
			}
			d, known := domains[record.Scope]
			if !known {
				if d, err = lookupDomain(r, record.Scope); err != nil {
					return err
				}
				domains[record.Scope] = d
			}
			m.ETag = etagOf(record.Version)
			bindings = append(bindings, m.binding(d))
		}
		return nil
	})
	return bindings, err
}

// mappingsOf reads the base path mappings of a host, or of all if it is empty.
func mappingsOf(r store.Reader, host string) ([]store.Record, error) {
	if host == "" {
		return r.All("mapping")
	}
	return r.List("mapping", host, "", 0)
}

// Binding gives a binding.
func (c *Control) Binding(ctx context.Context, by Caller, host, path string) (b Binding, err error) {
	host = hostName(host)
	if err := onHost(by, auth.Read, host, nil); err != nil {
		return b, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		d, m, err := lookupMapping(r, host, basePath(path))
		b = m.binding(d)
		return err
	})
	return b, err
}

// PutBinding binds a stage of an API, or all of them, to a path of a host, in the place of what is bound there. It takes the role
// deploy on the host, on the API, and on the API that was bound there. Gateway and ETag of b do not count.
func (c *Control) PutBinding(ctx context.Context, by Caller, b Binding) (Binding, error) {
	b.Host, b.BasePath = hostName(b.Host), basePath(b.BasePath)
	if err := onHost(by, auth.Deploy, b.Host, nil); err != nil {
		return b, err
	}
	made := mapping{BasePathMapping: apigateway.BasePathMapping{BasePath: b.BasePath, RestAPIID: b.API, Stage: b.Stage}, Inherit: b.Inherit}
	err := c.change(ctx, by, "PutBinding", func(t *change) error {
		d, err := lookupDomain(t, b.Host)
		if err != nil {
			return err
		}
		key := mappingKey(b.Host, b.BasePath)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		if err := mayReplace(t, by, key); err != nil {
			return err
		}
		if err := c.checkMapping(t, by, made.BasePathMapping); err != nil {
			return err
		}
		if err := t.put(key, mappingLink(made.BasePathMapping), made); err != nil {
			return err
		}
		if made.ETag, err = currentETag(t, key); err != nil {
			return err
		}
		b = made.binding(d)
		if err := c.release(t, by, fmt.Sprintf("binding %s/%s", b.Host, b.BasePath), d.Gateway); err != nil {
			return err
		}
		b.Unreleased, err = heldBack(t, d.Gateway)
		return err
	})
	return b, err
}

// mayReplace refuses a binding that there is no room for, or in whose place another one is that the caller may not end.
func mayReplace(r store.Reader, by Caller, key store.Key) error {
	var old mapping
	_, err := get(r, key, &old)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return quotaMappings.room(r, key.Scope)
	case err == nil && !by.Rights.MayAPI(auth.Deploy, old.RestAPIID):
		return denied(by, auth.Deploy, "API", old.RestAPIID)
	}
	return err
}
