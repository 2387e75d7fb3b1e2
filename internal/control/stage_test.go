// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
)

// TestCreateDeployment holds what becomes of the stage that a deployment names.
func TestCreateDeployment(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.api(t)
	alone := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, Description: new("first"), StageName: new("")}))(t)
	if got := must(s.GetStages(ctx, admin, apigateway.GetStagesInput{RestAPIID: api}))(t); len(got.Item) != 0 {
		t.Errorf("an empty name made the stages %+v", got.Item)
	}
	first := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod"), StageDescription: new("live"), Variables: map[string]string{"a": "1"}}))(t)
	s.now = s.now.Add(time.Hour)
	second := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod")}))(t)
	stage := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t)
	if stage.DeploymentID != second.ID || stage.Description != "live" || stage.Variables["a"] != "1" || !stage.LastUpdatedDate.After(stage.CreatedDate.Time) || stage.CacheClusterStatus != "NOT_AVAILABLE" {
		t.Errorf("the stage is %+v", stage)
	}
	list := must(s.GetDeployments(ctx, admin, apigateway.GetDeploymentsInput{RestAPIID: api}))(t)
	if len(list.Items) != 3 {
		t.Errorf("there are %d deployments, want 3", len(list.Items))
	}
	for _, d := range list.Items {
		if d.By != admin.Name || len(d.Hash) != 64 || d.Hash != alone.Hash {
			t.Errorf("deployment %s is by %q and has the hash %q, want %q and %q, as all have the same", d.ID, d.By, d.Hash, admin.Name, alone.Hash)
		}
	}
	got := must(s.GetDeployment(ctx, admin, apigateway.GetDeploymentInput{RestAPIID: api, DeploymentID: alone.ID}))(t)
	if diff := cmp.Diff(alone, got); diff != "" {
		t.Errorf("GetDeployment (-made +read):\n%s", diff)
	}
	for id, inUse := range map[string]bool{alone.ID: false, first.ID: false, second.ID: true} {
		_, err := s.DeleteDeployment(ctx, admin, apigateway.DeleteDeploymentInput{RestAPIID: api, DeploymentID: id})
		if inUse {
			wantError(t, err, "BadRequestException", "Active stages pointing to this deployment must be moved or deleted")
		} else if err != nil {
			t.Error(err)
		}
	}
	if n := s.count(t, "snapshot"); n != 1 {
		t.Errorf("%d snapshots are left, want that of the stage", n)
	}
}

// TestDeploymentSummary holds that a summary of methods comes when it is asked for.
func TestDeploymentSummary(t *testing.T) {
	s := newServer(t, false)
	api := must(s.ImportRestAPI(t.Context(), admin, apigateway.ImportRestAPIInput{Body: []byte(shop)}))(t).ID
	made := must(s.CreateDeployment(t.Context(), admin, apigateway.CreateDeploymentInput{RestAPIID: api}))(t)
	got := must(s.GetDeployment(t.Context(), admin, apigateway.GetDeploymentInput{RestAPIID: api, DeploymentID: made.ID, Embed: []string{"apisummary"}}))(t)
	get := map[string]apigateway.MethodSnapshot{"GET": {AuthorizationType: "NONE"}}
	if diff := cmp.Diff(map[string]map[string]apigateway.MethodSnapshot{"/pets": get, "/pets/{petId}": get}, got.APISummary); diff != "" {
		t.Errorf("apiSummary (-want +got):\n%s", diff)
	}
}

// TestDeploymentsKept holds that the oldest deployments go when there are too many, but for those that a stage serves.
func TestDeploymentsKept(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	live := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t).DeploymentID
	var made []string
	for range 205 {
		s.now = s.now.Add(time.Second)
		made = append(made, must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api}))(t).ID)
	}
	kept := map[string]bool{}
	list := must(s.GetDeployments(ctx, admin, apigateway.GetDeploymentsInput{RestAPIID: api, Limit: 500}))(t)
	for _, d := range list.Items {
		kept[d.ID] = true
	}
	if len(kept) != 200 || !kept[live] || kept[made[5]] || !kept[made[6]] || s.count(t, "snapshot") != 200 {
		t.Errorf("%d deployments and %d snapshots are kept; the one in use: %v", len(kept), s.count(t, "snapshot"), kept[live])
	}
}

