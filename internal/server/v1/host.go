// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onHosts are the operations on hosts, which AWS calls domain names, and on what is bound to them.
func onHosts() []operation {
	return []operation{
		op("listHosts", "GET", "/hosts", auth.Read, everything, "List the hosts that the key is for", listHosts),
		op("createHost", "POST", "/hosts", auth.Deploy, oneHost, "Make a host", createHost).created(),
		op("getHost", "GET", "/hosts/{host}", auth.Read, oneHost, "Get a host", getHost),
		op("moveHost", "PATCH", "/hosts/{host}", auth.Deploy, oneHost, "Move a host to another gateway", moveHost),
		op("deleteHost", "DELETE", "/hosts/{host}", auth.Deploy, oneHost, "Delete a host with its bindings", deleteHost),
		op("listBindings", "GET", "/bindings", auth.Read, everything, "List where APIs are bound", listBindings),
		op("getBinding", "GET", "/hosts/{host}/bindings/{basePath}", auth.Read, oneHost, "Get a binding", getBinding),
		op("putBinding", "PUT", "/hosts/{host}/bindings/{basePath}", auth.Deploy, oneHost, "Bind a stage to a path of a host", putBinding),
		op("deleteBinding", "DELETE", "/hosts/{host}/bindings/{basePath}", auth.Deploy, oneHost, "Unbind what is bound to a path of a host", deleteBinding),
	}
}

func listHosts(ctx context.Context, s *Server, by control.Caller, in paging) (Page[control.Host], error) {
	hosts, next, err := s.options.Control.Hosts(ctx, by, in.Cursor, in.Limit)
	return Page[control.Host]{hosts, next}, err
}

// newHost is what createHost takes.
type newHost struct {
	Host    string `json:"host" about:"A host, all hosts below one, as *.example.com, or * for every host."`
	Gateway string `json:"gateway,omitempty" about:"The gateway whose document its bindings go to; the one called default by default."`
}

func createHost(ctx context.Context, s *Server, by control.Caller, in newHost) (control.Host, error) {
	made := apigateway.CreateDomainNameInput{DomainName: &in.Host}
	if in.Gateway != "" {
		made.Tags = map[string]string{"gateway": in.Gateway}
	}
	if _, err := s.options.Control.CreateDomainName(ctx, by, made); err != nil {
		return control.Host{}, err
	}
	return s.options.Control.Host(ctx, by, in.Host)
}

// oneHostInput names a host.
type oneHostInput struct {
	Host string `uri:"host" about:"The host; * as it is."`
}

func getHost(ctx context.Context, s *Server, by control.Caller, in oneHostInput) (control.Host, error) {
	return s.options.Control.Host(ctx, by, in.Host)
}

// movedHost is what moveHost takes.
type movedHost struct {
	oneHostInput
	trying
	Gateway string `json:"gateway" about:"The gateway to move it to."`
}

func moveHost(ctx context.Context, s *Server, by control.Caller, in movedHost) (control.Host, error) {
	return s.options.Control.MoveHost(ctx, by, in.Host, in.Gateway)
}

// oldHost is what deleteHost takes.
type oldHost struct {
	oneHostInput
	trying
}

func deleteHost(ctx context.Context, s *Server, by control.Caller, in oldHost) (nothing, error) {
	_, err := s.options.Control.DeleteDomainName(ctx, by, apigateway.DeleteDomainNameInput{DomainName: in.Host})
	return nothing{}, err
}

// bindingsInput is what listBindings takes.
type bindingsInput struct {
	Host string `query:"host" about:"The host whose bindings to list; all by default."`
	API  string `query:"api" about:"The API whose bindings to list; all by default."`
}

// Bindings are where APIs are bound.
type Bindings struct {
	Items []control.Binding `json:"items" about:"The bindings, by host and path."`
}

func listBindings(ctx context.Context, s *Server, by control.Caller, in bindingsInput) (Bindings, error) {
	found, err := s.options.Control.Bindings(ctx, by, in.Host, in.API)
	return Bindings{found}, err
}

// oneBinding names a binding.
type oneBinding struct {
	oneHostInput
	BasePath string `uri:"basePath" about:"The path prefix without slashes around it, those within it as %2F; (none) for none."`
}

func getBinding(ctx context.Context, s *Server, by control.Caller, in oneBinding) (control.Binding, error) {
	return s.options.Control.Binding(ctx, by, in.Host, in.BasePath)
}

// newBinding is what putBinding takes.
type newBinding struct {
	oneBinding
	trying
	API     string `json:"api" about:"The id of the API."`
	Stage   string `json:"stage,omitempty" about:"The stage to serve; missing, it is all of them, each below its name."`
	Inherit bool   `json:"inherit,omitempty" about:"Whether types that the API does not customise have the responses of the gateway's base document."`
}

func putBinding(ctx context.Context, s *Server, by control.Caller, in newBinding) (control.Binding, error) {
	return s.options.Control.PutBinding(ctx, by, control.Binding{Host: in.Host, BasePath: in.BasePath, API: in.API, Stage: in.Stage, Inherit: in.Inherit})
}

// oldBinding is what deleteBinding takes.
type oldBinding struct {
	oneBinding
	trying
}

func deleteBinding(ctx context.Context, s *Server, by control.Caller, in oldBinding) (nothing, error) {
	_, err := s.options.Control.DeleteBasePathMapping(ctx, by, apigateway.DeleteBasePathMappingInput{DomainName: in.Host, BasePath: in.BasePath})
	return nothing{}, err
}
