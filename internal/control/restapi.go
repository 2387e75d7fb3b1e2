// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// CreateRestAPI makes a REST API with its root resource.
func (c *Control) CreateRestAPI(ctx context.Context, by Caller, in apigateway.CreateRestAPIInput) (out apigateway.RestAPI, err error) {
	id := newID(10)
	if err := onNewAPI(by, id, in); err != nil {
		return out, err
	}
	if err := checkTags(in.Tags); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "CreateRestApi", func(t *change) error {
		made := c.newAPI(id, in)
		if in.CloneFrom == nil {
			out, err = c.insertAPI(t, made)
			return err
		}
		if !by.Rights.MayAPI(auth.Read, *in.CloneFrom) {
			return denied(by, auth.Read, "API", *in.CloneFrom)
		}
		source, err := c.lookupAPI(t, *in.CloneFrom)
		if err != nil {
			return err
		}
		inheritSettings(&made, source, in)
		if out, err = c.insertAPI(t, made); err != nil {
			return err
		}
		return c.cloneContent(t, source, out)
	})
	return out, err
}

// newAPI is the REST API that an input describes, with AWS's defaults.
func (c *Control) newAPI(id string, in apigateway.CreateRestAPIInput) apigateway.RestAPI {
	return apigateway.RestAPI{
		ID:                        id,
		Name:                      value(in.Name),
		Description:               value(in.Description),
		CreatedDate:               c.now(),
		Version:                   value(in.Version),
		BinaryMediaTypes:          in.BinaryMediaTypes,
		MinimumCompressionSize:    in.MinimumCompressionSize,
		APIKeySource:              or(in.APIKeySource, "HEADER"),
		EndpointConfiguration:     endpoint(in.EndpointConfiguration),
		Policy:                    value(in.Policy),
		Tags:                      in.Tags,
		DisableExecuteAPIEndpoint: value(in.DisableExecuteAPIEndpoint),
		SecurityPolicy:            value(in.SecurityPolicy),
		EndpointAccessMode:        value(in.EndpointAccessMode),
		RootResourceID:            newID(10),
	}
}

// endpoint is an endpoint configuration with AWS's defaults.
func endpoint(given *apigateway.EndpointConfiguration) *apigateway.EndpointConfiguration {
	made := apigateway.EndpointConfiguration{}
	if given != nil {
		made = *given
	}
	if len(made.Types) == 0 {
		made.Types = []string{"EDGE"}
	}
	if made.IPAddressType == "" {
		made.IPAddressType = "ipv4"
	}
	return &made
}

// insertAPI adds a REST API and its root resource.
func (c *Control) insertAPI(t *change, api apigateway.RestAPI) (apigateway.RestAPI, error) {
	if err := c.refuse(nil, apigateway.RestAPIEffects(api)); err != nil {
		return api, err
	}
	if err := quotaAPIs.room(t, ""); err != nil {
		return api, err
	}
	if err := t.insert(apiKey(api.ID), "", api); err != nil {
		return api, err
	}
	root := apigateway.Resource{ID: api.RootResourceID, Path: "/"}
	if err := t.insert(resourceKey(api.ID, root.ID), "", root); err != nil {
		return api, err
	}
	api.ETag = etagOf(1)
	return api, nil
}

// GetRestAPI gives a REST API.
func (c *Control) GetRestAPI(ctx context.Context, by Caller, in apigateway.GetRestAPIInput) (out apigateway.RestAPI, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		out, err = c.lookupAPI(r, in.RestAPIID)
		return err
	})
	return readable(out), err
}

// readable is a REST API as AWS shows it by itself, after it was made: with its tags, even without any. Lists leave them out.
func readable(api apigateway.RestAPI) apigateway.RestAPI {
	if api.Tags == nil {
		api.Tags = map[string]string{}
	}
	return api
}

// GetRestAPIs lists the REST APIs that the caller may read, by their ids.
func (c *Control) GetRestAPIs(ctx context.Context, by Caller, in apigateway.GetRestAPIsInput) (out apigateway.RestAPIs, err error) {
	return c.SearchRestAPIs(ctx, by, in, "")
}

// SearchRestAPIs is GetRestAPIs of those whose id, name or description contains a text, in whatever case.
func (c *Control) SearchRestAPIs(ctx context.Context, by Caller, in apigateway.GetRestAPIsInput, text string) (out apigateway.RestAPIs, err error) {
	if err := anywhere(by, in); err != nil {
		return out, err
	}
	text = strings.ToLower(text)
	err = c.store.View(ctx, func(r store.Reader) error {
		out.Items, out.Position, err = page(r, "api", "", in.Position, in.Limit, func(record store.Record, api *apigateway.RestAPI) bool {
			if !by.Rights.MayAPI(auth.Read, record.Name) {
				return false
			}
			return strings.Contains(strings.ToLower(api.ID+"\n"+api.Name+"\n"+api.Description), text)
		})
		return err
	})
	return out, err
}

// UpdateRestAPI changes the settings of a REST API.
func (c *Control) UpdateRestAPI(ctx context.Context, by Caller, in apigateway.UpdateRestAPIInput) (out apigateway.RestAPI, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateRestApi", func(t *change) error {
		api, err := c.lookupAPI(t, in.RestAPIID)
		if err != nil {
			return err
		}
		if err := c.match(t, by, apiKey(api.ID)); err != nil {
			return err
		}
		before := apigateway.RestAPIEffects(api)
		if api, err = apigateway.PatchRestAPI(api, in.PatchOperations); err != nil {
			return err
		}
		if err := c.refuse(before, apigateway.RestAPIEffects(api)); err != nil {
			return err
		}
		if api.ETag, err = t.replace(apiKey(api.ID), "", api); err != nil {
			return err
		}
		out = readable(api)
		return nil
	})
	return out, err
}

// DeleteRestAPI removes a REST API with all that is in it, unless a base path mapping leads to it.
func (c *Control) DeleteRestAPI(ctx context.Context, by Caller, in apigateway.DeleteRestAPIInput) (out apigateway.Empty, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteRestApi", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		if err := c.match(t, by, apiKey(in.RestAPIID)); err != nil {
			return err
		}
		stages, err := all[apigateway.Stage](t, "stage", in.RestAPIID)
		if err != nil {
			return err
		}
		if len(stages) > 0 && !by.Rights.MayAPI(auth.Deploy, in.RestAPIID) {
			return denied(by, auth.Deploy, "API", in.RestAPIID)
		}
		links := []string{in.RestAPIID + "/"}
		for _, stage := range stages {
			links = append(links, in.RestAPIID+"/"+stage.StageName)
		}
		hosts, err := mappedHosts(t, links...)
		if err != nil {
			return err
		}
		if len(hosts) > 0 {
			return apigateway.BadRequest("Deleting RestApi %s failed. Please remove all base path mappings related to the RestApi in your domains: %s.",
				in.RestAPIID, strings.Join(hosts, ", "))
		}
		return c.removeAPI(t, in.RestAPIID)
	})
}

// removeAPI removes an API and all that belongs to it.
func (c *Control) removeAPI(t *change, id string) error {
	for _, kind := range []string{"stage", "deployment", "resource", "response"} {
		records, err := t.List(kind, id, "", 0)
		if err != nil {
			return err
		}
		for _, record := range records {
			err := t.remove(record.Key)
			if kind == "deployment" && err == nil {
				err = t.Delete(snapshotKey(id, record.Name))
			}
			if err != nil {
				return err
			}
		}
	}
	return t.remove(apiKey(id))
}
