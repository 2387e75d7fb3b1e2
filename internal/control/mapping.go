// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// basePath is the name of a base path mapping: without a path it is noBasePath.
func basePath(path string) string {
	if path == "" {
		return noBasePath
	}
	return path
}

// mappingLink is what the record of a base path mapping links to. One without a stage leads to all stages of its API.
func mappingLink(m apigateway.BasePathMapping) string { return m.RestAPIID + "/" + m.Stage }

// lookupMapping reads a base path mapping of a domain name that is there.
func lookupMapping(r store.Reader, host, path string) (d domain, m mapping, err error) {
	if d, err = lookupDomain(r, host); err != nil {
		return d, m, err
	}
	m.ETag, err = lookup(r, mappingKey(host, path), &m, apigateway.NotFound("Invalid base path mapping identifier specified"))
	return d, m, err
}

// mappedHosts are the domain names whose mappings have one of some links.
func mappedHosts(r store.Reader, links ...string) ([]string, error) {
	hosts := map[string]bool{}
	for _, link := range links {
		records, err := r.Linked("mapping", link)
		if err != nil {
			return nil, err
		}
		for _, record := range records {
			hosts[record.Scope] = true
		}
	}
	return sortedKeys(hosts), nil
}

// CreateBasePathMapping binds a stage of an API, or all of them, to a path of a domain name. That takes the role deploy on both: who
// may bind a stage keeps its owner from removing it.
func (c *Control) CreateBasePathMapping(ctx context.Context, by Caller, in apigateway.CreateBasePathMappingInput) (out apigateway.BasePathMapping, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	made := apigateway.BasePathMapping{BasePath: basePath(value(in.BasePath)), RestAPIID: value(in.RestAPIID), Stage: value(in.Stage)}
	err = c.change(ctx, by, "CreateBasePathMapping", func(t *change) error {
		d, err := lookupDomain(t, host)
		if err != nil {
			return err
		}
		if err := c.checkMapping(t, by, made); err != nil {
			return err
		}
		if err := quotaMappings.room(t, host); err != nil {
			return err
		}
		err = t.insert(mappingKey(host, made.BasePath), mappingLink(made), mapping{BasePathMapping: made})
		if errors.Is(err, store.ErrExists) {
			return apigateway.Conflict("Base path already exists for this domain name")
		}
		if err != nil {
			return err
		}
		if err := c.release(t, by, "mapping "+host+"/"+made.BasePath, d.Gateway); err != nil {
			return err
		}
		made.Unreleased, err = heldBack(t, d.Gateway)
		return err
	})
	out = made
	out.ETag = etagOf(1)
	return out, err
}

// checkMapping refuses a mapping with a path that cannot be, or that leads nowhere.
func (c *Control) checkMapping(r store.Reader, by Caller, m apigateway.BasePathMapping) error {
	if err := checkBasePath(m.BasePath); err != nil {
		return err
	}
	if !by.Rights.MayAPI(auth.Deploy, m.RestAPIID) {
		return denied(by, auth.Deploy, "API", m.RestAPIID)
	}
	if _, err := r.Get(apiKey(m.RestAPIID)); errors.Is(err, store.ErrNotFound) {
		return apigateway.BadRequest("Invalid REST API identifier specified")
	} else if err != nil {
		return err
	}
	if m.Stage == "" {
		return nil
	}
	_, err := r.Get(stageKey(m.RestAPIID, m.Stage))
	if errors.Is(err, store.ErrNotFound) {
		return apigateway.BadRequest("Invalid stage identifier specified")
	}
	return err
}

// basePathLetters are what segments of base paths are made of, as on AWS.
const basePathLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$-_.+!*'()"

// maxBasePath is how long a base path may be, in bytes.
const maxBasePath = 300