// TestStages holds what AWS refuses of stages, in its words.
func TestStages(t *testing.T) {
	s := newServer(t, true)
	ctx := t.Context()
	api := s.deployed(t)
	deployment := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t).DeploymentID
	create := func(name, deployment string) error {
		_, err := s.CreateStage(ctx, admin, apigateway.CreateStageInput{RestAPIID: api, StageName: &name, DeploymentID: &deployment})
		return err
	}
	wantError(t, create("prod", deployment), "ConflictException", "Stage already exists")
	wantError(t, create("a/b", deployment), "BadRequestException", "Stage name only allows a-zA-Z0-9_-")
	wantError(t, create("dev", "nothing"), "BadRequestException", "Deployment id does not exist")
	update := func(operations ...apigateway.PatchOperation) error {
		_, err := s.UpdateStage(ctx, admin, apigateway.UpdateStageInput{RestAPIID: api, StageName: "prod", PatchOperations: operations})
		return err
	}
	wantError(t, update(apigateway.PatchOperation{Op: "replace", Path: "/deploymentId", Value: "nothing"}), "BadRequestException", "Deployment id does not exist")
	canary := func(stage *string) error {
		_, err := s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: stage, CanarySettings: &apigateway.DeploymentCanarySettings{PercentTraffic: 50}})
		return err
	}
	const invalid = "Invalid deployment content specified."
	wantError(t, canary(nil), "BadRequestException", invalid+"Non null and non empty stageName must be provided for canary deployment. Provided value is null")
	wantError(t, canary(new("")), "BadRequestException", invalid+"Non null and non empty stageName must be provided for canary deployment. Provided value is ")
	wantError(t, canary(new("non-existing")), "BadRequestException", invalid+"Stage non-existing must already be created before making a canary release deployment")
	if err := canary(new("prod")); err != nil {
		t.Error(err)
	}
	stage := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t)
	if stage.DeploymentID != deployment || stage.CanarySettings == nil || stage.CanarySettings.PercentTraffic != 50 || stage.CanarySettings.DeploymentID == deployment {
		t.Errorf("after a canary deployment the stage is %+v, canary %+v", stage, stage.CanarySettings)
	}
	_, err := s.DeleteDeployment(ctx, admin, apigateway.DeleteDeploymentInput{RestAPIID: api, DeploymentID: stage.CanarySettings.DeploymentID})
	wantError(t, err, "BadRequestException", "Active stages pointing to this deployment must be moved or deleted")
	if err := update(apigateway.PatchOperation{Op: "remove", Path: "/canarySettings"}, apigateway.PatchOperation{Op: "replace", Path: "/variables/a", Value: "1"}); err != nil {
		t.Error(err)
	}
	other := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api}))(t).ID
	if err := create("dev", other); err != nil {
		t.Error(err)
	}
	if got := must(s.GetStages(ctx, admin, apigateway.GetStagesInput{RestAPIID: api, DeploymentID: other}))(t); len(got.Item) != 1 || got.Item[0].StageName != "dev" {
		t.Errorf("the stages of a deployment are %+v", got.Item)
	}
	must(s.DeleteStage(ctx, admin, apigateway.DeleteStageInput{RestAPIID: api, StageName: "dev"}))(t)
	_, err = s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "dev"})
	wantError(t, err, "NotFoundException", "Invalid stage identifier specified")
}

// TestWithoutEffect holds that a server refuses what implies protection, and goes on where it was accepted before.
func TestWithoutEffect(t *testing.T) {
	s := newServer(t, true)
	ctx := t.Context()
	api := s.deployed(t)
	must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod"), CanarySettings: &apigateway.DeploymentCanarySettings{}}))(t)
	strict := s.strict()
	made := must(strict.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod")}))(t)
	if made.WithoutEffect != "stage prod: canarySettings" {
		t.Errorf("the deployment says %q", made.WithoutEffect)
	}
	_, err := strict.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("a"), Policy: new("{}")})
	wantError(t, err, "BadRequestException", "policy has no effect here: nobody evaluates the resource policy, so all callers are let in; use Envoy's rbac filter. A server that runs with --accept-without-effect stores it all the same.")
	_, err = strict.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("a.example.com"), MutualTLSAuthentication: &apigateway.MutualTLSAuthenticationInput{TruststoreURI: "s3://a/b"}})
	if err == nil || !strings.Contains(err.Error(), "mutualTlsAuthentication has no effect here") {
		t.Errorf("mutual TLS: %v", err)
	}
}

// TestQuotas holds what is said when a quota is used up.
func TestQuotas(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	deployment := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t).DeploymentID
	var err error
	for i := 0; err == nil && i < 60; i++ {
		_, err = s.CreateStage(ctx, admin, apigateway.CreateStageInput{RestAPIID: api, StageName: new(fmt.Sprint("s", i)), DeploymentID: &deployment})
	}
	wantError(t, err, "LimitExceededException", "There can be 50 stages of an API: remove what is not needed")
	large := map[string]string{"text/plain": strings.Repeat("x", 200<<10)}
	must(s.PutGatewayResponse(ctx, admin, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED", ResponseTemplates: large}))(t)
	_, err = s.PutGatewayResponse(ctx, admin, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "UNAUTHORIZED", ResponseTemplates: large})
	if err == nil || !strings.Contains(err.Error(), "LimitExceededException: The gateway responses of the API have ") {
		t.Errorf("too large responses: %v", err)
	}
}
