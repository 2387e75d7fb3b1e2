// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/definition"
)

// ImportRestAPI makes a REST API of a definition, with warnings of what was dropped.
func (c *Control) ImportRestAPI(ctx context.Context, by Caller, in apigateway.ImportRestAPIInput) (out apigateway.RestAPI, err error) {
	id := newID(10)
	if err := onNewAPI(by, id, in); err != nil {
		return out, err
	}
	read, err := c.readDefinition(ctx, in.Body, in.Parameters, in.FailOnWarnings)
	if err != nil {
		return out, err
	}
	err = c.change(ctx, by, "ImportRestApi", func(t *change) error {
		made := c.newAPI(id, apigateway.CreateRestAPIInput{Name: &read.Name})
		read.describe(&made, true)
		if out, err = c.insertAPI(t, made); err != nil {
			return err
		}
		out.Warnings = read.warnings
		return c.importContent(t, out, read, true)
	})
	return out, err
}

// PutRestAPI brings a definition into a REST API. The mode merge, which is that without one, keeps what the definition does not name;
// overwrite removes it. Deployments stay as they are.
func (c *Control) PutRestAPI(ctx context.Context, by Caller, in apigateway.PutRestAPIInput) (out apigateway.RestAPI, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	read, err := c.readDefinition(ctx, in.Body, in.Parameters, in.FailOnWarnings)
	if err != nil {
		return out, err
	}
	overwrite := in.Mode == "overwrite"
	err = c.change(ctx, by, "PutRestApi", func(t *change) error {
		api, err := c.lookupAPI(t, in.RestAPIID)
		if err != nil {
			return err
		}
		if err := c.match(t, by, apiKey(api.ID)); err != nil {
			return err
		}
		before := apigateway.RestAPIEffects(api)
		read.describe(&api, overwrite)
		if err := c.refuse(before, apigateway.RestAPIEffects(api)); err != nil {
			return err
		}
		if err := t.putChanged(apiKey(api.ID), api); err != nil {
			return err
		}
		if api.ETag, err = currentETag(t, apiKey(api.ID)); err != nil {
			return err
		}
		out = readable(api)
		out.Warnings = read.warnings
		return c.importContent(t, api, read, overwrite)
	})
	return out, err
}

// Reading waits until a text of some bytes can be read with others that are being read: one of YAML takes up to 250 times its size in
// memory. done says that it was read, and what was made of it is gone. Who waits as long as the context lasts is told to try again.
func (c *Control) Reading(ctx context.Context, bytes int) (done func(), err error) {
	size := int64(min(bytes, definition.MaxSize))
	if c.reading.Acquire(ctx, size) != nil {
		return nil, apigateway.TooMany(time.Second)
	}
	return func() { c.reading.Release(size) }, nil
}

// imported is a definition that may be imported.
type imported struct {
	definition.Definition
	warnings []string
	// endpointTypes are those that the caller asks for; none leaves them.
	endpointTypes []string
}

// readDefinition reads a definition as the parameters of the caller ask for.
func (c *Control) readDefinition(ctx context.Context, body []byte, parameters map[string]string, failOnWarnings bool) (read imported, err error) {
	base := definition.Ignore
	for name, value := range parameters {
		switch {
		case strings.EqualFold(name, "basepath"):
			base = definition.BasePath(strings.ToLower(value))
			if base != definition.Ignore && base != definition.Prepend && base != definition.Split {
				return read, apigateway.BadRequest("Invalid value %q of the parameter basepath: it is ignore, prepend or split", value)
			}
		case strings.EqualFold(name, "endpointConfigurationTypes"):
			read.endpointTypes = strings.Split(value, ",")
			check := apigateway.CreateRestAPIInput{Name: new("any"), EndpointConfiguration: &apigateway.EndpointConfiguration{Types: read.endpointTypes}}
			if err := check.Validate(); err != nil {
				return read, err
			}
		case strings.EqualFold(name, "ignore"):
			// Documentation is never kept.
		}
	}
	done, err := c.Reading(ctx, len(body))
	if err != nil {
		return read, err
	}
	defer done()
	made, found, err := definition.Read(body, base)
	switch {
	case err != nil:
		return read, apigateway.BadRequest("Invalid OpenAPI input. %s", err)
	case len(found.Errors) > 0:
		return read, importFailed("Errors", found.Errors)
	case failOnWarnings && len(found.Warnings) > 0:
		return read, importFailed("Warnings", found.Warnings)
	}
	read.Definition, read.warnings = made, found.Warnings
	return read, nil
}

// importFailed is the error of an import, in AWS's form.
func importFailed(what string, messages []string) error {
	return apigateway.BadRequest("%s found during import:\n\t%s", what, strings.Join(messages, "\n\t"))
}

// describe gives an API the settings of the definition. overwrite removes those that it does not name.
func (d imported) describe(api *apigateway.RestAPI, overwrite bool) {
	api.Name = d.Name
	take(&api.Description, d.Description, overwrite)
	take(&api.Version, d.Version, overwrite)
	take(&api.Policy, d.Policy, overwrite)
	if d.APIKeySource != "" {
		api.APIKeySource = d.APIKeySource
	}
	if d.MinimumCompressionSize != nil || overwrite {
		api.MinimumCompressionSize = d.MinimumCompressionSize
	}
	if d.DisableExecuteAPIEndpoint != nil {
		api.DisableExecuteAPIEndpoint = *d.DisableExecuteAPIEndpoint
	}
	if overwrite {
		api.BinaryMediaTypes = nil
	}
	api.BinaryMediaTypes = union(api.BinaryMediaTypes, d.BinaryMediaTypes)
	if len(d.endpointTypes)+len(d.VPCEndpointIDs) > 0 {
		configuration := *endpoint(api.EndpointConfiguration)
		if len(d.endpointTypes) > 0 {
			configuration.Types = d.endpointTypes
		}
		configuration.VPCEndpointIDs = union(configuration.VPCEndpointIDs, d.VPCEndpointIDs)
		api.EndpointConfiguration = &configuration
	}
}

// take replaces a text by another one, which counts when it is empty only in the mode overwrite.
func take(text *string, by string, overwrite bool) {
	if by != "" || overwrite {
		*text = by
	}
}

// union is a list with what another one has beyond it.
func union(list, more []string) []string {
	seen := map[string]bool{}
	var made []string
	for _, some := range [][]string{list, more} {
		for _, text := range some {
			if !seen[text] {
				seen[text] = true
				made = append(made, text)
			}
		}
	}
	return made
}