// checkBasePath refuses what is no base path. AWS has several segments only through version 2 of its API, which sets the same mappings.
func checkBasePath(path string) error {
	if path == noBasePath {
		return nil
	}
	if len(path) > maxBasePath {
		return apigateway.BadRequest("Invalid base path: it has %d bytes, and %d at most", len(path), maxBasePath)
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "" || strings.Trim(segment, basePathLetters) != "" || strings.Trim(segment, ".") == "" {
			return apigateway.BadRequest("Invalid base path %q: it is segments of letters, digits and $-_.+!*'(), joined by single slashes, such as v1/pets", path)
		}
	}
	return nil
}

// GetBasePathMapping gives a base path mapping.
func (c *Control) GetBasePathMapping(ctx context.Context, by Caller, in apigateway.GetBasePathMappingInput) (out apigateway.BasePathMapping, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Read, host, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		_, m, err := lookupMapping(r, host, basePath(in.BasePath))
		out = m.BasePathMapping
		return err
	})
	return out, err
}

// GetBasePathMappings lists the base path mappings of a domain name.
func (c *Control) GetBasePathMappings(ctx context.Context, by Caller, in apigateway.GetBasePathMappingsInput) (out apigateway.BasePathMappings, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Read, host, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupDomain(r, host); err != nil {
			return err
		}
		found, next, err := page[mapping](r, "mapping", host, in.Position, in.Limit, nil)
		out = apigateway.BasePathMappings{Position: next}
		for _, m := range found {
			out.Items = append(out.Items, m.BasePathMapping)
		}
		return err
	})
	return out, err
}

// UpdateBasePathMapping changes the path of a mapping, or where it leads.
func (c *Control) UpdateBasePathMapping(ctx context.Context, by Caller, in apigateway.UpdateBasePathMappingInput) (out apigateway.BasePathMapping, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateBasePathMapping", func(t *change) error {
		d, m, err := lookupMapping(t, host, basePath(in.BasePath))
		if err != nil {
			return err
		}
		key := mappingKey(host, m.BasePath)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		if m.BasePathMapping, err = apigateway.PatchBasePathMapping(m.BasePathMapping, in.PatchOperations); err != nil {
			return err
		}
		m.BasePath = basePath(m.BasePath)
		if err := c.checkMapping(t, by, m.BasePathMapping); err != nil {
			return err
		}
		if out, err = t.moveMapping(host, key, m); err != nil {
			return err
		}
		if err := c.release(t, by, "mapping "+host+"/"+m.BasePath, d.Gateway); err != nil {
			return err
		}
		out.Unreleased, err = heldBack(t, d.Gateway)
		return err
	})
	return out, err
}

// moveMapping stores a changed mapping, whose path may be another one than that of its record.
func (t *change) moveMapping(host string, from store.Key, m mapping) (apigateway.BasePathMapping, error) {
	to := mappingKey(host, m.BasePath)
	var err error
	if to == from {
		m.ETag, err = t.replace(to, mappingLink(m.BasePathMapping), m)
		return m.BasePathMapping, err
	}
	if err := t.remove(from); err != nil {
		return m.BasePathMapping, err
	}
	err = t.insert(to, mappingLink(m.BasePathMapping), m)
	if errors.Is(err, store.ErrExists) {
		return m.BasePathMapping, apigateway.Conflict("Base path already exists for this domain name")
	}
	m.ETag = etagOf(1)
	return m.BasePathMapping, err
}

// DeleteBasePathMapping unbinds what a mapping leads to.
func (c *Control) DeleteBasePathMapping(ctx context.Context, by Caller, in apigateway.DeleteBasePathMappingInput) (out apigateway.Empty, err error) {
	host := hostName(in.DomainName)
	if err := onHost(by, auth.Deploy, host, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteBasePathMapping", func(t *change) error {
		d, m, err := lookupMapping(t, host, basePath(in.BasePath))
		if err != nil {
			return err
		}
		key := mappingKey(host, m.BasePath)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		if err := t.remove(key); err != nil {
			return err
		}
		return c.release(t, by, "mapping "+host+"/"+m.BasePath, d.Gateway)
	})
}
