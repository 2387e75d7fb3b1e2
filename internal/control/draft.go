// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"maps"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/control/snapshot"
	"gatewayresponses/internal/store"
)

// Draft is what a document would be if the working copy of an API were deployed.
type Draft struct {
	API string
	// Stage is the stage that it would be deployed to; "" is all stages of the API on the gateway, or none of them.
	Stage string
	// Gateway is whose document it would be; "" is a document of the API alone, with one route, which takes every request.
	Gateway string
	// Deployed takes what the stage serves in the place of the working copy, for a document of the API alone.
	Deployed bool
	// Responses are put over those of the working copy, by type.
	Responses map[string]apigateway.GatewayResponse
}

// Draft gives the document that there would be. Nothing is changed, and what does not compile is not a Problem yet.
func (c *Control) Draft(ctx context.Context, by Caller, d Draft) (text []byte, err error) {
	if err := onAPI(by, auth.Read, d.API, nil); err != nil {
		return nil, err
	}
	if d.Gateway != "" {
		if err := onGateways(by, auth.Read); err != nil {
			return nil, err
		}
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		working, err := c.takeSnapshot(r, d.API)
		if err != nil {
			return err
		}
		if working.Responses, err = d.over(working.Responses); err != nil {
			return err
		}
		var document *assemble.Document
		if d.Gateway == "" {
			document, err = c.draftAlone(r, d, working)
		} else {
			document, err = c.draftOf(r, d, working)
		}
		if err == nil {
			text = document.Text
		}
		return err
	})
	return text, err
}

// over are the responses of a working copy with those of the draft over them.
func (d Draft) over(working map[string]apigateway.GatewayResponse) (map[string]apigateway.GatewayResponse, error) {
	all := maps.Clone(working)
	for name, response := range d.Responses {
		responseType, ok := apigateway.ResponseType(name)
		if !ok {
			return nil, apigateway.BadRequest("there is no gateway response type %q", name)
		}
		response.ResponseType = responseType
		all[responseType] = response
	}
	return all, responsesFit(all)
}

// draftAlone is a document of one stage.
func (c *Control) draftAlone(r store.Reader, d Draft, working snapshot.Snapshot) (*assemble.Document, error) {
	stage := assemble.Stage{API: d.API, Name: "draft", Responses: working.Responses, Resources: working.Paths(), Bindings: []assemble.Binding{{}}}
	if d.Stage != "" {
		found, err := lookupStage(r, d.API, d.Stage)
		if err != nil {
			return nil, err
		}
		stage.Name, stage.Variables = d.Stage, found.Variables
		if d.Deployed {
			deployed, err := c.served.read(r, d.API, found.DeploymentID)
			if err != nil {
				return nil, err
			}
			stage.Responses, stage.Resources = deployed.responses, deployed.paths
		}
	}
	return documentOf(assemble.Input{Gateway: "of API " + d.API, Account: c.options.Account, Stages: []assemble.Stage{stage}})
}

// draftOf is the document of a gateway.
func (c *Control) draftOf(r store.Reader, d Draft, working snapshot.Snapshot) (*assemble.Document, error) {
	in, err := c.inputOf(r, d.Gateway)
	if err != nil {
		return nil, err
	}
	for i := range in.Stages {
		if stage := &in.Stages[i]; stage.API == d.API && (d.Stage == "" || d.Stage == stage.Name) {
			stage.Responses, stage.Resources = working.Responses, working.Paths()
		}
	}
	return documentOf(in)
}
