// SPDX-License-Identifier: Apache-2.0

package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
	"gatewayresponses/internal/definition"
	"gatewayresponses/internal/store"
)

// importContent stores the gateway responses and resources of a definition. overwrite removes those that it does not name.
func (c *Control) importContent(t *change, api apigateway.RestAPI, read imported, overwrite bool) error {
	if err := c.importResponses(t, api.ID, read.Responses, overwrite); err != nil {
		return err
	}
	i := &resourceImport{change: t, api: api, named: map[string]bool{}}
	if err := i.read(); err != nil {
		return err
	}
	for _, path := range sortedKeys(read.Resources) {
		if err := i.resource(path, read.Resources[path], overwrite); err != nil {
			return err
		}
	}
	if len(i.errors) > 0 {
		return importFailed("Errors", i.errors)
	}
	if err := c.refuse(i.before, i.after); err != nil {
		return err
	}
	return i.store(read.Resources, overwrite)
}

// importResponses stores the gateway responses of a definition.
func (c *Control) importResponses(t *change, api string, named map[string]apigateway.GatewayResponse, overwrite bool) error {
	customised, err := c.lookupResponses(t, api)
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(customised) {
		if _, kept := named[name]; overwrite && !kept {
			if err := t.remove(responseKey(api, name)); err != nil {
				return err
			}
			delete(customised, name)
		}
	}
	maps.Copy(customised, named)
	if err := responsesFit(customised); err != nil {
		return err
	}
	for _, name := range sortedKeys(named) {
		if err := t.putChanged(responseKey(api, name), named[name]); err != nil {
			return err
		}
	}
	return nil
}

// putChanged is put, unless the record says the same already.
func (t *change) putChanged(key store.Key, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	old, err := t.Get(key)
	if err == nil && bytes.Equal(old.Body, body) {
		return nil
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return t.put(key, old.Link, value)
}

// resourceImport brings the resources of a definition into an API.
type resourceImport struct {
	*change
	api  apigateway.RestAPI
	tree *resourceTree
	// byPath are the resources of the API, and those that the import makes, by their paths.
	byPath map[string]*apigateway.Resource
	// named are the paths that the definition names, and those of their parents.
	named map[string]bool
	// errors say which resources cannot be.
	errors []string
	// before and after are the settings without effect that the methods had, and have.
	before, after []apigateway.Effect
}

// read reads the resources that are there.
func (i *resourceImport) read() (err error) {
	if i.tree, err = readTree(i.change, i.api.ID); err != nil {
		return err
	}
	i.byPath = make(map[string]*apigateway.Resource, len(i.tree.byID))
	for _, resource := range i.tree.byID {
		i.byPath[resource.Path] = &resource
	}
	i.named["/"] = true
	return nil
}

// resource adds a resource with its parents, and gives it methods.
func (i *resourceImport) resource(path string, methods map[string]apigateway.Method, overwrite bool) error {
	resource, err := i.ensure(path)
	if err != nil {
		return err
	}
	if resource == nil {
		return nil
	}
	for _, name := range sortedKeys(resource.ResourceMethods) {
		i.before = append(i.before, placed(apigateway.MethodEffects(resource.ResourceMethods[name]), name, path)...)
	}
	if overwrite {
		resource.ResourceMethods = nil
	}
	for _, name := range sortedKeys(methods) {
		method := methods[name]
		i.after = append(i.after, placed(apigateway.MethodEffects(method), name, path)...)
		if method.MethodIntegration != nil {
			integration := method.MethodIntegration.WithDefaults(resource.ID)
			if err := checkIntegration(integration); err != nil {
				if err := i.fail(fmt.Sprintf("Unable to put integration on '%s' for resource at path '%s'", name, path), err); err != nil {
					return err
				}
			}
			method.MethodIntegration = &integration
		}
		if resource.ResourceMethods == nil {
			resource.ResourceMethods = map[string]apigateway.Method{}
		}
		resource.ResourceMethods[name] = method
	}
	return nil
}

// checkIntegration says what PutIntegration would refuse.
func checkIntegration(i apigateway.Integration) error {
	in := apigateway.PutIntegrationInput{Type: given(i.Type), ConnectionType: given(i.ConnectionType), ContentHandling: given(i.ContentHandling), ResponseTransferMode: given(i.ResponseTransferMode)}
	if err := in.Validate(); err != nil {
		return err
	}
	return i.Check()
}

// given is a text as a member of an input: an empty one is not there.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// placed are settings of a method with the place of the method.
func placed(effects []apigateway.Effect, method, path string) []apigateway.Effect {
	for i := range effects {
		effects[i].Setting += " of " + method + " " + path
	}
	return effects
}

// ensure finds the resource at a path, or makes it and its parents. It is nil if there can be none, which is then among the errors.
func (i *resourceImport) ensure(path string) (*apigateway.Resource, error) {
	parent := i.byPath["/"]
	for at := 0; at < len(path) && path != "/"; {
		end := len(path)
		if next := strings.IndexByte(path[at+1:], '/'); next >= 0 {
			end = at + 1 + next
		}
		there := i.byPath[path[:end]]
		if there == nil {
			made := apigateway.Resource{ID: newID(6), ParentID: parent.ID, PathPart: path[at+1 : end]}
			if err := i.tree.place(&made); err != nil {
				return nil, i.fail("Unable to create resource at path '"+path+"'", err)
			}
			if len(i.byPath) >= quotaResources.most {
				return nil, quotaResources.exceeded()
			}
			i.tree.byID[made.ID] = made
			i.tree.children[parent.ID] = append(i.tree.children[parent.ID], made)
			there = &made
			i.byPath[made.Path] = there
		}
		i.named[there.Path] = true
		parent, at = there, end
	}
	return parent, nil
}

// fail notes what cannot be done, and why. What is no error of AWS's API is returned.
func (i *resourceImport) fail(what string, err error) error {
	var known *apigateway.Error
	if !errors.As(err, &known) {
		return err
	}
	const most = 100
	if len(i.errors) < most {
		i.errors = append(i.errors, what+": "+known.Message)
	}
	return nil
}

// store writes what has changed. overwrite removes the resources that the definition does not name, and the methods of those that it
// names only as parents of others.
func (i *resourceImport) store(given map[string]definition.Methods, overwrite bool) error {
	size := 0
	for _, path := range sortedKeys(i.byPath) {
		resource := *i.byPath[path]
		key := resourceKey(i.api.ID, resource.ID)
		if overwrite && !i.named[path] {
			if err := i.remove(key); err != nil {
				return err
			}
			continue
		}
		if _, ok := given[path]; overwrite && !ok {
			resource.ResourceMethods = nil
		}
		body, err := json.Marshal(resource)
		if err != nil {
			return err
		}
		if size += len(body); size > snapshot.MaxSize {
			return snapshot.TooLarge()
		}
		if err := i.putChanged(key, resource); err != nil {
			return err
		}
	}
	return nil
}
