// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"maps"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// deployTo moves the stage that CreateDeployment names to a deployment, and makes the stage if need be. Without a name it does nothing:
// Terraform sends an empty one.
func (c *Control) deployTo(t *change, by Caller, in apigateway.CreateDeploymentInput, deployment string) error {
	name := value(in.StageName)
	if name == "" {
		return nil
	}
	var stage apigateway.Stage
	_, err := get(t, stageKey(in.RestAPIID, name), &stage)
	switch {
	case errors.Is(err, store.ErrNotFound):
		stage = c.newStage(name, deployment)
		describeStage(&stage, in)
		return c.insertStage(t, by, in.RestAPIID, &stage)
	case err != nil:
		return err
	}
	before := stage
	if in.CanarySettings != nil {
		stage.CanarySettings = &apigateway.CanarySettings{
			DeploymentID:           deployment,
			PercentTraffic:         in.CanarySettings.PercentTraffic,
			StageVariableOverrides: in.CanarySettings.StageVariableOverrides,
			UseStageCache:          in.CanarySettings.UseStageCache,
		}
	} else {
		stage.DeploymentID = deployment
		describeStage(&stage, in)
	}
	_, err = c.replaceStage(t, by, in.RestAPIID, before, stage)
	return err
}

// describeStage gives a stage what CreateDeployment says of it.
func describeStage(stage *apigateway.Stage, in apigateway.CreateDeploymentInput) {
	if in.StageDescription != nil {
		stage.Description = *in.StageDescription
	}
	if in.CacheClusterEnabled != nil {
		stage.CacheClusterEnabled = *in.CacheClusterEnabled
	}
	if in.CacheClusterSize != nil {
		stage.CacheClusterSize = *in.CacheClusterSize
	}
	if in.Variables != nil {
		stage.Variables = maps.Clone(in.Variables)
	}
	if in.TracingEnabled != nil {
		stage.TracingEnabled = *in.TracingEnabled
	}
}

// checkCanary refuses a canary deployment without a stage that is there.
func checkCanary(r store.Reader, in apigateway.CreateDeploymentInput) error {
	if in.CanarySettings == nil {
		return nil
	}
	const invalid = "Invalid deployment content specified."
	switch {
	case in.StageName == nil:
		return apigateway.BadRequest(invalid + "Non null and non empty stageName must be provided for canary deployment. Provided value is null")
	case *in.StageName == "":
		return apigateway.BadRequest(invalid + "Non null and non empty stageName must be provided for canary deployment. Provided value is ")
	}
	_, err := r.Get(stageKey(in.RestAPIID, *in.StageName))
	if errors.Is(err, store.ErrNotFound) {
		return apigateway.BadRequest(invalid+"Stage %s must already be created before making a canary release deployment", *in.StageName)
	}
	return err
}
