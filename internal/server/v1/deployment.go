// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onDeployments are the operations on deployments.
func onDeployments() []operation {
	return []operation{
		op("listDeployments", "GET", "/apis/{api}/deployments", auth.Read, oneAPI, "List the deployments of an API", listDeployments),
		op("createDeployment", "POST", "/apis/{api}/deployments", auth.Deploy, oneAPI, "Deploy an API, to a stage or to none", createDeployment).created(),
		op("getDeployment", "GET", "/apis/{api}/deployments/{deployment}", auth.Read, oneAPI, "Get a deployment", getDeployment),
		op("deleteDeployment", "DELETE", "/apis/{api}/deployments/{deployment}", auth.Deploy, oneAPI, "Delete a deployment that no stage serves", deleteDeployment),
	}
}

// Deployment is a snapshot of an API.
type Deployment struct {
	ID          string    `json:"id" about:"Its id."`
	Description string    `json:"description,omitempty" about:"What it is, for people."`
	Created     time.Time `json:"created" about:"When it was made."`
	By          string    `json:"by" about:"Who made it."`
	Hash        string    `json:"hash" about:"The SHA-256 of the API as it was, in hex: deployments that hold the same have the same."`
	// WithoutEffect and Unreleased are told when the deployment is made.
	WithoutEffect string `json:"withoutEffect,omitempty" about:"When it was just made: the settings of the API that imply protection that nobody here gives."`
	Unreleased    string `json:"unreleased,omitempty" about:"When it was just made: the gateways of the stage that are held back, and by what."`
	ETag          string `json:"-" etag:""`
}

func deploymentOf(from apigateway.Deployment) Deployment {
	return Deployment{from.ID, from.Description, from.CreatedDate.UTC(), from.By, from.Hash, from.WithoutEffect, from.Unreleased, from.ETag}
}

// deploymentsInput is what listDeployments takes.
type deploymentsInput struct {
	oneAPIInput
	paging
}

func listDeployments(ctx context.Context, s *Server, by control.Caller, in deploymentsInput) (Page[Deployment], error) {
	found, err := s.options.Control.GetDeployments(ctx, by, apigateway.GetDeploymentsInput{RestAPIID: in.API, Position: in.Cursor, Limit: in.Limit})
	return paged(found.Items, found.Position, deploymentOf), err
}

// newDeployment is what createDeployment takes.
type newDeployment struct {
	oneAPIInput
	trying
	Stage       *string           `json:"stage,omitempty" about:"The stage that serves it from now on, which is made if need be."`
	Description *string           `json:"description,omitempty" about:"What it is, for people."`
	Variables   map[string]string `json:"variables,omitempty" about:"Variables of the stage."`
	Hash        string            `json:"hash,omitempty" about:"The hash that the deployment must get, as a dry run said it; missing, it is any. An API that was changed meanwhile is not deployed then."`
}

func createDeployment(ctx context.Context, s *Server, by control.Caller, in newDeployment) (Deployment, error) {
	made, err := s.options.Control.CreateDeployment(ctx, by, apigateway.CreateDeploymentInput{
		RestAPIID: in.API, StageName: in.Stage, Description: in.Description, Variables: in.Variables, Hash: in.Hash,
	})
	return deploymentOf(made), err
}

// oneDeployment names a deployment.
type oneDeployment struct {
	API        string `uri:"api" about:"The id of the API."`
	Deployment string `uri:"deployment" about:"The id of the deployment."`
}

func getDeployment(ctx context.Context, s *Server, by control.Caller, in oneDeployment) (Deployment, error) {
	found, err := s.options.Control.GetDeployment(ctx, by, apigateway.GetDeploymentInput{RestAPIID: in.API, DeploymentID: in.Deployment})
	return deploymentOf(found), err
}

func deleteDeployment(ctx context.Context, s *Server, by control.Caller, in oneDeployment) (nothing, error) {
	_, err := s.options.Control.DeleteDeployment(ctx, by, apigateway.DeleteDeploymentInput{RestAPIID: in.API, DeploymentID: in.Deployment})
	return nothing{}, err
}
