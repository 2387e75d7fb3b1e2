// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onStages are the operations on stages.
func onStages() []operation {
	return []operation{
		op("listStages", "GET", "/apis/{api}/stages", auth.Read, oneAPI, "List the stages of an API", listStages),
		op("createStage", "POST", "/apis/{api}/stages", auth.Deploy, oneAPI, "Make a stage that serves a deployment", createStage).created(),
		op("getStage", "GET", "/apis/{api}/stages/{stage}", auth.Read, oneAPI, "Get a stage", getStage),
		op("updateStage", "PATCH", "/apis/{api}/stages/{stage}", auth.Deploy, oneAPI, "Change a stage, or let it serve another deployment", updateStage),
		op("getStageProgress", "GET", "/apis/{api}/stages/{stage}/progress", auth.Read, oneAPI, "Say how far a stage has come to the nodes since it was changed last", getStageProgress),
		op("deleteStage", "DELETE", "/apis/{api}/stages/{stage}", auth.Deploy, oneAPI, "Delete a stage that is bound nowhere", deleteStage),
	}
}

// Stage is a deployment that is served, with variables.
type Stage struct {
	Name        string            `json:"name" about:"Its name."`
	Deployment  string            `json:"deployment" about:"The id of the deployment that it serves."`
	Description string            `json:"description,omitempty" about:"What it is, for people."`
	Variables   map[string]string `json:"variables,omitempty" about:"What $stageVariables has."`
	Created     time.Time         `json:"created" about:"When it was made."`
	Updated     time.Time         `json:"updated" about:"When it was changed last."`
	// Unreleased is told when the stage is made or changed.
	Unreleased string `json:"unreleased,omitempty" about:"When it was just made or changed: its gateways that are held back, and by what."`
	ETag       string `json:"-" etag:""`
}

func stageOf(from apigateway.Stage) Stage {
	return Stage{from.StageName, from.DeploymentID, from.Description, from.Variables, from.CreatedDate.UTC(), from.LastUpdatedDate.UTC(), from.Unreleased, from.ETag}
}

// Stages are the stages of an API.
type Stages struct {
	Items []Stage `json:"items" about:"The stages, by name."`
}

func listStages(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (Stages, error) {
	found, err := s.options.Control.GetStages(ctx, by, apigateway.GetStagesInput{RestAPIID: in.API})
	return Stages{paged(found.Item, "", stageOf).Items}, err
}

// newStage is what createStage takes.
type newStage struct {
	oneAPIInput
	trying
	Name        string            `json:"name" about:"The name of the stage."`
	Deployment  string            `json:"deployment" about:"The id of the deployment that it serves."`
	Description *string           `json:"description,omitempty" about:"What it is, for people."`
	Variables   map[string]string `json:"variables,omitempty" about:"What $stageVariables has."`
}

func createStage(ctx context.Context, s *Server, by control.Caller, in newStage) (Stage, error) {
	made, err := s.options.Control.CreateStage(ctx, by, apigateway.CreateStageInput{
		RestAPIID: in.API, StageName: &in.Name, DeploymentID: &in.Deployment, Description: in.Description, Variables: in.Variables,
	})
	return stageOf(made), err
}

// oneStage names a stage.
type oneStage struct {
	oneAPIInput
	Stage string `uri:"stage" about:"The name of the stage."`
}

func getStage(ctx context.Context, s *Server, by control.Caller, in oneStage) (Stage, error) {
	found, err := s.options.Control.GetStage(ctx, by, apigateway.GetStageInput{RestAPIID: in.API, StageName: in.Stage})
	return stageOf(found), err
}

// changedStage is what updateStage takes.
type changedStage struct {
	oneAPIInput
	trying
	Stage       string            `uri:"stage" about:"The name of the stage."`
	Deployment  *string           `json:"deployment,omitempty" about:"The id of the deployment that it is to serve."`
	Description *string           `json:"description,omitempty" about:"Its new description."`
	Variables   map[string]string `json:"variables,omitempty" about:"Variables to set. Others stay as they are."`
	Remove      []string          `json:"removeVariables,omitempty" about:"Variables to remove."`
}

// variablePath is the path of a variable in patches.
func variablePath(name string) string {
	return "/variables/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func updateStage(ctx context.Context, s *Server, by control.Caller, in changedStage) (Stage, error) {
	operations := replaced("/deploymentId", in.Deployment, "/description", in.Description)
	for _, name := range slices.Sorted(maps.Keys(in.Variables)) {
		operations = append(operations, apigateway.PatchOperation{Op: "replace", Path: variablePath(name), Value: in.Variables[name]})
	}
	for _, name := range in.Remove {
		operations = append(operations, apigateway.PatchOperation{Op: "remove", Path: variablePath(name)})
	}
	changed, err := s.options.Control.UpdateStage(ctx, by, apigateway.UpdateStageInput{RestAPIID: in.API, StageName: in.Stage, PatchOperations: operations})
	return stageOf(changed), err
}

func getStageProgress(ctx context.Context, s *Server, by control.Caller, in oneStage) (control.StageProgress, error) {
	return s.options.Control.StageProgress(ctx, by, in.API, in.Stage)
}

// oldStage is what deleteStage takes.
type oldStage struct {
	oneStage
	trying
}

func deleteStage(ctx context.Context, s *Server, by control.Caller, in oldStage) (nothing, error) {
	_, err := s.options.Control.DeleteStage(ctx, by, apigateway.DeleteStageInput{RestAPIID: in.API, StageName: in.Stage})
	return nothing{}, err
}
